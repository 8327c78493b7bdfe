"""A PostgreSQL whose disk is full: what cannot be written is refused as a whole, and everything else goes on."""

import secrets
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from nodes.cluster import Cluster, keys_on
from nodes.database import SERVER, psql
from nodes.ending import ENDINGS
from nodes.journal import ANY_NUMBER_OF_KEYS, UNAVAILABLE, Journal
from nodes.small_disk import SmallDisk
from support import program
from support.account import Account
from support.envelope import refusal, result
from support.keys import quick_public_jwk
from support.waiting import eventually


@pytest.fixture
def disk():
    try:
        disk = SmallDisk()
    except PermissionError:
        pytest.skip("this user may not mount the small disk that the test fills")
    with disk:
        yield disk


def some_key(node):
    """Ids of one length, so that none has room where another has not."""
    return node.account.import_key(jwk=quick_public_jwk("key-" + secrets.token_hex(6)))


def start_of_a_node(cluster):
    """A node that starts has to find room for a note of its own, among what the others' notes leave behind them; if there is none at
    the moment it says so and ends, and whoever watches over it starts it again."""
    try:
        return cluster.node(None, *ANY_NUMBER_OF_KEYS)
    except AssertionError as failure:
        assert "the database is full, or its disk is" in str(failure)
        return None


def test_a_full_disk_loses_nothing_and_stops_no_player(disk, tmp_path):
    with Cluster(tmp_path, disk.database, staleness=5) as cluster:
        nodes = [cluster.node(None, *ANY_NUMBER_OF_KEYS) for _ in range(3)]
        good, doomed = keys_on(*nodes)
        _, deleted = keys_on(*nodes)
        result(nodes[0].delete(deleted.id, wait="nodes"))
        ended = [ending(*nodes) for ending in ENDINGS]
        for case in ended:
            case.begin(nodes[1], wait="nodes")
        signed = result(nodes[0].account.token())["token"]
        others = [result(some_key(nodes[0]))["id"] for _ in range(40)]
        with Journal(*nodes) as journal:
            eventually(lambda: len(journal.deleted) > 20, 20)
            disk.fill()
            # The last pages have room for some more, of one thing or of another.
            eventually(lambda: journal.refusals > 100, 20)

        def writes_anything():
            done = [id for id in others if nodes[1].delete(id).status_code == 200]
            for id in done:
                others.remove(id)
            return bool(done)

        eventually(lambda: not writes_anything(), 20)

        full = time.monotonic()
        while time.monotonic() - full < cluster.staleness + 0.5:
            for node in nodes:
                refusal(some_key(node), 503, UNAVAILABLE)
                refusal(node.delete(doomed.id), 503, UNAVAILABLE)
                refusal(node.delete(doomed.id, wait="nodes"), 503, UNAVAILABLE)
                refusal(node.account.call("POST", "/revocations", json=[{"token": "t" * 255}] * 500), 503, UNAVAILABLE)
                assert [node.play(key.token) for key in (good, doomed, deleted)] == ["allowed"] * 2 + ["key_revoked"]
                assert node.play(signed) == "allowed" and node.ready()
                assert [case.seen_by(node) for case in ended] == [["allowed", case.code] for case in ended]
                result(node.account.token())
        journal.check(*nodes, refusals_are_certain=True)
        assert {good.id, doomed.id, *others} <= set(nodes[0].account.keys())
        late = eventually(lambda: start_of_a_node(cluster), 30)
        assert [late.play(key.token) for key in (good, doomed, deleted)] == ["allowed"] * 2 + ["key_revoked"]

        disk.clear()
        nodes.append(late)
        assert [case.seen_by(late) for case in ended] == [["allowed", case.code] for case in ended]
        assert [case.take_back(late, wait="nodes") for case in ended] == [False, True, True]
        assert [[node.play(case.doomed) for case in ended[1:]] for node in nodes] == [["allowed"] * 2] * 4
        made = [result(some_key(node))["id"] for node in nodes]
        result(nodes[0].delete(doomed.id, wait="nodes"))
        assert [node.play(doomed.token) for node in nodes] == ["key_revoked"] * 4
        assert [node.play(good.token) for node in nodes] == ["allowed"] * 4
        assert {good.id, *others, *made} <= set(nodes[2].account.keys())
        journal.check(*nodes, refusals_are_certain=True)
        # Nothing is there by half, either.
        environment = {"STREAMSIGN_DATABASE_URL": disk.database.url}
        assert "fit together" in program.output("audit", "--verify", env=environment)
        program.output("store", "check", env=environment)


def refuse_new_sessions(disk):
    """The server takes none: each would have to write a file first."""
    def takes_one():
        disk.forget_the_catalogue()
        disk.fill()
        try:
            disk.database.sql("SELECT 1")
        except subprocess.CalledProcessError as refusal:
            assert "could not write init file" in refusal.stderr
            return False
        return True

    # One that came at the same moment, autovacuum's say, may have written it.
    eventually(lambda: not takes_one(), 20)


def test_a_refused_write_costs_no_connection(disk, tmp_path):
    with Cluster(tmp_path, disk.database) as cluster:
        node = cluster.node(None, *ANY_NUMBER_OF_KEYS)
        id = result(some_key(node))["id"]
        refuse_new_sessions(disk)
        eventually(lambda: some_key(node).status_code == 503, 20)
        for _ in range(20):
            refusal(some_key(node), 503, UNAVAILABLE)
            assert id in node.account.keys()


def test_requests_take_turns_with_the_connections_that_are_left(disk, tmp_path):
    with Cluster(tmp_path, disk.database) as cluster, ThreadPoolExecutor(16) as clients:
        node = cluster.node(None, *ANY_NUMBER_OF_KEYS)
        id = result(some_key(node))["id"]
        sessions = f"FROM pg_stat_activity WHERE datname = '{disk.database.name}' AND application_name = 'streamsign'"

        def keys():
            return Account(node.service, node.account.id, node.account.credential).keys()

        with disk.database.stalled("signing_key", "ACCESS EXCLUSIVE"):
            refuse_new_sessions(disk)
            psql(SERVER, f"""
                SELECT pg_terminate_backend(pid) {sessions} AND pid <> (
                    SELECT pid {sessions} AND query NOT LIKE 'LISTEN%' ORDER BY backend_start LIMIT 1)""")
            lists = [clients.submit(keys) for _ in range(16)]
            eventually(lambda: psql(SERVER, f"SELECT count(*) {sessions} AND wait_event_type = 'Lock'") == "1")
            # At once: nobody waits for a lock for longer than some seconds.
            assert not any(list.done() for list in lists)
        assert [list.result() for list in lists] == [[id]] * 16


def test_a_node_says_in_its_log_why_it_writes_nothing(disk, tmp_path):
    """Clients learn no more than that it is unavailable; somebody has to be told that it is the disk."""
    with Cluster(tmp_path, disk.database) as cluster:
        node = cluster.node()
        disk.fill()
        eventually(lambda: some_key(node).status_code == 503, 20)
        eventually(lambda: "the database is full, or its disk is" in node.service.output, 5)
