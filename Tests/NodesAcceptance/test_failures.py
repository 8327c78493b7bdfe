"""What nodes promise when something between them breaks: no deleted or disabled key and no revoked token is good beyond the bound,
no good token is refused once a node is fresh again, and every node recovers by itself."""

import socket
import time
from concurrent.futures import ThreadPoolExecutor, wait

import pytest

from nodes.cluster import Gate, Key, keys_on, soon_stale
from nodes.database import control, port
from nodes.ending import DisabledKey, seconds_to_spread
from nodes.proxy import Proxy
from nodes.times import last_allowed
from support.account import wait_until_known
from support.envelope import result
from support.waiting import eventually, within


def is_back(node, case, seen: set[str]):
    """Whether the node lets in again what is good; what became of the other token meanwhile is noted."""
    seen.add(node.play(case.doomed))
    return node.play(case.good) == "allowed"


@soon_stale
def test_a_node_that_is_killed_keeps_nobody_waiting_for_long(cluster, ending):
    here, there = cluster.node(), cluster.node()
    case = ending(here, there)
    there.service.kill()
    began = time.monotonic()
    case.begin(here, wait="nodes")
    assert time.monotonic() - began < cluster.staleness + 3
    assert case.seen_by(here) == ["allowed", case.code]
    again = cluster.node()
    assert case.seen_by(again) == ["allowed", case.code]
    if case.take_back(again, wait="nodes"):
        assert [case.seen_by(node) for node in (here, again)] == [["allowed"] * 2] * 2


def test_a_node_that_ends_in_good_order_keeps_nobody_waiting(cluster):
    here, there = cluster.node(), cluster.node()
    _, doomed = keys_on(here, there)
    there.service.stop()
    # Nodes are counted once in a while: what matters is that the deletion does not wait for that.
    began = time.monotonic()
    result(here.delete(doomed.id, wait="nodes"))
    assert time.monotonic() - began < cluster.staleness


@soon_stale
def test_a_node_that_is_cut_off_refuses_in_time_and_comes_back(cluster, ending):
    with Proxy(port()) as proxy:
        here, there = cluster.node(), cluster.node(cluster.database.behind(proxy.port))
        case = ending(here, there)
        proxy.cut()
        cut = time.monotonic()
        case.begin(here, wait="nodes")
        # Whoever waited is told when the node that cannot hear of it has begun to refuse.
        assert there.play(case.doomed) == "keys_stale"
        assert time.monotonic() - cut < cluster.staleness + 3
        assert there.play(case.good) == "keys_stale"
        assert there.ready() == [] and there.metric("streamsign_keys_stale") == 1
        assert case.seen_by(here) == ["allowed", case.code]
        proxy.mend()
        seen = set()
        eventually(lambda: is_back(there, case, seen), every=0)
        assert seen <= {"keys_stale", case.code}
        assert there.play(case.doomed) == case.code
        assert all(there.play(case.good) == "allowed" for _ in range(100))
        if case.take_back(there, wait="nodes"):
            assert [case.seen_by(node) for node in (here, there)] == [["allowed"] * 2] * 2


@soon_stale
def test_a_viewer_waits_until_a_node_is_back_rather_than_be_refused(cluster):
    with Proxy(port()) as proxy:
        here, there = cluster.node(), cluster.node(cluster.database.behind(proxy.port), "--stale-grace", "1m")
        good, doomed = keys_on(here, there)
        proxy.cut()
        result(here.delete(doomed.id, wait="nodes"))
        with ThreadPoolExecutor(2) as viewers:
            waiting = [viewers.submit(Gate(there.service).play, key.token) for key in (good, doomed)]
            # Nobody is told anything before the keys are known.
            assert wait(waiting, timeout=1).done == set()
            proxy.mend()
            assert [each.result() for each in waiting] == ["allowed", "key_revoked"]


@soon_stale
def test_a_node_that_is_cut_off_stops_at_the_bound(cluster):
    """Nobody tells it anything: it goes by its own clock."""
    with Proxy(port()) as proxy:
        node = cluster.node(cluster.database.behind(proxy.port))
        key = Key(node)
        assert node.play(key.token) == "allowed"
        proxy.cut()
        cut = time.monotonic()
        assert last_allowed(node, key.token) - cut <= cluster.staleness
        assert node.play(key.token) == "keys_stale"
        # A short absence harms nobody.
        proxy.mend()
        eventually(lambda: node.play(key.token) == "allowed")
        proxy.cut()
        proxy.mend()
        eventually(lambda: node.metric("streamsign_confirmation_age_seconds") < 0.3)
        assert node.play(key.token) == "allowed"


@soon_stale
def test_a_node_that_slept_through_it_lets_nobody_in(cluster, ending):
    """A virtual machine that is moved, a laptop that is closed: the node wakes up with what it knew and does not know it."""
    here, there = cluster.node(), cluster.node()
    case = ending(here, there)
    waiting = [socket.create_connection(("127.0.0.1", there.gate.port)) for _ in range(8)]
    there.stop()
    request = f"GET /{case.doomed}/manifest/video.m3u8 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode()
    for connection in waiting:
        connection.sendall(request)
    # Answered when the sleeping node's word has expired.
    case.begin(here, wait="nodes")
    there.go_on()
    answers = [connection.makefile("rb").read() for connection in waiting]
    assert all(b" 503 " in answer[:20] or b" 401 " in answer[:20] for answer in answers), answers
    seen = set()
    eventually(lambda: is_back(there, case, seen), every=0)
    assert seen <= {"keys_stale", case.code}
    assert there.play(case.doomed) == case.code


def test_lost_notifications_cost_half_a_second(cluster, ending):
    with Proxy(port(), drops_notifications=True) as proxy:
        here, there = cluster.node(), cluster.node(cluster.database.behind(proxy.port))
        within(1, lambda: seconds_to_spread(ending, here, there))
        assert proxy.dropped > 0


@pytest.mark.parametrize("staleness", [10])
def test_nodes_whose_notes_do_not_come_through_hear_of_it_all_the_same(cluster, ending):
    """A node says several times a second what it knows, which is a write: a disk that stalls holds it up, and nothing else."""
    here, there = cluster.node(), cluster.node()
    case = ending(here, there)
    with cluster.database.stalled("node"):
        waiting = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
        eventually(lambda: cluster.database.sql(waiting) == "2")
        case.begin(here)
        eventually(lambda: there.play(case.doomed) != "allowed")
        # Not because it refuses everything, which it does later.
        assert there.play(case.doomed) == case.code
        # Nobody knows what they know, so they do not trust it for longer than without the database.
        eventually(lambda: [node.play(case.good) for node in (here, there)] == ["keys_stale"] * 2)
    eventually(lambda: [node.play(case.good) for node in (here, there)] == ["allowed"] * 2)


@soon_stale
def test_a_database_that_is_restarted_is_missed_by_nobody(cluster, ending):
    here, there = cluster.node(), cluster.node()
    case = ending(here, there)
    case.begin(here, wait="nodes")
    for action in ("stop", "kill"):
        control(action)
        try:
            for node in (here, there):
                eventually(lambda: node.play(case.good) == "keys_stale")
                assert node.play(case.doomed) in ("keys_stale", case.code)
        finally:
            control("start")
        for node in (here, there):
            eventually(lambda: node.play(case.good) == "allowed")
            assert node.play(case.doomed) == case.code
            wait_until_known(node.service, node.account.id, node.account.credential)
    # And it is followed as before.
    if case.take_back(there, wait="nodes"):
        assert [case.seen_by(node) for node in (here, there)] == [["allowed"] * 2] * 2
    another = ending(there, here)
    another.begin(there, wait="nodes")
    assert here.play(another.doomed) == another.code


def test_a_database_that_has_lost_changes_gives_nothing_back(cluster, ending):
    """A standby that took over without the last commits: the numbers of those are given again, to other changes."""
    here, there = cluster.node(), cluster.node()
    case = ending(here, there)
    case.begin(here, wait="nodes")
    cluster.database.sql(f"""
        BEGIN;
        SELECT 1 FROM store_state FOR UPDATE;
        DELETE FROM change WHERE number = (SELECT change_number FROM store_state);
        {case.loss}
        UPDATE store_state SET change_number = change_number - 1;
        COMMIT;""")
    for node in (here, there):
        node.service.wait_for("the store has lost changes")
    another = ending(here, there)
    another.begin(there, wait="nodes")
    assert [another.seen_by(node) for node in (here, there)] == [["allowed", another.code]] * 2
    # A key is enabled again if the store says so: that can be seen and undone, other than a deletion that was promised.
    now = "allowed" if ending is DisabledKey else case.code
    assert [case.seen_by(node) for node in (here, there)] == [["allowed", now]] * 2
