"""Revocations of tokens, sessions, viewers and videos: what is asked, what is answered, and what is refused."""

import json
import time
from datetime import datetime, timezone

import pytest

from support import program
from support.account import Account
from support.envelope import refusal, result
from support.service import Service

WEEK = 7 * 86_400
UNKNOWN = "0" * 32


def revoke(account, body, **options):
    return account.call("POST", "/revocations", json=body, **options)


def listed(account, **query):
    answer = account.call("GET", "/revocations", params=query)
    assert answer.status_code == 200, answer.text
    envelope = answer.json()
    assert envelope["result_info"]["count"] == len(envelope["result"])
    return envelope["result"], envelope["result_info"]["cursors"].get("after")


def seconds(text: str) -> float:
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=timezone.utc).timestamp()


@pytest.mark.parametrize("kind", ["token", "session", "viewer", "video"])
def test_one_of_each_kind_is_made_shown_listed_and_lifted(account, kind):
    began = int(time.time())
    subject = "film-7" if kind == "video" else "ü 7"
    made = result(revoke(account, {kind: subject, "reason": "ticket 812", "issuedBefore": None, "new": None}))
    spared = {"issuedBefore"} if kind in ("viewer", "video") else set()
    assert set(made) == {"id", kind, "until", "created", "reason"} | spared
    assert made[kind] == subject and made["reason"] == "ticket 812" and len(made["id"]) == 32
    assert began <= seconds(made["created"]) <= time.time()
    assert seconds(made["until"]) - seconds(made["created"]) in (WEEK, WEEK + 1)
    if spared:
        assert seconds(made["issuedBefore"]) == seconds(made["created"]) + 1
    assert result(account.call("GET", f"/revocations/{made['id']}")) == made
    assert listed(account) == ([made], None)
    assert result(account.call("DELETE", f"/revocations/{made['id']}")) == "Lifted"
    for method in ("GET", "DELETE"):
        refusal(account.call(method, f"/revocations/{made['id']}"), 404, 10003)
    assert listed(account) == ([], None)


def test_an_array_is_answered_with_an_array_in_its_order(account):
    made = result(revoke(account, [{"token": f"t{number}"} for number in range(1_000)]))
    assert [each["token"] for each in made] == [f"t{number}" for number in range(1_000)]
    assert len({each["id"] for each in made}) == 1_000
    assert listed(account, limit=1_000) == (made[::-1], None)
    assert len(result(revoke(account, [{"token": "one"}]))) == 1


def test_a_list_comes_in_pages_and_by_subject(account):
    made = result(revoke(account, [{("token", "viewer")[number % 2]: str(number % 4)} for number in range(12)]))[::-1]
    page, after = listed(account, limit=5)
    assert page == made[:5] and after == made[4]["id"]
    page, after = listed(account, limit=5, after=after)
    assert page == made[5:10] and after == made[9]["id"]
    assert listed(account, limit=5, after=after) == (made[10:], None)
    assert listed(account)[0] == made
    viewers = [each for each in made if each.get("viewer") == "3"]
    assert len(viewers) == 3 and listed(account, viewer="3") == (viewers, None)
    assert listed(account, viewer="3", limit=2) == (viewers[:2], viewers[1]["id"])
    assert listed(account, session="3") == ([], None)
    for query in ("limit=0", "limit=1001", "limit=x", "after=x", f"after={UNKNOWN}", "token=a&viewer=b", "token=a&token=b",
                  "video=", "video=a/b", "viewer=%01"):
        refusal(account.call("GET", f"/revocations?{query}"), 400, 10005)


def test_a_list_says_if_it_is_not_all_that_is_in_force(account):
    made = result(revoke(account, [{"token": "a"}, {"viewer": "b"}, {"token": "a"}]))
    newest, oldest = made[-1]["id"], made[0]["id"]
    for query, is_partial in [
        ({}, False), ({"limit": 3}, False), ({"limit": 2}, True), ({"after": newest}, True), ({"after": oldest}, True),
        ({"token": "a"}, True), ({"viewer": "nobody"}, True), ({"limit": 2, "after": newest}, True),
    ]:
        information = account.call("GET", "/revocations", params=query).json()["result_info"]
        assert information.get("partial", False) is is_partial, query


@pytest.mark.parametrize("body, pointer", [
    ({}, ""), ({"reason": "why"}, ""), ({"token": None}, ""), ({"token": "a", "viewer": "b"}, ""),
    ({"token": ""}, "/token"), ({"viewer": "a\nb"}, "/viewer"), ({"viewer": "a\u0085b"}, "/viewer"),
    ({"video": "x" * 65}, "/video"), ({"video": "not/a/video"}, "/video"),
    ({"video": "https://video.example/v/manifest/video.m3u8"}, "/video"), ({"viewer": "x" * 256}, "/viewer"), ({"session": "ü" * 128}, "/session"), ({"token": 7}, "/token"),
    ({"token": "a", "issuedBefore": 1}, "/issuedBefore"), ({"session": "a", "issuedBefore": 1}, "/issuedBefore"),
    ({"viewer": "a", "issuedBefore": int(time.time()) + 86_400}, "/issuedBefore"),
    ({"viewer": "a", "issuedBefore": -5}, "/issuedBefore"), ({"video": "a", "issuedBefore": "-5"}, "/issuedBefore"),
    ({"video": "a", "issuedBefore": "1969-12-31T23:59:59Z"}, "/issuedBefore"),
    ({"viewer": "a", "issuedBefore": 1.5}, "/issuedBefore"), ({"viewer": "a", "issuedBefore": "soon"}, "/issuedBefore"),
    ({"token": "a", "until": int(time.time()) - 1}, "/until"), ({"token": "a", "until": int(time.time())}, "/until"),
    ({"token": "a", "until": int(time.time() * 1000)}, "/until"),
    ({"token": "a", "until": int(time.time()) + 367 * 86_400}, "/until"), ({"token": "a", "until": True}, "/until"),
    ({"token": "a", "reason": "x" * 201}, "/reason"), ({"token": "a", "reason": "a\tb"}, "/reason"),
    ([], ""), ([{"token": "a"}] * 1_001, ""), ([{"token": "a"}, 7], "/1"), ([{"token": "a"}, {}], "/1"),
    ([{"token": "a"}, {"token": "b", "until": 1}], "/1/until"), ([[{"token": "a"}]], "/0"),
])
def test_a_mistake_is_pointed_at_and_nothing_is_done(account, body, pointer):
    refusal(revoke(account, body), 400, 10005, pointer)
    assert listed(account) == ([], None)


@pytest.mark.parametrize("body, pointer", [
    ({"token": "a", "untill": "2030-01-01T00:00:00Z"}, "/untill"), ({"viewer": "a", "Reason": "why"}, "/Reason"),
    ([{"token": "a"}, {"video": "b", "issued_before": 1}], "/1/issued_before"),
])
def test_an_unknown_member_is_ignored_and_named(account, body, pointer):
    answer = revoke(account, body)
    made = result(answer, 20014)
    [message] = answer.json()["messages"]
    assert message["source"] == {"pointer": pointer}
    assert f"`{pointer.split('/')[-1]}`" in message["message"] and "`until`" in message["message"]
    assert len(listed(account)[0]) == (len(made) if isinstance(made, list) else 1), "it is in force all the same"


@pytest.mark.parametrize("body", ["7", "null", '"token"', '{"token":"a","token":"b"}', "[", "{"])
def test_what_is_no_request_is_refused(account, body):
    answer = account.call("POST", "/revocations", data=body, headers={"Content-Type": "application/json"})
    refusal(answer, 400, 10005)


def test_a_body_may_have_a_megabyte_and_no_more(account):
    texts = [{"token": f"{number:03}" + "x" * 252, "reason": "y" * 200} for number in range(1_000)]
    body = json.dumps(texts).encode()
    assert len(result(account.call("POST", "/revocations", data=body + b" " * ((1 << 20) - len(body))))) == 1_000
    refusal(account.call("POST", "/revocations", data=body + b" " * ((1 << 20) - len(body) + 1)), 413, 20004)
    refusal(account.call("POST", "/keys", data=b" " * 70_000), 413, 20004)


def test_until_and_issued_before_are_taken_in_either_form(account):
    until, before = int(time.time()) + 100, int(time.time()) - 100
    for form in (lambda time: time, lambda time: datetime.fromtimestamp(time, timezone.utc).isoformat()):
        made = result(revoke(account, {"video": "v", "until": form(until), "issuedBefore": form(before)}))
        assert (seconds(made["until"]), seconds(made["issuedBefore"])) == (until, before)


def test_another_account_sees_and_lifts_nothing(account, other_account):
    made = result(revoke(account, {"token": "a"}))
    assert listed(other_account) == ([], None)
    for method in ("GET", "DELETE"):
        for id in (made["id"], UNKNOWN, "nonsense"):
            refusal(other_account.call(method, f"/revocations/{id}"), 404, 10003)
    refusal(other_account.call("GET", f"/revocations?after={made['id']}"), 400, 10005)
    assert listed(account) == ([made], None)


def test_reading_needs_read_and_the_rest_write(account):
    made = result(revoke(account, {"token": "a"}))
    reader = Account(account.service, account.id, account.read_credential())
    assert listed(reader) == ([made], None)
    assert result(reader.call("GET", f"/revocations/{made['id']}")) == made
    refusal(revoke(reader, {"token": "b"}), 403, 9109)
    refusal(reader.call("DELETE", f"/revocations/{made['id']}"), 403, 9109)
    stranger = Account(account.service, account.id, "nonsense")
    for method, path in (("GET", ""), ("POST", ""), ("GET", f"/{UNKNOWN}"), ("DELETE", f"/{UNKNOWN}")):
        refusal(stranger.call(method, f"/revocations{path}"), 401, 10000)


def test_paths_take_their_methods_and_no_others(account):
    for path, allowed in (("/revocations", "GET, HEAD, POST"), (f"/revocations/{UNKNOWN}", "GET, HEAD, DELETE")):
        for method in ("PUT", "PATCH", "POST" if UNKNOWN in path else "DELETE"):
            answer = account.call(method, path)
            refusal(answer, 405, 20003)
            assert answer.headers["allow"] == allowed
    refusal(account.call("GET", "/revocations/"), 404, 7003)


def test_a_video_may_still_be_called_revocations(account):
    assert result(account.call("POST", "/revocations/token", json={}))["token"]


def test_waiting_is_for_nodes_alone(account):
    made = result(revoke(account, {"token": "a"}, params={"wait": "nodes"}))
    refusal(revoke(account, {"token": "b"}, params={"wait": "everybody"}), 400, 10005)
    refusal(account.call("DELETE", f"/revocations/{made['id']}", params={"wait": ""}), 400, 10005)
    assert listed(account) == ([made], None)
    assert result(account.call("DELETE", f"/revocations/{made['id']}", params={"wait": "nodes"})) == "Lifted"


def test_explain_names_the_revocation_and_its_reason(account):
    token = result(account.token(jti="jti-1", viewer="user 7"))["token"]
    ask = lambda: result(account.call("POST", "/explain", json={"token": token}))
    assert ask()["accepted"]
    made = result(revoke(account, {"viewer": "user 7", "reason": "shared the link"}))
    explanation = ask()
    [step] = [step for step in explanation["checks"] if step["check"] == "revocation"]
    assert explanation["code"] == step["code"] == "viewer_revoked" and step["outcome"] == "refused"
    assert made["id"] in step["value"] and "shared the link" in step["value"]
    assert "shared the link" not in explanation["message"]
    result(account.call("DELETE", f"/revocations/{made['id']}"))
    assert ask()["accepted"]


def test_an_account_has_as_many_as_it_may_and_not_one_more(data):
    credential = program.make_credential(data, "acme")
    with Service(data, "--revocations-per-account", "3") as service:
        account = Account(service, "acme", credential)
        made = result(revoke(account, [{"token": "a"}, {"token": "b"}]))
        refusal(revoke(account, [{"token": "c"}, {"token": "d"}]), 403, 20010)
        result(account.call("DELETE", f"/revocations/{made[0]['id']}"))
        result(revoke(account, {"token": "c"}))
        refusal(revoke(account, {"token": "d"}), 403, 20010)
        assert [each["token"] for each in listed(account)[0]] == ["c", "b"]


def test_it_is_in_the_store_and_the_log_after_a_kill(data):
    credential = program.make_credential(data, "acme")
    with Service(data) as service:
        account = Account(service, "acme", credential)
        made = result(revoke(account, [{"token": str(number)} for number in range(100)]))
        result(account.call("DELETE", f"/revocations/{made[0]['id']}"))
        service.kill()
    with Service(data) as service:
        account = Account(service, "acme", credential)
        assert listed(account)[0] == made[:0:-1]
        metrics = service.metrics
        assert "\nstreamsign_live_revocations 99\n" in metrics
    events = [json.loads(line) for line in program.output("audit", "--data", data, "--json").splitlines()]
    added = [event["subject"] for event in events if event["action"] == "revocation.added"]
    assert added == [each["id"] for each in made]
    assert [event["subject"] for event in events if event["action"] == "revocation.lifted"] == [made[0]["id"]]
    assert "fit together" in program.output("audit", "--data", data, "--verify")
    assert "100 revocations" in program.output("store", "check", "--data", data)
