"""A session is begun on any node or through a gate that is fed, plays everywhere, and ends everywhere."""

import time
from urllib.parse import urljoin

import pytest
import requests

from gate.signer import Signer
from gate.site import MANIFEST
from nodes.cluster import ACCOUNT, FedGate, Node
from support.account import VIDEO
from support.waiting import eventually, seconds_until, within


def link(signer: Signer) -> str:
    return signer.token(seconds=60, iat=int(time.time()), playFor=600)


def first_manifest(gate, token: str) -> requests.Response:
    return requests.get(f"{gate.url}/{token}/{MANIFEST}", allow_redirects=False, timeout=30)


def begin(gate, token: str) -> str:
    """The session's token."""
    answer = first_manifest(gate, token)
    assert answer.status_code == 302, answer.text
    return urljoin(answer.url, answer.headers["Location"]).split("/")[3]


def begin_first(fed: FedGate, token: str) -> str:
    """As `begin`, for the first session of an account: a node makes a key for it, and if that takes long, players are told to come
    again."""
    eventually(lambda: first_manifest(fed.gate, token).status_code != 503)
    return begin(fed.gate, token)


def signer_on(here: Node, *others) -> Signer:
    signer = Signer(here.account, f"sessions-{time.monotonic_ns()}")
    for node in (here, *others):
        eventually(lambda: node.play(signer.token()) == "allowed")
    return signer


def test_a_session_that_one_node_made_plays_on_all_and_ends_on_all(nodes):
    def seconds_until_it_ends() -> float:
        signer = signer_on(*nodes)
        session = begin(nodes[0].gate, link(signer))
        for node in nodes:
            eventually(lambda: node.play(session) == "allowed")
        nodes[1].delete(signer.id)
        return seconds_until(lambda: all(node.play(session) == "key_revoked" for node in nodes))

    within(1, seconds_until_it_ends)


def test_nodes_sign_with_one_key_of_the_account(nodes):
    signer = signer_on(*nodes)
    before = set(nodes[0].account.keys())
    for node in nodes:
        session = begin(node.gate, link(signer))
        for other in nodes:
            eventually(lambda: other.play(session) == "allowed")
    assert len(set(nodes[0].account.keys()) - before) <= 1


def test_a_fed_gate_has_its_node_begin_sessions(cluster):
    node = cluster.node()
    with FedGate(cluster, node.service.url) as fed:
        def seconds_until_it_ends() -> float:
            signer = signer_on(node, fed)
            session = begin_first(fed, link(signer))
            assert fed.play(session) == "allowed", "it knows the key before it sends a player there"
            assert node.play(session) == "allowed"
            node.delete(signer.id)
            return seconds_until(lambda: fed.play(session) == "key_revoked")

        within(1, seconds_until_it_ends)


@pytest.mark.parametrize("staleness", [10])
def test_a_fed_gate_asks_the_next_node_and_says_so_when_there_is_none(cluster):
    """What a node has signed goes on without it."""
    first, second = cluster.node(), cluster.node()
    with FedGate(cluster, first.service.url, second.service.url) as fed:
        signer = signer_on(first, second, fed)
        token = link(signer)
        assert fed.play(begin_first(fed, token)) == "allowed"
        first.service.kill()
        session = begin(fed.gate, token)
        assert fed.play(session) == "allowed"
        second.service.kill()
        seen = set()
        for word in ("session_unavailable", "keys_stale"):
            eventually(lambda: seen.add(fed.play(token)) or word in seen)
        assert seen == {"session_unavailable", "keys_stale"}


def test_a_fed_gate_rewrites_manifests_so_that_they_carry_the_session_on(cluster, tmp_path):
    manifest = tmp_path / "media" / ACCOUNT / VIDEO / MANIFEST
    manifest.parent.mkdir(parents=True)
    manifest.write_text(f"#EXTM3U\n/{VIDEO}/manifest/segment-1.m4s\n")
    node = cluster.node()
    with FedGate(cluster, node.service.url, media=tmp_path / "media", flags=("--rewrite-manifests", "on")) as fed:
        signer = signer_on(node, fed)
        token = link(signer)
        begin_first(fed, token)
        answer = requests.get(f"{fed.gate.url}/{token}/{MANIFEST}", timeout=30)
        assert answer.history[0].status_code == 302 and answer.text == "#EXTM3U\nsegment-1.m4s\n"
