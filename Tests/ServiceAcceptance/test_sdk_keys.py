"""Cloudflare's official Python SDK, unchanged but for its base URL, creates, lists and deletes keys."""

import asyncio
import base64
import json
import re

import cloudflare
import pytest


def test_a_created_key_has_streams_formats_and_is_listed(account):
    key = account.sdk().stream.keys.create(account_id=account.id)
    assert re.fullmatch("[0-9a-f]{32}", key.id)
    pem = base64.b64decode(key.pem, validate=True).decode()
    assert pem.startswith("-----BEGIN RSA PRIVATE KEY-----\n") and pem.endswith("-----END RSA PRIVATE KEY-----\n")
    jwk = json.loads(base64.b64decode(key.jwk, validate=True))
    assert list(jwk) == ["use", "kty", "kid", "alg", "n", "e", "d", "p", "q", "dp", "dq", "qi"]
    assert jwk["kid"] == key.id
    [listed] = account.sdk().stream.keys.get(account_id=account.id)
    assert (listed.id, listed.key_id, listed.created) == (key.id, key.id, key.created)


def test_an_account_without_keys_lists_null_as_stream_does(account):
    page = account.sdk().stream.keys.get(account_id=account.id)
    assert page.result is None and list(page) == [] and not page.has_next_page()
    assert account.call("GET", "/keys").json()["result"] is None


def test_deleting_answers_revoked_once_and_not_found_after(account):
    sdk = account.sdk(max_retries=0)
    key = sdk.stream.keys.create(account_id=account.id)
    assert sdk.stream.keys.delete(key.id, account_id=account.id) == "Revoked"
    assert list(sdk.stream.keys.get(account_id=account.id)) == []
    with pytest.raises(cloudflare.NotFoundError) as refusal:
        sdk.stream.keys.delete(key.id, account_id=account.id)
    assert refusal.value.errors[0].code == 10003


@pytest.mark.parametrize("id", ["0" * 32, "x", "no key", "é", "a" * 500])
def test_deleting_what_never_was_is_not_found(account, id):
    with pytest.raises(cloudflare.NotFoundError) as refusal:
        account.sdk().stream.keys.delete(id, account_id=account.id)
    assert refusal.value.errors[0].code in (10003, 7003)


def test_a_key_of_another_account_cannot_be_deleted_nor_told_from_none(account, other_account):
    key = account.sdk().stream.keys.create(account_id=account.id)
    with pytest.raises(cloudflare.NotFoundError) as refusal:
        other_account.sdk().stream.keys.delete(key.id, account_id=other_account.id)
    with pytest.raises(cloudflare.NotFoundError) as unknown:
        other_account.sdk().stream.keys.delete("0" * 32, account_id=other_account.id)
    assert refusal.value.errors == unknown.value.errors
    assert account.keys() == [key.id]


def test_the_async_sdk_does_the_same(account):
    async def work():
        async with account.async_sdk() as sdk:
            key = await sdk.stream.keys.create(account_id=account.id)
            listed = [item.id async for item in await sdk.stream.keys.get(account_id=account.id)]
            token = await sdk.stream.token.create("video", account_id=account.id, id=key.id, pem=key.pem)
            deleted = await sdk.stream.keys.delete(key.id, account_id=account.id)
            with pytest.raises(cloudflare.NotFoundError) as refusal:
                await sdk.stream.keys.delete(key.id, account_id=account.id)
            return key.id, listed, token.token, deleted, refusal.value.errors[0].code

    id, listed, token, deleted, code = asyncio.run(work())
    assert listed == [id] and token.count(".") == 2 and deleted == "Revoked" and code == 10003


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"headers": {"Content-Type": "application/json"}},
        {"headers": {"Content-Type": "application/json"}, "data": b"{}"},
        {"headers": {"Content-Type": "application/json"}, "data": b" \r\n"},
        {"headers": {"Content-Type": "application/x-www-form-urlencoded"}},
        {"json": {"account_id": "x", "label": "unknown members mean nothing", "created": None}},
        {"json": {"pem": None, "jwk": None}},
    ],
    ids=["none", "empty with a type", "object", "white space", "form without fields", "unknown members", "nulls"],
)
def test_a_create_takes_the_bodies_that_clients_really_send(account, options):
    answer = account.call("POST", "/keys", **options)
    assert answer.status_code == 200, answer.text
    assert list(answer.json()["result"]) == ["id", "pem", "jwk", "created"]
    assert answer.headers["cache-control"] == "no-store"
