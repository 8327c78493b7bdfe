"""Keys of the customer's own."""

import base64
import json
import secrets

from cryptography.hazmat.primitives import serialization as s
from cryptography.hazmat.primitives.asymmetric import rsa


def encode(text: str | bytes) -> str:
    return base64.b64encode(text.encode() if isinstance(text, str) else text).decode()


def url_encode(number: int) -> str:
    return base64.urlsafe_b64encode(number.to_bytes((number.bit_length() + 7) // 8, "big")).rstrip(b"=").decode()


class CustomerKey:
    """An RSA key pair in the forms that customers have."""

    def __init__(self):
        self.private = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        numbers = self.private.private_numbers()
        self.numbers = numbers
        public = numbers.public_numbers
        self.pem = self.private.private_bytes(
            s.Encoding.PEM, s.PrivateFormat.TraditionalOpenSSL, s.NoEncryption()).decode()
        self.pkcs8 = self.private.private_bytes(s.Encoding.PEM, s.PrivateFormat.PKCS8, s.NoEncryption()).decode()
        self.public_pem = self.private.public_key().public_bytes(
            s.Encoding.PEM, s.PublicFormat.SubjectPublicKeyInfo).decode()
        self.public_jwk = {"kty": "RSA", "n": url_encode(public.n), "e": "AQAB"}
        parts = {"d": numbers.d, "p": numbers.p, "q": numbers.q, "dp": numbers.dmp1, "dq": numbers.dmq1,
                 "qi": numbers.iqmp}
        self.jwk = self.public_jwk | {name: url_encode(value) for name, value in parts.items()}


def quick_public_jwk(id: str) -> str:
    return public_jwk_of(2048, 65537, id)


def public_jwk_of(bits: int, exponent: int, id: str) -> str:
    """A public key that nobody has the private half of: to store, a number of the right size is enough."""
    modulus = secrets.randbits(bits) | 1 << bits - 1 | 1 << bits - 2 | 1
    return json.dumps({"kty": "RSA", "kid": id, "n": url_encode(modulus), "e": url_encode(exponent)})
