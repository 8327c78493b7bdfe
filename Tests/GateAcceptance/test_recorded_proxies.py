"""Istio, the Gateway API and Traefik: their recorded questions, and the server of media that their recipes have behind them."""

import time
from urllib.parse import urljoin

import pytest

from gate.cases import PLAYED, REFUSED, UNITED_KINGDOM
from gate.recorded import RECORDED, TRAEFIK, FolderServer, exchange, play
from gate.signer import Signer
from gate.site import MANIFEST, Site
from test_verdicts import check


@pytest.fixture(scope="module")
def sites(site, tmp_path_factory):
    """By the field that holds the original URI."""
    traefik = Site(
        tmp_path_factory.mktemp("traefik-site"), "--original-uri-header", "X-Forwarded-Uri", serves_media=False)
    with traefik.service:
        yield {True: traefik, False: site}


@pytest.fixture(scope="module")
def signers(sites, signer):
    return {True: Signer(sites[True].account, "traefik"), False: signer}


@pytest.fixture(scope="module")
def folder_server(site, tmp_path_factory):
    with FolderServer(tmp_path_factory.mktemp("folder-server"), site.media) as server:
        yield server


@pytest.fixture
def player(sites, folder_server):
    def run(proxy, target, viewer=UNITED_KINGDOM, method="GET", headers=None):
        return play(proxy, sites[proxy is TRAEFIK].port, folder_server.port, target, viewer, method, headers)

    return run


@pytest.mark.parametrize("case", [*PLAYED, *REFUSED], ids=str)
@pytest.mark.parametrize("proxy", RECORDED, ids=str)
def test_the_cases(signers, player, proxy, case):
    token = case.token(signers[proxy is TRAEFIK])
    check(case, player(proxy, f"/{token}/{case.path}", case.viewer, headers=case.headers))


@pytest.mark.parametrize("proxy", RECORDED, ids=str)
def test_a_session_begins_with_a_relative_redirect(signers, player, proxy):
    token = signers[proxy is TRAEFIK].token(iat=int(time.time()), playFor=600)
    target = f"/{token}/{MANIFEST}"
    redirect = player(proxy, target)
    assert redirect.status_code == 302 and redirect.headers["Location"].startswith("../../")
    answer = player(proxy, urljoin(target, redirect.headers["Location"]))
    assert answer.status_code == 200 and "#EXTM3U" in answer.text


@pytest.mark.parametrize("proxy", RECORDED, ids=str)
def test_preflights_and_heads(signers, player, proxy):
    target = f"/{signers[proxy is TRAEFIK].token()}/{MANIFEST}"
    preflight = player(proxy, target, method="OPTIONS")
    assert preflight.status_code == 204 and preflight.content == b""
    assert preflight.headers["Access-Control-Allow-Origin"] == "*" and "Range" in preflight.headers["Access-Control-Allow-Headers"]
    head = player(proxy, target, method="HEAD")
    assert head.status_code == 200 and head.content == b"" and int(head.headers["Content-Length"]) > 0


@pytest.mark.parametrize("proxy", RECORDED, ids=str)
def test_a_deleted_key_ends_its_tokens(sites, player, proxy):
    site = sites[proxy is TRAEFIK]
    signer = Signer(site.account, f"passing-{RECORDED.index(proxy)}")
    target = f"/{signer.token()}/{MANIFEST}"
    assert player(proxy, target).status_code == 200
    assert site.account.delete(signer.id).status_code == 200
    answer = player(proxy, target)
    assert (answer.status_code, answer.headers["X-Stream-Signing-Denial"]) == (401, "key_revoked")


@pytest.mark.parametrize("fields", [
    "", "X-Stream-Signing-Account: sample\r\n", "X-Stream-Signing-Video: ..\r\nX-Stream-Signing-Account: sample\r\n",
    "X-Stream-Signing-Account: sample/..\r\nX-Stream-Signing-Video: sample\r\n",
])
def test_the_server_of_media_serves_nothing_that_the_gate_has_not_named(folder_server, fields):
    for path in (f"/x/{MANIFEST}", "/x/canary.txt", "/canary.txt", "/"):
        request = f"GET {path} HTTP/1.1\r\nHost: media\r\nConnection: close\r\n{fields}\r\n"
        assert exchange(folder_server.port, request.encode()).status_code == 404


def test_the_server_of_media_follows_no_links_and_logs_no_tokens(signers, player, folder_server):
    token = signers[False].token()
    assert player(RECORDED[0], f"/{token}/link.txt").status_code in (403, 404)
    assert player(RECORDED[0], f"/{token}/none.ts").status_code == 404
    assert token.rpartition(".")[2] not in folder_server.output and " 404 " in folder_server.output
