"""Keys of the customer's own: every form comes in, once, and only the public half stays."""

import base64
import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from support.account import open_account
from support.envelope import refusal, result
from support.keys import encode, public_jwk_of, quick_public_jwk, url_encode
from support.secrets import files_of, forms_of
from support.service import Service

FORMS = {
    "private PEM": lambda key: {"pem": key.pem},
    "private PKCS 8": lambda key: {"pem": key.pkcs8},
    "public PEM": lambda key: {"pem": key.public_pem},
    "private JWK": lambda key: {"jwk": json.dumps(key.jwk)},
    "public JWK": lambda key: {"jwk": json.dumps(key.public_jwk)},
}
FORMS |= {
    "private JWK as an object": lambda key: {"jwk": key.jwk},
    "public JWK as an object": lambda key: {"jwk": key.public_jwk},
} | {
    f"{name} in base64": lambda key, form=form: {member: encode(text) for member, text in form(key).items()}
    for name, form in FORMS.items()
}


@pytest.mark.parametrize("form", FORMS)
def test_every_form_of_a_key_is_imported_and_listed_under_its_name(account, customer_key, form, name):
    imported = result(account.import_key(id=name, **FORMS[form](customer_key)))
    assert imported["id"] == imported["key_id"] == name and set(imported) == {"id", "key_id", "created"}
    [public] = account.jwks().json()["keys"]
    assert public["kid"] == name and public["n"] == customer_key.public_jwk["n"]


def test_a_key_keeps_the_id_in_its_jwk_and_gets_one_if_it_has_none(account, customer_key, other_customer_key, name):
    assert result(account.import_key(jwk=json.dumps(customer_key.public_jwk | {"kid": name})))["id"] == name
    given = result(account.import_key(pem=other_customer_key.public_pem))["id"]
    assert len(given) == 32 and account.keys() == [name, given]


@pytest.mark.parametrize("form", FORMS)
def test_the_same_key_again_is_a_conflict_in_whatever_form(account, customer_key, form, name):
    result(account.import_key(pem=customer_key.public_pem, id=name))
    answer = account.import_key(id=name + "-again", **FORMS[form](customer_key))
    refusal(answer, 409, 20001)
    assert answer.headers["x-should-retry"] == "false"
    assert account.keys() == [name]


def test_an_id_that_is_taken_is_a_conflict(account, customer_key, other_customer_key, name):
    result(account.import_key(pem=customer_key.public_pem, id=name))
    refusal(account.import_key(pem=other_customer_key.public_pem, id=name), 409, 20001)


def test_a_deleted_id_and_a_deleted_key_may_not_come_back(account, customer_key, other_customer_key, name):
    result(account.import_key(pem=customer_key.public_pem, id=name))
    result(account.delete(name))
    refusal(account.import_key(pem=customer_key.public_pem, id=name), 409, 20001)
    refusal(account.import_key(pem=customer_key.public_pem, id=name + "-again"), 409, 20001)
    refusal(account.import_key(pem=other_customer_key.public_pem, id=name), 409, 20001)
    assert account.keys() == []


def test_a_private_half_that_is_sent_is_not_kept(account, customer_key):
    result(account.import_key(pem=customer_key.pem))
    names = ("d", "p", "q", "dp", "dq", "qi")
    secrets = {name: base64.urlsafe_b64decode(customer_key.jwk[name] + "==") for name in names}
    files = files_of(account.service.data)
    public = base64.urlsafe_b64decode(customer_key.public_jwk["n"] + "==")
    assert any(form in content for form in forms_of(public) for content in files.values()), "the scan finds what is there"
    for name, secret in secrets.items():
        for file, content in files.items():
            assert not any(form in content for form in forms_of(secret)), f"{name} is in {file}"


@pytest.mark.parametrize("body, pointer", [
    ({"pem": ""}, "/pem"), ({"pem": "nonsense"}, "/pem"), ({"pem": 5}, "/pem"), ({"jwk": {}}, "/jwk"),
    ({"jwk": "{}"}, "/jwk"), ({"jwk": "nonsense"}, "/jwk"), ({"pem": "x", "jwk": "{}"}, "/jwk"),
    ({"jwk": '{"kty":"EC","crv":"P-256","x":"AA","y":"AA"}'}, "/jwk"), ({"jwk": '{"kty":"oct","k":"AAAA"}'}, "/jwk")])
def test_what_is_no_rsa_key_is_pointed_at(guest, body, pointer):
    refusal(guest.import_key(**body), 400, 10005, pointer)


ELSEWHERE = {
    "/key": lambda key: {"key": key.public_pem},
    "/PEM": lambda key: {"PEM": key.pem},
    "/public_key": lambda key: {"public_key": encode(key.public_pem)},
    "/privateKey": lambda key: {"id": "mine", "privateKey": key.pkcs8.replace("\n", " ")},
    "/data/0/private~1key": lambda key: {"data": [{"private/key": key.pem}]},
    "/key/jwk": lambda key: {"key": {"jwk": key.public_jwk}},
    "/kty": lambda key: key.public_jwk,
    "/keys": lambda key: {"keys": [key.public_jwk]},
    "/result": lambda key: {"result": {"id": "mine", "pem": encode(key.pem), "jwk": None}},
    "/cut": lambda key: {"cut": key.pem[:500]},
}


@pytest.mark.parametrize("pointer", ELSEWHERE)
def test_a_key_under_another_name_is_pointed_at_and_no_new_key_is_made(guest, customer_key, pointer):
    expected = "/key" if pointer == "/key/jwk" else pointer
    refusal(guest.import_key(**ELSEWHERE[pointer](customer_key)), 400, 10005, expected)
    assert guest.keys() == []


@pytest.mark.parametrize("body", [
    {"note": "no key"}, {"AccountID": "a", "x": {"y": [1, None]}}, {"key": "a name"}, {"keys": []}, {"public_key": None},
    {"n": "x" * 400}, {"jwks_uri": "https://a.example/jwks.json"}, {"pem": None, "jwk": None}, {"blob": "A" * 400}])
def test_other_members_mean_nothing(account, body):
    assert result(account.call("POST", "/keys", json=body))["pem"]


def test_a_pem_as_the_whole_body_is_told_where_it_goes(guest, customer_key):
    for type in ("application/json", "text/plain"):
        answer = guest.call("POST", "/keys", data=customer_key.public_pem.encode(), headers={"Content-Type": type})
        assert "`pem`" in refusal(answer, 400, 10005)["message"]
    assert guest.keys() == []


def test_one_of_several_keys_is_imported_by_its_id(account, customer_key, other_customer_key, name):
    keys = [other_customer_key.public_jwk | {"kid": name + "-other"}, customer_key.public_jwk | {"kid": name}]
    refusal(account.import_key(jwk={"keys": keys}), 400, 10005, "/jwk")
    refusal(account.import_key(jwk={"keys": keys}, id=name + "-none"), 400, 10005, "/jwk")
    assert result(account.import_key(jwk={"keys": keys}, id=name))["id"] == name
    assert account.jwks().json()["keys"][0]["n"] == customer_key.public_jwk["n"]


@pytest.mark.parametrize("id", ["", "x" * 300, "\u0000", "\n", ".", "..", 5, [], True])
def test_an_id_that_is_none_is_pointed_at(guest, customer_key, id):
    refusal(guest.import_key(pem=customer_key.public_pem, id=id), 400, 10005, "/id")
    assert guest.keys() == []


@pytest.mark.parametrize("id", ["{} b", "{}/b", "{}?b=c#d", "é{}", "%2e{}", "{}jwks.json", "../{}", "{}%", "{}+=;", "%zz{}"])
def test_whatever_an_id_looks_like_its_key_can_be_deleted(account, name, id):
    id = id.format(name)
    result(account.import_key(jwk=quick_public_jwk(id)))
    assert account.sdk().stream.keys.delete(id, account_id=account.id) == "Revoked"


@pytest.mark.parametrize("bits, exponent, accepted", [
    (4096, 65537, True), (4097, 65537, False), (8192, 65537, False), (2048, 2**32 - 1, True), (2048, 2**32 + 1, False)])
def test_keys_are_taken_up_to_4096_bits_and_exponents_up_to_32(account, name, bits, exponent, accepted):
    answer = account.import_key(jwk=public_jwk_of(bits, exponent, name))
    if accepted:
        assert result(answer)["id"] == name
    else:
        refusal(answer, 400, 10005, "/jwk")


def test_an_operator_may_allow_larger_keys(data, name):
    with Service(data, "--key-bits", "8192") as service:
        account = open_account(service, "acme")
        result(account.import_key(jwk=public_jwk_of(8192, 65537, name)))
        refusal(account.import_key(jwk=public_jwk_of(8193, 65537, name + "-more")), 400, 10005, "/jwk")


def test_a_set_of_keys_is_refused_before_a_key_in_it_is_checked(guest, customer_key):
    """40 private keys without primes fit into a body. Checking them would take a core for a tenth of a second and more."""
    key = {name: customer_key.jwk[name] for name in ("kty", "n", "e", "d")}
    answer = guest.import_key(jwk=json.dumps({"keys": [key] * 40}))
    assert "40 keys" in refusal(answer, 400, 10005, "/jwk")["message"]
    broken = {"kty": "RSA", "n": "!", "e": "!", "d": "!"}
    assert "2 keys" in refusal(guest.import_key(jwk=json.dumps({"keys": [broken] * 2})), 400, 10005, "/jwk")["message"]


def test_a_key_without_primes_is_taken(account, customer_key, name):
    key = {name: customer_key.jwk[name] for name in ("kty", "n", "e", "d")}
    result(account.import_key(jwk=json.dumps(key), id=name))
    assert account.jwks().json()["keys"][0]["n"] == customer_key.public_jwk["n"]


def test_who_asks_for_too_much_work_waits_and_nobody_else_notices(account, other_account, customer_key, name):
    """A private key is checked in milliseconds; 128 at once are more than an account may have waiting."""
    with ThreadPoolExecutor(128) as threads:
        flood = [threads.submit(other_account.import_key, pem=customer_key.pem, id=name + "-1") for _ in range(300)]
        result(account.import_key(pem=customer_key.public_pem, id=name))
        assert not all(task.done() for task in flood), "it waited for all of them"
        answers = [task.result() for task in flood]
    assert {answer.status_code for answer in answers} <= {200, 409, 429}
    for answer in answers:
        if answer.status_code == 429:
            assert int(answer.headers["retry-after"]) >= 1
            refusal(answer, 429, 20009)


def test_a_key_of_1024_bits_is_refused(guest):
    numbers = rsa.generate_private_key(public_exponent=65537, key_size=1024).public_key().public_numbers()
    jwk = json.dumps({"kty": "RSA", "n": url_encode(numbers.n), "e": "AQAB"})
    refusal(guest.import_key(jwk=jwk), 400, 10005, "/jwk")
