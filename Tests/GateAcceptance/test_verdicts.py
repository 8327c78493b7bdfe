"""The same cases for all that enforce: the gate, proxies by the recipes, and `streamsign explain`."""

import pytest

from gate.cases import (
    ALLOW_GB, BARE, BLOCK_ANY, FRANCE, NOWHERE, OTHERS, PLAYED, REFUSED, UNITED_KINGDOM, Case, address)
from gate.proxies import PROXIES, Apache, Caddy, Envoy, HAProxy, Nginx, TrafficServer, Varnish
from gate.server import free_port
from gate.site import MANIFEST, TRUSTED, session
from support import program

ALL = [*PLAYED, *REFUSED, BARE, OTHERS]


def check(case: Case, answer):
    assert (answer.status_code, answer.headers.get("X-Stream-Signing-Denial")) == (case.status, case.denial), answer.text
    assert answer.headers["Referrer-Policy"] == "no-referrer" or case.status == 404
    if case.denial:
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert answer.text.startswith(f"{case.denial}: ") and len(answer.text) > len(case.denial) + 10
        assert case.status != 401 or answer.headers["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize("case", ALL, ids=str)
def test_the_gate(site, signer, case):
    url = site.address(case.token(signer), case.path)
    check(case, session().get(url, headers=case.headers | case.as_forwarded))


@pytest.mark.parametrize("case", ALL, ids=str)
@pytest.mark.parametrize("proxy", PROXIES)
def test_proxies(request, signer, case, proxy):
    """What a viewer claims of address, country and path is not heard."""
    forged = {"X-Forwarded-For": "127.0.0.2", "CF-IPCountry": "GB", "X-Original-URI": f"/{signer.token()}/manifest/x"}
    url = f"{request.getfixturevalue(proxy).url}/{case.token(signer)}/{case.path}"
    check(case, session(case.viewer[0]).get(url, headers=case.headers | forged))


@pytest.mark.parametrize("page", ["watch", "iframe"])
@pytest.mark.parametrize("proxy", PROXIES)
def test_pages_behind_proxies_know_the_viewer_too(request, signer, proxy, page):
    token = signer.token(accessRules=ALLOW_GB)
    url = f"{request.getfixturevalue(proxy).url}/{token}/{page}"
    assert session(UNITED_KINGDOM[0]).get(url).status_code == 200
    for viewer, denial in ((FRANCE, "blocked_by_rule"), (NOWHERE, "country_unknown")):
        answer = session(viewer[0]).get(url, headers={"X-Forwarded-For": "127.0.0.2", "CF-IPCountry": "GB"})
        assert (answer.status_code, answer.headers["X-Stream-Signing-Denial"]) == (403, denial)


@pytest.mark.parametrize("case", REFUSED, ids=str)
def test_explain(site, signer, case):
    """It says what the gate says, word for word unless the words are about how long ago something was."""
    ip, country = case.viewer
    token = case.token(signer)
    run = program.run(
        "explain", token, "--keys", site.jwks, "--path", case.path, "--ip", ip,
        *(["--country", country] if country else []))
    assert run.returncode == 1
    assert run.stderr.startswith(f"streamsign: {case.denial}: "), run.stderr
    answer = session().get(site.address(token, case.path), headers=case.as_forwarded)
    if case.denial not in ("expired", "not_yet_valid"):
        assert run.stderr == f"streamsign: {answer.text}"


@pytest.mark.parametrize("proxy", PROXIES)
def test_a_deleted_key_ends_its_tokens_behind_proxies(request, site, passing_signer, proxy):
    url = f"{request.getfixturevalue(proxy).url}/{passing_signer.token()}/{MANIFEST}"
    viewer = session()
    assert viewer.get(url).status_code == 200
    assert site.account.delete(passing_signer.id).status_code == 200
    answer = viewer.get(url)
    assert (answer.status_code, answer.headers["X-Stream-Signing-Denial"]) == (401, "key_revoked")


@pytest.mark.parametrize("server", ["site", *PROXIES])
def test_the_longest_token_plays_and_a_longer_one_is_called_that(request, signer, server):
    url = request.getfixturevalue(server).url
    tokens = (signer.token(pad="x" * size) for size in range(5_750, 5_780))
    longest = max((token for token in tokens if len(token) <= 8_192), key=len)
    assert 8_189 <= len(longest) <= 8_192
    assert session().get(f"{url}/{longest}/{MANIFEST}").status_code == 200
    answer = session().get(f"{url}/{longest}AAAA/{MANIFEST}")
    assert (answer.status_code, answer.headers["X-Stream-Signing-Denial"]) == (401, "token_too_large")


def test_nothing_is_served_without_a_gate(site, signer, media_server, tmp_path):
    """The proxies ask where nobody listens."""
    nobody = free_port()
    for make, media in (
        (Nginx, site.media), (HAProxy, media_server.port), (Caddy, site.media), (Varnish, media_server.port),
        (TrafficServer, media_server.port), (Apache, site.media), (Envoy, media_server.port),
    ):
        folder = tmp_path / make.__name__
        folder.mkdir()
        with make(folder, nobody, media) as proxy:
            answer = session().get(f"{proxy.url}/{signer.token()}/{MANIFEST}")
            assert answer.status_code == 503, make
            assert "#EXTM3U" not in answer.text
            page = session().get(f"{proxy.url}/{signer.token()}/watch")
            assert (page.status_code, page.headers["Retry-After"]) == (503, "1"), make


@pytest.mark.parametrize("proxy", PROXIES)
def test_proxies_log_no_tokens(request, signer, proxy):
    proxy = request.getfixturevalue(proxy)
    token = signer.token()
    assert session().get(f"{proxy.url}/{token}/{MANIFEST}").status_code == 200
    assert token.rpartition(".")[2] not in proxy.output


@pytest.mark.parametrize("source", ["127.0.0.9", "127.0.0.2"])
def test_who_is_no_trusted_proxy_is_not_believed(site, signer, source):
    """Neither about the viewer, nor when it asks in a proxy's name."""
    url = site.address(signer.token(accessRules=[address("allow", "192.0.2.0/24"), BLOCK_ANY]))
    claimed = {"X-Forwarded-For": "192.0.2.7", "CF-IPCountry": "GB"}
    answer = session(source).get(url, headers=claimed)
    assert (answer.status_code, answer.headers["X-Stream-Signing-Denial"]) == (403, "blocked_by_rule")
    assert session(TRUSTED).get(url, headers=claimed).status_code == 200
    question = {"X-Original-URI": f"/{signer.token()}/{MANIFEST}"}
    assert session(source).get(f"{site.url}/authorize", headers=question).status_code == 403
    assert session(TRUSTED).get(f"{site.url}/authorize", headers=question).status_code == 200
