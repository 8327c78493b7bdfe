"""What the recipes for proxies in front of a media server make of its answers."""

import http.server
import threading

import pytest

from gate.proxies import HAProxy, Varnish
from gate.site import MANIFEST, session


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


@pytest.mark.parametrize("proxy", [HAProxy, Varnish])
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
        self.send_header("Cache-Control", "max-age=60")
        self.send_header("Content-Length", "1000")
        self.end_headers()
        self.wfile.write(b"x" * 1000)

    def log_message(self, *_):
        pass


def test_varnish_keeps_a_segment_once_for_all_tokens_and_asks_about_each(site, passing_signer, signer, tmp_path):
    media = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Counted)
    media.asked, media.fields = [], []
    threading.Thread(target=media.serve_forever, daemon=True).start()
    try:
        with Varnish(tmp_path, site.port, media.server_port) as varnish:
            def status(token: str, path: str, **fields) -> int:
                return session().get(f"{varnish.url}/{token}/{path}", headers=fields).status_code

            doomed, other = passing_signer.token(), signer.token()
            for token in (doomed, other, doomed):
                referer = {"Referer": f"{varnish.url}/{token}/{MANIFEST}"}
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
