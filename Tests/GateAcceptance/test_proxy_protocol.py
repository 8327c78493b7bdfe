"""Who the viewer is behind proxies that pass connections on and say whose they are, and what becomes of those who only pretend."""

import json
import re
import socket
from pathlib import Path

import pytest
import requests

from gate import tunnels
from gate.signer import Signer
from gate.site import MANIFEST, Site, session
from support import program
from support.certificates import self_signed
from support.envelope import result
from support.keys import quick_public_jwk
from support.raw import Connection, request
from support.waiting import eventually

VIEWER, STRANGER = "127.0.0.5", "127.0.0.6"
V1 = b"PROXY TCP4 192.0.2.7 198.51.100.1 4711 443\r\n"
V2 = b"\r\n\r\n\0\r\nQUIT\n" + b"\x21\x11\0\x0c" + bytes([192, 0, 2, 7, 198, 51, 100, 1, 18, 103, 1, 187])
LOCAL = b"\r\n\r\n\0\r\nQUIT\n" + b"\x20\0\0\0"
RULES = [{"type": "ip.src", "action": "allow", "ip": [VIEWER]}, {"type": "any", "action": "block"}]


@pytest.fixture(scope="module")
def behind(tmp_path_factory):
    """A gate that expects the header from 127.0.0.1, which is where every proxy here connects from."""
    site = Site(tmp_path_factory.mktemp("behind"), "--proxy-protocol", "gate")
    with site.service:
        site.signer = Signer(site.account, "signer")
        yield site


@pytest.fixture(scope="module", params=tunnels.KINDS)
def tunnel(request, behind, tmp_path_factory):
    with tunnels.KINDS[request.param](tmp_path_factory.mktemp(request.param), behind.port) as tunnel:
        yield tunnel


def headers(site, outcome: str, listener: str = "gate") -> int:
    pattern = rf'^streamsign_proxy_headers_total{{listener="{listener}",outcome="{outcome}"}} (\d+)$'
    return int(re.search(pattern, site.service.metrics, re.MULTILINE).group(1))


def test_the_viewer_is_whom_the_proxy_names(behind, tunnel):
    url = f"{tunnel.url}/{behind.signer.token(accessRules=RULES)}/{MANIFEST}"
    assert session(VIEWER).get(url, timeout=30).status_code == 200
    refused = session(STRANGER).get(url, headers={"X-Forwarded-For": VIEWER}, timeout=30)
    assert (refused.status_code, refused.headers["X-Stream-Signing-Denial"]) == (403, "blocked_by_rule")


def test_a_connection_is_used_for_many_requests(behind, tunnel):
    url = f"{tunnel.url}/{behind.signer.token()}/{MANIFEST}"
    with session(VIEWER) as viewer:
        assert {viewer.get(url, timeout=30).status_code for _ in range(20)} == {200}


def test_a_check_of_our_health_passes(behind, tmp_path):
    with tunnels.haproxy(tmp_path, behind.port, "send-proxy-v2") as proxy:
        # It has its socket some moments after its port.
        eventually(lambda: (tmp_path / "admin.sock").exists())
        eventually(lambda: check_status(tmp_path / "admin.sock") == "L7OK")


def check_status(admin: Path) -> str:
    with socket.socket(socket.AF_UNIX) as connection:
        connection.connect(str(admin))
        connection.sendall(b"show stat\n")
        table = b"".join(iter(lambda: connection.recv(65536), b"")).decode()
    fields, *rows = (line.split(",") for line in table.splitlines() if line)
    [status] = [dict(zip(fields, row))["check_status"] for row in rows if row[1] == "target"]
    return status


@pytest.mark.parametrize("header", [V1, V2, LOCAL])
def test_a_header_of_somebody_else_is_no_request(behind, header):
    with Connection(behind, source=STRANGER) as stranger:
        stranger.send(header + request("GET", "/healthz"))
        assert stranger.answer()[0] == 400


def test_others_are_served_as_ever(behind):
    token = behind.signer.token(accessRules=RULES)
    for source, status in ((VIEWER, 200), (STRANGER, 403)):
        with Connection(behind, source=source) as viewer:
            viewer.send(request("GET", f"/{token}/{MANIFEST}"))
            assert viewer.answer()[0] == status


@pytest.mark.parametrize("beginning", [request("GET", "/healthz"), b"\x16\x03\x01", b"PROXY TCP4 nonsense\r\n", b"P" * 200])
def test_a_trusted_proxy_without_a_header_is_not_answered_and_the_log_says_so(behind, beginning):
    before = headers(behind, "malformed")
    with Connection(behind) as proxy:
        proxy.send(beginning)
        assert proxy.is_closed() and proxy.buffer == b""
    assert headers(behind, "malformed") == before + 1
    behind.service.wait_for("warning a trusted proxy began a connection without a header of the PROXY protocol .*listener=gate")


def test_a_header_that_does_not_come_is_not_waited_for(behind):
    before = headers(behind, "late")
    with Connection(behind) as proxy:
        proxy.send(V1[:20])
        assert proxy.is_closed() and proxy.buffer == b""
    assert headers(behind, "late") == before + 1


def test_a_header_comes_before_tls(tmp_path):
    certificate = self_signed(tmp_path)
    site = Site(tmp_path, "--proxy-protocol", "gate", certificate=certificate)
    with site.service:
        signer = Signer(site.account, "signer")
        folder = tmp_path / "tunnel"
        folder.mkdir()
        with tunnels.nginx(folder, site.port) as tunnel:
            url = f"https://127.0.0.1:{tunnel.port}/{signer.token(accessRules=RULES)}/{MANIFEST}"
            for source, status in ((VIEWER, 200), (STRANGER, 403)):
                with secure_session(source, certificate) as viewer:
                    assert viewer.get(url, timeout=30).status_code == status


def secure_session(source: str, certificate) -> requests.Session:
    viewer = session(source)
    viewer.mount("https://", viewer.get_adapter("http://"))
    viewer.verify = str(certificate)
    return viewer


def test_the_audit_log_names_the_client_behind_either_kind_of_proxy(tmp_path):
    site = Site(tmp_path, "--proxy-protocol", "api")
    with site.service:
        folder = tmp_path / "tunnel"
        folder.mkdir()
        account = site.other_account
        # The site's own requests come from the proxy's address, and say nothing of whose they are.
        account.session = session(STRANGER)
        result(account.import_key(jwk=quick_public_jwk("direct")))
        with tunnels.haproxy(folder, site.service.port, "send-proxy-v2") as tunnel:
            account.session = session(VIEWER)
            account.url = account.url.replace(site.service.url, tunnel.url)
            result(account.import_key(jwk=quick_public_jwk("tunnelled")))
        text = program.output("audit", "--data", site.service.data, "--account", account.id, "--json")
        events = map(json.loads, text.splitlines())
        addresses = {event["subject"]: event["address"] for event in events if event["action"] == "key.imported"}
        assert addresses == {"direct": STRANGER, "tunnelled": VIEWER}
