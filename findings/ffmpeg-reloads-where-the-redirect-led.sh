#!/usr/bin/env bash
# Guess: a player reloads a live playlist at the address it was given, as 302 is temporary (RFC 9110, 15.4.3). So a short
#        link that redirects to a fresh token renews the token for as long as the viewer watches.
# Seen:  true of Streamlink 8.6.3. ffmpeg 9.0.2 (PyPI imageio-ffmpeg 0.8.1; 5.1.9 too) asks the short link once and
#        reloads the address that it led to, with the first token, until the end.
# Why:   through such a link, tokens of a minute play for hours in one player and end after a minute in the other.
set -euo pipefail
temporary=$(mktemp -d)
trap 'rm -rf "$temporary"' EXIT
cp "$(dirname "$0")/players.py" "$temporary"
cd "$temporary"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check 'imageio-ffmpeg==0.8.1' 'streamlink==8.6.3'
HOME=$temporary venv/bin/python - <<'PYTHON'
import re, subprocess
from importlib.metadata import version
from players import Handler, ffmpeg, make_video, release, serve

print("ffmpeg", release, "Streamlink", version("streamlink"))
make_video("media/unused.m3u8", 4, "-g", "5", "-hls_time", "1", "-hls_segment_filename", "media/%d.ts")
asked = []

# Each request of the short link makes a token, and each reload shows one segment more, up to the fourth.
class LivePlaylist(Handler):
    def do_GET(self):
        asked.append(self.path)
        name = self.path.rpartition("/")[2]
        body, fields = b"", {"Content-Type": "application/vnd.apple.mpegurl"}
        if name == "short.m3u8":
            fields["Location"] = f"/TOKEN-{asked.count(self.path)}/live.m3u8"
        elif name == "live.m3u8":
            known = min(4, sum(path.endswith("/live.m3u8") for path in asked))
            lines = ["#EXTM3U", "#EXT-X-TARGETDURATION:1", *(f"#EXTINF:1,\n{number}.ts" for number in range(known))]
            body = "\n".join(lines + ["#EXT-X-ENDLIST"] * (known == 4) + [""]).encode()
        else:
            body, fields = open("media/" + name, "rb").read(), {"Content-Type": "video/mp2t"}
        self.send_response(302 if "Location" in fields else 200)
        for field in fields.items():
            self.send_header(*field)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

address = serve(LivePlaylist) + "/short.m3u8"

def play(name, command):
    asked.clear()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True, timeout=90)
    reloads = [re.match(r"/(TOKEN-\d+)/live", path) for path in asked]
    tokens = [found[1] for found in reloads if found]
    print(f"{name}: short link {asked.count('/short.m3u8')} times; playlist with {', '.join(tokens)}")
    return tokens

tokens = play("ffmpeg", [ffmpeg, "-loglevel", "quiet", "-i", address, "-c", "copy", "-f", "null", "-"])
assert len(tokens) == 4 and set(tokens) == {"TOKEN-1"}
tokens = play("Streamlink", ["venv/bin/streamlink", "--loglevel", "error", "--stdout", "hls://" + address, "best"])
assert len(tokens) == 4 and len(set(tokens)) == 4
PYTHON
