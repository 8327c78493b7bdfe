"""The client of the API behind a proxy: who it is, and how often it may be refused."""

import json

import pytest
import requests

from support import program
from support.account import Account
from support.envelope import refusal, result
from support.keys import quick_public_jwk
from support.service import Service


@pytest.fixture
def behind(data):
    """A service whose proxy is 127.0.0.1, where the tests' requests come from. Each address may be refused four times at once."""
    credential = program.make_credential(data, "acme")
    with Service(data, "--trusted-proxies", "127.0.0.1", "--refusal-limit", "2") as service:
        account = Account(service, "acme", credential)
        account.session.headers.update(from_("192.0.2.1"))
        yield account


def from_(address: str) -> dict[str, str]:
    return {"X-Forwarded-For": address}


def test_the_audit_log_and_the_access_log_name_the_client(behind):
    for name, forwarded in (("one", "192.0.2.7"), ("two", "203.0.113.9, 2001:db8::7, 127.0.0.1"), ("three", "192.0.2.8, ,")):
        result(behind.call("POST", "/keys", json={"jwk": quick_public_jwk(name)}, headers=from_(forwarded)))
    text = program.output("audit", "--data", behind.service.data, "--json")
    events = [json.loads(line) for line in text.splitlines()]
    addresses = {event["subject"]: event["address"] for event in events if event["action"] == "key.imported"}
    assert addresses == {"one": "192.0.2.7", "two": "2001:db8::7", "three": "192.0.2.8"}
    behind.service.wait_for(r"info request address=2001:db8::7 .*method=POST")


def test_without_a_word_it_is_the_proxy(behind):
    del behind.session.headers["X-Forwarded-For"]
    result(behind.import_key(jwk=quick_public_jwk("mine")))
    text = program.output("audit", "--data", behind.service.data, "--json")
    assert json.loads(text.splitlines()[-1])["address"] == "127.0.0.1"


def test_nobody_is_believed_who_is_no_proxy(data):
    credential = program.make_credential(data, "acme")
    with Service(data) as service:
        account = Account(service, "acme", credential)
        account.session.headers.update(from_("192.0.2.7"))
        result(account.import_key(jwk=quick_public_jwk("mine")))
        text = program.output("audit", "--data", data, "--json")
        assert json.loads(text.splitlines()[-1])["address"] == "127.0.0.1"


@pytest.mark.parametrize("kind, status", [
    ("no credential", 401), ("wrong credential", 401), ("another account", 403), ("no such key", 404), ("no such path", 404)])
def test_too_many_refusals_are_429_for_one_client_and_no_other(behind, kind, status):
    def ask(address: str) -> requests.Response:
        headers = from_(address)
        match kind:
            case "no credential": return requests.get(f"{behind.url}/keys", headers=headers, timeout=60)
            case "wrong credential": return behind.call("GET", "/keys", headers=headers | {"Authorization": "Bearer ss_wrong"})
            case "another account":
                return behind.session.get(
                    f"{behind.service.api}/accounts/other/stream/keys", timeout=60,
                    headers=headers | {"Authorization": f"Bearer {behind.credential}"})
            case "no such key": return behind.call("DELETE", "/keys/none", headers=headers)
            case _: return requests.get(f"{behind.service.api}/nowhere", headers=headers, timeout=60)

    answers = [ask("198.51.100.7") for _ in range(12)]
    assert [answer.status_code for answer in answers[:4]] == [status] * 4
    throttled = [answer for answer in answers if answer.status_code == 429]
    assert throttled and {answer.status_code for answer in answers} == {status, 429}
    for answer in throttled:
        refusal(answer, 429, 20009)
        assert answer.headers["retry-after"] == "1"
    assert ask("198.51.100.8").status_code == status
    assert behind.call("GET", "/keys", headers=from_("198.51.100.7")).status_code == 200, "what succeeds is not limited"


def test_addresses_of_one_network_of_version_6_are_refused_together(behind):
    def ask(address: str) -> int:
        return requests.get(f"{behind.url}/keys", headers=from_(address), timeout=60).status_code

    assert 429 in [ask(f"2001:db8::{number:x}") for number in range(12)]
    assert ask("2001:db8:0:1::1") == 401


def test_probes_are_never_limited(behind):
    for _ in range(12):
        requests.get(f"{behind.service.api}/nowhere", headers=from_("192.0.2.9"), timeout=60)
    for path in ("healthz", "readyz", "metrics"):
        assert requests.get(f"{behind.service.url}/{path}", headers=from_("192.0.2.9"), timeout=60).status_code == 200
