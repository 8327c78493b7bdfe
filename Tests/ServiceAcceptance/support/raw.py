"""Requests that no HTTP library would send."""

import socket

from .envelope import check_refusal


class Connection:
    def __init__(self, service, timeout: float = 30, source: str = "127.0.0.1"):
        self.socket = socket.create_connection(("127.0.0.1", service.port), timeout, (source, 0))
        self.buffer = b""

    def send(self, data: bytes):
        """A server that has seen enough may close before it has read everything."""
        try:
            self.socket.sendall(data)
        except (BrokenPipeError, ConnectionResetError):
            pass

    def end_sending(self):
        self.socket.shutdown(socket.SHUT_WR)

    def _more(self) -> bool:
        try:
            chunk = self.socket.recv(65536)
        except ConnectionResetError:
            chunk = b""
        self.buffer += chunk
        return bool(chunk)

    def answer(self, has_body: bool = True) -> tuple[int, dict[str, str], bytes] | None:
        """The next answer; None if the connection was closed instead."""
        while b"\r\n\r\n" not in self.buffer:
            if not self._more():
                assert self.buffer == b"", f"half an answer: {self.buffer!r}"
                return None
        head, _, rest = self.buffer.partition(b"\r\n\r\n")
        status, *lines = head.decode("latin-1").split("\r\n")
        headers = {name.lower(): value for name, value in (line.split(": ", 1) for line in lines)}
        length = int(headers.get("content-length", 0)) if has_body else 0
        while len(rest) < length:
            assert self._more(), "the connection was closed within an answer"
            rest = self.buffer.partition(b"\r\n\r\n")[2]
        self.buffer = rest[length:]
        return int(status.split()[1]), headers, rest[:length]

    def is_closed(self) -> bool:
        """Waits for the server to close."""
        while self._more():
            pass
        return True

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()


def request(method: str, path: bytes | str, *headers: str, body: bytes = b"", version: str = "1.1") -> bytes:
    path = path if isinstance(path, bytes) else path.encode()
    lines = [method.encode() + b" " + path + b" HTTP/" + version.encode(), b"Host: localhost"]
    return b"\r\n".join([*lines, *(header.encode("latin-1") for header in headers), b"", b""]) + body


def is_refused_or_closed(answer) -> bool:
    """What bad input must lead to: an envelope with a 4xx, or a closed connection."""
    if answer is None:
        return True
    status, headers, body = answer
    assert 400 <= status < 500, answer
    check_refusal(headers.get("content-type"), body)
    return True
