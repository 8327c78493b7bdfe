"""What Apache and Envoy log by the recipes; which methods they and Caddy serve, and where they look for odd paths."""

import pytest
import requests

from gate.proxies import Apache, Envoy, MediaServer
from gate.signer import Signer
from gate.site import MANIFEST, Site, session

ALL = pytest.mark.parametrize("proxy", ["apache", "envoy", "caddy", "older_caddy"])
BOTH = pytest.mark.parametrize("proxy", ["apache", "envoy"])


@ALL
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_only_what_reads_is_served(request, signer, proxy, method):
    for path in (MANIFEST, "watch"):
        answer = session().request(method, f"{request.getfixturevalue(proxy).url}/{signer.token()}/{path}")
        assert answer.status_code == 405 and answer.headers["Allow"] == "GET, HEAD, OPTIONS"


@ALL
@pytest.mark.parametrize("path", ["%77atch", "./watch", "/watch", "watch%2f", "x/../watch"])
def test_dots_and_slashes_in_a_path_are_not_guessed_at(request, signer, proxy, path):
    server = request.getfixturevalue(proxy)
    odd = requests.Request("GET", server.url).prepare()
    odd.url = f"{server.url}/{signer.token()}/{path}?x"
    with session() as viewer:
        assert viewer.send(odd, timeout=30).status_code in (403, 404)


@BOTH
def test_what_the_gate_says_goes_to_the_viewer_alone(request, signer, proxy):
    answer = session().get(f"{request.getfixturevalue(proxy).url}/{signer.token()}/{MANIFEST}")
    assert answer.status_code == 200
    assert not [name for name in answer.headers if name.lower().startswith(("x-stream-signing-", "x-envoy-"))]


@pytest.mark.parametrize("make", [Apache, Envoy])
def test_no_token_is_logged_whatever_goes_wrong(tmp_path, make):
    folders = tmp_path / "site", tmp_path / "proxy", tmp_path / "media-server"
    for folder in folders:
        folder.mkdir()
    site = Site(folders[0], serves_media=False)
    with MediaServer(folders[2], site.media) as media_server:
        with make(folders[1], site.port, media_server.port if make is Envoy else site.media) as proxy:
            with site.service:
                signer = Signer(site.account, "signer")
                token, expired = signer.token(), signer.token(seconds=-60)
                asked = [
                    (token, MANIFEST, {200}), (token, "manifest/none.m4s", {404}), (token, ".hidden.txt", {403}),
                    (token, "link.txt", {403, 404}), (token, "manifest%2fvideo.m3u8", {403, 404}),
                    (token, "a" * 5_000, {403, 404}), (token, "a" * 70_000, {414, 431}), (expired, MANIFEST, {401}), (token, "watch", {200}),
                    (token, "downloads/default.mp4", {403}),
                ]
                for word, path, statuses in asked:
                    url = f"{proxy.url}/{word}/{path}"
                    # Other fields hold it too.
                    fields = {"Referer": f"{proxy.url}/{word}/{MANIFEST}", "Cookie": word, "X-Other": word}
                    assert requests.get(url, headers=fields, timeout=30).status_code in statuses, path[:40]
            for path in (MANIFEST, "watch"):
                answer = requests.get(f"{proxy.url}/{token}/{path}", timeout=30)
                assert answer.status_code == 503 and answer.headers["Retry-After"] == "1"
        logged = proxy.output
    for word in (token, expired):
        assert word.rpartition(".")[2] not in logged and word[:40] not in logged
    lines = (folders[1] / "playback.log").read_text().splitlines()
    assert len(lines) == len(asked) + 2
    # Several workers write them, each when it has the machine.
    assert [" 401 " in line for line in lines if "denial=expired" in line] == [True]
    assert sum(" 503 " in line for line in lines) == 2
