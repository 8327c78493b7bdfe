"""One key: what is shown of it, its name, and whether its tokens are let in."""

import time

import pytest

from support.envelope import refusal, result
from support.tokens import key_id
from support.waiting import eventually, within

UNKNOWN = "0" * 32


@pytest.fixture
def key(account) -> str:
    return result(account.call("POST", "/keys"))["id"]


def update(account, id: str, **body):
    return account.call("PATCH", f"/keys/{id}", json=body)


def shown(account, id: str) -> dict:
    return result(account.call("GET", f"/keys/{id}"))


def published(account) -> list[str]:
    return [key["kid"] for key in account.jwks().json()["keys"]]


def test_a_key_is_shown_as_it_is_listed(account, key):
    one = shown(account, key)
    assert one["id"] == key and one["enabled"] is True and one["name"] is None and one["expires"] is None
    assert one in result(account.call("GET", "/keys"))


def test_the_services_own_keys_are_marked_and_no_others(account, key):
    own = key_id(account.token())
    assert {each["id"]: each["service_key"] for each in result(account.call("GET", "/keys"))} == {own: True, key: False}
    for id, is_own in ((own, True), (key, False)):
        assert shown(account, id)["service_key"] is is_own
        changed = result(update(account, id, name="renamed"))
        assert changed["service_key"] is is_own and changed == shown(account, id)
    assert shown(account, own)["safe_to_delete_at"] is None, "it may sign something new at any time"
    listed = {each.id: each for each in account.sdk().stream.keys.get(account_id=account.id)}
    assert set(listed) == {own, key} and all(each.key_id == each.id for each in listed.values())
    assert account.sdk().stream.keys.delete(own, account_id=account.id) == "Revoked"


def test_a_name_is_given_changed_and_cleared(account, key):
    for name, kept in [("Ünited ☂", "Ünited ☂"), ("x" * 100, "x" * 100), ("", None), ("again", "again"), (None, None)]:
        assert result(update(account, key, name=name))["name"] == kept
        assert shown(account, key)["name"] == kept
    assert key in published(account)


def test_an_unknown_member_is_ignored_and_named(account, key):
    answer = update(account, key, name="new", enable=False)
    assert result(answer, 20014)["name"] == "new" and shown(account, key)["enabled"] is True
    assert answer.json()["messages"][0]["source"] == {"pointer": "/enable"}
    token = result(account.token())["token"]
    answer = account.call("POST", "/explain", json={"token": token, "contry": "GB"})
    assert result(answer, 20014)["accepted"] and answer.json()["messages"][0]["source"] == {"pointer": "/contry"}


def test_a_disabled_key_is_not_published_and_signs_nothing(account):
    made = result(account.call("POST", "/keys"))
    key, private = made["id"], {"id": made["id"], "pem": made["pem"]}
    result(account.token(**private))
    for _ in range(2):
        assert result(update(account, key, enabled=False))["enabled"] is False
        assert shown(account, key)["enabled"] is False and key not in published(account)
        refusal(account.token(**private), 400, 10005, "/id")
    for _ in range(2):
        assert result(update(account, key, enabled=True))["enabled"] is True
        assert shown(account, key)["enabled"] is True and key in published(account)
        result(account.token(**private))


def test_the_services_own_key_signs_nothing_while_it_is_disabled(account):
    own = key_id(account.token())
    result(update(account, own, enabled=False))
    refusal(account.token(), 409, 20011)
    result(update(account, own, enabled=True))
    assert key_id(account.token()) == own


def test_a_key_expires(account, key):
    def seconds_after_its_end() -> float:
        end = int(time.time()) + 5
        assert result(update(account, key, enabled=True, expires=end))["enabled"] is True
        eventually(lambda: key not in published(account))
        assert (late := time.time() - end) >= 0
        return late

    within(2, seconds_after_its_end)
    assert shown(account, key)["enabled"] is False
    refusal(update(account, key, enabled=True), 400, 10005, "/expires")
    assert result(update(account, key, name="old"))["enabled"] is False
    assert result(update(account, key, expires=None))["enabled"] is False
    assert result(update(account, key, enabled=True))["enabled"] is True
    assert key in published(account)


@pytest.mark.parametrize("body, pointer", [
    ({}, ""), ({"unknown": 1}, ""), ({"enabled": None}, ""), ({"enabled": 1}, "/enabled"), ({"enabled": "no"}, "/enabled"),
    ({"name": 7}, "/name"), ({"name": "x" * 101}, "/name"), ({"name": "ü" * 51}, "/name"), ({"name": "a\nb"}, "/name"),
    ({"expires": 1}, "/expires"), ({"expires": int(time.time())}, "/expires"), ({"expires": "soon"}, "/expires"),
    ({"expires": True}, "/expires"), ({"enabled": False, "name": "a\tb"}, "/name"),
])
def test_a_mistake_is_pointed_at_and_nothing_is_done(account, key, body, pointer):
    before = shown(account, key)
    refusal(update(account, key, **body), 400, 10005, pointer)
    assert shown(account, key) == before


@pytest.mark.parametrize("id", [UNKNOWN, "-", "x" * 300, "%00"])
def test_a_key_that_is_not_there_is_not_found(account, key, id):
    refusal(account.call("GET", f"/keys/{id}"), 404, 10003)
    refusal(update(account, id, enabled=False), 404, 10003)


def test_a_deleted_key_and_another_accounts_are_not_found(account, other_account, key):
    refusal(other_account.call("GET", f"/keys/{key}"), 404, 10003)
    refusal(update(other_account, key, enabled=False), 404, 10003)
    assert shown(account, key)["enabled"] is True
    result(account.delete(key))
    refusal(account.call("GET", f"/keys/{key}"), 404, 10003)
    refusal(update(account, key, enabled=True), 404, 10003)


def test_who_may_only_read_changes_nothing(account, key):
    credential = account.read_credential()
    headers = {"Authorization": f"Bearer {credential}"}
    assert result(account.call("GET", f"/keys/{key}", headers=headers))["id"] == key
    refusal(account.call("PATCH", f"/keys/{key}", json={"enabled": False}, headers=headers), 403, 9109)
    assert shown(account, key)["enabled"] is True
