#!/usr/bin/env bash
# Guess: PyJWKClient asks for the key set again when a token names a key that it does not have, which is what key sets are for
#        when keys rotate, and what PyJWT 2.10.1 does.
# Seen:  PyJWT 2.15.1 asks again at most every 30 seconds, counted from the last answer, the first one included. Until then it
#        refuses a token of the new key. It does not heed the answer's Cache-Control.
# Why:   a service that has just started, or has just refused a forged token, refuses good tokens of a new key for half a
#        minute. Publish a key that long before its first token.
set -euo pipefail
temporary=$(mktemp -d)
trap 'rm -rf "$temporary"' EXIT
cd "$temporary"
cat >ask.py <<'PYTHON'
import http.server, json, threading, time
import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

print("PyJWT", jwt.__version__)
keys, asked = {}, []

class Keys(http.server.BaseHTTPRequestHandler):
    def log_message(self, *arguments): pass

    def do_GET(self):
        asked.append(self.path)
        to_jwk = jwt.algorithms.RSAAlgorithm.to_jwk
        answer = json.dumps({"keys": [
            {**json.loads(to_jwk(key.public_key())), "kid": id, "use": "sig", "alg": "RS256"} for id, key in keys.items()]})
        self.send_response(200)
        self.send_header("Cache-Control", "max-age=1")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer.encode())

def publish(id):
    keys[id] = rsa.generate_private_key(public_exponent=65537, key_size=2048)

def find(id):
    """Whether the key of a token is found, and how often the set was asked for."""
    token = jwt.encode({"sub": "video", "exp": int(time.time()) + 3600}, keys[id], algorithm="RS256", headers={"kid": id})
    before = len(asked)
    try:
        found = client.get_signing_key_from_jwt(token).key_id == id
    except jwt.PyJWKClientError:
        found = False
    print(f"    {id}: {'found' if found else 'not found'}, {len(asked) - before} requests")
    return found, len(asked) - before

server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Keys)
threading.Thread(target=server.serve_forever, daemon=True).start()
client = jwt.PyJWKClient(f"http://127.0.0.1:{server.server_port}/jwks.json")
publish("first")
assert find("first") == (True, 1)
publish("second")
if jwt.__version__ == "2.10.1":
    assert find("second") == (True, 1)
else:
    time.sleep(2)  # longer than the answer may be cached
    assert find("second") == (False, 0)
    time.sleep(29)
    assert find("second") == (True, 1)
PYTHON
for version in 2.10.1 2.15.1; do
    python3 -m venv "venv-$version"
    "venv-$version/bin/pip" install --quiet --disable-pip-version-check "PyJWT==$version" 'cryptography==50.0.2'
    "venv-$version/bin/python" ask.py
done
