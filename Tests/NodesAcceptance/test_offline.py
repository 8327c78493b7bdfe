"""Gates without a database: they follow other nodes over HTTP, under the same bound."""

import time

import pytest
import requests

from nodes.cluster import FedGate, Key, soon_stale
from nodes.database import port
from nodes.ending import seconds_to_spread
from nodes.proxy import Proxy
from nodes.times import last_allowed
from support import program
from support.envelope import refusal, result
from support.waiting import eventually, within


def test_it_follows_and_stops_every_player_within_a_second(cluster, ending):
    node = cluster.node()
    early = ending(node)
    with FedGate(cluster, node.service.url) as gate:
        assert early.seen_by(gate) == ["allowed"] * 2
        within(1, lambda: seconds_to_spread(ending, node, gate))
        late = ending(node, gate)
        for case in (early, late):
            case.begin(node)
            eventually(lambda: case.seen_by(gate) == ["allowed", case.code])
    with FedGate(cluster, node.service.url) as gate:
        assert [case.seen_by(gate) for case in (early, late)] == [["allowed", ending.code]] * 2


@soon_stale
def test_cut_off_it_refuses_in_time_and_comes_back(cluster):
    node = cluster.node()
    with Proxy(node.service.port) as proxy, FedGate(cluster, f"http://127.0.0.1:{proxy.port}") as gate:
        good, doomed = Key(node), Key(node)
        for key in (good, doomed):
            eventually(lambda: gate.play(key.token) == "allowed")
        proxy.cut()
        cut = time.monotonic()
        result(node.delete(doomed.id))
        assert last_allowed(gate, doomed.token) - cut <= cluster.staleness
        assert [gate.play(key.token) for key in (good, doomed)] == ["keys_stale"] * 2
        assert requests.get(f"{gate.service.url}/readyz", timeout=30).status_code == 503
        proxy.mend()
        seen = set()

        def is_back():
            seen.add(gate.play(doomed.token))
            return gate.play(good.token) == "allowed"

        eventually(is_back, every=0)
        assert seen <= {"keys_stale", "key_revoked"}
        assert gate.play(doomed.token) == "key_revoked"


@soon_stale
def test_a_node_that_does_not_know_feeds_nobody(cluster):
    """A node that is itself cut off from the database must not keep a gate fresh: its age counts."""
    with Proxy(port()) as proxy:
        here, there = cluster.node(), cluster.node(cluster.database.behind(proxy.port))
        good = Key(here)
        with FedGate(cluster, there.service.url) as gate:
            eventually(lambda: gate.play(good.token) == "allowed")
            proxy.cut()
            cut = time.monotonic()
            assert last_allowed(gate, good.token) - cut <= cluster.staleness
            assert gate.play(good.token) == "keys_stale"
            proxy.mend()
            eventually(lambda: gate.play(good.token) == "allowed")


@pytest.mark.parametrize("staleness", [10])
def test_it_goes_on_with_the_next_node(cluster):
    first, second = cluster.node(), cluster.node()
    good, doomed = Key(first), Key(first)
    with FedGate(cluster, first.service.url, second.service.url) as gate:
        for key in (good, doomed):
            eventually(lambda: gate.play(key.token) == "allowed")
        first.service.kill()
        result(second.delete(doomed.id))
        seen = []

        def is_revoked():
            seen.append(gate.play(good.token))
            return gate.play(doomed.token) == "key_revoked"

        eventually(is_revoked, every=0)
        assert gate.play(good.token) == "allowed"
        assert set(seen) == {"allowed"}


@soon_stale
def test_it_sleeps_through_a_deletion_and_lets_nobody_in(cluster):
    node = cluster.node()
    good, doomed = Key(node), Key(node)
    with FedGate(cluster, node.service.url) as gate:
        eventually(lambda: gate.play(doomed.token) == "allowed")
        gate.stop()
        result(node.delete(doomed.id))
        time.sleep(cluster.staleness)  # The bound is what is tested.
        gate.go_on()
        seen = set()

        def is_awake():
            seen.add(gate.play(doomed.token))
            return gate.play(good.token) == "allowed"

        eventually(is_awake, every=0)
        assert seen <= {"keys_stale", "key_revoked"}


def test_it_answers_nothing_but_players_and_probes(cluster):
    node = cluster.node()
    with FedGate(cluster, node.service.url) as gate:
        assert requests.get(f"{gate.service.url}/healthz", timeout=30).text == "ok\n"
        assert requests.get(f"{gate.service.url}/readyz", timeout=30).text.startswith("ready\n")
        eventually(lambda: "streamsign_confirmation_age_seconds 0." in gate.service.metrics)
        for path in ("/client/v4/feed", f"/client/v4/accounts/{node.account.id}/stream/keys", "/inspector"):
            assert requests.get(gate.service.url + path, timeout=30).status_code == 404


@pytest.mark.parametrize("query", ["after=-1", "after=x", "after=1.5", "wait=-1", "wait=11", "wait=nan", "wait=x"])
def test_the_feed_refuses_what_it_does_not_understand(cluster, query):
    node = cluster.node()
    headers = {"Authorization": f"Bearer {cluster.feed_credential()}"}
    eventually(lambda: requests.get(f"{node.service.api}/feed", headers=headers, timeout=30).status_code == 200)
    refusal(requests.get(f"{node.service.api}/feed?{query}", headers=headers, timeout=30), 400, 10005)


def test_the_feed_confirms_what_is_known_without_a_body(cluster):
    node = cluster.node()
    headers = {"Authorization": f"Bearer {cluster.feed_credential()}"}

    def ask(after, tag):
        return requests.get(
            f"{node.service.api}/feed", params={"after": after}, headers=headers | {"If-None-Match": tag}, timeout=30)

    Key(node)
    eventually(lambda: ask(0, "").status_code == 200 and ask(0, "").json()["result"]["number"] > 0)
    first = ask(0, '"0"')
    number = first.json()["result"]["number"]
    assert (first.status_code, first.headers["ETag"]) == (200, f'"{number}"')
    again = ask(number, first.headers["ETag"])
    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", f'"{number}"')
    eventually(lambda: 0 < int(ask(number, first.headers["ETag"]).headers["X-Feed-Age-Ms"]) < 1000)
    assert ask(number, '"0"').json()["result"]["changes"] == []
    Key(node)
    eventually(lambda: ask(number, first.headers["ETag"]).status_code == 200)


def test_the_feed_is_for_those_with_its_credential(cluster):
    node = cluster.node()
    feed = f"{node.service.api}/feed"
    credential = cluster.feed_credential()
    key = Key(node)
    eventually(
        lambda: requests.get(feed, headers={"Authorization": f"Bearer {credential}"}, timeout=30).status_code == 200)
    assert requests.get(feed, timeout=30).status_code == 401
    assert requests.get(
        feed, headers={"Authorization": f"Bearer {cluster.credential}"}, timeout=30).status_code == 403
    # And that is good for nothing else.
    headers = {"Authorization": f"Bearer {credential}"}
    for account in (node.account.id, "-"):
        keys = f"{node.service.api}/accounts/{account}/stream/keys"
        assert requests.get(keys, headers=headers, timeout=30).status_code == 403
        assert requests.post(keys, headers=headers, timeout=30).status_code == 403
        assert requests.delete(f"{keys}/{key.id}", headers=headers, timeout=30).status_code == 403
    page = result(requests.get(f"{feed}?after=0", headers=headers, timeout=30))
    assert page["age_ms"] < cluster.staleness * 1000 and page["number"] == len(page["changes"])
    assert {change["added"] for change in page["changes"] if "added" in change} >= {key.id}
    began = time.monotonic()
    assert result(requests.get(
        f"{feed}?after={page['number']}&wait=0.2", headers=headers, timeout=30))["changes"] == []
    assert time.monotonic() - began >= 0.2


def test_it_does_not_start_without_a_feed(cluster, tmp_path):
    token = tmp_path / "token"
    token.write_text(cluster.feed_credential())
    token.chmod(0o600)
    arguments = ["serve", "--api", "127.0.0.1:0", "--gate", "127.0.0.1:0", "--feed", "http://127.0.0.1:1"]
    assert program.run(*arguments).returncode == 2
    assert program.run(*arguments, "--feed-token-file", token).returncode == 3
    assert program.run(*arguments, "--feed-token-file", token, "--gate", "off").returncode == 2
