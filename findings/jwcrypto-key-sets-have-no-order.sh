#!/usr/bin/env bash
# Guess: jwcrypto writes the keys of a JWK Set in the order in which it read them, or at least always in the same order.
# Seen:  jwcrypto 1.6.1 keeps them in a Python set. The order differs from one process to the next.
# Why:   a published set that passes through jwcrypto changes its bytes, and so its ETag, at each restart and on each node,
#        although no key has changed. Clients that take the first key, or that stop at the first key they do not know, work
#        one day and fail the next.
set -euo pipefail
temporary=$(mktemp -d)
trap 'rm -rf "$temporary"' EXIT
cd "$temporary"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check 'jwcrypto==1.6.1'
cat >make.py <<'PYTHON'
import json
from importlib.metadata import version
from jwcrypto import jwk

print("jwcrypto", version("jwcrypto"))
keys = [jwk.JWK.generate(kty="RSA", size=2048, kid=f"key-{number}").export_public(as_dict=True) for number in range(6)]
json.dump({"keys": keys}, open("set.json", "w"))
print("read:   ", *(key["kid"] for key in keys))
PYTHON
cat >rewrite.py <<'PYTHON'
import json
from jwcrypto import jwk

copied = json.loads(jwk.JWKSet.from_json(open("set.json").read()).export())["keys"]
assert sorted(copied, key=lambda key: key["kid"]) == json.load(open("set.json"))["keys"]
print("written:", *(key["kid"] for key in copied))
PYTHON
venv/bin/python make.py
for ((process = 0; process < 8; process++)); do venv/bin/python rewrite.py; done | tee orders
# Were the order kept, or only always the same, there would be one. Eight equal ones by chance: once in 720^7 runs.
(($(sort -u orders | wc -l) > 1))
