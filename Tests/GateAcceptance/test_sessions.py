"""A short link, a long playback: the gate, the proxies by the recipes, `streamsign`, and ffmpeg."""

import json
import subprocess
import time
from urllib.parse import urljoin

import jwt
import pytest
import requests

from gate.proxies import PROXIES
from gate.signer import Signer
from gate.site import MANIFEST
from support import program
from support.account import VIDEO
from support.envelope import result
from support.keys import CustomerKey
from support.tokens import claims
from support.waiting import asked_in_time, eventually, wait_until_expired

ENFORCERS = ["site", *PROXIES]


def link(signer: Signer, seconds: float = 60, **claims) -> str:
    now = int(time.time())
    return signer.token(seconds=seconds, **{"iat": now, "playFor": 600} | claims)


def first_manifest(base: str, token: str) -> requests.Response:
    return requests.get(f"{base}/{token}/{MANIFEST}", allow_redirects=False, timeout=30)


def session_url(answer: requests.Response) -> str:
    """The URL at which the playback goes on."""
    assert (answer.status_code, answer.headers["Cache-Control"]) == (302, "no-store"), answer.text
    assert answer.headers["Location"].startswith("../../") and "X-Stream-Signing-Denial" not in answer.headers
    return urljoin(answer.url, answer.headers["Location"])


def begin(base: str, token: str) -> str:
    return session_url(first_manifest(base, token))


def token_in(url: str) -> str:
    return url.split("/")[3]


def eventually_fed(site, credential: str):
    """The service learns of a credential that another process made within a second."""
    headers = {"Authorization": f"Bearer {credential}"}
    eventually(lambda: requests.get(f"{site.service.url}/client/v4/feed", headers=headers, timeout=30).status_code == 200)


def denial(url: str, status: int = 401) -> str:
    answer = requests.get(url, timeout=30)
    assert answer.status_code == status, answer.text
    return answer.headers["X-Stream-Signing-Denial"]


@pytest.mark.parametrize("enforcer", ENFORCERS)
def test_a_copied_link_is_dead_and_the_playback_goes_on(request, signer, enforcer):
    base = request.getfixturevalue(enforcer).url
    answer, token = asked_in_time(lambda seconds: link(signer, seconds), lambda token: first_manifest(base, token))
    url = session_url(answer)
    wait_until_expired(token)
    assert denial(f"{base}/{token}/{MANIFEST}") == "expired"
    playlist = requests.get(url, timeout=30)
    assert playlist.status_code == 200
    # What the playlist names has no token in it and inherits the session's.
    variant = urljoin(url, next(line for line in playlist.text.splitlines() if line and not line.startswith("#")))
    assert token_in(variant) == token_in(url) and requests.get(variant, timeout=30).status_code == 200


@pytest.mark.parametrize("enforcer", ENFORCERS)
def test_the_query_comes_along_and_pages_of_other_origins_may_follow(request, signer, enforcer):
    base = request.getfixturevalue(enforcer).url
    url = f"{base}/{link(signer)}/{MANIFEST}?a=b%2Fc&d"
    for method in ("GET", "HEAD"):
        answer = requests.request(
            method, url, headers={"Origin": "https://player.example"}, allow_redirects=False, timeout=30)
        assert answer.status_code == 302 and answer.headers["Location"].endswith(f"/{MANIFEST}?a=b%2Fc&d")
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert len(requests.get(url, timeout=30).history) == 1, "a session leads to no other"


@pytest.mark.parametrize("enforcer", ENFORCERS)
def test_a_deleted_key_ends_its_sessions(request, site, passing_signer, enforcer):
    url = begin(request.getfixturevalue(enforcer).url, link(passing_signer))
    assert requests.get(url, timeout=30).status_code == 200
    assert site.account.delete(passing_signer.id).status_code == 200
    assert denial(url) == "key_revoked"


@pytest.mark.parametrize("enforcer", ENFORCERS)
def test_disabling_pauses_sessions_and_revoking_ends_them(request, site, passing_signer, enforcer):
    base = request.getfixturevalue(enforcer).url
    url = begin(base, link(passing_signer, jti="first", viewer="guest"))
    update = lambda enabled: result(
        site.account.call("PATCH", f"/keys/{passing_signer.id}", json={"enabled": enabled}))
    update(False)
    assert denial(url) == "key_disabled"
    update(True)
    assert requests.get(url, timeout=30).status_code == 200
    for subject, code in (
        ({"session": claims(token_in(url))["sid"]}, "session_revoked"),
        ({"token": "first"}, "token_revoked"),
    ):
        url = begin(base, link(passing_signer, jti="first", viewer="guest")) if "token" in subject else url
        revocation = result(site.account.call("POST", "/revocations", json=subject))
        assert denial(url) == code
        result(site.account.call("DELETE", f"/revocations/{revocation['id']}"))
    assert requests.get(url, timeout=30).status_code == 200


@pytest.mark.parametrize("enforcer", ENFORCERS)
def test_a_refused_token_gets_no_session(request, signer, enforcer):
    base = request.getfixturevalue(enforcer).url
    rules = [{"type": "any", "action": "block"}]
    for token, status, code in (
        (link(signer, seconds=-5), 401, "expired"), (link(signer, playFor=59), 401, "claims_malformed"),
        (link(signer, accessRules=rules), 403, "blocked_by_rule"),
    ):
        assert denial(f"{base}/{token}/{MANIFEST}", status) == code


def test_a_manifest_that_is_not_there_is_404(site, signer):
    answer = requests.get(site.address(link(signer), "manifest/none.m3u8"), allow_redirects=False, timeout=30)
    assert answer.status_code == 404


def test_a_customer_makes_no_session_tokens(site, signer):
    """Neither with a key of their own, nor by an imported key that says it is the service's."""
    members = {"sid": "A" * 22, "via": {"kid": signer.id}}
    assert denial(site.address(signer.token(**members))) == "claims_malformed"
    key = CustomerKey()
    jwk = key.public_jwk | {"kid": "marked-by-a-customer", "streamSigning": {"sessions": True}}
    id = result(site.account.import_key(jwk=json.dumps(jwk)))["id"]
    forged = jwt.encode(
        {"sub": VIDEO, "exp": int(time.time()) + 60, "sid": "A" * 22, "via": {"kid": id}}, key.pem, "RS256",
        headers={"kid": id})
    assert denial(site.address(forged)) == "claims_malformed"


def test_the_feed_makes_sessions_for_good_tokens_and_for_gates_alone(site, signer):
    credential = program.output("credential", "create", "--data", site.service.data, "--role", "feed").strip()
    eventually_fed(site, credential)
    ask = lambda token: requests.post(
        f"{site.service.url}/client/v4/feed/sessions", json={"token": token},
        headers={"Authorization": f"Bearer {credential}"}, timeout=30)
    good = result(ask(link(signer)))["token"]
    assert claims(good)["via"]["kid"] == signer.id
    for token in (good, signer.token(), link(signer, seconds=-5), "nonsense", ""):
        assert ask(token).status_code == 400, token
    assert requests.post(f"{site.service.url}/client/v4/feed/sessions", json={"token": good}, timeout=30).status_code == 401


def test_streamsign_says_what_a_session_token_is(site, signer):
    token = token_in(begin(site.url, link(signer, jti="first")))
    run = program.run("verify", token, "--keys", site.jwks)
    assert run.returncode == 0 and f"begun with token first of key {signer.id}" in run.stdout, run.stderr
    report = json.loads(program.run("verify", token, "--keys", site.jwks, "--json").stdout)
    assert report["session"] == claims(token)["sid"]
    assert report["session_origin"]["key_id"] == signer.id and report["session_origin"]["token_id"] == "first"
    explained = program.run("explain", token, "--keys", site.jwks)
    assert explained.returncode == 0 and "\u2713 session" in explained.stdout
    plain = program.run("explain", signer.token(), "--keys", site.jwks)
    assert "\u2713 session         none" in plain.stdout


def test_the_metrics_count_sessions(site, signer):
    count = lambda: int(next(
        line for line in site.service.metrics.splitlines()
        if "gate_sessions_total" in line and 'result="made"' in line).rpartition(" ")[2])
    before = count()
    begin(site.url, link(signer))
    assert count() == before + 1


@pytest.mark.parametrize("enforcer", ["site", "nginx", "haproxy"])
def test_ffmpeg_plays_to_the_end_behind_a_link_that_expires(request, signer, enforcer, tmp_path):
    """It reads at the speed of playback, so the link has expired long before the last segment."""
    base = request.getfixturevalue(enforcer).url
    token = link(signer, seconds=10)
    run = subprocess.run(
        ["ffmpeg", "-v", "error", "-re", "-i", f"{base}/{token}/{MANIFEST}", "-map", "0:v:0", "-c", "copy", "-f",
         "framecrc", "-"], capture_output=True, text=True, timeout=120)
    assert run.returncode == 0 and not run.stderr, run.stderr
    assert denial(f"{base}/{token}/{MANIFEST}") == "expired"
    plain = subprocess.run(
        ["ffmpeg", "-v", "error", "-i", f"{base}/{signer.token()}/{MANIFEST}", "-map", "0:v:0", "-c", "copy", "-f",
         "framecrc", "-"], capture_output=True, text=True, timeout=120)
    assert run.stdout == plain.stdout
