"""What a client may leave behind on a connection: answers that it does not read, and requests that change the protocol."""

import socket

import pytest

from support.raw import Connection, request

STYLE = request("GET", "/-/inspector.css")
HEALTH = request("GET", "/healthz")


def test_answers_that_nobody_reads_are_not_made(site):
    """A hundred bytes of request for several thousand of answer: who does not read must not be answered for ever."""
    before = site.service.resident_kilobytes
    with socket.socket() as client:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        client.settimeout(3)
        client.connect(("127.0.0.1", site.port))
        try:
            for _ in range(150):
                client.sendall(STYLE * 1000)
        except TimeoutError:
            pass
        # An answer on another connection: this loop or the other has had its turn.
        with Connection(site) as other:
            other.send(HEALTH)
            assert other.answer()[0] == 200
        assert site.service.resident_kilobytes - before < 64 << 10


other_protocols = pytest.mark.parametrize("first", [
    request("GET", "/healthz", "Upgrade: websocket", "Connection: Upgrade"),
    request("GET", "/healthz", "Upgrade: h2c", "Connection: Upgrade"),
    request("CONNECT", "localhost:80"),
], ids=["websocket", "h2c", "connect"])


@other_protocols
def test_a_protocol_that_is_not_taken_up_leaves_the_connection_in_order(site, first):
    """A proxy uses the connection for somebody else's request next: it is answered, or the proxy knows that it will not be."""
    with Connection(site, timeout=10) as connection:
        connection.send(first)
        _, fields, _ = connection.answer()
        connection.send(HEALTH)
        answer = connection.answer()
        assert answer[0] == 200 if answer else fields.get("connection") == "close"


@other_protocols
def test_what_follows_on_another_protocol_is_not_kept(site, first):
    """The connection lingers for a moment, so that the client gets the answer. What it sends until then goes nowhere."""
    before = site.service.resident_kilobytes
    largest = before
    with socket.create_connection(("127.0.0.1", site.port), timeout=10) as client:
        client.sendall(first)
        piece = bytes(1 << 20)
        try:
            for _ in range(128):
                client.sendall(piece)
                largest = max(largest, site.service.resident_kilobytes)
        except OSError:
            pass
    assert largest - before < 32 << 10
