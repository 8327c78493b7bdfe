"""Proxies that cannot be run here: their questions, as recorded or as their sources write them, put to a running gate, and what
each makes of the answer."""

import http.client
import socket
from dataclasses import dataclass
from pathlib import Path

from .server import TEMPORARY_FOLDERS, Server, copy_recipe, free_port


@dataclass(frozen=True)
class RecordedProxy:
    """`question` has TARGET, ADDRESS, METHOD and COUNTRY in place of what differs. The field with the country stands in for the
    gate's own database of countries, by which the recipes go."""

    name: str
    question: str
    allows: range
    """Statuses of an answer at which the request goes on."""

    def __str__(self):
        return self.name

    def asked(self, target: str, address: str, country: str | None, method: str = "GET") -> bytes:
        lines = [line.strip() for line in self.question.strip().splitlines()]
        if not country:
            lines = [line for line in lines if "COUNTRY" not in line]
        text = "\r\n".join(lines) + "\r\n\r\n"
        for word, value in (("TARGET", target), ("ADDRESS", address), ("COUNTRY", country or ""), ("METHOD", method)):
            text = text.replace(word, value)
        return text.encode()


# Envoy 1.40 wrote this with Examples/Envoy; Istio sets the same filter up, and GEP-1494 describes it.
ISTIO = RecordedProxy("istio and the gateway api", """
    METHOD /authorizeTARGET HTTP/1.1
    host: media.example
    content-length: 0
    x-forwarded-for: ADDRESS
    cf-ipcountry: COUNTRY
    x-envoy-internal: true
    x-envoy-expected-rq-timeout-ms: 2000
    """, range(200, 201))

# From its source, pkg/middlewares/auth/forward.go, with `authRequestHeaders: [Accept]`.
TRAEFIK = RecordedProxy("traefik", """
    GET /authorize HTTP/1.1
    Host: 127.0.0.1:8788
    User-Agent: Go-http-client/1.1
    Accept: */*
    CF-IPCountry: COUNTRY
    X-Forwarded-For: ADDRESS
    X-Forwarded-Host: media.example
    X-Forwarded-Method: METHOD
    X-Forwarded-Port: 443
    X-Forwarded-Proto: https
    X-Forwarded-Uri: TARGET
    Accept-Encoding: gzip
    """, range(200, 300))

RECORDED = [ISTIO, TRAEFIK]


class FolderServer(Server):
    """nginx with `Examples/Traefik/media.conf`."""

    def __init__(self, folder: Path, media: Path):
        port = free_port()
        copy_recipe("Traefik", folder, {"media.conf": {
            "127.0.0.1:8090": f"127.0.0.1:{port}", "/srv/media": str(media), "/var/log/nginx": str(folder)}})
        (folder / "nginx.conf").write_text(
            f"user root; pid {folder}/nginx.pid; error_log {folder}/error.log; events {{}} "
            f"http {{ {TEMPORARY_FOLDERS} include media.conf; }}")
        super().__init__(["nginx", "-p", ".", "-c", "nginx.conf", "-g", "daemon off;"], folder, port)


@dataclass
class Answer:
    status_code: int
    headers: http.client.HTTPMessage
    content: bytes

    @property
    def text(self) -> str:
        return self.content.decode(errors="replace")


def exchange(port: int, request: bytes, method: str = "GET") -> Answer:
    with socket.create_connection(("127.0.0.1", port), 30) as connection:
        connection.sendall(request)
        response = http.client.HTTPResponse(connection, method=method)
        response.begin()
        return Answer(response.status, response.headers, response.read())


def play(
    proxy: RecordedProxy, gate: int, media: int, target: str, viewer: tuple[str, str | None], method: str = "GET",
    headers: dict | None = None,
) -> Answer:
    """Does as the proxy does by its recipe: asks, and passes on what the gate has named, or its refusal."""
    given = None
    if method != "OPTIONS":
        given = exchange(gate, proxy.asked(target, *viewer, method), method if "METHOD /" in proxy.question else "GET")
        if given.status_code not in proxy.allows:
            return given
    fields = {"Host": "media", "Connection": "close"} | (headers or {})
    if given:
        fields |= {name: given.headers[name] for name in ("X-Stream-Signing-Account", "X-Stream-Signing-Video")}
    lines = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    return exchange(media, f"{method} {target} HTTP/1.1\r\n{lines}\r\n".encode(), method)
