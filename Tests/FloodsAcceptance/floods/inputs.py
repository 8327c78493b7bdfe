"""The most expensive requests that the API and the gate take: each as large as it may be, and of the kind that costs the most."""

import base64
import json
import secrets
import ssl
import time
from functools import cached_property

import jwt
from cryptography.hazmat.primitives import serialization as s
from cryptography.hazmat.primitives.asymmetric import rsa

from floods.sender import NUMBER
from support.account import VIDEO
from support.keys import url_encode

BODY = 64 << 10
HEAD = 16 << 10
TOKEN = 8 << 10
EXPONENT = 2**32 - 5
"""Of 32 bits, and prime: it fits every key."""

MARK = NUMBER.decode()
FAR = 3600


def message(method: str, path: str, *fields: str, body: bytes = b"") -> bytes:
    """A request as it goes over the wire."""
    lines = [f"{method} {path} HTTP/1.1", "Host: localhost", *fields]
    if body:
        lines += ["Content-Type: application/json", f"Content-Length: {len(body)}"]
    return "\r\n".join([*lines, "", ""]).encode() + body


def bearer(credential: str) -> str:
    return f"Authorization: Bearer {credential}"


def as_json(**members) -> bytes:
    return json.dumps(members, separators=(",", ":")).encode()


def large_head() -> list[str]:
    """Fields that fill a head almost to its limit, in number and in bytes."""
    return [f"X-Padding-{number}: " + "y" * 155 for number in range(80)]


class DearKey:
    """A private key of 4,096 bits with an exponent of 32 bits."""

    def __init__(self):
        made = rsa.generate_private_key(public_exponent=65537, key_size=4096).private_numbers()
        p, q = made.p, made.q
        d = pow(EXPONENT, -1, (p - 1) * (q - 1))
        public = rsa.RSAPublicNumbers(EXPONENT, p * q)
        self.private = rsa.RSAPrivateNumbers(
            p, q, d, rsa.rsa_crt_dmp1(d, p), rsa.rsa_crt_dmq1(d, q), rsa.rsa_crt_iqmp(p, q), public).private_key()
        self.bare_jwk = {"kty": "RSA", "n": url_encode(public.n), "e": url_encode(EXPONENT), "d": url_encode(d)}
        """Without its primes, which have to be found again."""

    @cached_property
    def public_pem(self) -> str:
        return self.private.public_key().public_bytes(s.Encoding.PEM, s.PublicFormat.SubjectPublicKeyInfo).decode()

    @property
    def set_without_primes(self) -> bytes:
        """The body of an import: the key again and again, under as many names as there is room for."""
        keys = []
        while len(body := as_json(jwk=jwks(keys + [self.bare_jwk | {"kid": f"k{len(keys)}"}]))) <= BODY:
            keys.append(self.bare_jwk | {"kid": f"k{len(keys)}"})
            largest = body
        return largest

    def token(self, id: str, video: str = VIDEO, **claims) -> str:
        all = {"sub": video, "kid": id, "exp": int(time.time()) + FAR} | claims
        return jwt.encode(all, self.private, "RS256", headers={"kid": id})


def jwks(keys: list[dict]) -> str:
    return json.dumps({"keys": keys}, separators=(",", ":"))


def public_jwk(bits: int, exponent: int = EXPONENT) -> dict:
    """A public key that is another one in each turn. Nobody has its private half."""
    text = url_encode(secrets.randbits(bits) | 1 << bits - 1 | 1)
    middle = len(text) // 2
    return {"kty": "RSA", "n": text[:middle] + MARK + text[middle + len(MARK):], "e": url_encode(exponent)}


def bare_jwk_of_8192_bits() -> dict:
    """Far above what the service takes unless it is told otherwise: to find out that `d` does not fit takes a second."""
    modulus = secrets.randbits(8192) | 1 << 8191 | 1
    return {"kty": "RSA", "n": url_encode(modulus), "e": url_encode(2**64 - 59), "d": url_encode(modulus >> 1 | 1)}


def import_and_delete(credential: str, account: str, bits: int, query: str = "") -> list[bytes]:
    """The two requests of a turn, under an id of its own."""
    path = f"/client/v4/accounts/{account}/stream/keys"
    id = f"f{secrets.token_hex(8)}-{MARK}"
    body = as_json(id=id, jwk=json.dumps(public_jwk(bits)))
    return [message("POST", path, bearer(credential), body=body),
            message("DELETE", f"{path}/{id}{query}", bearer(credential))]


def many_members() -> bytes:
    """A body of as many members as there is room for. Nobody knows them, and unknown members are ignored."""
    members = {f"m{number:x}": 0 for number in range(6700)}
    body = as_json(**members)
    assert 0.75 * BODY < len(body) <= BODY
    return body


def long_rules(addresses: int = 50) -> list[dict]:
    """Five rules about addresses, which no viewer has."""
    networks = [[f"203.0.{rule}.{number}/32" for number in range(addresses)] for rule in range(5)]
    return [{"type": "ip.src", "action": "block", "ip": each} for each in networks]


def many_rules(count: int = 94) -> list[dict]:
    """As many rules as a token of 8 KiB has room for, none of which says anything about the viewer."""
    return [{"type": "ip.src", "action": "block", "ip": [f"203.0.113.{number}"]} for number in range(count)]


def forged(token: str) -> str:
    """The token with a signature that is another one in each turn."""
    head, _, signature = token.rpartition(".")
    return f"{head}.{signature[:40]}{MARK}{signature[40 + len(MARK):]}"


def base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def malformed_tokens(id: str) -> list[str]:
    """As large as a token may be, each wrong at another point."""
    header = base64url(as_json(alg="RS256", kid=id))
    signature = base64url(bytes(256))
    room = (TOKEN - len(header) - len(signature) - 2) * 3 // 4
    deep = b'{"kid":' + b"[" * (room - 8) + b"}"
    many = b"{" + b",".join(b'"%d":0' % number for number in range(room // 8)) + b"}"
    return [
        f"{header}.{base64url(deep)}.{signature}",
        f"{header}.{base64url(many)}.{signature}",
        f"{base64url(deep)}.{header}.{signature}",
        "." * (TOKEN - 1),
        "e30." * (TOKEN // 4 - 1),
        MARK + "A" * (TOKEN - len(MARK)),
        base64url(secrets.token_bytes(3000)),
    ]


def client_hello() -> bytes:
    """The first thing that a TLS client says."""
    context = ssl.create_default_context()
    incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
    try:
        context.wrap_bio(incoming, outgoing, server_hostname="localhost").do_handshake()
    except ssl.SSLWantReadError:
        pass
    return outgoing.read()
