"""What is particular to the recipe for Caddy: what it logs."""

import json
import sys
from pathlib import Path

import pytest
import requests

from gate.proxies import Caddy
from gate.signer import Signer
from gate.site import MANIFEST, Site

VERSIONS = {"2.6": "/usr/bin/caddy", "newest": Path(sys.executable).with_name("caddy")}


@pytest.mark.parametrize("version", VERSIONS)
def test_no_token_is_logged_whatever_goes_wrong(tmp_path, version):
    folders = tmp_path / "site", tmp_path / "caddy"
    for folder in folders:
        folder.mkdir()
    site = Site(folders[0], serves_media=False)
    with Caddy(folders[1], site.port, site.media, VERSIONS[version]) as caddy:
        with site.service:
            signer = Signer(site.account, "signer")
            token, expired = signer.token(), signer.token(seconds=-60)
            asked = [
                (token, MANIFEST, 200), (token, "manifest/none.m4s", 404), (token, ".hidden.txt", 403),
                (expired, MANIFEST, 401), (token, "watch", 200), (token, "downloads/default.mp4", 403),
            ]
            for word, path, status in asked:
                url = f"{caddy.url}/{word}/{path}"
                # Other fields hold it too.
                answer = requests.get(url, headers={"Referer": url, "Cookie": word, "X-Other": word}, timeout=30)
                assert answer.status_code == status, path
        for path in (MANIFEST, "watch"):
            answer = requests.get(f"{caddy.url}/{token}/{path}", timeout=30)
            assert answer.status_code == 503 and answer.headers["Retry-After"] == "1"
        logged = caddy.output
    for word in (token, expired):
        assert word.rpartition(".")[2] not in logged and word[:40] not in logged
    lines = [json.loads(line) for line in (folders[1] / "playback.log").read_text().splitlines()]
    assert [line["status"] for line in lines] == [status for *_, status in asked] + [503, 503]
