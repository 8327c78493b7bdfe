"""Bodies that are no JSON, or not the JSON they should be."""

import json

import pytest

from support.account import VIDEO
from support.envelope import refusal, result

NOT_STRICT_JSON = {
    "cut off": b'{"exp": 1',
    "trailing": b"{} {}",
    "trailing comma": b'{"a":1,}',
    "no quotes": b"{a:1}",
    "single quotes": b"{'a':1}",
    "comment": b"{/* */}",
    "NaN": b'{"exp":NaN}',
    "leading zero": b'{"exp":01}',
    "bad UTF-8": b'{"a":"\xff"}',
    "overlong UTF-8": b'{"a":"\xc0\xaf"}',
    "UTF-8 surrogate": b'{"a":"\xed\xa0\x80"}',
    "lone surrogate": b'{"a":"\\ud800"}',
    "UTF-16": '{"a":1}'.encode("utf-16"),
    "byte order mark": b"\xef\xbb\xbf{}",
    "raw control": b'{"a":"\n"}',
    "NUL": b"\0",
    "duplicate": b'{"exp":1,"exp":2}',
    "escaped duplicate": b'{"exp":1,"\\u0065xp":2}',
    "deep duplicate": b'{"flags":{"original":true,"original":false}}',
    "deep arrays": b"[" * 30000,
    "deep objects": b'{"a":' * 10000 + b"1" + b"}" * 10000,
    "deep but closed": b'{"a":' + b"[" * 5000 + b"]" * 5000 + b"}",
}
NO_OBJECT = [b"[null]", b"[[]]", b"[{}]", b"1", b'"text"', b'""', b"true", b"false"]


@pytest.mark.parametrize("path", ["/keys", f"/{VIDEO}/token"])
@pytest.mark.parametrize("name", NOT_STRICT_JSON)
def test_what_is_not_strict_json_is_refused(guest, path, name):
    answer = guest.call("POST", path, data=NOT_STRICT_JSON[name], headers={"Content-Type": "application/json"})
    error = refusal(answer, 400, 10005)
    assert len(error["message"]) < 300


@pytest.mark.parametrize("path", ["/keys", f"/{VIDEO}/token"])
@pytest.mark.parametrize("body", NO_OBJECT)
def test_json_that_is_no_object_is_refused(guest, path, body):
    refusal(guest.call("POST", path, data=body, headers={"Content-Type": "application/json"}), 400, 10005)


@pytest.mark.parametrize("body", [b"", b" \n", b"{}", b"[]", b" [ ] ", b"null"])
def test_a_body_that_says_nothing_is_no_body(account, body):
    """Laravel's HTTP client sends `[]`, and TypeScript's SDK `null`."""
    headers = {"Content-Type": "application/json"}
    assert result(account.call("POST", f"/{VIDEO}/token", data=body, headers=headers))["token"]
    assert result(account.call("POST", "/keys", data=body, headers=headers))["pem"]


@pytest.mark.parametrize("body", [b"[]", b"null"])
def test_where_something_has_to_be_said_it_is_not_enough(guest, body):
    refusal(guest.call("POST", "/explain", data=body, headers={"Content-Type": "application/json"}), 400, 10005)


def test_a_huge_number_or_string_is_a_value_like_any_other(guest):
    for value in ("1e999", "-" + "9" * 5000, '"' + "x" * 60000 + '"', "0." + "1" * 5000):
        answer = guest.call("POST", f"/{VIDEO}/token", data=f'{{"exp":{value}}}'.encode())
        refusal(answer, 400, 10005, "/exp")


def test_unknown_members_mean_nothing(account):
    body = {"AccountID": account.id, "VideoID": "x", "nested": {"a": [1, {"b": None}]}, "\u0000": "\ud83d\ude00"}
    assert result(account.call("POST", f"/{VIDEO}/token", json=body))["token"]


@pytest.mark.parametrize("type", ["image/png", "application/xml", "multipart/form-data; boundary=x", "", "json", "*/*"])
def test_a_body_of_another_type_is_415(guest, type):
    refusal(guest.call("POST", f"/{VIDEO}/token", data=b"{}", headers={"Content-Type": type}), 415, 20005)


@pytest.mark.parametrize("type", ["application/json; charset=utf-8", "Application/JSON", "application/problem+json"])
def test_any_way_to_say_json_is_taken(account, type):
    result(account.call("POST", f"/{VIDEO}/token", data=b"{}", headers={"Content-Type": type}))


def test_a_body_up_to_the_limit_is_read_and_one_byte_more_is_413(account):
    def body(size):
        return json.dumps({"x": "x" * (size - len('{"x": ""}'))}).encode()

    assert len(body(65536)) == 65536
    result(account.call("POST", f"/{VIDEO}/token", data=body(65536)))
    refusal(account.call("POST", f"/{VIDEO}/token", data=body(65537)), 413, 20004)
    refusal(account.call("POST", f"/{VIDEO}/token", data=iter([body(65537)])), 413, 20004)
    result(account.call("POST", f"/{VIDEO}/token", data=iter([body(40000)[:20000], body(40000)[20000:]])))
