#!/usr/bin/env bash
# Guess: a library that takes the public half out of a JWK whose `key_ops` is ["sign"], as PyJWT and the Web Cryptography API write
#        it, makes "verify" of it, or leaves it out: RFC 7517 (4.3) gives each half its own operation.
# Seen:  jwcrypto 1.6.1, joserfc 1.8.0 and cryptojwt 1.11.0 copy "sign" into the public half, and jwcrypto and joserfc then refuse
#        to verify with what they wrote themselves. So do Authlib 1.9.10 and jwskate 0.12.2. PyJWT 2.15.1, python-jose 3.5.0 and
#        cryptojwt verify with it. jwskate writes "verify", Authlib and python-jose leave it out.
# Why:   such a key signs, and its published half works with one verifier and not with the next, which says that the signature or
#        the key is bad. Take `key_ops` out of the private JWK before you make the public one.
set -euo pipefail
temporary=$(mktemp -d)
trap 'rm -rf "$temporary"' EXIT
cd "$temporary"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check 'PyJWT==2.15.1' 'cryptography==50.0.2' 'jwcrypto==1.6.1' 'joserfc==1.8.0' \
    'Authlib==1.9.10' 'jwskate==0.12.2' 'python-jose==3.5.0' 'cryptojwt==1.11.0'
venv/bin/pip freeze | grep -iE '^(pyjwt|jwcrypto|joserfc|authlib|jwskate|python-jose|cryptojwt)='
cat >halves.py <<'PYTHON'
import json, warnings
warnings.simplefilter("ignore")
import jwt as pyjwt
import jwcrypto.jwk, jwcrypto.jws, jwskate
from authlib.jose import JsonWebKey, JsonWebToken
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptojwt.jwk.rsa import RSAKey as CryptojwtKey
from cryptojwt.jws.jws import JWS as CryptojwtSignature
from jose import jwk as python_jose_key, jwt as python_jose
from joserfc import jwt as joserfc
from joserfc.jwk import RSAKey

key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
private = pyjwt.algorithms.RSAAlgorithm.to_jwk(key, as_dict=True) | {"kid": "ours"}
print("private half of PyJWT:", private["key_ops"])
token = pyjwt.encode({"sub": "video", "exp": 4102444800}, key, "RS256", headers={"kid": "ours"})
halves = {
    "jwcrypto": json.loads(jwcrypto.jwk.JWK(**private).export_public()),
    "joserfc": RSAKey.import_key(private).as_dict(private=False),
    "cryptojwt": CryptojwtKey(**private).serialize(private=False),
    "Authlib": JsonWebKey.import_key(private).as_dict(is_private=False),
    "jwskate": dict(jwskate.Jwk(private).public_jwk()),
    "python-jose": python_jose_key.construct(private, "RS256").public_key().to_dict(),
}

def with_pyjwt(public):
    pyjwt.decode(token, pyjwt.PyJWK(public), algorithms=["RS256"])

def with_jwcrypto(public):
    signed = jwcrypto.jws.JWS()
    signed.deserialize(token)
    signed.verify(jwcrypto.jwk.JWK(**public))

def with_joserfc(public):
    joserfc.decode(token, RSAKey.import_key(public), algorithms=["RS256"])

def with_authlib(public):
    JsonWebToken(["RS256"]).decode(token, JsonWebKey.import_key(public))

def with_jwskate(public):
    assert jwskate.SignedJwt(token).verify_signature(jwskate.Jwk(public), alg="RS256")

def with_python_jose(public):
    python_jose.decode(token, public, algorithms=["RS256"])

def with_cryptojwt(public):
    CryptojwtSignature().verify_compact(token, [CryptojwtKey(**public)])

for name, public in halves.items():
    assert "d" not in public
    refused = []
    for verify in (with_pyjwt, with_jwcrypto, with_joserfc, with_authlib, with_jwskate, with_python_jose, with_cryptojwt):
        try:
            verify(public | {"kid": "ours"})
        except Exception:
            refused.append(verify.__name__[5:])
    print(f"public half of {name}: {public.get('key_ops')}, refused by {', '.join(refused) or 'none'}")
PYTHON
venv/bin/python halves.py | tee seen
diff seen - <<'EXPECTED'
private half of PyJWT: ['sign']
public half of jwcrypto: ['sign'], refused by jwcrypto, joserfc, authlib, jwskate
public half of joserfc: ['sign'], refused by jwcrypto, joserfc, authlib, jwskate
public half of cryptojwt: ['sign'], refused by jwcrypto, joserfc, authlib, jwskate
public half of Authlib: None, refused by none
public half of jwskate: ['verify'], refused by none
public half of python-jose: None, refused by none
EXPECTED
