"""What is done on one node is in force on all."""

import itertools
import threading
import time

from cloudflare import Cloudflare

from nodes.cluster import ACCOUNT, Key
from nodes.ending import seconds_to_spread
from support.account import VIDEO
from support.envelope import refusal, result
from support.waiting import eventually, seconds_until, within


def test_a_key_made_on_one_node_is_good_on_all_within_a_second(nodes):
    def seconds() -> float:
        key = Key(nodes[0])
        return seconds_until(lambda: all(node.play(key.token) == "allowed" for node in nodes))

    within(1, seconds)


def test_what_ends_a_token_stops_every_player_within_a_second(nodes, ending):
    within(1, lambda: seconds_to_spread(ending, *nodes))


def test_who_waits_for_the_nodes_need_not_wait_any_more(nodes):
    """Asked at once, not again and again: no node may say anything else."""
    for here in nodes:
        for _ in range(5):
            key = Key(here)
            for node in nodes:
                eventually(lambda: node.play(key.token) == "allowed")
            result(here.delete(key.id, wait="nodes"))
            assert [node.play(key.token) for node in nodes] == ["key_revoked"] * 3


def test_under_load_too(nodes):
    """Players that ask without a pause see a key's end once, and never see it come back."""
    key = Key(nodes[1])
    for node in nodes:
        eventually(lambda: node.play(key.token) == "allowed")
    ended, seen = threading.Event(), {node: [] for node in nodes}

    def watch(node):
        while not ended.is_set():
            began = time.monotonic()
            seen[node].append((began, node.gate.play(key.token)))

    players = [threading.Thread(target=watch, args=(node,)) for node in nodes]
    for player in players:
        player.start()
    result(nodes[0].delete(key.id, wait="nodes"))
    deleted = time.monotonic()
    eventually(lambda: all(list(answers)[-1:] and answers[-1][0] > deleted for answers in seen.values()), 10)
    ended.set()
    for player in players:
        player.join()
    for answers in seen.values():
        words = [word for word, _ in itertools.groupby(word for _, word in answers)]
        assert words in (["allowed", "key_revoked"], ["key_revoked"])
        assert all(word == "key_revoked" for began, word in answers if began > deleted)


def test_nobody_waits_for_anything_else(nodes):
    key = Key(nodes[0])
    for wait in ("", "everything", "nodes,nodes"):
        refusal(nodes[0].account.call("DELETE", f"/keys/{key.id}?wait={wait}"), 400, 10005)
    assert nodes[0].play(key.token) == "allowed"


def test_the_official_sdk_asks_one_node_after_another(nodes):
    turns = itertools.cycle(nodes)

    def keys():
        return Cloudflare(api_token=nodes[0].account.credential, base_url=next(turns).service.api).stream.keys

    for _ in range(3):
        made = keys().create(account_id=ACCOUNT)
        assert made.id in {key.id for key in keys().get(account_id=ACCOUNT)}
        assert keys().delete(made.id, account_id=ACCOUNT) == "Revoked"
        assert made.id not in {key.id for key in keys().get(account_id=ACCOUNT) or []}


def test_the_official_sdk_has_tokens_signed_by_any_node(nodes):
    signed = [node.account.sdk().stream.token.create(VIDEO, account_id=ACCOUNT).token for node in nodes]
    for node in nodes:
        for token in signed:
            eventually(lambda: node.play(token) == "allowed")


def test_nodes_sign_with_one_key(nodes):
    """The account's own: the master key is the same on all nodes, and deleting it on one stops what another has signed."""
    tokens = [result(node.account.call("POST", f"/{VIDEO}/token", json={}))["token"] for node in nodes]
    for node in nodes:
        for token in tokens:
            eventually(lambda: node.play(token) == "allowed")


def test_nodes_tell_what_they_know(nodes):
    key = Key(nodes[0])
    number = int(eventually(lambda: nodes[0].metric("streamsign_change_number")))
    for node in nodes:
        eventually(lambda: node.metric("streamsign_change_number") >= number)
        assert node.metric("streamsign_keys_stale") == 0
        eventually(lambda: node.metric("streamsign_confirmation_age_seconds") < 1)
    assert nodes[1].metric("streamsign_change_propagation_seconds_count") > 0
    lines = eventually(lambda: (ready := nodes[0].ready()) and len(ready) == 4 and ready)
    assert lines[0] == "ready" and lines[1].startswith("change ") and all(line.startswith("node ") for line in lines[2:])
    eventually(lambda: nodes[0].service.metrics.count('streamsign_node_change_number{node="') == 2)
    result(nodes[0].delete(key.id))
