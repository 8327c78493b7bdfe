#!/usr/bin/env bash
# Guess: ffmpeg stops at the first segment of an HLS stream that is refused, and its exit status says so, as that of curl or wget.
# Seen:  ffmpeg 9.0.2 (PyPI imageio-ffmpeg 0.8.1) asks for each of the segments that are left once, all within a second,
#        writes what it has, and exits with 0. It does so for 401, 403 and 503 alike, and does not heed Retry-After.
# Why:   a recording that a token's end cut short looks complete to a script. For the server, each such player is a burst of
#        refusals, one for each segment that is left, at the moment the token ends.
set -euo pipefail
temporary=$(mktemp -d)
trap 'rm -rf "$temporary"' EXIT
cp "$(dirname "$0")/players.py" "$temporary"
cd "$temporary"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check 'imageio-ffmpeg==0.8.1'
venv/bin/python - <<'PYTHON'
import time
from players import RefusingHandler, make_video, play, release, serve

print("ffmpeg", release)
make_video("media/video.m3u8", 40, "-hls_time", "2", "-hls_playlist_type", "vod")
url = serve(RefusingHandler, "media") + "/video.m3u8"
asked = RefusingHandler.asked
for status in (401, 403, 503):
    RefusingHandler.status = status
    asked.clear()
    begin = time.monotonic()
    code = play(url)
    seconds = time.monotonic() - begin
    print(f"    {status}: exit status {code}, asked for {asked} in {seconds:.1f} s")
    assert code == 0 and asked == list(range(5, 20)) and seconds < 5
PYTHON
