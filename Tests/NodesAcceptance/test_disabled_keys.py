"""Disabling a key has the promise of a deletion, and enabling it lets its viewers in again everywhere."""

import time

from nodes.cluster import FedGate, Node
from nodes.times import seen_before_the_end
from gate.signer import Signer
from support.envelope import refusal, result
from support.waiting import eventually, wait_until


class Key:
    """A key and a token of it that all nodes know."""

    def __init__(self, here: Node, *others):
        self.signer = Signer(here.account, f"key-{time.monotonic_ns()}")
        self.token = self.signer.token()
        for node in (here, *others):
            eventually(lambda: node.play(self.token) == "allowed")


def update(node: Node, key: Key, wait: str | None = None, **body):
    path = f"/keys/{key.signer.id}"
    return result(node.account.call("PATCH", path, json=body, params={"wait": wait} if wait else None))


def test_it_stops_this_key_and_no_other_and_lets_in_again(nodes):
    good, doomed = Key(*nodes), Key(*nodes)
    assert update(nodes[0], doomed, enabled=False)["enabled"] is False
    assert nodes[0].play(doomed.token) == "key_disabled"
    for node in nodes[1:]:
        eventually(lambda: node.play(doomed.token) == "key_disabled")
    assert [node.play(good.token) for node in nodes] == ["allowed"] * 3
    update(nodes[1], doomed, enabled=True)
    assert nodes[1].play(doomed.token) == "allowed"
    for node in nodes:
        eventually(lambda: node.play(doomed.token) == "allowed")


def test_who_waits_for_the_nodes_need_not_wait_any_more(nodes):
    good, doomed = Key(*nodes), Key(*nodes)
    for number in range(10):
        update(nodes[number % 3], doomed, "nodes", enabled=False)
        assert [node.play(doomed.token) for node in nodes] == ["key_disabled"] * 3
        update(nodes[(number + 1) % 3], doomed, "nodes", enabled=True)
        assert [node.play(doomed.token) for node in nodes] == ["allowed"] * 3
    assert [node.play(good.token) for node in nodes] == ["allowed"] * 3


def test_a_key_expires_on_every_node_by_itself(nodes):
    key = Key(*nodes)
    seen, end = seen_before_the_end(
        lambda end: update(nodes[0], key, "nodes", enabled=True, expires=end),
        lambda: [node.play(key.token) for node in nodes])
    assert seen == ["allowed"] * 3
    wait_until(end)
    assert [node.play(key.token) for node in nodes] == ["key_disabled"] * 3
    refusal(nodes[1].account.call("PATCH", f"/keys/{key.signer.id}", json={"enabled": True}), 400, 10005, "/expires")
    update(nodes[1], key, "nodes", enabled=True, expires=None)
    assert [node.play(key.token) for node in nodes] == ["allowed"] * 3


def test_a_deleted_key_is_deleted_whether_it_was_disabled_or_not(nodes):
    for is_enabled in (True, False):
        key = Key(*nodes)
        update(nodes[0], key, "nodes", enabled=is_enabled)
        result(nodes[1].account.call("DELETE", f"/keys/{key.signer.id}", params={"wait": "nodes"}))
        assert [node.play(key.token) for node in nodes] == ["key_revoked"] * 3
        refusal(nodes[2].account.call("PATCH", f"/keys/{key.signer.id}", json={"enabled": True}), 404, 10003)


def test_a_gate_without_a_database_obeys_it(cluster):
    node = cluster.node()
    good, early = Key(node), Key(node)
    update(node, early, enabled=False)
    with FedGate(cluster, node.service.url) as gate:
        assert [gate.play(key.token) for key in (good, early)] == ["allowed", "key_disabled"]
        update(node, good, enabled=False)
        eventually(lambda: gate.play(good.token) == "key_disabled")
        for key in (good, early):
            update(node, key, enabled=True)
            eventually(lambda: gate.play(key.token) == "allowed")
