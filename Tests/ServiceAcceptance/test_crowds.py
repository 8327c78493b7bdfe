"""More connections than the API has places for: probes are answered in any case, and the log and the metrics tell."""

import re

import pytest

from support import program
from support.account import VIDEO, Account
from support.envelope import refusal
from support.raw import Connection, request
from support.service import Service

PLACES = 24


@pytest.fixture
def crowded(data):
    """With a place for each of its connections that is being answered, and none left for anybody else."""
    credential = program.make_credential(data, "acme")
    with Service(data, "--connections", str(PLACES), "--connections-per-address", str(PLACES)) as service:
        account = Account(service, "acme", credential)
        connections = []
        for _ in range(PLACES):
            connections.append(connection := Connection(service))
            connection.send(request(
                "POST", f"/client/v4/accounts/acme/stream/{VIDEO}/token", f"Authorization: Bearer {credential}",
                "Content-Length: 2", "Expect: 100-continue"))
            assert connection.answer(has_body=False)[0] == 100, "from here on it waits for the body"
        yield account
        for connection in connections:
            connection.socket.close()


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_probes_are_answered(crowded, path):
    for _ in range(40):
        with Connection(crowded.service) as probe:
            probe.send(request("GET", path))
            status, headers, _ = probe.answer()
            assert status == 200 and headers["connection"] == "close"


def test_others_are_told_to_come_again(crowded):
    answer = crowded.call("GET", "/keys")
    refusal(answer, 503, 20008)
    assert answer.headers["retry-after"] == "1"


def test_those_who_say_nothing_do_not_keep_a_probe_out(crowded):
    silent = [Connection(crowded.service) for _ in range(100)]
    with Connection(crowded.service) as probe:
        probe.send(request("GET", "/readyz"))
        assert probe.answer()[0] == 200
    for connection in silent:
        connection.socket.close()


def test_a_flood_of_silent_connections_is_counted_and_warned_of_once(data):
    with Service(data, "--connections", "64") as service:
        flood = [Connection(service) for _ in range(300)]
        for path in ("/healthz", "/readyz", "/metrics"):
            with Connection(service) as probe:
                probe.send(request("GET", path))
                assert probe.answer()[0] == 200
        service.wait_for(r"warning connections were refused or closed to make room .* listener=api")
        assert service.output.count("connections were refused or closed") == 1
        evicted = re.search(
            r'^streamsign_connections_evicted_total\{listener="api",state="silent"\} (\d+)$', service.metrics, re.M)
        assert int(evicted.group(1)) >= 300 - 16, "an address has a quarter of the places"
        assert re.search(r'^streamsign_connections_open\{listener="api"\} (\d+)$', service.metrics, re.M)
        for connection in flood:
            connection.socket.close()
