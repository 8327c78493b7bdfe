#!/usr/bin/env bash
# Guess: setting base_path on a playlist of PyPI m3u8 puts another folder before its relative names; names of files and
#        addresses on other hosts stay.
# Seen:  m3u8 6.0.0 replaces the old folder's text wherever it occurs, so a file that is named after its folder is renamed
#        too, and an absolute address loses its scheme and host.
# Why:   base_path looks made for writing a path with a token into a playlist. Renditions in folders such as 720/ with
#        files such as 720_1.ts then point to files that do not exist, and keys on a key server point home.
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
before = ["video/1.ts", "720/720_1.ts", "https://media.example/720/1.ts"]
text = "\n".join(["#EXTM3U", "#EXT-X-TARGETDURATION:4", *(f"#EXTINF:4,\n{name}" for name in before), "#EXT-X-ENDLIST", ""])
playlist = m3u8.loads(text)
playlist.base_path = "TOKEN"
after = [line for line in playlist.dumps().splitlines() if line and not line.startswith("#")]
for names in zip(before, after):
    print("   ", " -> ".join(names))
assert after == ["TOKEN/1.ts", "TOKEN/TOKEN_1.ts", "TOKEN/1.ts"], after
PYTHON
