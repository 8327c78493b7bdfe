"""Others who use the same PostgreSQL."""

import socket
import struct

from nodes.database import port

VERSION = 3 << 16
NO_ROOM = b"C53300\0"


class Crowd:
    """Takes connections and does nothing with them, as a program that leaks them. A superuser: it gets the last one too."""

    def __init__(self):
        self._held = [Connection()]

    def ask(self, sql: str) -> str:
        """The value that a query returns, on a connection that is there already: for when there is no other."""
        return self._held[0].ask(sql)

    def fill(self):
        """Takes all that there are. A refusal does not mean that all are taken: whoever has just left may still have one."""
        number = int(self.ask("SHOW max_connections"))
        while self._clients < number:
            try:
                self._held.append(Connection())
            except NoRoom:
                pass

    def leave(self, count: int | None = None):
        """Gives connections back: all, or some."""
        for connection in self._held[-count:] if count else self._held:
            connection.close()
        self._held = self._held[:-count] if count else []

    @property
    def _clients(self) -> int:
        return int(self.ask("SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'"))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.leave()


class NoRoom(Exception):
    """What the server says to one connection too many."""


class Connection:
    """The least of PostgreSQL's protocol (its manual: Message Flow)."""

    def __init__(self):
        self._socket = socket.create_connection(("127.0.0.1", port()), 30)
        self._incoming = self._socket.makefile("rb")
        try:
            self._exchange(b"", struct.pack("!i", VERSION) + b"user\0streamsign\0database\0postgres\0\0")
        except NoRoom:
            self.close()
            raise

    def ask(self, sql: str) -> str:
        row = self._exchange(b"Q", sql.encode() + b"\0")[b"D"]
        # A count of columns and the length of the first.
        return row[6:].decode()

    def close(self):
        self._incoming.close()
        self._socket.close()

    def _exchange(self, kind: bytes, content: bytes) -> dict[bytes, bytes]:
        """Sends a message, and reads answers until the server is ready for the next. Lengths count themselves."""
        self._socket.sendall(kind + struct.pack("!i", len(content) + 4) + content)
        answers = {}
        while b"Z" not in answers:
            kind, length = struct.unpack("!ci", self._incoming.read(5))
            answers[kind] = self._incoming.read(length - 4)
            if kind == b"E":
                assert NO_ROOM in answers[kind], answers[kind]
                raise NoRoom
        return answers
