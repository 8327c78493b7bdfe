#!/usr/bin/env bash
# Guess: a downloader repeats a segment that is answered 503 with Retry-After, after that time; 401 and 403 it takes for an answer,
#        and ends.
# Seen:  yt-dlp 2026.10.26 asks for each refused segment 11 times, streamlink 8.6.3 4 times, and both then go on to the next. They
#        do so for 401 and 403 as for 503. Neither heeds Retry-After: yt-dlp asks again at once. With 401 and 403, yt-dlp
#        exits with 0 and leaves a file that lacks the end.
# Why:   a viewer whose token ends in the middle of a film of 900 segments sends up to 9,900 requests within seconds. A limit on
#        refusals by address sees an attack, and an alarm on refusals counts one viewer as thousands.
set -euo pipefail
temporary=$(mktemp -d)
trap 'rm -rf "$temporary"' EXIT
cp "$(dirname "$0")/players.py" "$temporary"
cd "$temporary"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check 'yt-dlp==2026.10.26' 'streamlink==8.6.3' 'imageio-ffmpeg==0.8.1'
venv/bin/pip freeze | grep -E '^(yt-dlp|streamlink)='
venv/bin/python - <<'PYTHON' | tee seen
import collections, subprocess
from players import RefusingHandler, ffmpeg, make_video, serve

make_video("media/video.m3u8", 14, "-hls_time", "2", "-hls_playlist_type", "vod")
RefusingHandler.retry_after = 30
url = serve(RefusingHandler, "media") + "/video.m3u8"
commands = {
    "yt-dlp": ["venv/bin/yt-dlp", "--quiet", "--no-config", "--force-overwrites", "--ffmpeg-location", ffmpeg, "-o", "out.mp4", url],
    "streamlink": ["venv/bin/streamlink", "--no-config", "--loglevel", "none", "--stdout", url, "best"],
}
for name, command in commands.items():
    for status in (401, 403, 503):
        RefusingHandler.status = status
        RefusingHandler.asked.clear()
        # Were Retry-After heeded once, it would take longer than that.
        ended = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=29)
        times = collections.Counter(RefusingHandler.asked)
        print(f"{name} {status}: exit status {ended.returncode}, segment 5 {times[5]} times, segment 6 {times[6]} times")
PYTHON
diff seen - <<'EXPECTED'
yt-dlp 401: exit status 0, segment 5 11 times, segment 6 11 times
yt-dlp 403: exit status 0, segment 5 11 times, segment 6 11 times
yt-dlp 503: exit status 1, segment 5 11 times, segment 6 11 times
streamlink 401: exit status 0, segment 5 4 times, segment 6 4 times
streamlink 403: exit status 0, segment 5 4 times, segment 6 4 times
streamlink 503: exit status 0, segment 5 4 times, segment 6 4 times
EXPECTED
