"""Clients that wait to be asked for their body (RFC 9110 10.1.1)."""

import pytest

from support.raw import Connection, request


def expecting(account, length: int) -> bytes:
    return request(
        "POST", f"/client/v4/accounts/{account.id}/stream/keys", f"Authorization: Bearer {account.credential}",
        "Content-Type: application/json", f"Content-Length: {length}", "Expect: 100-continue")


def test_they_are_asked_once_and_answered(account):
    with Connection(account.service) as connection:
        for _ in range(2):
            connection.send(expecting(account, 2))
            assert connection.answer(has_body=False)[0] == 100
            connection.send(b"{}")
            assert connection.answer()[0] == 200


def test_they_are_not_asked_for_a_body_that_is_too_large(account):
    with Connection(account.service) as connection:
        connection.send(expecting(account, 10_000_000))
        assert connection.answer()[0] == 413


@pytest.mark.parametrize("expectation", ["100-continue,", "100-Continue, 100-continue"])
def test_they_may_say_so_in_a_list(account, expectation):
    with Connection(account.service) as connection:
        connection.send(expecting(account, 2).replace(b"100-continue", expectation.encode()))
        assert connection.answer(has_body=False)[0] == 100


@pytest.mark.parametrize("expectation", ["", "200-ok"])
def test_nobody_else_is_asked(account, expectation):
    with Connection(account.service) as connection:
        connection.send(expecting(account, 2).replace(b"100-continue", expectation.encode()) + b"{}")
        assert connection.answer()[0] == 200


def test_a_client_that_may_not_is_not_asked_and_the_connection_ends(account):
    """Whether its body follows nobody knows: what comes next must not be taken for a request, or for a body."""
    with Connection(account.service) as connection:
        connection.send(expecting(account, 2).replace(account.credential.encode(), b"somebody"))
        status, headers, _ = connection.answer()
        assert status == 401 and headers["connection"] == "close"
        assert connection.is_closed()
