"""Proxies that ask the gate, by the recipes of Examples. Here they wait for it longer: two seconds are short on a busy machine."""

import sys
from pathlib import Path

from .cases import FRANCE, UNITED_KINGDOM
from .server import TEMPORARY_FOLDERS, Server, copy_recipe, free_port, let_in

PROXIES = ["nginx", "haproxy", "caddy", "older_caddy", "varnish", "traffic_server", "apache", "envoy"]
"""The fixtures of the recipes that decide about media."""


def countries(end: str) -> str:
    return "".join(f"{address}/32 {country}{end}\n" for address, country in (UNITED_KINGDOM, FRANCE))


class Nginx(Server):
    def __init__(self, folder: Path, gate: int, media: Path):
        port = free_port()
        copy_recipe("nginx", folder, {"nginx.conf": {
            "listen 8080": f"listen 127.0.0.1:{port}", "127.0.0.1:8788": f"127.0.0.1:{gate}", "/srv/media": str(media),
            "/var/log/nginx": str(folder), "/run/nginx.pid": f"{folder}/nginx.pid", "user www-data": "user root",
            "proxy_read_timeout 2s": "proxy_read_timeout 30s",
            "http {": "http { " + TEMPORARY_FOLDERS}})
        (folder / "countries.conf").write_text(countries(";"))
        super().__init__(["nginx", "-p", ".", "-c", "nginx.conf", "-g", "daemon off;"], folder, port)


class HAProxy(Server):
    def __init__(self, folder: Path, gate: int, media: int):
        port = free_port()
        copy_recipe("HAProxy", folder, {"haproxy.cfg": {
            "bind :8080": f"bind 127.0.0.1:{port}", "127.0.0.1:8788": f"127.0.0.1:{gate}",
            "127.0.0.1:8090": f"127.0.0.1:{media}", "/etc/haproxy": str(folder),
            "timeout connect 2s": "timeout connect 2s\n    timeout check 30s"},
            "authorize.lua": {"patience = 2000": "patience = 30000"}})
        (folder / "countries.map").write_text(countries(""))
        super().__init__(["haproxy", "-db", "-f", "haproxy.cfg"], folder, port)


class Caddy(Server):
    """`command`: one of the versions that the recipe is for; if not given, the one of PyPI, in the tests' environment."""

    def __init__(self, folder: Path, gate: int, media: Path, command: str | Path = Path(sys.executable).with_name("caddy")):
        port = free_port()
        copy_recipe("Caddy", folder, {"Caddyfile": {
            "http://:8080 {": f"http://:{port} {{\n\tbind 127.0.0.1", "127.0.0.1:8788": f"127.0.0.1:{gate}",
            "/srv/media": str(media), "/var/log/caddy": str(folder), "log default {": "admin off\n\tlog default {"}})
        networks = "".join(
            f"@{code} remote_ip {address}\nvars @{code} country {code}\n" for address, code in (UNITED_KINGDOM, FRANCE))
        (folder / "countries.caddy").write_text(networks)
        # It keeps files of its own in the user's folder.
        super().__init__(["env", f"HOME={folder}", str(command), "run", "--config", "Caddyfile"], folder, port)


class Varnish(Server):
    def __init__(self, folder: Path, gate: int, media: int):
        port = free_port()
        copy_recipe("Varnish", folder, {"default.vcl": {
            '"8788"': f'"{gate}"', '"8090"': f'"{media}"', "first_byte_timeout = 2s": "first_byte_timeout = 30s",
            "between_bytes_timeout = 2s": "between_bytes_timeout = 30s"}})
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
        home = {"/etc/trafficserver": str(folder)}
        copy_recipe("TrafficServer", folder, {
            "gate.lua": {"MEDIA_PORT = '127.0.0.1', 8090": f"MEDIA_PORT = '127.0.0.1', {media}"},
            "remap.config": home | {"127.0.0.1:8788": f"127.0.0.1:{gate}"}, "plugin.config": home,
            "records.config": {"STRING 8080": f"STRING {port}:ip-in=127.0.0.1"}})
        countries = "".join(f"['{address}'] = '{code}'," for address, code in (UNITED_KINGDOM, FRANCE))
        (folder / "countries.lua").write_text(f"return {{ {countries} }}")
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
        let_in(folder)
        super().__init__(["traffic_server", f"--run-root={folder}/runroot.yaml"], folder, port)


class Apache(Server):
    def __init__(self, folder: Path, gate: int, media: Path):
        port = free_port()
        places = {"127.0.0.1:8788": f"127.0.0.1:{gate}", "/srv/media": str(media)}
        copy_recipe("Apache", folder, {
            "gate.lua": places | {"TIMEOUT = 2": "TIMEOUT = 30"},
            "apache2.conf": places | {
                "Listen 8080": f"Listen 127.0.0.1:{port}", " timeout=2": " timeout=30", "/etc/apache2": str(folder),
                "/var/log/apache2": str(folder), "/run/apache2": str(folder)}})
        (folder / "countries.conf").write_text("".join(
            f"SetEnvIfExpr \"-R '{address}'\" country={code}\n" for address, code in (UNITED_KINGDOM, FRANCE)))
        let_in(folder, media)
        super().__init__(["apache2", "-f", str(folder / "apache2.conf"), "-D", "FOREGROUND"], folder, port)


class Envoy(Server):
    def __init__(self, folder: Path, gate: int, media: int):
        port = free_port()
        home = {"/etc/envoy": str(folder)}
        copy_recipe("Envoy", folder, {"viewer.lua": home, "envoy.yaml": home | {
            "0.0.0.0, port_value: 8080": f"127.0.0.1, port_value: {port}", "8788": str(gate), "8090": str(media),
            "/var/log/envoy": str(folder), "timeout: 2s": "timeout: 30s",
            # It lets a second pass before it closes a connection in which it met an error.
            "stat_prefix: playback": "delayed_close_timeout: 0.01s\n          stat_prefix: playback"}})
        countries = "".join(f"['{address}'] = '{code}'," for address, code in (UNITED_KINGDOM, FRANCE))
        (folder / "countries.lua").write_text(f"return {{ {countries} }}")
        command = Path(sys.executable).with_name("envoy")
        super().__init__(
            [str(command), "-c", "envoy.yaml", "--concurrency", "2", "--disable-hot-restart", "-l", "warning"], folder, port)


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
