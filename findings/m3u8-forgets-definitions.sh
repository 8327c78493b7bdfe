#!/usr/bin/env bash
# Guess: PyPI m3u8 keeps EXT-X-DEFINE when it reads and writes a playlist, as it keeps EXT-X-DATERANGE with private members.
# Seen:  m3u8 6.0.0 drops each EXT-X-DEFINE without a word and keeps the references to it, so the playlist that it writes
#        is not valid (a reference to an undefined variable must fail to parse).
# Why:   EXT-X-DEFINE:QUERYPARAM is how a playlist passes the viewer's token on to its segments. A packager or proxy that
#        rewrites with this library breaks playback for each player that knows the tag.
set -euo pipefail
temporary=$(mktemp -d)
trap 'rm -rf "$temporary"' EXIT
cd "$temporary"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check 'm3u8==6.0.0'
venv/bin/python - <<'PYTHON'
from importlib.metadata import version
import m3u8

print("m3u8", version("m3u8"))
text = """#EXTM3U
#EXT-X-VERSION:11
#EXT-X-DEFINE:QUERYPARAM="token"
#EXT-X-TARGETDURATION:4
#EXT-X-DATERANGE:ID="a",START-DATE="2026-01-01T00:00:00Z",X-NOTE="kept"
#EXTINF:4,
1.ts?token={$token}
#EXT-X-ENDLIST
"""
written = m3u8.loads(text).dumps()
print(written)
assert 'X-NOTE="kept"' in written and "{$token}" in written
assert "EXT-X-DEFINE" not in written
PYTHON
