#!/usr/bin/env bash
# Guess: a client that fetches a JWK Set follows a redirect (301) to another path of the same server, as curl -L, browsers and HTTP
#        libraries do by default.
# Seen:  PyJWT 2.15.1 and panva's jose 4.11.4 (Debian node-jose) fail at it.
# Why:   a key set that moves, or that a proxy redirects from http to https or to a path with a slash at its end, ends playback
#        with such verifiers, while it works when an operator tries the address in a browser. Give the final address.
set -euo pipefail
temporary=$(mktemp -d)
trap 'kill "$server" 2>/dev/null; rm -rf "$temporary"' EXIT
cd "$temporary"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check 'PyJWT==2.15.1' 'cryptography==50.0.2'
apt-get download -q node-jose=4.11.4-1 &>log || { cat log; exit 1; }
dpkg-deb -x node-jose_*.deb .
node --version
cat >serve.py <<'PYTHON'
import http.server, json, time
import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(key.public_key()))
answer = json.dumps({"keys": [{**public, "kid": "ours", "use": "sig", "alg": "RS256"}]}).encode()

class Keys(http.server.BaseHTTPRequestHandler):
    def log_message(self, *arguments): pass

    def do_GET(self):
        self.send_response(200 if self.path == "/jwks.json" else 301)
        self.send_header("Location", "/jwks.json")
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Keys)
open("token", "w").write(jwt.encode({"sub": "video", "exp": int(time.time()) + 3600}, key, "RS256", headers={"kid": "ours"}))
open("port", "w").write(str(server.server_port))
server.serve_forever()
PYTHON
cat >with_pyjwt.py <<'PYTHON'
import sys, jwt
token = open("token").read()
key = jwt.PyJWKClient(sys.argv[1]).get_signing_key_from_jwt(token)
assert jwt.decode(token, key, algorithms=["RS256"])["sub"] == "video"
PYTHON
cat >with_jose.js <<'JAVASCRIPT'
const jose = require(process.cwd() + "/usr/share/nodejs/jose");
const token = require("fs").readFileSync("token", "utf8");
jose.jwtVerify(token, jose.createRemoteJWKSet(new URL(process.argv[2]))).then(
    ({payload}) => process.exit(payload.sub === "video" ? 0 : 2), (error) => { console.log(error.message); process.exit(1); });
JAVASCRIPT
venv/bin/python serve.py & server=$!
for ((try = 0; try < 100; try++)); do [[ -s port ]] && break || sleep 0.1; done
for path in jwks.json moved.json; do
    url=http://127.0.0.1:$(cat port)/$path
    echo "PyJWT $path $(venv/bin/python with_pyjwt.py "$url" &>log && echo verified || echo failed)"
    echo "jose $path $(node with_jose.js "$url" &>log && echo verified || echo failed)"
done | tee seen
diff seen - <<'EXPECTED'
PyJWT jwks.json verified
jose jwks.json verified
PyJWT moved.json failed
jose moved.json failed
EXPECTED
