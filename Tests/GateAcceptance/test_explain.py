"""`POST …/stream/explain` and `streamsign explain --json` are two ways to the same answer."""

import json
import time

import pytest

from gate.cases import PLAYED, REFUSED
from support import program
from support.envelope import result


@pytest.mark.parametrize("case", [*REFUSED, *(case for case in PLAYED if case.status == 200)], ids=str)
def test_both_say_the_same(site, signer, case):
    token, moment = case.token(signer), int(time.time())
    address, country = case.viewer
    said = result(site.account.call("POST", "/explain", json={
        "token": token, "path": case.path, "address": address, "time": moment} | ({"country": country} if country else {})))
    run = program.run(
        "explain", token, "--keys", site.jwks, "--path", case.path, "--ip", address, "--at", moment, "--json",
        *(["--country", country] if country else []))
    assert run.returncode == (1 if case.denial else 0), run.stderr
    assert said == json.loads(run.stdout)
    assert said["accepted"] == (case.denial is None)
    assert said.get("code") == case.denial or case.denial is None
    assert len(said["checks"]) > 5


@pytest.mark.parametrize("text", ["", "nonsense", "https://example.com/"])
def test_both_say_the_same_of_what_is_no_token(site, text):
    moment = int(time.time())
    run = program.run("explain", text, "--keys", site.jwks, "--at", moment, "--json")
    assert run.returncode == 1
    assert result(site.account.call("POST", "/explain", json={"token": text, "time": moment})) == json.loads(run.stdout)


def test_a_key_of_another_account_is_unknown(site, signer):
    said = result(site.other_account.call("POST", "/explain", json={"token": signer.token()}))
    assert (said["accepted"], said["code"]) == (False, "key_unknown")


def test_who_has_no_credential_is_told_nothing(site, signer):
    answer = site.account.call("POST", "/explain", json={"token": signer.token()}, headers={"Authorization": "Bearer x"})
    assert answer.status_code in (400, 401, 403) and "checks" not in answer.text
