#!/usr/bin/env bash
# Guess: a library that finds a key of a type that it does not know in a JWK Set passes over it, as RFC 7517 (5) says, and
#        verifies a token with the RSA key that the token names.
# Seen:  Authlib 1.9.10 and jwskate 0.12.2 stop at a post-quantum key (kty AKP) anywhere in the set. python-jose 3.5.0
#        stops at each key before the right one that is not RSA, of any type. joserfc 1.8.0, jwcrypto 1.6.1 and PyJWT 2.15.1
#        pass over them.
# Why:   one key that is added to a set for somebody else ends playback with every such verifier. Keep playback keys in a set
#        of their own.
set -euo pipefail
temporary=$(mktemp -d)
trap 'rm -rf "$temporary"' EXIT
cd "$temporary"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check 'Authlib==1.9.10' 'jwskate==0.12.2' 'python-jose==3.5.0' \
    'joserfc==1.8.0' 'jwcrypto==1.6.1' 'PyJWT==2.15.1' 'cryptography==50.0.2'
venv/bin/pip freeze | grep -iE '^(authlib|jwskate|python-jose|joserfc|jwcrypto|pyjwt|cryptography)='
cat >verify.py <<'PYTHON'
import base64, json, time, warnings
warnings.simplefilter("ignore")
import jwt as pyjwt
from authlib.jose import JsonWebKey, JsonWebToken
from cryptography.hazmat.primitives.asymmetric import mldsa
from jose import jwt as python_jose
from joserfc import jwt as joserfc
from joserfc.jwk import KeySet
from jwcrypto import jwk, jwt as jwcrypto
from jwskate import JwkSet, SignedJwt

key = jwk.JWK.generate(kty="RSA", size=2048, kid="ours", use="sig", alg="RS256")
rsa = json.loads(key.export_public())
p256 = json.loads(jwk.JWK.generate(kty="EC", crv="P-256", kid="p256", use="sig", alg="ES256").export_public())
raw = mldsa.MLDSA44PrivateKey.generate().public_key().public_bytes_raw()
pub = base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
akp = {"kty": "AKP", "kid": "akp", "use": "sig", "alg": "ML-DSA-44", "pub": pub}
token = pyjwt.encode({"sub": "video", "exp": int(time.time()) + 3600}, key.export_to_pem(True, None), algorithm="RS256",
                     headers={"kid": "ours"})

def with_pyjwt(keys):
    return pyjwt.decode(token, pyjwt.PyJWKSet.from_dict(keys)["ours"], algorithms=["RS256"])["sub"]

def with_joserfc(keys):
    return joserfc.decode(token, KeySet.import_key_set(keys), algorithms=["RS256"]).claims["sub"]

def with_jwcrypto(keys):
    verified = jwcrypto.JWT(jwt=token, key=jwk.JWKSet.from_json(json.dumps(keys)), algs=["RS256"])
    return json.loads(verified.claims)["sub"]

def with_authlib(keys):
    return JsonWebToken(["RS256"]).decode(token, JsonWebKey.import_key_set(keys))["sub"]

def with_jwskate(keys):
    signed = SignedJwt(token)
    assert JwkSet(keys).verify(signed.signed_part, signed.signature, alg="RS256")
    return signed.claims["sub"]

def with_python_jose(keys):
    return python_jose.decode(token, keys, algorithms=["RS256"])["sub"]

sets = {"RSA": [rsa], "P-256, RSA": [p256, rsa], "RSA, P-256": [rsa, p256], "AKP, RSA": [akp, rsa], "RSA, AKP": [rsa, akp]}
for verify in (with_pyjwt, with_joserfc, with_jwcrypto, with_authlib, with_jwskate, with_python_jose):
    plays = []
    for name, keys in sets.items():
        try:
            assert verify({"keys": keys}) == "video"
            plays.append(name)
        except Exception as error:
            print(f"    {verify.__name__}, {name}: {type(error).__name__}: {str(error)[:80]}")
    print(f"{verify.__name__[5:]}: {' | '.join(plays)}", file=open("seen", "a"))
PYTHON
venv/bin/python verify.py
diff seen - <<'EXPECTED'
pyjwt: RSA | P-256, RSA | RSA, P-256 | AKP, RSA | RSA, AKP
joserfc: RSA | P-256, RSA | RSA, P-256 | AKP, RSA | RSA, AKP
jwcrypto: RSA | P-256, RSA | RSA, P-256 | AKP, RSA | RSA, AKP
authlib: RSA | P-256, RSA | RSA, P-256
jwskate: RSA | P-256, RSA | RSA, P-256
python_jose: RSA | RSA, P-256 | RSA, AKP
EXPECTED
