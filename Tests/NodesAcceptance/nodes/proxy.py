"""A way to a server that a test can close, and listen in on."""

import socket
import threading

NOTIFICATION = ord("A")


class Proxy:
    """Passes connections on until it is cut, which ends them and lets nobody in.

    With `drops_notifications` it leaves out the messages by which PostgreSQL wakes those who LISTEN, and counts them.
    """

    def __init__(self, target: int, drops_notifications: bool = False):
        self.target = target
        self.drops_notifications = drops_notifications
        self.dropped = 0
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._is_cut = False
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self):
        with self._lock:
            self._is_cut = True
            ends, self._open = self._open, set()
        for end in ends:
            self._end(end)

    def mend(self):
        self._is_cut = False

    def close(self):
        self._listener.close()
        self.cut()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def _accept(self):
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            try:
                far = socket.create_connection(("127.0.0.1", self.target))
            except OSError:
                near.close()
                continue
            with self._lock:
                if self._is_cut:
                    near.close()
                    far.close()
                    continue
                self._open |= {near, far}
            back = self._pass_messages if self.drops_notifications else self._pass
            for source, sink, way in (near, far, self._pass), (far, near, back):
                threading.Thread(target=self._run, args=(source, sink, way), daemon=True).start()

    def _run(self, source: socket.socket, sink: socket.socket, way):
        try:
            way(source, sink)
        except OSError:
            pass
        for end in (source, sink):
            self._end(end)
        with self._lock:
            self._open -= {source, sink}

    @staticmethod
    def _end(connection: socket.socket):
        try:
            connection.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass  # The other side was faster.

    @staticmethod
    def _pass(source: socket.socket, sink: socket.socket):
        while data := source.recv(65536):
            sink.sendall(data)

    def _pass_messages(self, source: socket.socket, sink: socket.socket):
        """Messages are a type of one byte and a length of four, which counts itself (PostgreSQL: Message Formats)."""
        pending = b""
        while data := source.recv(65536):
            pending += data
            passed = b""
            while len(pending) >= 5 and len(pending) > (length := int.from_bytes(pending[1:5], "big")):
                message, pending = pending[:length + 1], pending[length + 1:]
                if message[0] == NOTIFICATION:
                    self.dropped += 1
                else:
                    passed += message
            sink.sendall(passed)
