"""After a full run nothing that the service keeps, logs or shows holds a secret."""

import base64

from support import program
from support.account import Account, wait_until_known
from support.envelope import result
from support.keys import encode
from support.secrets import files_of, found
from support.service import Service


def numbers_of(jwk: dict) -> dict[str, bytes]:
    return {name: base64.urlsafe_b64decode(jwk[name] + "==") for name in ("d", "p", "q", "dp", "dq", "qi")}


def body_of(pem: str) -> bytes:
    """The bytes behind a PEM, without its first, which say only that it is a key."""
    return base64.b64decode("".join(line for line in pem.splitlines() if "-----" not in line))[300:]


def exercise(account, key, other):
    """Everything that takes a secret, well and badly. Returns the secrets that came back."""
    sdk = account.sdk(max_retries=0)
    created = sdk.stream.keys.create(account_id=account.id)
    result(account.token(id=created.id, pem=created.pem))
    result(account.token())
    result(account.import_key(pem=key.pem, id="mine"))
    for body in ({"pem": key.pem}, {"pem": other.pem, "id": "mine"}, {"pem": other.pem, "jwk": other.pem},
                 {"pem": other.pem[:-80]}, {"id": other.pem, "pem": other.pem}, {"jwk": other.pem[:-80] + "x"}):
        assert account.import_key(**body).status_code in (400, 409)
    for body in ({"id": "mine", "pem": other.pem}, {"id": "none", "pem": other.pem}, {"pem": other.pem},
                 {"exp": other.pem}, {"accessRules": [{"type": other.pem}]}, {"id": other.pem, "pem": key.pem}):
        assert account.token(**body).status_code == 400
    for text in (other.pem, '{"pem":"' + encode(other.pem), encode(other.pem) * 40):
        assert account.call("POST", "/keys", data=text).status_code in (400, 413)
    flat = base64.urlsafe_b64encode(other.pem.encode()).decode()
    for path in (f"/keys/{flat[:200]}", f"/{flat}/token", f"/{account.credential}", f"/keys?key={account.credential}"):
        account.call("DELETE", path)
    account.call("GET", "/keys", headers={"X-Auth-Key": account.credential, "Authorization": "Basic " + account.credential})
    account.call("GET", "/keys", headers={"X-Request-ID": account.credential, "User-Agent": account.credential})
    sdk.stream.keys.delete(created.id, account_id=account.id)
    return created


def test_a_scan_finds_no_private_key_credential_or_master_key(data, customer_key, other_customer_key):
    outputs = []
    with Service(data, "--log-level", "trace", "--log-format", "json") as service:
        credential = program.make_credential(data, "acme")
        wait_until_known(service, "acme", credential)
        account = Account(service, "acme", credential)
        created = exercise(account, customer_key, other_customer_key)
        outputs.append(service.metrics)
        first = service.wait_for(r"export STREAMSIGN_API_TOKEN=(\S+)").group(1)
        master = (data / "master.key").read_bytes().strip()
    for command in (["credential", "list"], ["audit"], ["audit", "--json"], ["audit", "--verify"]):
        outputs.append(program.output(*command, "--data", data))
    with Service(data) as again:
        outputs.append(again.metrics)
    # The first start shows the credential it made: that one line is meant.
    log = "\n".join(line for line in service.lines if "export STREAMSIGN_API_TOKEN" not in line)

    secrets = {"credential": credential.encode(), "first credential": first.encode(), "master key as text": master,
               "random bytes of the credential": base64.urlsafe_b64decode(credential.removeprefix("ss_") + "=="),
               "PEM in the answer": created.pem.encode()[400:480]}
    for name, text in (("created", base64.b64decode(created.pem).decode()), ("imported", customer_key.pem),
                       ("sent in vain", other_customer_key.pem), ("imported as PKCS 8", customer_key.pkcs8)):
        secrets[f"{name} key"] = body_of(text)[:200]
    for name, key in (("imported", customer_key), ("sent in vain", other_customer_key)):
        secrets |= {f"{part} of the {name} key": value for part, value in numbers_of(key.jwk).items()}
    for decode in (base64.urlsafe_b64decode, bytes.fromhex):
        try:
            secrets[f"master key by {decode.__name__}"] = decode(master.decode() + ("==" if "64" in decode.__name__ else ""))
        except ValueError:
            pass
    places = files_of(data) | {"log": log.encode(), "second log": again.output.encode(), "output": "\n".join(outputs).encode()}
    assert found({"account": b"mine"}, places), "the scan finds what is there"
    assert found(secrets, places) == []
