"""Apache's mod_oauth2 by its recipe: it verifies by itself with the service's key set, and refuses what it knows nothing of."""

import time

import pytest
import requests

from gate.cases import ALLOW_GB, DOWNLOAD, PLAYED, REFUSED
from gate.server import Server, copy_recipe, free_port, let_in
from gate.signer import passing_signer
from gate.site import ACCOUNT, MANIFEST, session
from support.waiting import asked_in_time, seconds_until, wait_until_expired, within
from test_paths import PATHS, get

LAX = ["downloads as a text", "a critical header"]
"""The names of cases that it lets through, as the recipe says."""

# In the recipe, 30 seconds each.
CACHE_SECONDS = 2


class ApacheAlone(Server):
    def __init__(self, folder, jwks: str, media):
        port = free_port()
        copy_recipe("Apache-mod_oauth2", folder, {"apache2.conf": {
            "Listen 8080": f"Listen 127.0.0.1:{port}", "/etc/apache2": str(folder), "/var/log/apache2": str(folder),
            "/run/apache2": str(folder), "/srv/media/ACCOUNT": str(media / ACCOUNT), "/srv/media": str(media),
            "http://127.0.0.1:8787/client/v4/accounts/ACCOUNT/stream/keys/jwks.json": jwks,
            "expiry=30": f"expiry={CACHE_SECONDS}"}})
        let_in(folder, media)
        super().__init__(["apache2", "-f", str(folder / "apache2.conf"), "-D", "FOREGROUND"], folder, port)


@pytest.fixture(scope="module")
def apache_alone(site, tmp_path_factory):
    with ApacheAlone(tmp_path_factory.mktemp("apache-alone"), site.jwks, site.media) as server:
        yield server


@pytest.mark.parametrize("case", [case for case in PLAYED if "right" not in case.name and "rule" not in case.name], ids=str)
def test_good_tokens_play(apache_alone, signer, case):
    answer = session().get(f"{apache_alone.url}/{case.token(signer)}/{case.path}", headers=case.headers)
    assert answer.status_code == case.status


@pytest.mark.parametrize("case", REFUSED, ids=str)
def test_others_are_refused(apache_alone, signer, case):
    answer = session().get(f"{apache_alone.url}/{case.token(signer)}/{case.path}")
    if case.name in LAX:
        assert answer.status_code == 200, "it has become stricter: say so in the recipe"
    else:
        assert answer.status_code in (401, 403) and "#EXTM3U" not in answer.text


@pytest.mark.parametrize("claims", [
    {"accessRules": ALLOW_GB}, {"nbf": 1}, {"playFor": 600, "iat": 1}, {"sid": "A" * 22, "via": {"kid": "x"}},
    {"sub": ".."}, {"sub": "a/../b"}, {"sub": ""}, {"sub": None},
], ids=str)
def test_what_it_knows_nothing_of_is_refused(apache_alone, signer, claims):
    for path in (MANIFEST, "canary.txt", DOWNLOAD):
        # An empty name of a user is an error to it.
        assert session().get(f"{apache_alone.url}/{signer.token(**claims)}/{path}").status_code in (401, 403, 500)


def test_no_path_leads_elsewhere(apache_alone, signer):
    token = signer.token(downloadable=True)
    for path in PATHS:
        status, answer = get(apache_alone.port, f"/{token}/{path}".encode())
        assert b"nobody may read this" not in answer and b"root:" not in answer and 300 < status < 500, (path, status)
    for folder in (".asked", ".played"):
        for path in ("", "canary.txt", f"{token}/{MANIFEST}", MANIFEST, f"../{folder}/canary.txt"):
            status, answer = get(apache_alone.port, f"/{folder}/{path}".encode())
            assert 400 <= status < 500


def test_preflights_and_other_methods(apache_alone, signer):
    url = f"{apache_alone.url}/{signer.token()}/{MANIFEST}"
    preflight = session().options(url, headers={"Origin": "https://player.example", "Access-Control-Request-Method": "GET"})
    assert preflight.status_code == 204 and "Range" in preflight.headers["Access-Control-Allow-Headers"]
    for answer in (session().post(url), session().put(url), session().delete(url)):
        assert 400 <= answer.status_code < 500 and "#EXTM3U" not in answer.text


def test_a_deleted_key_lives_as_long_as_the_caches(apache_alone, site):
    def seconds_that_it_lives() -> float:
        signer = passing_signer(site.account)
        url = f"{apache_alone.url}/{signer.token()}/{MANIFEST}"
        assert session().get(url).status_code == 200
        assert site.account.delete(signer.id).status_code == 200
        return seconds_until(lambda: session().get(url).status_code != 200)

    within(2 * CACHE_SECONDS + 2, seconds_that_it_lives)


def test_a_token_ends_with_its_exp_whatever_is_cached(apache_alone, signer):
    status = lambda token: session().get(f"{apache_alone.url}/{token}/{MANIFEST}").status_code
    answer, token = asked_in_time(lambda seconds: signer.token(seconds=seconds), status)
    assert answer == 200
    wait_until_expired(token)
    time.sleep(1) # It allows the second in which a token ends.
    assert status(token) == 401


def test_without_the_key_set_nobody_plays_and_no_token_is_logged(site, signer, tmp_path):
    token = signer.token()
    with ApacheAlone(tmp_path, f"http://127.0.0.1:{free_port()}/jwks.json", site.media) as server:
        for path in (MANIFEST, "none.ts", ".hidden.txt"):
            answer = requests.get(
                f"{server.url}/{token}/{path}", headers={"Referer": f"{server.url}/{token}/{MANIFEST}"}, timeout=60)
            assert answer.status_code in (401, 403, 404)
    assert token.rpartition(".")[2] not in server.output and token[:40] not in server.output
