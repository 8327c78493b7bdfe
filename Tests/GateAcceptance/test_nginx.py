"""What is particular to the recipe for nginx: what it logs, and where it looks for odd paths."""

import pytest
import requests

from gate.proxies import Nginx
from gate.signer import Signer
from gate.site import MANIFEST, Site


@pytest.mark.parametrize("query", ["?next=https://a.example//b/../.c", "?q=100%25", "?/."])
def test_dots_and_slashes_in_a_query_are_the_viewers_affair(nginx, signer, query):
    for path in (MANIFEST, "watch"):
        assert requests.get(f"{nginx.url}/{signer.token()}/{path}{query}", timeout=30).status_code == 200


@pytest.mark.parametrize("path", ["%77atch", "./watch", "/watch", "watch%2f", "x/../watch"])
def test_dots_and_slashes_in_a_path_are_not_guessed_at(nginx, signer, path):
    odd = requests.Request("GET", nginx.url).prepare()
    odd.url = f"{nginx.url}/{signer.token()}/{path}?x"
    with requests.Session() as session:
        session.trust_env = False
        assert session.send(odd, timeout=30).status_code in (403, 404)


def test_no_token_is_logged_whatever_goes_wrong(tmp_path):
    folders = tmp_path / "site", tmp_path / "nginx"
    for folder in folders:
        folder.mkdir()
    site = Site(folders[0], serves_media=False)
    with Nginx(folders[1], site.port, site.media) as nginx:
        with site.service:
            signer = Signer(site.account, "signer")
            token, expired = signer.token(), signer.token(seconds=-60)
            (site.media / "sample").chmod(0o755)
            asked = [
                (token, MANIFEST, 200), (token, "manifest/none.m4s", 404), (token, "link.txt", 404), (token, ".hidden.txt", 403),
                (expired, MANIFEST, 401), (token, "watch", 200), (token, "downloads/default.mp4", 403),
            ]
            for word, path, status in asked:
                assert requests.get(f"{nginx.url}/{word}/{path}", timeout=30).status_code == status, path
        for path, status in ((MANIFEST, 503), ("watch", 503)):
            assert requests.get(f"{nginx.url}/{token}/{path}", timeout=30).status_code == status
        logged = nginx.output
    for word in (token, expired):
        assert word.rpartition(".")[2] not in logged and word[:40] not in logged
    lines = (folders[1] / "playback.log").read_text().splitlines()
    assert len(lines) == len(asked) + 2
    # Two workers write them, each when it has the machine.
    assert [" 401 " in line for line in lines if line.endswith("denial=expired gate=401")] == [True]
    assert sum(line.endswith("gate=502") for line in lines) == 1, "nobody answered"
