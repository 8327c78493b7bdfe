"""Proxies with the configurations of Examples, in which nothing is changed but addresses and paths."""

import socket
import subprocess
import sys
from pathlib import Path

from support import program

from .cases import FRANCE, UNITED_KINGDOM

DEADLINE = 30
PROXIES = ["nginx", "haproxy", "caddy", "older_caddy", "varnish", "traffic_server"]
"""The fixtures of the recipes that decide about media."""


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


class Caddy(Server):
    """`command`: one of the versions that the recipe is for; if not given, the one of PyPI, in the tests' environment."""

    def __init__(self, folder: Path, gate: int, media: Path, command: str | Path = Path(sys.executable).with_name("caddy")):
        port = free_port()
        copy_recipe("Caddy", "Caddyfile", folder, {
            "http://:8080 {": f"http://:{port} {{\n\tbind 127.0.0.1", "127.0.0.1:8788": f"127.0.0.1:{gate}", "/srv/media": str(media),
            "/var/log/caddy": str(folder), "log default {": "admin off\n\tlog default {"})
        networks = "".join(
            f"@{code} remote_ip {address}\nvars @{code} country {code}\n" for address, code in (UNITED_KINGDOM, FRANCE))
        (folder / "countries.caddy").write_text(networks)
        # It keeps files of its own in the user's folder.
        super().__init__(["env", f"HOME={folder}", str(command), "run", "--config", "Caddyfile"], folder, port)


class Varnish(Server):
    def __init__(self, folder: Path, gate: int, media: int):
        port = free_port()
        copy_recipe("Varnish", "default.vcl", folder, {'"8788"': f'"{gate}"', '"8090"': f'"{media}"'})
        lists = "".join(f'acl {code} {{ "{address}"; }}\n' for address, code in (UNITED_KINGDOM, FRANCE))
        tests = "".join(
            f'if (client.ip ~ {code}) {{ set req.http.CF-IPCountry = "{code}"; }}\n' for _, code in (UNITED_KINGDOM, FRANCE))
        (folder / "countries.vcl").write_text(f"{lists}sub country {{ {tests} }}\n")
        super().__init__(
            ["varnishd", "-F", "-j", "none", "-n", str(folder / "work"), "-a", f"127.0.0.1:{port}", "-s", "malloc,64m",
             "-p", f"vcl_path={folder}", "-f", str(folder / "default.vcl")], folder, port)


class TrafficServer(Server):
    def __init__(self, folder: Path, gate: int, media: int):
        port = free_port()
        copy_recipe("TrafficServer", "gate.lua", folder, {"MEDIA_PORT = '127.0.0.1', 8090": f"MEDIA_PORT = '127.0.0.1', {media}"})
        countries = "".join(f"['{address}'] = '{code}'," for address, code in (UNITED_KINGDOM, FRANCE))
        (folder / "countries.lua").write_text(f"return {{ {countries} }}")
        for name, old, new in (
            ("remap.config", "127.0.0.1:8788", f"127.0.0.1:{gate}"), ("remap.config", "/etc/trafficserver", str(folder)),
            ("plugin.config", "/etc/trafficserver", str(folder)),
            ("records.config", "STRING 8080", f"STRING {port}:ip-in=127.0.0.1"),
        ):
            text = (folder / name).read_text()
            assert old in text
            (folder / name).write_text(text.replace(old, new))
        with open(folder / "records.config", "a") as records:
            records.write("CONFIG proxy.config.admin.user_id STRING nobody\nCONFIG proxy.config.exec_thread.limit INT 2\n"
                          "CONFIG proxy.config.exec_thread.autoconfig INT 0\n")
        for name in ("run", "cache"):
            (folder / name).mkdir()
        for path in (folder, folder / "run", folder / "cache"):
            path.chmod(0o777)
        (folder / "storage.config").write_text(f"{folder}/cache 16M\n")
        (folder / "runroot.yaml").write_text(f"""
            prefix: {folder}
            exec_prefix: /usr
            bindir: /usr/bin
            sbindir: /usr/sbin
            sysconfdir: {folder}
            datadir: /usr/share
            includedir: /usr/include
            libdir: /usr/lib/trafficserver
            libexecdir: /usr/lib/trafficserver/modules
            localstatedir: {folder}/run
            runtimedir: {folder}/run
            logdir: {folder}
            cachedir: {folder}/cache
            """)
        # It gives up being root, and must still find its files.
        for path in (folder, *folder.parents):
            if path.owner() == "root" and str(path).startswith("/tmp/"):
                path.chmod(path.stat().st_mode | 0o011)
        super().__init__(["traffic_server", f"--run-root={folder}/runroot.yaml"], folder, port)


class MediaServer(Server):
    """A media server that asks nobody, for HAProxy and Varnish to stand before. That it follows no symbolic link is its own affair."""

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
