"""When keys were used is known wherever viewers came, and decides whether they are deleted."""

import time
from datetime import datetime, timezone

import requests

from nodes.cluster import FedGate, Key
from support.envelope import refusal, result
from support.waiting import eventually

# Gates report use this late at most.
LAG = 15


def shown(node, key: Key) -> dict:
    return result(node.account.call("GET", f"/keys/{key.id}"))


def seconds(text: str) -> float:
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=timezone.utc).timestamp()


def test_every_node_and_a_gate_that_is_fed_report_it(cluster):
    here, there = cluster.node(), cluster.node()
    keys = [Key(here) for _ in range(3)]
    with FedGate(cluster, here.service.url) as fed:
        for key, gate in zip(keys, (here, there, fed)):
            assert shown(here, key)["last_used"] is None
            eventually(lambda: gate.play(key.token) == "allowed")
        used = time.time()
        for key in keys:
            eventually(lambda: shown(here, key)["last_used"] is not None, LAG)
            details = shown(there, key)
            assert -LAG <= seconds(details["last_used"]) - used <= 1
            assert details["safe_to_delete_at"] == details["latest_expiry"]
            assert 3_000 < seconds(details["latest_expiry"]) - used < 3_700
            assert details in result(there.account.call("GET", "/keys"))


def test_a_key_is_deleted_as_unused_only_if_it_is(cluster):
    here, there = cluster.node(), cluster.node()
    used, unused = Key(here), Key(here)
    for key in (used, unused):
        answer = here.account.call("DELETE", f"/keys/{key.id}/unused", params={"for": "15s"})
        refusal(answer, 409, 20012)
    made = time.time()
    while time.time() < made + LAG + 1:
        assert there.play(used.token) in ("allowed", "key_unknown")
        time.sleep(1)
    error = refusal(here.account.call("DELETE", f"/keys/{used.id}/unused", params={"for": "15s"}), 409, 20012)
    assert shown(here, used)["last_used"][:14] in error["message"]
    answer = here.account.call("DELETE", f"/keys/{unused.id}/unused", params={"for": "15s", "wait": "nodes"})
    assert result(answer) == "Revoked"
    assert [node.play(unused.token) for node in (here, there)] == ["key_revoked"] * 2
    assert there.play(used.token) == "allowed"


def test_how_long_is_said_and_is_not_less_than_reports_take(cluster):
    node = cluster.node()
    key = Key(node)
    for query in ("", "for=", "for=14s", "for=1", "for=-1h", "for=1h&for=2h", "for=1%20h"):
        refusal(node.account.call("DELETE", f"/keys/{key.id}/unused?{query}"), 400, 10005)
    refusal(node.account.call("DELETE", "/keys/unknown/unused?for=1h"), 404, 10003)
    refusal(node.account.call("GET", f"/keys/{key.id}/unused?for=1h"), 405, 20003)
    assert shown(node, key)["id"] == key.id


def test_the_feed_takes_reports_from_who_may_read_it_alone(cluster):
    node = cluster.node()
    key = Key(node)
    body = {"uses": [{"key": key.id, "last_used": int(time.time()), "latest_expiry": int(time.time()) + 60}]}
    url = f"{node.service.url}/client/v4/feed/uses"
    refusal(requests.post(url, json=body, timeout=30), 401, 10000)
    refusal(requests.post(
        url, json=body, headers={"Authorization": f"Bearer {node.account.credential}"}, timeout=30), 403, 9109)
    assert shown(node, key)["last_used"] is None
