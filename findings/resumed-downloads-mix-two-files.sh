#!/usr/bin/env bash
# Guess: a client that resumes a broken download of a video sends If-Range with the ETag it was given, as this field was
#        made for it, so that a file replaced in between comes whole.
# Seen:  yt-dlp 2026.10.26 and HTTPie 3.2.4 (--continue) send Range alone. The result has the start of the old file and the
#        end of the new one, in the right length, with exit code 0.
# Why:   a correct ETag does not help here. Never replace a video under its address; give the new file a new name, and sign
#        that. A signed address that outlives its file makes such mixtures likely.
set -euo pipefail
temporary=$(mktemp -d)
trap 'rm -rf "$temporary"' EXIT
cd "$temporary"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check 'yt-dlp==2026.10.26' 'httpie==3.2.4'
HOME=$temporary venv/bin/python - <<'PYTHON'
import http.server, itertools, subprocess, threading
from importlib.metadata import version

print("yt-dlp", version("yt-dlp"), "HTTPie", version("httpie"))
length = 600_000
fields = []

# The old file, which breaks off in the middle, until somebody resumes; then the new one.
class Handler(http.server.BaseHTTPRequestHandler):
    def log_message(self, *arguments): pass

    def do_GET(self):
        resumed = self.headers["Range"] is not None
        fields.append((self.headers["Range"], self.headers["If-Range"]))
        content, tag = (b"N" * length, '"new"') if resumed else (b"O" * length, '"old"')
        start = int(self.headers["Range"].removeprefix("bytes=").rstrip("-")) if resumed else 0
        if self.headers["If-Range"] not in (None, tag):
            resumed, start = False, 0
        self.send_response(206 if resumed else 200)
        if resumed:
            self.send_header("Content-Range", f"bytes {start}-{length - 1}/{length}")
        for name, value in (("ETag", tag), ("Accept-Ranges", "bytes"), ("Content-Type", "video/mp4")):
            self.send_header(name, value)
        self.send_header("Content-Length", str(length - start))
        self.end_headers()
        self.wfile.write(content[start:] if tag == '"new"' else content[:length // 2])

server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
address = f"http://127.0.0.1:{server.server_port}/video.mp4"

def download(name, *commands):
    fields.clear()
    for command in commands:
        command = ["venv/bin/" + command[0], *command[1:], address]
        code = subprocess.run(command, timeout=60, stderr=subprocess.DEVNULL).returncode
    parts = [(chr(byte), len(list(run))) for byte, run in itertools.groupby(open(name + ".mp4", "rb").read())]
    print(f"{name}: exit {code}, asked (Range, If-Range) {fields}, got {parts}")
    assert code == 0 and fields[-1][0] and not any(tag for _, tag in fields)
    assert [letter for letter, _ in parts] == ["O", "N"] and sum(count for _, count in parts) == length

download("yt-dlp", ["yt-dlp", "--quiet", "--no-cache-dir", "--retries", "2", "--output", "yt-dlp.mp4"])
http = ["http", "--ignore-stdin", "--quiet", "--download", "--output", "httpie.mp4"]
download("httpie", http, [*http, "--continue"])
PYTHON
