"""Programs that the tests start, with the configurations of Examples, in which nothing is changed but addresses and paths."""

import socket
import subprocess
from pathlib import Path

from support import program
from support.waiting import eventually

DEADLINE = 30


def free_port() -> int:
    """A port for a server that is started later. Until then nobody listens there, and nobody else is given it."""
    reservation = socket.socket()
    reservation.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    reservation.bind(("127.0.0.1", 0))
    RESERVATIONS.append(reservation)
    return reservation.getsockname()[1]


RESERVATIONS: list[socket.socket] = []
LISTENING = "0A"
"""As /proc/net/tcp has it."""


class Server:
    """A program that serves on `port`, with its files and its output in `folder`."""

    def __init__(self, command: list[str], folder: Path, port: int):
        self.folder = folder
        self.port = port
        self.url = f"http://127.0.0.1:{port}"
        with open(folder / "output.log", "wb") as output:
            self.process = subprocess.Popen(
                command, cwd=folder, stdin=subprocess.DEVNULL, stdout=output, stderr=output)
        eventually(self._listens, every=0.01)

    def _listens(self) -> bool:
        """Asks the system, and not by a connection: not every server copes with one that comes and goes while it starts."""
        assert self.process.poll() is None, self.output
        # Of IPv4 and, where there is any, IPv6.
        tables = [table.read_text().splitlines()[1:] for table in Path("/proc/net").glob("tcp*")]
        sockets = [line.split() for table in tables for line in table]
        return any(local.endswith(f":{self.port:04X}") and state == LISTENING for _, local, _, state, *_ in sockets)

    @property
    def output(self) -> str:
        return "\n".join(path.read_text(errors="replace") for path in sorted(self.folder.glob("*.log")))

    def stop(self):
        self.process.terminate()
        self.process.wait(DEADLINE)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()


def copy_recipe(name: str, folder: Path, changes: dict[str, dict[str, str]]):
    """Copies the files of `Examples/NAME`, and makes the changes, by file: each has to change something."""
    for source in (program.ROOT / "Examples" / name).iterdir():
        text = source.read_text()
        for old, new in changes.get(source.name, {}).items():
            assert old in text, f"{source} has no {old!r}"
            text = text.replace(old, new)
        (folder / source.name).write_text(text)


def let_in(*folders: Path):
    """Programs that give up being root must still find their files, which pytest keeps for its user."""
    for folder in folders:
        for path in (folder, *folder.parents):
            if path.owner() == "root" and str(path).startswith("/tmp/"):
                path.chmod(path.stat().st_mode | 0o011)


TEMPORARY_FOLDERS = "".join(
    f"{module}_temp_path {module};" for module in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
"""In the folder that nginx is started with. Those that are compiled in exist once root has started it, and are root's."""
