"""Media servers that ask the gate before somebody plays, by the recipes of Examples, and those who send them streams."""

import os
import subprocess
from pathlib import Path

from support.account import VIDEO

from .server import DEADLINE, TEMPORARY_FOLDERS, Server, copy_recipe, free_port, let_in
from .site import ACCOUNT, MEDIA

FILM = MEDIA / ACCOUNT / VIDEO / "downloads/default.mp4"


class NginxRTMP(Server):
    """With the recipe for nginx around it, which serves `media`. `asked` is a port, where the gate is if it is not given."""

    def __init__(self, folder: Path, gate: int, media: Path, asked: int | None = None, update_seconds: int = 1):
        port, self.http = free_port(), free_port()
        copy_recipe("nginx", folder, {"nginx.conf": {
            "user www-data": f"include {folder}/rtmp.conf; user root", "listen 8080": f"listen 127.0.0.1:{self.http}",
            "127.0.0.1:8788": f"127.0.0.1:{gate}", "/srv/media": str(media), "/var/log/nginx": str(folder),
            "/run/nginx.pid": f"{folder}/nginx.pid", "http {": "http { " + TEMPORARY_FOLDERS,
            "worker_processes auto": "worker_processes 1"}})
        copy_recipe("nginx-rtmp", folder, {"rtmp.conf": {
            "listen 1935": f"listen 127.0.0.1:{port}", "127.0.0.1:8788": f"127.0.0.1:{asked or gate}",
            "/srv/media/ACCOUNT": str(media / ACCOUNT),
            "/admission/nginx-rtmp/ACCOUNT": f"/admission/nginx-rtmp/{ACCOUNT}", "notify_update_timeout 10s": f"notify_update_timeout {update_seconds}s",
            "hls_fragment 4s": "hls_fragment 1s", "hls_playlist_length 40s": "hls_playlist_length 10s"}})
        super().__init__(["nginx", "-p", ".", "-c", "nginx.conf", "-g", "daemon off;"], folder, port)
        self.live = f"rtmp://127.0.0.1:{port}/live"
        self.input = f"rtmp://127.0.0.1:{port}/{VIDEO}/video"


class Icecast(Server):
    """Plays to the one address that it listens on, and sends streams that `Source` makes."""

    PASSWORD = "sources only"

    def __init__(self, folder: Path, gate: int):
        port = free_port()
        # It will not be root.
        user = "<changeowner><user>nobody</user><group>nogroup</group></changeowner>" if os.geteuid() == 0 else ""
        copy_recipe("Icecast", folder, {"icecast.xml": {
            "<port>8000</port>": f"<port>{port}</port><bind-address>127.0.0.1</bind-address>",
            "127.0.0.1:8788/admission/icecast/ACCOUNT": f"127.0.0.1:{gate}/admission/icecast/{ACCOUNT}", "/var/log/icecast2": str(folder),
            "<source-password>change me": f"<source-password>{self.PASSWORD}", "../../../dev/null": "../" * 12 + "dev/null",
            "<chroot>0</chroot>": f"<chroot>0</chroot>{user}"}})
        folder.chmod(0o777)
        let_in(folder)
        super().__init__(["icecast2", "-c", "icecast.xml"], folder, port)


class Source:
    """Somebody who sends the film again and again at its own speed, by ffmpeg, to `url` with `options` before it."""

    def __init__(self, url: str, *options: str):
        self.url = url
        self.options = options

    def __enter__(self):
        self.process = subprocess.Popen(
            ["ffmpeg", "-v", "error", "-re", "-stream_loop", "-1", "-i", str(FILM), *self.options, self.url],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        return self

    @property
    def is_sending(self) -> bool:
        return self.process.poll() is None

    def __exit__(self, *_):
        self.process.terminate()
        self.process.communicate(timeout=DEADLINE)
