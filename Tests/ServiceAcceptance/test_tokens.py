"""The token endpoint: defaults, bounds, and whose key signs."""

import base64
import json
import re
import time

import cloudflare
import pytest

from support.account import VIDEO
from support.envelope import refusal, result

DAY = 24 * 3600


def parts(answer) -> tuple[dict, dict]:
    pieces = result(answer)["token"].split(".")
    return tuple(json.loads(base64.urlsafe_b64decode(piece + "==")) for piece in pieces[:2])


@pytest.mark.parametrize("body", [None, b"", b"{}", b"  \n"])
def test_without_a_body_the_token_runs_from_an_hour_ago_for_an_hour_ahead(account, body):
    before = int(time.time())
    header, claims = parts(account.call("POST", f"/{VIDEO}/token", data=body))
    after = int(time.time())
    assert header == {"alg": "RS256", "kid": account.keys()[0]}
    assert list(claims) == ["sub", "kid", "exp", "nbf"]
    assert claims["sub"] == VIDEO and claims["kid"] == header["kid"]
    assert before <= claims["exp"] - 3600 <= after
    assert claims["exp"] - claims["nbf"] == 7200


def test_the_sdk_passes_every_option_through(account):
    now = int(time.time())
    rules = [{"type": "ip.geoip.country", "country": ["DE", "FR"], "action": "allow"}, {"type": "any", "action": "block"}]
    token = account.sdk().stream.token.create(
        VIDEO, account_id=account.id, exp=now + 600, nbf=now - 5, downloadable=True, access_rules=rules,
        flags={"original": True}).token
    claims = json.loads(base64.urlsafe_b64decode(token.split(".")[1] + "=="))
    assert claims["exp"] == now + 600 and claims["nbf"] == now - 5 and claims["downloadable"] is True
    assert claims["accessRules"] == rules and claims["flags"] == {"original": True}


def test_a_token_may_last_a_day_and_no_longer(account):
    now = int(time.time())
    assert parts(account.token(exp=now + DAY))[1]["exp"] == now + DAY
    refusal(account.token(exp=now + DAY + 60), 400, 10005, "/exp")
    refusal(account.token(exp=now * 1000), 400, 10005, "/exp")


@pytest.mark.parametrize("exp", [-1, 0, 1, 1.5, "soon", True, [], {}, 10**30, "9" * 400])
def test_an_expiry_that_has_passed_or_is_no_time_is_refused(guest, exp):
    refusal(guest.token(exp=exp), 400, 10005, "/exp")


def test_numbers_in_strings_are_taken_as_php_sends_them(account):
    now = int(time.time())
    assert parts(account.token(exp=str(now + 60), nbf=str(now)))[1]["exp"] == now + 60


def test_a_token_that_begins_after_its_end_is_refused(account):
    now = int(time.time())
    refusal(account.token(exp=now + 60, nbf=now + 60), 400, 10005, "/nbf")
    assert parts(account.token(exp=now + 60, nbf=now + 59))


def test_five_rules_are_allowed_and_six_are_not(account):
    rule = {"type": "ip.src", "ip": ["192.0.2.0/24"], "action": "block"}
    assert len(parts(account.token(accessRules=[rule] * 5))[1]["accessRules"]) == 5
    refusal(account.token(accessRules=[rule] * 6), 400, 10005, "/accessRules")


@pytest.mark.parametrize(
    "rule", [{}, 1, {"type": "any"}, {"type": "ip.src", "action": "allow"}, {"type": "x", "action": "allow"},
             {"type": "ip.src", "ip": ["1.2.3.4/33"], "action": "allow"},
             {"type": "ip.geoip.country", "country": ["Germany"], "action": "block"},
             {"type": "ip.geoip.country", "country": ["GB", "UK"], "action": "block"},
             {"type": "ip.geoip.country", "country": ["EU"], "action": "allow"},
             {"type": "ip.geoip.country", "country": [], "ip": ["192.0.2.1"], "action": "allow"}])
def test_a_malformed_rule_is_pointed_at(guest, rule):
    good = {"type": "any", "action": "allow"}
    refusal(guest.token(accessRules=[good, rule]), 400, 10005, "/accessRules/1")


def test_a_country_that_none_is_called_is_refused_with_the_one_that_is_meant(guest):
    rule = {"type": "ip.geoip.country", "country": ["uk"], "action": "block"}
    assert "the United Kingdom is GB" in refusal(guest.token(accessRules=[rule]), 400, 10005, "/accessRules/0")["message"]


def test_null_and_empty_lists_inside_a_rule_are_absent(account):
    rules = [{"type": "any", "action": "allow", "ip": [], "country": None},
             {"type": "ip.src", "ip": ["192.0.2.1"], "country": [], "action": "block"}]
    assert parts(account.token(accessRules=rules))[1]["accessRules"] == [
        {"type": "any", "action": "allow"}, {"type": "ip.src", "action": "block", "ip": ["192.0.2.1"]}]


@pytest.mark.parametrize("body, pointer", [
    ({"downloadable": "true"}, "/downloadable"), ({"flags": []}, "/flags"), ({"flags": {"original": 1}}, "/flags/original"),
    ({"accessRules": {}}, "/accessRules"), ({"id": 5, "pem": "x"}, "/id"), ({"id": "x", "pem": []}, "/pem"),
    ({"id": "x"}, "/pem"), ({"pem": "x"}, "/id"), ({"nbf": "now"}, "/nbf")])
def test_a_value_of_the_wrong_type_is_pointed_at(guest, body, pointer):
    refusal(guest.token(**body), 400, 10005, pointer)


def test_claims_of_our_own_are_signed_with_the_time_of_it(account):
    before = int(time.time())
    claims = parts(account.token(jti="a.B-9_", viewer="u-17 é", playFor=10800))[1]
    assert list(claims) == ["sub", "kid", "exp", "nbf", "jti", "iat", "viewer", "playFor"]
    assert (claims["jti"], claims["viewer"], claims["playFor"]) == ("a.B-9_", "u-17 é", 10800)
    assert before <= claims["iat"] <= int(time.time())
    assert list(parts(account.token(viewer="u"))[1]) == ["sub", "kid", "exp", "nbf", "iat", "viewer"]
    assert list(parts(account.token(playFor=60))[1]) == ["sub", "kid", "exp", "nbf", "iat", "playFor"]


def test_an_id_is_made_if_it_is_left_to_the_service(account):
    ids = {parts(account.token(jti="auto"))[1]["jti"] for _ in range(3)}
    assert len(ids) == 3 and all(re.fullmatch("[A-Za-z0-9_-]{22}", id) for id in ids)


def test_null_is_absent_and_the_time_of_signing_is_not_the_callers_to_say(account):
    claims = parts(account.token(jti=None, viewer=None, playFor=None, iat=1, sid="x", via={}))[1]
    assert list(claims) == ["sub", "kid", "exp", "nbf"]
    assert parts(account.token(viewer="u", iat=1))[1]["iat"] > 1


@pytest.mark.parametrize("member, value", [
    ("jti", "a"), ("jti", "x" * 64), ("jti", "AZaz09-_."), ("viewer", "v" * 128), ("viewer", "é" * 64), ("viewer", " "),
    ("viewer", "\u00a0"), ("playFor", 60), ("playFor", 604800)])
def test_what_is_within_the_bounds_is_signed(account, member, value):
    assert parts(account.token(**{member: value}))[1][member] == value


@pytest.mark.parametrize("member, value", [
    ("jti", ""), ("jti", "x" * 65), ("jti", "a b"), ("jti", "a/b"), ("jti", "é"), ("jti", "a\n"), ("jti", 7), ("jti", True),
    ("jti", []), ("viewer", ""), ("viewer", "v" * 129), ("viewer", "é" * 64 + "v"), ("viewer", "a\0"), ("viewer", "\x1f"),
    ("viewer", "\x7f"), ("viewer", "\x80"), ("viewer", "\x9f"), ("viewer", 7), ("viewer", {}), ("viewer", False),
    ("playFor", 59), ("playFor", 604801), ("playFor", 60.5), ("playFor", 0), ("playFor", -60), ("playFor", "3600"),
    ("playFor", True), ("playFor", [60]), ("playFor", 10**30)])
def test_what_is_outside_the_bounds_or_of_another_type_is_pointed_at(guest, member, value):
    refusal(guest.token(**{member: value}), 400, 10005, f"/{member}")


def test_the_exception_of_the_sdk_carries_code_and_pointer(account):
    with pytest.raises(cloudflare.BadRequestError) as error:
        account.sdk().stream.token.create(VIDEO, account_id=account.id, exp=1)
    [item] = error.value.errors
    assert item.code == 10005 and item.source.pointer == "/exp"
