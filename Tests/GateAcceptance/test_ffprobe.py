"""Another player's view: ffprobe follows manifests as players do."""

import json
import subprocess

import pytest

from gate.site import MANIFEST


def probe(url: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        ["ffprobe", "-v", "error", "-print_format", "json", "-show_streams", "-show_format", url], capture_output=True, text=True,
        timeout=60)


@pytest.mark.parametrize("path", [MANIFEST, "manifest/video.mpd", "downloads/default.mp4"])
def test_it_reads_a_signed_url(site, signer, path):
    seen = probe(site.address(signer.token(downloadable=True), path))
    assert seen.returncode == 0, seen.stderr
    description = json.loads(seen.stdout)
    assert {stream["codec_name"] for stream in description["streams"]} == {"h264", "aac"}
    assert 19 < float(description["format"]["duration"]) < 21


def test_it_is_refused_as_anybody_is(site, signer):
    seen = probe(site.address(signer.token(seconds=-60)))
    assert seen.returncode != 0
    assert "401" in seen.stderr


def test_it_is_refused_once_the_key_is_deleted(site, passing_signer):
    url = site.address(passing_signer.token())
    assert probe(url).returncode == 0
    assert site.account.delete(passing_signer.id).status_code == 200
    assert "401" in probe(url).stderr
