#!/usr/bin/env bash
# Guess: nginx-rtmp hands the arguments of a play URL to `on_play` whole, so that a signed token can be one of them.
# Seen:  Debian's libnginx-mod-rtmp 1.2.2 cuts the stream's name with its arguments at 255 bytes. The question gets no error,
#        only a shorter token.
# Why:   an RS256 token has 450 bytes and more. Every one is refused as malformed, and nothing says that nginx has cut it.
#        The module must be built with a larger NGX_RTMP_MAX_NAME, or viewers play the HLS that it writes.
set -euo pipefail
temporary=$(mktemp -d)
servers=()
trap '((${#servers[@]} == 0)) || kill "${servers[@]}"; rm -rf "$temporary"' EXIT
cd "$temporary"
apt-get download -q nginx=1.22.1-9+deb12u11 libnginx-mod-rtmp=1:1.2.2+dfsg-3 &>log || { cat log; exit 1; }
for package in *.deb; do dpkg-deb -x "$package" .; done
module=$PWD/usr/lib/nginx/modules/ngx_rtmp_module.so
usr/sbin/nginx -v
cat >asked.py <<'PYTHON'
import http.server, urllib.parse
class Asked(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        form = urllib.parse.parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        open("asked", "w").write(f"{form['name'][0]} {len(form['token'][0])}\n")
        self.send_response(403)
        self.end_headers()
    def log_message(self, *_): pass
server = http.server.HTTPServer(("127.0.0.1", 0), Asked)
open("port", "w").write(str(server.server_port))
server.handle_request()
PYTHON
python3 asked.py &
servers+=($!)
until [[ -s port ]]; do sleep 0.05; done
port=$(python3 -c 'import socket; s = socket.create_server(("127.0.0.1", 0)); print(s.getsockname()[1])')
cat >nginx.conf <<CONFIGURATION
load_module $module;
pid $PWD/pid; error_log $PWD/error.log; daemon off; events {}
rtmp { access_log off; server { listen 127.0.0.1:$port;
    application live { live on; on_play http://127.0.0.1:$(<port)/; } } }
CONFIGURATION
usr/sbin/nginx -p . -c nginx.conf &
servers+=($!)
until (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do sleep 0.05; done
token=$(printf 'x%.0s' {1..500})
# A player that only asks; any version does.
timeout 20 ffmpeg -v quiet -i "rtmp://127.0.0.1:$port/live/film?token=$token" -t 1 -f null - || true
until [[ -s asked ]]; do sleep 0.05; done
cat asked
read -r name length <asked
# "film?token=" and the rest of 255 bytes.
[[ $name == film ]] && ((length == 255 - 11)) || { echo "it does not cut there any more" >&2; exit 1; }
