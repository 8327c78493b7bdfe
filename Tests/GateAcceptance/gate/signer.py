"""Tokens that a careful signer would not make: signed with a customer's own key by another JOSE library."""

import base64
import json
import secrets
import time

import jwt

from support.account import VIDEO
from support.envelope import result
from support.keys import CustomerKey


class Signer:
    def __init__(self, account, id: str, key: CustomerKey | None = None):
        self.account = account
        self.id = id
        self.key = key or CustomerKey()
        result(account.import_key(pem=self.key.public_pem, id=id))

    def token(self, video: str = VIDEO, seconds: float = 3600, header: dict | None = None, **claims) -> str:
        """A token that is good for `seconds` from now unless `claims` say otherwise; a claim that is None is left out."""
        all = {"sub": video, "kid": self.id, "exp": int(time.time() + seconds)} | claims
        return jwt.encode(
            {name: value for name, value in all.items() if value is not None}, self.key.pem, "RS256",
            headers={"kid": self.id} | (header or {}))


def passing_signer(account) -> Signer:
    """With a key of its own, which the test may delete."""
    return Signer(account, "passing-" + secrets.token_hex(6))


def unsigned(video: str, id: str) -> str:
    """`alg` none, which needs no key."""
    parts = {"alg": "none", "kid": id}, {"sub": video, "kid": id, "exp": int(time.time()) + 3600}
    return ".".join(base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode() for part in parts) + "."


def tampered(token: str) -> str:
    """Another signature of the same length."""
    head, _, signature = token.rpartition(".")
    return f"{head}.{signature[:40]}{'A' if signature[40] != 'A' else 'B'}{signature[41:]}"
