"""A PostgreSQL whose connections others have taken: nodes work with those that they have, and one that has none refuses
in time, loses nothing that it has acknowledged, and comes back by itself."""

import time
from concurrent.futures import ThreadPoolExecutor
from itertools import count, islice

import pytest

from nodes.cluster import keys_on, soon_stale
from nodes.crowd import Crowd
from nodes.database import SERVER, port, psql
from nodes.journal import ANY_NUMBER_OF_KEYS, UNAVAILABLE, Journal
from nodes.proxy import Proxy
from support import program
from support.account import Account
from support.envelope import refusal, result
from support.keys import quick_public_jwk
from support.waiting import eventually


@pytest.fixture
def crowd():
    with Crowd() as crowd:
        yield crowd


def test_nodes_work_with_the_connections_that_they_have(cluster, crowd):
    nodes = [cluster.node() for _ in range(3)]
    connections = f"""
        SELECT count(*) FROM pg_stat_activity
        WHERE application_name = 'streamsign' AND datname = '{cluster.database.name}'"""

    def create(number):
        node, id = nodes[number % 3], f"crowded-{number}"
        account = Account(node.service, node.account.id, node.account.credential)
        result(account.import_key(jwk=quick_public_jwk(id)))
        assert id in account.keys()
        return id

    numbers = count()

    with ThreadPoolExecutor(24) as clients:
        # Before the nodes have worked: what they have is what they began with.
        crowd.fill()
        few = int(crowd.ask(connections))
        good, doomed = keys_on(*nodes)
        made = set(clients.map(create, islice(numbers, 120)))
        assert all(made <= set(node.account.keys()) for node in nodes)
        result(nodes[0].delete(doomed.id, wait="nodes"))
        assert [node.play(doomed.token) for node in nodes] == ["key_revoked"] * 3
        assert [node.play(good.token) for node in nodes] == ["allowed"] * 3
        assert [node.metric("streamsign_keys_stale") for node in nodes] == [0] * 3
        assert int(crowd.ask(connections)) == few
        crowd.leave()

        def have_more():
            made.update(clients.map(create, islice(numbers, 24)))
            return int(psql(SERVER, connections)) > few

        # They would have liked to have more, and take them when there are some and several of their threads work at once.
        eventually(have_more)
    assert made <= set(nodes[0].account.keys())


def test_a_node_that_starts_where_there_is_no_room_says_so(cluster, crowd):
    crowd.fill()
    environment = {"STREAMSIGN_DATABASE_URL": cluster.database.url}
    ended = program.run("serve", "--data", cluster.data, "--api", "127.0.0.1:0", env=environment)
    assert ended.returncode == 3 and ended.stdout == ""
    [line] = ended.stderr.splitlines()
    assert "has no room for another connection" in line
    crowd.leave()
    node = cluster.node()
    keys_on(node)


@soon_stale
def test_nodes_that_find_no_room_refuse_in_time_and_come_back(cluster, crowd):
    with Proxy(port()) as proxy:
        behind = cluster.database.behind(proxy.port) + "&application_name=cut_off"
        here = cluster.node(None, *ANY_NUMBER_OF_KEYS)
        there = [cluster.node(behind, *ANY_NUMBER_OF_KEYS) for _ in range(2)]
        good, doomed = keys_on(here, *there)
        with Journal(here, *there) as journal:
            proxy.cut()
            eventually(lambda: crowd.ask(
                "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'cut_off'") == "0")
            crowd.fill()
            proxy.mend()
            began = time.monotonic()
            result(here.delete(doomed.id, wait="nodes"))
            assert time.monotonic() - began < cluster.staleness + 3
            assert [node.play(doomed.token) for node in there] == ["keys_stale"] * 2
            for node in there:
                assert node.play(good.token) == "keys_stale" and node.ready() == []
                refusal(node.account.import_key(jwk=quick_public_jwk("late")), 503, UNAVAILABLE)
                refusal(node.delete(good.id), 503, UNAVAILABLE)
            assert [here.play(key.token) for key in (good, doomed)] == ["allowed", "key_revoked"]
            result(here.account.import_key(jwk=quick_public_jwk("meanwhile")))
            crowd.leave()
            for node in there:
                seen = set()

                def is_back():
                    seen.add(node.play(doomed.token))
                    return node.play(good.token) == "allowed"

                eventually(is_back, every=0)
                assert seen <= {"keys_stale", "key_revoked"}
                assert node.play(doomed.token) == "key_revoked"
                assert all(node.play(good.token) == "allowed" for _ in range(100))
        journal.check(here, *there, refusals_are_certain=False)
        assert "meanwhile" in there[0].account.keys() and "late" not in there[0].account.keys()


@soon_stale
def test_one_connection_is_enough_to_be_fresh(cluster):
    """The one that listens is for speed, the others for the truth: a node that gets only one needs it for asking."""
    first = cluster.node()
    roles = [f"alone_{index}_{cluster.database.name}" for index in range(4)]
    for role in roles:
        cluster.database.sql(f"""
            CREATE ROLE {role} LOGIN CONNECTION LIMIT 1;
            GRANT ALL ON SCHEMA streamsign TO {role};
            GRANT ALL ON ALL TABLES IN SCHEMA streamsign TO {role};""")
    with Proxy(port()) as proxy:
        behind = cluster.database.behind(proxy.port)
        nodes = [cluster.node(behind.replace("streamsign@", f"{role}@")) for role in roles]
        good, _ = keys_on(first, *nodes)
        proxy.cut()
        for node in nodes:
            eventually(lambda: node.play(good.token) == "keys_stale")
        proxy.mend()
        for node in nodes:
            eventually(lambda: node.play(good.token) == "allowed")
