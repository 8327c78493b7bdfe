#!/usr/bin/env bash
# Guess: a library that signs with a JWK that has a `kid` puts it into the header, so that a verifier with several keys finds
#        the right one, and a library that does so for a set of keys does so for a key alone.
# Seen:  joserfc 1.8.0 puts it in when it is given a KeySet with this one key, and leaves it out when it is given the key.
#        jwcrypto 1.6.1 and PyJWT 2.15.1 leave it out. Authlib 1.9.10, whose successor joserfc is, and jwskate 0.12.2 put it in.
# Why:   Stream and this package have no fallback key: such a token is refused. After a change from Authlib to joserfc, every
#        token is. Write `kid` into header and payload yourself.
set -euo pipefail
temporary=$(mktemp -d)
trap 'rm -rf "$temporary"' EXIT
cd "$temporary"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check 'Authlib==1.9.10' 'jwskate==0.12.2' 'joserfc==1.8.0' \
    'jwcrypto==1.6.1' 'PyJWT==2.15.1' 'cryptography==50.0.2'
venv/bin/pip freeze | grep -iE '^(authlib|jwskate|joserfc|jwcrypto|pyjwt)='
cat >sign.py <<'PYTHON'
import base64, json, time, warnings
warnings.simplefilter("ignore")
import jwt as pyjwt
from authlib.jose import JsonWebKey, jwt as authlib
from joserfc import jwt as joserfc
from joserfc.jwk import KeySet, RSAKey
from jwcrypto import jwk, jwt as jwcrypto
from jwskate import Jwk, Jwt

text = jwk.JWK.generate(kty="RSA", size=2048, kid="ours", use="sig", alg="RS256").export()
key, claims, header = json.loads(text), {"sub": "video", "exp": int(time.time()) + 3600}, {"alg": "RS256"}
with_jwcrypto = jwcrypto.JWT(header=header, claims=claims)
with_jwcrypto.make_signed_token(jwk.JWK.from_json(text))
tokens = {
    "joserfc, a key": joserfc.encode(header, claims, RSAKey.import_key(key)),
    "joserfc, a set of it": joserfc.encode(header, claims, KeySet([RSAKey.import_key(key)])),
    "Authlib": authlib.encode(header, claims, JsonWebKey.import_key(key)).decode(),
    "jwcrypto": with_jwcrypto.serialize(),
    "jwskate": str(Jwt.sign(claims, Jwk(key), alg="RS256")),
    "PyJWT": pyjwt.encode(claims, pyjwt.PyJWK.from_dict(key)),
}
for name, token in tokens.items():
    first = token.split(".")[0]
    print(f"{name}: {json.loads(base64.urlsafe_b64decode(first + '=' * (-len(first) % 4))).get('kid')}")
PYTHON
venv/bin/python sign.py | tee seen
diff seen - <<'EXPECTED'
joserfc, a key: None
joserfc, a set of it: ours
Authlib: ours
jwcrypto: None
jwskate: ours
PyJWT: None
EXPECTED
