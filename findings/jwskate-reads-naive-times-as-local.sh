#!/usr/bin/env bash
# Guess: each Python library that takes a datetime as exp reads one without a zone the same way, as UTC.
# Seen:  PyJWT 2.15.1, python-jose 3.5.0 and joserfc 1.8.0 read it as UTC; jwskate 0.12.2 as local time. In New York the
#        same claims expire five hours apart.
# Why:   datetime.now() plus an hour is a token that has expired with three of them and is good with the fourth; with
#        datetime.utcnow() it is right with three and five hours too long with the fourth. Only a change of the library shows
#        it, and not where the zone is UTC, as on most servers. Give numbers, or times with a zone.
set -euo pipefail
temporary=$(mktemp -d)
trap 'rm -rf "$temporary"' EXIT
cd "$temporary"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check 'PyJWT[crypto]==2.15.1' 'python-jose==3.5.0' \
    'joserfc==1.8.0' 'jwskate==0.12.2'
TZ=EST5 venv/bin/python -W ignore - <<'PYTHON'
import base64, json
from datetime import datetime
from importlib.metadata import version
import joserfc.jwk, joserfc.jwt, jose.jwt, jwskate, jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

pem = rsa.generate_private_key(65537, 2048).private_bytes(
    serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()).decode()
# A dictionary for each, as python-jose writes the number into the one it is given.
claims = lambda: {"exp": datetime(2027, 1, 1)}
tokens = {
    "PyJWT": jwt.encode(claims(), pem, "RS256"),
    "python-jose": jose.jwt.encode(claims(), pem, "RS256"),
    "joserfc": joserfc.jwt.encode({"alg": "RS256"}, claims(), joserfc.jwk.RSAKey.import_key(pem)),
    "jwskate": str(jwskate.Jwt.sign(claims(), jwskate.Jwk.from_pem(pem), alg="RS256")),
}
expiry = {}
for name, token in tokens.items():
    expiry[name] = json.loads(base64.urlsafe_b64decode(token.split(".")[1] + "=="))["exp"]
    print(f"    {name} {version(name)}: {expiry[name]}")
assert expiry == {"PyJWT": 1798761600, "python-jose": 1798761600, "joserfc": 1798761600, "jwskate": 1798779600}
PYTHON
