"""Paths and methods that lead nowhere."""

import pytest

from support.raw import Connection, is_refused_or_closed, request

BASE = "/client/v4/accounts/{id}/stream"
LOST = [
    "/", "", "*", "//", "/.", "/..", "/client/v4", "/client/v4/", "/client/v4/accounts", "/client/v4/accounts//stream/keys",
    "/client/v4/accounts/{id}", BASE, BASE + "/", BASE + "/keys/", BASE + "//keys", BASE + "/keys//x", BASE + "/./keys",
    BASE + "/../stream/keys", "/client/v4/../v4/accounts/{id}/stream/keys", BASE + "/%6beys", BASE + "/%2e/keys",
    BASE + "/%2e%2e/stream/keys", BASE + "%2fkeys", BASE + "/keys%00", BASE + "/keys%0d%0aX-Injected:%20yes", BASE + "/keys;x",
    BASE + "\\keys", BASE + "/KEYS", "/CLIENT/V4/accounts/{id}/stream/keys", "/client/v4/accounts/{id}%20/stream/keys",
    "/client/v4/accounts/" + "a" * 33 + "/stream/keys", "/client/v4/accounts/é/stream/keys", BASE + "/keys/x/y",
    BASE + "/x/token/y", BASE + "//token", "/client/v4/" + "a/" * 2000, "/healthz/", "/metrics/../healthz", "/healthz%00",
    "http://localhost/nowhere", "http://", "https://[::1", "client/v4", "?", "#", "/%", "/%zz", "/" + "%41" * 3000,
]


@pytest.mark.parametrize("path", LOST, ids=range(len(LOST)))
def test_a_path_that_leads_nowhere_is_an_envelope_with_404_or_a_closed_connection(guest, path):
    path = path.replace("{id}", guest.id)
    for method in ("GET", "POST", "DELETE"):
        with Connection(guest.service) as connection:
            connection.send(request(method, path, f"Authorization: Bearer {guest.credential}", "Content-Length: 0"))
            answer = connection.answer()
            assert is_refused_or_closed(answer)
            assert "x-injected" not in (answer or (0, {}))[1]


@pytest.mark.parametrize("path", [b"/\0", b"/a\0b", b"/\xff\xfe", b"/\x01", b"/a b", b"/a\tb", b"/\x7f", b"/" + b"a" * 100_000])
def test_a_path_of_forbidden_bytes_or_size_is_refused_or_closed(guest, path):
    with Connection(guest.service) as connection:
        connection.send(request("GET", path))
        assert is_refused_or_closed(connection.answer())


def test_a_path_is_not_echoed_in_full(guest):
    with Connection(guest.service) as connection:
        connection.send(request("GET", "/" + "secret" * 1000))
        answer = connection.answer()
        assert is_refused_or_closed(answer) and len(answer[2]) < 500


@pytest.mark.parametrize("method", ["PUT", "PATCH", "OPTIONS", "TRACE", "BREW", "get", "M-SEARCH", "x" * 500])
def test_a_method_that_a_path_does_not_take_is_405_with_what_it_takes(guest, method):
    base = BASE.replace("{id}", guest.id)
    for path, allowed in [("/keys", "GET, HEAD, POST"), ("/keys/x", "GET, HEAD, PATCH, DELETE"), ("/x/token", "POST"),
                          ("/keys/jwks.json", "GET, HEAD")]:
        if method in allowed.split(", "):
            continue
        with Connection(guest.service) as connection:
            connection.send(request(method, base + path))
            answer = connection.answer()
            assert is_refused_or_closed(answer)
            if answer and answer[0] != 400:
                assert answer[0] == 405 and set(allowed.split(", ")) <= set(answer[1]["allow"].split(", "))


def test_head_answers_like_get_without_a_body(guest):
    for path, status in [("/healthz", 200), ("/metrics", 200), ("/nowhere", 404), (BASE.replace("{id}", "x") + "/keys", 401)]:
        with Connection(guest.service) as connection:
            connection.send(request("HEAD", path) + request("GET", "/healthz"))
            assert connection.answer(has_body=False)[0] == status
            assert connection.answer()[2] == b"ok\n"


def test_a_query_changes_nothing(guest):
    assert guest.call("GET", "/keys?page=2&per_page=%ff&x").json()["result"] is None
