"""Key ids that others may have: what a refusal says, how an operator frees one, and proofs that a key is one's own."""

import base64
import json
import time

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding

from support import program
from support.account import Account
from support.envelope import refusal, result
from support.keys import CustomerKey, quick_public_jwk
from support.service import Service


def until(condition, tries: int = 1000):
    """What another process does with the store is known here within a second."""
    for _ in range(tries):
        if condition():
            return
        time.sleep(0.005)
    raise AssertionError("it did not happen")


def encode(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()


def proof(key: CustomerKey, id: str, account: str, at: float | None = None) -> str:
    """What a customer makes who has no library but a JOSE one."""
    parts = [{"alg": "RS256", "typ": "key-proof+jwt"}, {"sub": id, "aud": account, "iat": int(at or time.time())}]
    text = ".".join(encode(json.dumps(part).encode()) for part in parts)
    return f"{text}.{encode(key.private.sign(text.encode(), padding.PKCS1v15(), hashes.SHA256()))}"


@pytest.mark.parametrize("is_deleted", [True, False], ids=["deleted", "in use"])
def test_an_operator_frees_an_id_that_somebody_else_has_taken(account, other_account, customer_key, name, is_deleted):
    data = account.service.data
    result(other_account.import_key(jwk=quick_public_jwk(name)))
    if is_deleted:
        result(other_account.delete(name))
    refusal(account.import_key(pem=customer_key.public_pem, id=name), 409, 20001)

    state = "deleted" if is_deleted else "used"
    assert program.output("key-id", "show", name, "--data", data) == f"{other_account.id}  {state}\n"
    shown = json.loads(program.output("key-id", "show", name, "--data", data, "--json"))
    assert shown == {"id": name, "account": other_account.id, "state": state}
    if not is_deleted:
        refused = program.run("key-id", "release", name, "--data", data)
        assert refused.returncode == 2 and "--delete" in refused.stderr
    released = program.run("key-id", "release", name, "--data", data, *([] if is_deleted else ["--delete"]))
    assert released.returncode == 0 and f"released key id '{name}'" in released.stderr and not released.stdout

    assert program.run("key-id", "show", name, "--data", data).returncode == 2
    result(account.import_key(pem=customer_key.public_pem, id=name))
    assert account.keys() == [name] and other_account.keys() == []
    events = [json.loads(line) for line in program.output("audit", "--data", data, "--json").splitlines()]
    mine = [(event["action"], event["account"], event["actor"]) for event in events if event.get("subject") == name]
    assert ("key_id.released", other_account.id, "cli") in mine
    assert "fit together" in program.output("audit", "--data", data, "--verify")


def test_a_freed_id_plays_for_its_next_key_and_not_for_the_last(account, other_account, customer_key, other_customer_key, name):
    def token(key: CustomerKey) -> str:
        payload = {"sub": "video", "kid": name, "exp": int(time.time()) + 600}
        text = ".".join(encode(json.dumps(part).encode()) for part in [{"alg": "RS256", "kid": name}, payload])
        return f"{text}.{encode(key.private.sign(text.encode(), padding.PKCS1v15(), hashes.SHA256()))}"

    def verdict(of: Account, key: CustomerKey) -> str | None:
        return result(of.call("POST", "/explain", json={"token": token(key), "video": "video"})).get("code")

    result(other_account.import_key(pem=customer_key.public_pem, id=name))
    assert verdict(other_account, customer_key) is None
    result(other_account.delete(name))
    assert verdict(other_account, customer_key) == "key_revoked"
    program.output("key-id", "release", name, "--data", account.service.data)
    until(lambda: verdict(other_account, customer_key) == "key_unknown")
    result(account.import_key(pem=other_customer_key.public_pem, id=name))
    assert verdict(account, other_customer_key) is None
    assert verdict(account, customer_key) == "signature_invalid"
    refusal(other_account.import_key(pem=customer_key.public_pem, id=name + "-again"), 409, 20001)


def test_a_refusal_tells_nothing_of_other_accounts(account, other_account, customer_key, name):
    for id, deletes in [(name + "-live", False), (name + "-deleted", True)]:
        result(other_account.import_key(jwk=quick_public_jwk(id)))
        if deletes:
            result(other_account.delete(id))
    result(account.import_key(pem=customer_key.public_pem, id=name))
    messages = {
        refusal(account.import_key(jwk=jwk), 409, 20001)["message"]
        for jwk in map(quick_public_jwk, [name, name + "-live", name + "-deleted"])
    }
    assert len(messages) == 1


def test_an_import_proves_that_the_key_is_ones_own_where_the_operator_wants_it(data, customer_key, other_customer_key):
    credential = program.make_credential(data, "acme")
    with Service(data, "--import-proof", "named") as service:
        account = Account(service, "acme", credential)
        public = {"pem": customer_key.public_pem, "id": "studio"}
        refusal(account.import_key(**public), 400, 10005, "/proof")
        for wrong in [
            proof(other_customer_key, "studio", "acme"), proof(customer_key, "other", "acme"),
            proof(customer_key, "studio", "other"), proof(customer_key, "studio", "acme", time.time() - 400), "", "a.b.c",
        ]:
            refusal(account.import_key(**public, proof=wrong), 400, 10005, "/proof")
        assert account.keys() == []
        result(account.import_key(**public, proof=proof(customer_key, "studio", "acme")))
        result(account.import_key(pem=other_customer_key.pem, id="with its private half"))
        assert account.keys() == ["studio", "with its private half"]


def test_the_command_line_proves_by_itself(data, tmp_path):
    credential = program.make_credential(data, "acme")
    key = CustomerKey()
    file, public = tmp_path / "key.pem", tmp_path / "public.pem"
    file.write_text(key.pem)
    public.write_text(key.public_pem)
    with Service(data, "--import-proof", "always") as service:
        remote = {"STREAMSIGN_API_URL": service.api, "STREAMSIGN_ACCOUNT": "acme", "STREAMSIGN_API_TOKEN": credential}
        refused = program.run("remote", "import", public, "--key-id", "studio", env=remote)
        assert refused.returncode == 3 and "proof" in refused.stderr
        assert program.output("remote", "import", file, "--key-id", "studio", env=remote) == "studio\n"
