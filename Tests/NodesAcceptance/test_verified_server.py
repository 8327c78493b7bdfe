"""sslmode=verify-full: a node talks to the PostgreSQL that was meant, or to none."""

import pytest

from nodes.cluster import keys_on, soon_stale
from nodes.database import SERVER, port, psql
from nodes.tls import HOST, EncryptedServer
from support import program
from support.certificates import Authority
from support.envelope import result
from support.waiting import eventually

PASSWORD = "correct-horse-battery-staple"


@pytest.fixture(scope="module")
def authorities(tmp_path_factory):
    folder = tmp_path_factory.mktemp("authorities")
    return Authority(folder / "ours"), Authority(folder / "theirs")


@pytest.fixture
def server(authorities):
    with EncryptedServer(authorities[0]) as server:
        yield server


def verified(cluster, root, host=HOST) -> str:
    """No name service knows the host: where it is, the URL says too."""
    return (f"postgres://streamsign:{PASSWORD}@{host}:{port()}/{cluster.database.name}?hostaddr=127.0.0.1"
            f"&sslmode=verify-full&sslrootcert={root}&connect_timeout=2")


def test_nodes_work_with_the_server_that_they_were_told(cluster, server, authorities):
    here, there = (cluster.node(verified(cluster, authorities[0].root)) for _ in range(2))
    good, doomed = keys_on(here, there)
    result(here.delete(doomed.id, wait="nodes"))
    assert [node.play(doomed.token) for node in (here, there)] == ["key_revoked"] * 2
    assert [node.play(good.token) for node in (here, there)] == ["allowed"] * 2
    encrypted = psql(SERVER, f"""
        SELECT bool_and(ssl), count(*) >= 4 FROM pg_stat_ssl JOIN pg_stat_activity USING (pid)
        WHERE datname = '{cluster.database.name}'""")
    assert encrypted == "t|t"
    for node in (here, there):
        assert PASSWORD not in node.service.output


@soon_stale
def test_a_server_that_becomes_another_is_not_believed(cluster, server, authorities):
    """Whoever gets between a node and its database could give deleted keys back."""
    node = cluster.node(verified(cluster, authorities[0].root))
    good, _ = keys_on(node)
    server.identify(authorities[1])
    cluster.database.sql(
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = 'streamsign'")
    eventually(lambda: node.play(good.token) == "keys_stale")
    assert PASSWORD not in node.service.output
    server.identify(authorities[0])
    eventually(lambda: node.play(good.token) == "allowed")


@pytest.mark.parametrize("what, reason", [
    ("authority", "certificate verify failed"), ("host", "does not match host name"), ("root", "does not exist")])
def test_a_node_does_not_start_on_another_server(cluster, server, authorities, tmp_path, what, reason):
    url = {
        "authority": verified(cluster, authorities[1].root),
        "host": verified(cluster, authorities[0].root, host="db2.example"),
        "root": verified(cluster, tmp_path / "none.pem"),
    }[what]
    is_refused(cluster, url, reason)


def test_a_node_does_not_start_on_a_server_without_tls(cluster, authorities):
    is_refused(cluster, verified(cluster, authorities[0].root), "does not support SSL")


def is_refused(cluster, url: str, reason: str):
    """Says where and why in one line, and the status is that of a network that failed."""
    ended = program.run(
        "serve", "--data", cluster.data, "--api", "127.0.0.1:0", env={"STREAMSIGN_DATABASE_URL": url})
    assert ended.returncode == 3 and ended.stdout == ""
    [line] = ended.stderr.splitlines()
    assert line.startswith("streamsign: postgres://streamsign@db") and reason in line
    assert PASSWORD not in ended.stderr
    # That is the one reason: the same server is there for whoever does not ask who it is.
    psql(cluster.database.url, "SELECT 1")
