"""What keys leave behind that come and go."""

import base64
import json
import time
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding

from support import program
from support.account import Account
from support.envelope import refusal, result
from support.keys import CustomerKey, quick_public_jwk
from support.service import Service

PAIRS = 1400


def token(key: CustomerKey, id: str) -> str:
    payload = {"sub": "video", "kid": id, "exp": int(time.time()) + 600}
    parts = [json.dumps(part).encode() for part in [{"alg": "RS256", "kid": id}, payload]]
    text = ".".join(base64.urlsafe_b64encode(part).rstrip(b"=").decode() for part in parts)
    signature = key.private.sign(text.encode(), padding.PKCS1v15(), hashes.SHA256())
    return f"{text}.{base64.urlsafe_b64encode(signature).rstrip(b'=').decode()}"


def verdict(account: Account, token: str) -> str | None:
    return result(account.call("POST", "/explain", json={"token": token, "video": "video"})).get("code")


@pytest.fixture(scope="module")
def churned(tmp_path_factory):
    """A store in which many keys were imported and deleted, one of which has signed a token."""
    data = tmp_path_factory.mktemp("churned") / "data"
    credential = program.make_credential(data, "acme")
    key = CustomerKey()
    signed = token(key, "first")
    with Service(data, "--log-level", "warning") as service:
        account = Account(service, "acme", credential)
        result(account.import_key(pem=key.public_pem, id="first"))
        assert verdict(account, signed) is None
        result(account.delete("first"))
        for number in range(PAIRS):
            result(account.import_key(jwk=quick_public_jwk(f"churn-{number}")))
            result(account.delete(f"churn-{number}"))
        assert verdict(account, signed) == "key_revoked"
    return data, credential, key, signed


def test_a_deleted_key_stays_revoked_and_taken_when_only_its_fingerprint_is_left(churned):
    data, credential, key, signed = churned
    with Service(data) as service:
        account = Account(service, "acme", credential)
        assert verdict(account, signed) == "key_revoked"
        refusal(account.import_key(pem=key.public_pem, id="first"), 409, 20001)
        refusal(account.import_key(pem=key.public_pem, id="other"), 409, 20001)
        refusal(account.import_key(jwk=quick_public_jwk("churn-0")), 409, 20001)


def test_the_folder_holds_little_of_what_is_over_and_all_that_is_evidence(churned):
    data = churned[0]
    # Some 600 pairs are too recent, and have their 2 KB each yet.
    size = sum(file.stat().st_size for file in Path(data).iterdir())
    assert size < 2_500_000, size
    checked = program.output("store", "check", "--data", data)
    assert f"0 keys, {PAIRS + 1} deleted ones" in checked
    # Those of the pairs, of the credential and of the master key.
    events = 2 * (PAIRS + 1) + 2
    assert f"{events} events" in checked
    audit = program.output("audit", "--data", data)
    for number in [0, PAIRS // 2, PAIRS - 1]:
        assert f"churn-{number}  " in audit
    assert f"{events} events, which fit together" in program.output("audit", "--data", data, "--verify")


def test_a_copy_knows_what_was_deleted(churned, tmp_path):
    data, credential, key, _ = churned
    copy = tmp_path / "copy"
    assert "verified" in program.output("store", "copy", "--from", f"sqlite:{data}", "--to", f"sqlite:{copy}")
    (copy / "master.key").write_bytes((Path(data) / "master.key").read_bytes())
    (copy / "master.key").chmod(0o600)
    with Service(copy) as service:
        refusal(Account(service, "acme", credential).import_key(pem=key.public_pem, id="first"), 409, 20001)


def test_an_account_may_delete_so_many_keys_and_no_more(tmp_path):
    data = tmp_path / "data"
    credential, other = (program.make_credential(data, account) for account in ["acme", "other"])
    with Service(data, "--deleted-keys-per-account", "3") as service:
        account = Account(service, "acme", credential)
        for number in range(3):
            result(account.import_key(jwk=quick_public_jwk(f"key-{number}")))
            result(account.delete(f"key-{number}"))
        error = refusal(account.import_key(jwk=quick_public_jwk("one too many")), 403, 20002)
        assert "deleted 3 keys" in error["message"]
        result(Account(service, "other", other).import_key(jwk=quick_public_jwk("another account's")))
