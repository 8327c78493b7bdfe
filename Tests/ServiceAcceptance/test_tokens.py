"""The token endpoint: defaults, bounds, and whose key signs."""

import base64
import json
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
             {"type": "ip.geoip.country", "country": ["Germany"], "action": "block"}])
def test_a_malformed_rule_is_pointed_at(guest, rule):
    good = {"type": "any", "action": "allow"}
    refusal(guest.token(accessRules=[good, rule]), 400, 10005, "/accessRules/1")


@pytest.mark.parametrize("body, pointer", [
    ({"downloadable": "true"}, "/downloadable"), ({"flags": []}, "/flags"), ({"flags": {"original": 1}}, "/flags/original"),
    ({"accessRules": {}}, "/accessRules"), ({"id": 5, "pem": "x"}, "/id"), ({"id": "x", "pem": []}, "/pem"),
    ({"id": "x"}, "/pem"), ({"pem": "x"}, "/id"), ({"nbf": "now"}, "/nbf")])
def test_a_value_of_the_wrong_type_is_pointed_at(guest, body, pointer):
    refusal(guest.token(**body), 400, 10005, pointer)


def test_the_exception_of_the_sdk_carries_code_and_pointer(account):
    with pytest.raises(cloudflare.BadRequestError) as error:
        account.sdk().stream.token.create(VIDEO, account_id=account.id, exp=1)
    [item] = error.value.errors
    assert item.code == 10005 and item.source.pointer == "/exp"
