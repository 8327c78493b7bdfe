"""nginx and HAProxy with the configurations of Examples, in which nothing is changed but addresses and paths."""

import socket
import subprocess
from pathlib import Path

from support import program

from .cases import FRANCE, UNITED_KINGDOM

DEADLINE = 30


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


class Server:
    """A program that serves on `port`, with its files and its output in `folder`."""

    def __init__(self, command: list[str], folder: Path, port: int):
        self.folder = folder
        self.port = port
        self.url = f"http://127.0.0.1:{port}"
        with open(folder / "output.log", "wb") as output:
            self.process = subprocess.Popen(
                command, cwd=folder, stdin=subprocess.DEVNULL, stdout=output, stderr=output)
        while not self._accepts():
            assert self.process.poll() is None, self.output

    def _accepts(self) -> bool:
        try:
            socket.create_connection(("127.0.0.1", self.port), DEADLINE).close()
            return True
        except ConnectionRefusedError:
            return False

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


def copy_recipe(name: str, main: str, folder: Path, changes: dict[str, str]):
    """Copies the files of `Examples/NAME`, and makes the changes in the main one: each has to change something."""
    for source in (program.ROOT / "Examples" / name).iterdir():
        (folder / source.name).write_text(source.read_text())
    text = (folder / main).read_text()
    for old, new in changes.items():
        assert old in text, f"{name} has no {old!r}"
        text = text.replace(old, new)
    (folder / main).write_text(text)


def countries(end: str) -> str:
    return "".join(f"{address}/32 {country}{end}\n" for address, country in (UNITED_KINGDOM, FRANCE))


TEMPORARY_FOLDERS = "".join(
    f"{module}_temp_path {module};" for module in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
"""In the folder that nginx is started with. Those that are compiled in exist once root has started it, and are root's."""


class Nginx(Server):
    def __init__(self, folder: Path, gate: int, media: Path):
        port = free_port()
        copy_recipe("nginx", "nginx.conf", folder, {
            "listen 8080": f"listen 127.0.0.1:{port}", "127.0.0.1:8788": f"127.0.0.1:{gate}", "/srv/media": str(media),
            "/var/log/nginx": str(folder), "/run/nginx.pid": f"{folder}/nginx.pid", "user www-data": "user root",
            "http {": "http { " + TEMPORARY_FOLDERS})
        (folder / "countries.conf").write_text(countries(";"))
        super().__init__(["nginx", "-p", ".", "-c", "nginx.conf", "-g", "daemon off;"], folder, port)


class HAProxy(Server):
    def __init__(self, folder: Path, gate: int, media: int):
        port = free_port()
        copy_recipe("HAProxy", "haproxy.cfg", folder, {
            "bind :8080": f"bind 127.0.0.1:{port}", "127.0.0.1:8788": f"127.0.0.1:{gate}",
            "127.0.0.1:8090": f"127.0.0.1:{media}", "/etc/haproxy": str(folder)})
        (folder / "countries.map").write_text(countries(""))
        super().__init__(["haproxy", "-db", "-f", "haproxy.cfg"], folder, port)


class MediaServer(Server):
    """A media server that asks nobody, for HAProxy to stand before. That it follows no symbolic link is its own affair."""

    def __init__(self, folder: Path, media: Path):
        port = free_port()
        (folder / "nginx.conf").write_text(f"""
            user root; pid {folder}/nginx.pid; error_log {folder}/error.log; events {{}}
            http {{
                {TEMPORARY_FOLDERS}
                access_log off;
                types {{
                    application/vnd.apple.mpegurl m3u8; application/dash+xml mpd; text/vtt vtt; video/iso.segment m4s;
                    video/mp4 mp4;
                }}
                server {{
                    listen 127.0.0.1:{port};
                    root {media};
                    disable_symlinks on from=$document_root;
                    location / {{ try_files $uri =404; }}
                }}
            }}""")
        super().__init__(["nginx", "-p", ".", "-c", "nginx.conf", "-g", "daemon off;"], folder, port)
