#!/usr/bin/env bash
# Guess: after a 302, ffmpeg resolves relative names against the final address, in HLS and in DASH alike (RFC 3986, 5.1.3).
# Seen:  ffmpeg 9.0.2 (PyPI imageio-ffmpeg 0.8.1) does so for HLS. For DASH it keeps the address that it was given, asks
#        there for the first segment, and gives up on the 404. ffmpeg 5.1.9 does the same.
# Why:   a short link that redirects to /TOKEN/manifest/... plays as HLS and fails as DASH, although the token is good.
#        Write a BaseURL into the MPD, or hand out the signed address itself.
set -euo pipefail
temporary=$(mktemp -d)
trap 'rm -rf "$temporary"' EXIT
cp "$(dirname "$0")/players.py" "$temporary"
cd "$temporary"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check 'imageio-ffmpeg==0.8.1'
venv/bin/python - <<'PYTHON'
from players import Handler, make_video, play, release, serve

print("ffmpeg", release)
make_video("media/video.m3u8", 4)
make_video("media/video.mpd", 4)
types = {"m3u8": "application/vnd.apple.mpegurl", "mpd": "application/dash+xml"}
asked = []

class Redirects(Handler):
    def do_GET(self):
        folder, _, name = self.path.rpartition("/")
        body, status = b"", 404
        if folder == "/short" and name.startswith("video."):
            status = 302
        elif folder == "/TOKEN/manifest":
            body, status = open("media/" + name, "rb").read(), 200
        asked.append((status, self.path))
        self.send_response(status)
        if status == 302:
            self.send_header("Location", "/TOKEN/manifest/" + name)
        self.send_header("Content-Type", types.get(name.rpartition(".")[2], "video/mp4"))
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

url = serve(Redirects)

def play_short(name):
    asked.clear()
    code = play(f"{url}/short/{name}")
    print(name, "exit", code, *(f"\n    {status} {path}" for status, path in asked))
    return code, asked[2]

code, (status, path) = play_short("video.m3u8")
assert code == 0 and status == 200 and path.startswith("/TOKEN/manifest/")
code, (status, path) = play_short("video.mpd")
assert code != 0 and status == 404 and path.startswith("/short/")
PYTHON
