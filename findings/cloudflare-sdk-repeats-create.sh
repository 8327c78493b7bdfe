#!/usr/bin/env bash
# Guess: Cloudflare's Python SDK repeats GET and DELETE after a time-out by itself, but not the POST that makes a signing
#        key, as that is not idempotent.
# Seen:  cloudflare 5.9.0 sends it up to three times, without an Idempotency-Key. Here the first two answers come too late
#        and the third in time: one call, one key for the caller, three keys in the account.
# Why:   the private half is shown once, so nobody holds that of the other two, and they stay valid and count towards the
#        limit of 1,000. After a slow create compare the list with what you hold, or call with max_retries=0.
set -euo pipefail
temporary=$(mktemp -d)
trap 'rm -rf "$temporary"' EXIT
cd "$temporary"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check 'cloudflare==5.9.0'
venv/bin/python - <<'PYTHON'
import http.server, json, threading
from importlib.metadata import version
from cloudflare import Cloudflare

print("cloudflare", version("cloudflare"))
made, requests, given_up = [], [], threading.Event()

class Handler(http.server.BaseHTTPRequestHandler):
    def log_message(self, *arguments): pass

    def do_POST(self):
        made.append(f"key-{len(made) + 1}")
        requests.append({name.lower() for name in self.headers})
        if len(made) < 3:
            given_up.wait()
            return
        key = {"id": made[-1], "pem": "cGVt", "jwk": "andr", "created": "2026-01-01T00:00:00Z"}
        body = json.dumps({"success": True, "errors": [], "messages": [], "result": key}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
server.daemon_threads = True
threading.Thread(target=server.serve_forever, daemon=True).start()
client = Cloudflare(api_token="test", base_url=f"http://127.0.0.1:{server.server_port}", timeout=1)
key = client.stream.keys.create(account_id="0" * 32)
given_up.set()
print("made:", *made, "\nthe caller holds:", key.id)
assert made == ["key-1", "key-2", "key-3"] and key.id == "key-3"
assert not any("idempotency-key" in names for names in requests)
PYTHON
