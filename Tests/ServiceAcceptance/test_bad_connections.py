"""Clients that speak HTTP badly, slowly or not at all."""

import pytest

from support import program
from support.account import VIDEO, Account
from support.raw import Connection, is_refused_or_closed, request
from support.service import Service


@pytest.fixture(scope="module")
def hasty(tmp_path_factory):
    """An account of a service that does not wait long."""
    data = tmp_path_factory.mktemp("hasty") / "data"
    credential = program.make_credential(data, "acme")
    with Service(data, "--request-timeout", "1s", "--idle-timeout", "2s", "--connections", "64") as service:
        yield Account(service, "acme", credential)


def token_request(account, *headers, body=b"") -> bytes:
    return request(
        "POST", f"/client/v4/accounts/{account.id}/stream/{VIDEO}/token", f"Authorization: Bearer {account.credential}",
        *headers, body=body)


NOT_HTTP = {
    "garbage": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" * 20,
    "no version": b"GET /\r\n\r\n",
    "HTTP/2 preface": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "HTTP/9.9": b"GET / HTTP/9.9\r\n\r\n",
    "header without colon": b"GET / HTTP/1.1\r\nHost\r\n\r\n",
    "space in header name": b"GET / HTTP/1.1\r\nBad Name: x\r\n\r\n",
    "NUL in header": b"GET / HTTP/1.1\r\nX: a\0b\r\n\r\n",
    "folded header": b"GET /nowhere HTTP/1.1\r\nX: a\r\n b\r\n\r\n",
    "header flood": request("GET", "/nowhere", *(f"X-{number}: y" for number in range(5000))),
    "one big header": request("GET", "/nowhere", "X: " + "y" * 200_000),
    "endless header name": b"GET / HTTP/1.1\r\n" + b"x" * 200_000,
    "length is no number": request("POST", "/nowhere", "Content-Length: ten"),
    "negative length": request("POST", "/nowhere", "Content-Length: -1"),
    "two lengths": request("POST", "/nowhere", "Content-Length: 1", "Content-Length: 2", body=b"ab"),
    "length and chunks": request("POST", "/nowhere", "Content-Length: 1", "Transfer-Encoding: chunked", body=b"0\r\n\r\n"),
    "unknown encoding": request("POST", "/nowhere", "Transfer-Encoding: gzip", body=b"x"),
    "a host that is none": b"GET / HTTP/1.1\r\nHost: a/b@c\r\n\r\n",
    "two hosts": b"GET / HTTP/1.0\r\nHost: a\r\nHost: b\r\n\r\n",
    "huge length": request("POST", "/nowhere", f"Content-Length: {2**63}"),
}


@pytest.mark.parametrize("name", NOT_HTTP)
def test_what_is_not_http_is_refused_or_closed(hasty, name):
    with Connection(hasty.service) as connection:
        connection.send(NOT_HTTP[name])
        connection.end_sending()
        assert is_refused_or_closed(connection.answer())
    assert hasty.service.is_alive()


@pytest.mark.parametrize("encoding", ["", "gzip", "chunked, gzip", "xchunked", "chunked, identity"])
def test_a_body_whose_end_nobody_can_tell_gets_one_answer(hasty, encoding):
    """A second one would be taken for the answer to somebody else's request."""
    with Connection(hasty.service) as connection:
        connection.send(token_request(hasty, f"Transfer-Encoding: {encoding}", body=b"{}" + request("GET", "/healthz")))
        status, headers, _ = connection.answer()
        assert status == 400 and headers["connection"] == "close"
        assert connection.is_closed() and connection.buffer == b""


CHUNKED = "Transfer-Encoding: chunked"
BROKEN_BODIES = {
    "bad chunk size": ([CHUNKED], b"zz\r\n{}\r\n0\r\n\r\n"),
    "chunk without end": ([CHUNKED], b"2\r\n{}XX"),
    "huge chunk": ([CHUNKED], b"ffffffffffffffff\r\n{}"),
    "cut off": (["Content-Length: 10"], b"{}"),
    "chunks cut off": ([CHUNKED], b"2\r\n{}\r\n"),
}


@pytest.mark.parametrize("name", BROKEN_BODIES)
def test_a_body_that_breaks_off_is_the_clients_fault(hasty, name):
    headers, body = BROKEN_BODIES[name]
    with Connection(hasty.service) as connection:
        connection.send(token_request(hasty, *headers, body=body))
        connection.end_sending()
        assert is_refused_or_closed(connection.answer())
        assert connection.is_closed()


@pytest.mark.parametrize("headers", [["Content-Length: 10"], [CHUNKED]])
def test_a_body_that_does_not_arrive_is_408_and_the_connection_closes(hasty, headers):
    with Connection(hasty.service) as connection:
        connection.send(token_request(hasty, *headers, body=b""))
        status, answered, _ = connection.answer()
        assert status == 408 and answered["connection"] == "close"
        assert connection.is_closed()


def test_after_413_the_connection_closes(hasty):
    with Connection(hasty.service) as connection:
        connection.send(token_request(hasty, "Content-Length: 1000000000", body=b"x" * 100_000))
        status, headers, _ = connection.answer()
        assert status == 413 and headers["connection"] == "close"
        assert connection.is_closed()


@pytest.mark.parametrize("start", [b"", b"GET", b"GET / HTTP/1.1\r\n", b"GET / HTTP/1.1\r\nHost: a\r\nX: "])
def test_a_connection_that_says_nothing_more_is_closed(hasty, start):
    with Connection(hasty.service) as connection:
        connection.send(start)
        assert connection.answer() is None


def test_a_client_that_stops_sending_still_gets_its_answers(hasty):
    with Connection(hasty.service) as connection:
        connection.send(token_request(hasty, "Content-Length: 2", body=b"{}") + request("GET", "/healthz"))
        connection.end_sending()
        assert connection.answer()[0] == 200
        assert connection.answer()[2] == b"ok\n"
        assert connection.is_closed()


def test_requests_that_come_at_once_are_answered_in_order(hasty):
    with Connection(hasty.service) as connection:
        connection.send(b"".join(request("GET", f"/nowhere-{number}") for number in range(50)))
        for number in range(50):
            assert f"/nowhere-{number},".encode() in connection.answer()[2]


def test_connections_that_say_nothing_are_closed_for_those_that_come(hasty):
    silent = [Connection(hasty.service) for _ in range(100)]
    with Connection(hasty.service) as client:
        client.send(request("GET", "/healthz"))
        assert client.answer()[0] == 200
    assert silent[0].is_closed() and silent[0].buffer == b""
    for connection in silent:
        connection.socket.close()


def test_a_client_that_expects_100_continue_is_not_kept_waiting(hasty):
    with Connection(hasty.service) as connection:
        connection.send(token_request(hasty, "Content-Length: 2", "Expect: 100-continue"))
        status, *_ = connection.answer()
        if status == 100:
            connection.send(b"{}")
            status, *_ = connection.answer()
            assert status == 200
        assert status in (200, 408, 417)
