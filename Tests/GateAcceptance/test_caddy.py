"""What is particular to the recipe for Caddy: what it logs, which methods it serves, and where it looks for odd paths."""

import json
import sys
from pathlib import Path

import pytest
import requests

from gate.proxies import Caddy
from gate.signer import Signer
from gate.site import MANIFEST, Site, session

VERSIONS = {"2.6": "/usr/bin/caddy", "newest": Path(sys.executable).with_name("caddy")}
BOTH = pytest.mark.parametrize("proxy", ["caddy", "older_caddy"])


@BOTH
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_only_what_reads_is_served(request, signer, proxy, method):
    for path in (MANIFEST, "watch"):
        answer = session().request(method, f"{request.getfixturevalue(proxy).url}/{signer.token()}/{path}")
        assert answer.status_code == 405 and answer.headers["Allow"] == "GET, HEAD, OPTIONS"


@BOTH
@pytest.mark.parametrize("path", ["%77atch", "./watch", "/watch", "watch%2f", "x/../watch"])
def test_dots_and_slashes_in_a_path_are_not_guessed_at(request, signer, proxy, path):
    caddy = request.getfixturevalue(proxy)
    odd = requests.Request("GET", caddy.url).prepare()
    odd.url = f"{caddy.url}/{signer.token()}/{path}?x"
    with session() as viewer:
        assert viewer.send(odd, timeout=30).status_code in (403, 404)


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
