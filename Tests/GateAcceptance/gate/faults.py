"""What can go wrong between a player and the gate, for a while."""

import http.client
import http.server
import re
import threading

HOP_BY_HOP = {"connection", "keep-alive", "transfer-encoding"}


class FaultyPath:
    """Passes requests on to the gate, except those that `fault` is about: it is given the path and says what becomes of the
    request: nothing special (None), a status, the code of a refusal, or "closed" for a connection that breaks."""

    def __init__(self, port: int, fault=lambda path: None):
        self.fault = fault
        self.failed: list[str] = []
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                fault = outer.fault(self.path)
                if fault is None:
                    return self._pass_on()
                outer.failed.append(self.path)
                if fault == "closed":
                    self.close_connection = True
                elif isinstance(fault, int):
                    self._answer(fault, {}, b"a fault")
                else:
                    self._answer(503, {"X-Stream-Signing-Denial": fault, "Retry-After": "1"}, f"{fault}: a fault".encode())

            def _pass_on(self):
                connection = http.client.HTTPConnection("127.0.0.1", port)
                try:
                    connection.request("GET", self.path, headers=dict(self.headers))
                    answer = connection.getresponse()
                    self._answer(answer.status, dict(answer.getheaders()), answer.read())
                finally:
                    connection.close()

            def _answer(self, status: int, headers: dict, body: bytes):
                self.send_response_only(status)
                for name, value in (headers | {"Content-Length": str(len(body))}).items():
                    if name.lower() not in HOP_BY_HOP:
                        self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def fail(self, pattern: str, fault, times: int):
        """That often, each path that matches."""
        left: dict[str, int] = {}

        def decide(path: str):
            if not re.search(pattern, path):
                return None
            left[path] = left.get(path, times) - 1
            return fault if left[path] >= 0 else None

        self.fault = decide

    def __enter__(self):
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self._server.shutdown()
        self._server.server_close()
