"""What the recipes for proxies in front of a media server make of its answers."""

import http.server
import re
import subprocess
import threading

import pytest

from gate.proxies import Envoy, HAProxy, TrafficServer, Varnish
from gate.server import free_port
from gate.site import MANIFEST, session
from support import program
from support.waiting import eventually


@pytest.fixture
def redirecting():
    """A media server that answers with the status in the file's name, and names itself."""

    class Redirect(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(int(self.path.rpartition("/")[2].partition(".")[0]))
            self.send_header("Location", f"http://127.0.0.1:{server.server_port}{self.path}")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Redirect)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("proxy", [HAProxy, Varnish, TrafficServer, Envoy])
def test_no_viewer_is_sent_to_the_media_server(site, signer, redirecting, tmp_path, proxy):
    with proxy(tmp_path, site.port, redirecting) as server:
        for given, status in ((301, 404), (302, 404), (303, 404), (307, 404), (308, 404), (200, 200)):
            answer = session().get(f"{server.url}/{signer.token()}/manifest/{given}.ts", allow_redirects=False)
            assert answer.status_code == status
            assert status != 404 or "Location" not in answer.headers
            assert answer.headers["Access-Control-Allow-Origin"] == "*"
        # The gate's own answers are for viewers.
        assert session().get(f"{server.url}/x.y.z/{MANIFEST}", allow_redirects=False).status_code == 401


class Counted(http.server.BaseHTTPRequestHandler):
    """Segments that may be kept, and a manifest; counts what it is asked for, and keeps what it is told of tokens."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.server.asked.append(self.path)
        self.server.fields.append(str(self.headers))
        self.send_response(200)
        if self.path.endswith(".ts"):
            self.send_header("Cache-Control", "max-age=60")
        self.send_header("Content-Length", "1000")
        self.end_headers()
        self.wfile.write(b"x" * 1000)

    def log_message(self, *_):
        pass


@pytest.mark.parametrize("proxy", [Varnish, TrafficServer])
def test_a_segment_is_kept_once_for_all_tokens_and_each_is_asked_about(site, passing_signer, signer, tmp_path, proxy):
    media = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Counted)
    media.asked, media.fields = [], []
    threading.Thread(target=media.serve_forever, daemon=True).start()
    try:
        with proxy(tmp_path, site.port, media.server_port) as server:
            def status(token: str, path: str, **fields) -> int:
                return session().get(f"{server.url}/{token}/{path}", headers=fields).status_code

            doomed, other = passing_signer.token(), signer.token()
            for token in (doomed, other, doomed):
                referer = {"Referer": f"{server.url}/{token}/{MANIFEST}"}
                assert status(token, "manifest/1.ts", **referer) == 200
                assert status(token, "manifest/1.ts", Range="bytes=5-9", **referer) == 206
                assert status(token, MANIFEST) == 200
            segments = [path for path in media.asked if path.endswith(".ts")]
            assert len(segments) == 1, "the second token and the ranges are answered from the cache"
            assert len(media.asked) == 1 + 3, "manifests are not kept"
            assert doomed not in "".join(media.fields + media.asked), "the media server sees no token"
            assert site.account.delete(passing_signer.id).status_code == 200
            assert status(doomed, "manifest/1.ts") == 401 and status(other, "manifest/1.ts") == 200
    finally:
        media.shutdown()
        media.server_close()


def test_the_log_that_the_recipe_for_varnish_proposes_has_no_tokens(signer, varnish):
    token = signer.token()
    for path, status in ((MANIFEST, 200), ("downloads/default.mp4", 403), ("watch", 200)):
        url = f"{varnish.url}/{token}/{path}"
        assert session().get(url, headers={"Referer": url}).status_code == status
    readme = (program.ROOT / "Examples/Varnish/README.md").read_text()
    proposed = re.search(r"`varnishncsa -F '(.+)'`", readme).group(1)
    log = subprocess.run(
        ["varnishncsa", "-n", varnish.folder / "work", "-d", "-F", proposed], check=True, capture_output=True, text=True).stdout
    assert token.rpartition(".")[2] not in log and token[:40] not in log
    assert " GET 403 " in log and "download_not_allowed" in log


def test_traffic_server_logs_no_tokens(site, signer, tmp_path):
    token = signer.token()
    with TrafficServer(tmp_path, site.port, free_port()) as server:
        for path, status in ((MANIFEST, 503), ("downloads/default.mp4", 403), ("watch", 200)):
            url = f"{server.url}/{token}/{path}"
            assert session().get(url, headers={"Referer": url}).status_code == status
        # It gathers what it writes for five seconds.
        eventually(lambda: all(f" GET {status} " in server.output for status in (503, 403, 200)))
    assert token.rpartition(".")[2] not in server.output and token[:40] not in server.output
    assert "denial=download_not_allowed" in server.output
