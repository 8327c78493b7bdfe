"""Tokens pass our verifier and others over the account's JWKS, until their key is deleted."""

import jwt
import pytest
import requests
from joserfc import jwt as jose
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from support import program
from support.account import VIDEO
from support.envelope import result
from support.tokens import header


def pyjwt_verify(token: str, url: str) -> dict:
    key = jwt.PyJWKClient(url, cache_keys=False, cache_jwk_set=False).get_signing_key_from_jwt(token)
    return jwt.decode(token, key.key, algorithms=["RS256"])


def joserfc_verify(token: str, url: str) -> dict:
    keys = KeySet.import_key_set(requests.get(url, timeout=60).json())
    return jose.decode(token, keys, algorithms=["RS256"]).claims


def test_three_verifiers_accept_a_token_and_refuse_it_after_its_key_is_deleted(account, tmp_path):
    token = result(account.token())["token"]
    url = account.jwks().url
    keys = tmp_path / "keys.json"
    keys.write_text(account.jwks().text)
    program.output("verify", token, "--keys", keys, "--video", VIDEO)
    assert pyjwt_verify(token, url)["sub"] == joserfc_verify(token, url)["sub"] == VIDEO

    result(account.call("POST", "/keys"))
    result(account.delete(header(token)["kid"]))
    keys.write_text(account.jwks().text)
    refused = program.run("verify", token, "--keys", keys, "--video", VIDEO)
    assert refused.returncode == 1 and "key_unknown" in refused.stderr
    with pytest.raises(jwt.exceptions.PyJWKClientError):
        pyjwt_verify(token, url)
    with pytest.raises((JoseError, ValueError)):
        joserfc_verify(token, url)


def test_a_token_signed_with_a_created_key_passes_over_the_jwks(account):
    key = account.sdk().stream.keys.create(account_id=account.id)
    token = account.sdk().stream.token.create(VIDEO, account_id=account.id, id=key.id, pem=key.pem).token
    assert pyjwt_verify(token, account.jwks().url)["kid"] == key.id


def test_the_jwks_is_public_cacheable_and_has_public_members_only(account):
    result(account.call("POST", "/keys"))
    answer = account.jwks()
    assert answer.headers["content-type"] == "application/jwk-set+json"
    assert "public" in answer.headers["cache-control"]
    for key in answer.json()["keys"]:
        assert set(key) == {"use", "kty", "kid", "alg", "n", "e"}


def test_its_entity_tag_spares_the_body_until_the_keys_change(account):
    id = result(account.call("POST", "/keys"))["id"]
    tag = account.jwks().headers["etag"]
    for condition in (tag, f'"other", {tag}', "*", f"W/{tag}"):
        unchanged = account.jwks(**{"If-None-Match": condition})
        assert unchanged.status_code == 304 and unchanged.content == b"" and unchanged.headers["etag"] == tag
    assert account.jwks(**{"If-None-Match": '"other"'}).status_code == 200
    result(account.delete(id))
    changed = account.jwks(**{"If-None-Match": tag})
    assert changed.status_code == 200 and changed.json() == {"keys": []} and changed.headers["etag"] != tag


def test_an_account_that_does_not_exist_has_no_keys_rather_than_an_answer_of_its_own(account, service):
    unknown = requests.get(f"{service.api}/accounts/{'f' * 32}/stream/keys/jwks.json", timeout=60)
    assert (unknown.status_code, unknown.text) == (account.jwks().status_code, account.jwks().text)
