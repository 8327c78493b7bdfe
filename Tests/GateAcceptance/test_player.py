"""Chromium plays a signed URL, until the service says no; then the page says why."""

import time

import pytest

from gate.cases import BARE, DOWNLOAD, FRANCE, PLAYED, REFUSED, Case
from gate.proxies import Nginx
from gate.signer import Signer
from gate.site import MANIFEST, Site

PLAYING = "const video = document.getElementById('video'); return !video.paused && video.currentTime > arguments[0]"


def start(browser, url: str):
    browser.open(url)
    browser.run("const video = document.getElementById('video'); video.loop = true; return video.play()")
    browser.wait(PLAYING, 1)


@pytest.mark.parametrize("page", ["watch", "iframe"])
def test_it_plays_until_the_key_is_deleted(site, passing_signer, browser, page):
    start(browser, site.address(passing_signer.token(), page))
    before = browser.run("return document.getElementById('video').currentTime")
    browser.wait(PLAYING, before + 0.5)
    assert "in 59 min" in browser.run("return document.getElementById('expires').textContent")
    assert site.account.delete(passing_signer.id).status_code == 200
    browser.wait("return document.documentElement.classList.contains('refused')")
    assert browser.text("headline") == "This link has been withdrawn"
    assert browser.text("code") == "key_revoked"
    assert passing_signer.id in browser.text("message")
    assert browser.run("const video = document.getElementById('video'); return video.paused && !video.hasAttribute('src')")
    assert browser.problems() == []


def test_it_stops_at_the_end_of_the_token(site, signer, browser):
    start(browser, site.address(signer.token(seconds=10), "watch"))
    browser.wait("return document.documentElement.classList.contains('refused')")
    assert (browser.text("headline"), browser.text("code")) == ("This link has expired", "expired")
    assert "This link expires in" in browser.text("announcement"), "a screen reader is told before"


def test_it_begins_by_itself_when_the_token_does(site, signer, browser):
    browser.open(site.address(signer.token(nbf=int(time.time()) + 8), "watch"))
    assert browser.text("code") == "not_yet_valid"
    browser.wait("return document.documentElement.classList.contains('playable')")
    browser.wait("return document.getElementById('video').readyState >= 2")


def test_it_plays_the_mp4_where_hls_is_not_played(site, signer, browser):
    hide = {"source": "HTMLMediaElement.prototype.canPlayType = () => ''"}
    script = browser.driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", hide)
    try:
        start(browser, site.address(signer.token(downloadable=True), "watch"))
        assert browser.run("return document.getElementById('video').currentSrc").endswith("/downloads/default.mp4")
        browser.open(site.address(signer.token(), "watch"))
        browser.wait("return document.documentElement.classList.contains('refused')")
        assert (browser.text("headline"), browser.text("code")) == ("This video cannot be played", "")
    finally:
        browser.driver.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", script)


@pytest.mark.parametrize("case", [case for case in [*REFUSED, BARE] if case.path == MANIFEST], ids=str)
def test_a_refusal_is_shown_with_its_reason(site, signer, browser, case: Case):
    url = site.address(case.token(signer), "watch")
    browser.send_headers(case.as_forwarded)
    browser.open(url)
    assert browser.text("code") == case.denial
    assert browser.text("headline") not in ("", "This video cannot be played")
    assert len(browser.text("message")) > 10
    assert browser.problems() == []


def test_a_download_that_is_not_allowed_says_so(site, signer, browser):
    browser.open(site.address(signer.token(), DOWNLOAD))
    assert browser.run("return document.body.innerText").startswith("download_not_allowed: ")


def test_rules_are_kept_while_it_plays(site, signer, browser):
    allowed = next(case for case in PLAYED if case.name == "the right country")
    browser.send_headers(allowed.as_forwarded)
    start(browser, site.address(allowed.token(signer), "watch"))
    browser.send_headers({"X-Forwarded-For": FRANCE[0], "CF-IPCountry": FRANCE[1]})
    browser.wait("return document.documentElement.classList.contains('refused')")
    assert browser.text("code") == "blocked_by_rule"


@pytest.mark.parametrize("width, height", [(320, 180), (320, 568), (1440, 900)])
@pytest.mark.parametrize("page", ["watch", "iframe"])
def test_it_fits(site, signer, browser, page, width, height):
    metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
    browser.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    try:
        for token in (signer.token(seconds=90), signer.token(seconds=-90)):
            browser.open(site.address(token, page))
            assert browser.run("return document.documentElement.scrollWidth") <= width
            assert page == "watch" or browser.run("return document.documentElement.scrollHeight") <= height
    finally:
        browser.driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_the_token_goes_nowhere_else(site, signer, browser):
    start(browser, site.address(signer.token(), "watch"))
    requests = browser.requests()
    assert any("segment-0-1.m4s" in url for url in requests), "the log has what media elements ask for"
    assert [url for url in requests if not url.startswith(site.url + "/")] == []


def test_the_page_plays_what_nginx_serves(browser, tmp_path):
    """The gate itself has no media here: it decides, and the page is its own."""
    folders = tmp_path / "site", tmp_path / "nginx"
    for folder in folders:
        folder.mkdir()
    site = Site(folders[0], serves_media=False)
    with site.service, Nginx(folders[1], site.port, site.media) as nginx:
        signer = Signer(site.account, "signer")
        start(browser, f"{nginx.url}/{signer.token()}/watch")
        assert [url for url in browser.requests() if not url.startswith(nginx.url + "/")] == []
        assert site.account.delete(signer.id).status_code == 200
        browser.wait("return document.documentElement.classList.contains('refused')")
        assert browser.text("code") == "key_revoked"
        assert browser.problems() == []


def test_a_small_frame_shows_the_whole_reason(site, signer, browser):
    """As small as pages embed videos: nobody finds out that there is something to scroll to."""
    browser.open(f"{site.url}/healthz")
    browser.run(
        "const frame = document.createElement('iframe'); frame.width = 320; frame.height = 180; frame.style.border = 0;"
        "document.body.replaceChildren(frame);"
        "return new Promise((resolve) => { frame.onload = resolve; frame.src = arguments[0]; }).then(() => true)",
        site.address(signer.token(seconds=-60), "iframe"))
    browser.driver.switch_to.frame(0)
    try:
        assert browser.text("code") == "expired"
        size = "const stage = document.querySelector('.stage'); return [innerHeight, stage.clientHeight, stage.scrollHeight]"
        assert browser.run(size) == [180, 180, 180]
    finally:
        browser.driver.switch_to.default_content()
