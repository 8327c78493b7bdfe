#!/usr/bin/env bash
# Guess: ffmpeg stops at the first segment of an HLS stream that is refused, and its exit status says so, as that of curl or wget.
# Seen:  ffmpeg 9.0.2 (PyPI imageio-ffmpeg 0.8.1) asks for each of the segments that are left once, all within a second,
#        writes what it has, and exits with 0. It does so for 401, 403 and 503 alike, and does not heed Retry-After.
# Why:   a recording that a token's end cut short looks complete to a script. For the server, each such player is a burst of
#        refusals, one for each segment that is left, at the moment the token ends.
set -euo pipefail
temporary=$(mktemp -d)
trap 'rm -rf "$temporary"' EXIT
cd "$temporary"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check 'imageio-ffmpeg==0.8.1'
venv/bin/python - <<'PYTHON'
import functools, http.server, os, re, subprocess, threading, time
import imageio_ffmpeg

ffmpeg = imageio_ffmpeg.get_ffmpeg_exe()
version = subprocess.run([ffmpeg, "-version"], capture_output=True, text=True).stdout.split()[2]
print("ffmpeg", version)
assert version.startswith("n9.0.2"), version
status, asked = 401, []

class Media(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *arguments): pass

    def do_GET(self):
        segment = re.search(r"video(\d+)\.ts$", self.path)
        if not segment or int(segment[1]) < 5:
            return super().do_GET()
        asked.append(int(segment[1]))
        self.send_response(status)
        self.send_header("Retry-After", "1")
        self.send_header("Content-Length", "0")
        self.end_headers()

os.mkdir("media")
subprocess.run([ffmpeg, "-loglevel", "error", "-f", "lavfi", "-i", "testsrc=s=64x64:r=5:d=40", "-c:v", "libx264", "-g", "10",
                "-hls_time", "2", "-hls_playlist_type", "vod", "media/video.m3u8"], check=True)
server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Media, directory="media"))
threading.Thread(target=server.serve_forever, daemon=True).start()
for status in (401, 403, 503):
    asked.clear()
    begin = time.monotonic()
    play = subprocess.run([ffmpeg, "-loglevel", "quiet", "-i", f"http://127.0.0.1:{server.server_port}/video.m3u8", "-c", "copy",
                           "-f", "null", "-"], timeout=60)
    seconds = time.monotonic() - begin
    print(f"    {status}: exit status {play.returncode}, asked for {asked} in {seconds:.1f} s")
    assert play.returncode == 0 and asked == list(range(5, 20)) and seconds < 5
PYTHON
