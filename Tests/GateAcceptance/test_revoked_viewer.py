"""A viewer, a token or a video is revoked; the key stays good, and whoever else has a token of it plays on."""

import time

import jwt
import pytest
import requests

from gate.site import MANIFEST
from support.envelope import result
from test_ffprobe import probe
from test_player import PLAYING, start


def revoke(site, body) -> str:
    return result(site.account.call("POST", "/revocations", json=body))["id"]


def lift(site, id: str):
    result(site.account.call("DELETE", f"/revocations/{id}"))


def token(signer, name: str) -> str:
    return signer.token(jti=f"{name}-{time.monotonic_ns()}", viewer=name, iat=int(time.time()) - 5)


def verdict(site, token: str, path: str = MANIFEST):
    answer = requests.get(site.address(token, path), timeout=60)
    return answer.status_code, answer.headers.get("X-Stream-Signing-Denial")


def test_the_page_stops_and_says_why_and_another_viewer_plays_on(site, signer, browser):
    doomed, other = token(signer, "doomed viewer"), token(signer, "other viewer")
    start(browser, site.address(doomed, "watch"))
    id = revoke(site, {"viewer": "doomed viewer", "reason": "shared the link"})
    browser.wait("return document.documentElement.classList.contains('refused')")
    assert (browser.text("headline"), browser.text("code")) == ("This link has been withdrawn", "viewer_revoked")
    assert "shared the link" not in browser.run("return document.documentElement.outerHTML"), "for operators only"
    assert browser.problems() == []
    start(browser, site.address(other, "watch"))
    before = browser.run("return document.getElementById('video').currentTime")
    browser.wait(PLAYING, before + 0.5)
    lift(site, id)
    start(browser, site.address(doomed, "watch"))


def test_ffprobe_reads_no_more_of_it(site, signer):
    doomed, other = token(signer, "probe"), token(signer, "another probe")
    assert probe(site.address(doomed)).returncode == 0
    id = revoke(site, {"viewer": "probe"})
    failed = probe(site.address(doomed))
    assert failed.returncode != 0 and "401" in failed.stderr
    assert probe(site.address(other)).returncode == 0
    lift(site, id)
    assert probe(site.address(doomed)).returncode == 0


@pytest.mark.parametrize("kind", ["token", "viewer", "video"])
def test_each_kind_has_its_code_for_players_and_proxies(site, signer, kind):
    text = token(signer, f"{kind} case")
    claims = jwt.decode(text, options={"verify_signature": False})
    subject = {"token": claims["jti"], "viewer": claims["viewer"], "video": claims["sub"]}[kind]
    assert verdict(site, text) == (200, None)
    id = revoke(site, {kind: subject})
    try:
        assert verdict(site, text) == (401, f"{kind}_revoked")
        assert verdict(site, text, "watch") == (401, f"{kind}_revoked")
    finally:
        lift(site, id)
    assert verdict(site, text) == (200, None)
