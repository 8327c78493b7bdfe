"""What is particular to the recipe for HAProxy: what it makes of the media server's answers."""

import http.server
import threading

import pytest

from gate.proxies import HAProxy
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


def test_no_viewer_is_sent_to_the_media_server(site, signer, redirecting, tmp_path):
    with HAProxy(tmp_path, site.port, redirecting) as haproxy:
        for given, status in ((301, 404), (302, 404), (303, 404), (307, 404), (308, 404), (304, 304), (200, 200)):
            answer = session().get(f"{haproxy.url}/{signer.token()}/manifest/{given}.ts", allow_redirects=False)
            assert answer.status_code == status
            assert status != 404 or "Location" not in answer.headers
            assert answer.headers["Access-Control-Allow-Origin"] == "*"
        # The gate's own redirects are for viewers.
        assert session().get(f"{haproxy.url}/x.y.z/{MANIFEST}", allow_redirects=False).status_code == 401
