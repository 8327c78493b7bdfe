"""A page of another origin, with Video.js and its own HLS engine."""

import http.server
import threading
from importlib.metadata import files
from pathlib import Path

PAGE = b'<!doctype html><title>elsewhere</title><video id="video"></video><script src="video.js"></script>'

VIDEO_JS = """
const [source, type] = arguments;
window.asked = 0;
videojs.Hls.xhr.beforeRequest = (options) => {
    asked += 1;
    options.headers = {...options.headers, "X-Requested-With": "XMLHttpRequest", "CMCD-Session": 'sid="1"'};
    return options;
};
// Without `handleManifestRedirects`, it looks for segments beside the link, and not where a session has begun.
const hls = {overrideNative: true, handleManifestRedirects: true};
const player = videojs("video", {html5: {hls, nativeAudioTracks: false, nativeVideoTracks: false}});
player.src({src: source, type});
player.muted(true);
player.play();
"""
"""Has the page play a source of a type, by Video.js's engine and not the browser's. `asked` counts what the engine asks for."""


class OtherOrigin:
    def __init__(self):
        script = Path(next(file.locate() for file in files("js.videojs") if file.name == "video.min.js")).read_bytes()

        class Page(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                self.send_response(200)
                self.send_header("Content-Type", "text/javascript" if self.path == "/video.js" else "text/html")
                # Nothing may be embedded here that has not agreed.
                self.send_header("Cross-Origin-Embedder-Policy", "require-corp")
                self.end_headers()
                self.wfile.write(script if self.path == "/video.js" else PAGE)

            def log_message(self, *_):
                pass

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Page)
        self.url = f"http://127.0.0.1:{self._server.server_port}/"

    def __enter__(self):
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self._server.shutdown()
        self._server.server_close()
