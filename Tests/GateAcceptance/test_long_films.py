"""A film of ten minutes behind a link of less than three, sped up: players play it to its end, and a deleted key ends it in the
middle."""

import subprocess
import time

import pytest
import requests

from gate.faults import FaultyPath
from gate.other_origin import VIDEO_JS
from gate.signer import Signer
from gate.site import ACCOUNT
from support.waiting import wait_until_expired

FILM = "10ea95132c15732412d22c1476fa83f2"
MINUTES = 10
FRAMES = MINUTES * 60 * 5
SPEED = 16
"""The fastest that browsers play."""
LINK_SECONDS = 10
"""Enough to begin in on a busy machine, and less than three minutes of the film."""

PLAY = """
const video = document.querySelector("video");
window.panels = [];
window.farthest = 0;
new MutationObserver(() => {
    if (document.documentElement.classList.contains("refused")) panels.push(document.getElementById("headline").innerText);
}).observe(document.documentElement, {attributes: true});
video.addEventListener("timeupdate", () => { farthest = Math.max(farthest, video.currentTime); });
video.addEventListener("loadedmetadata", () => { video.playbackRate = arguments[0]; });
video.muted = true;
video.playbackRate = arguments[0];
return video.play();
"""
POSITION = "return document.querySelector('video').currentTime"


@pytest.fixture(scope="module", autouse=True)
def film(site):
    """Small pictures, in segments of two seconds."""
    folder = site.media / ACCOUNT / FILM / "manifest"
    folder.mkdir(parents=True)
    subprocess.run(
        ["ffmpeg", "-v", "error", "-f", "lavfi", "-i", f"testsrc2=size=64x36:rate=5:duration={MINUTES * 60}",
         "-f", "lavfi", "-i", f"sine=sample_rate=8000:duration={MINUTES * 60 - 0.2}",
         "-c:v", "libx264", "-preset", "ultrafast", "-profile:v", "baseline", "-pix_fmt", "yuv420p", "-g", "10",
         "-c:a", "aac", "-b:a", "8k", "-f", "hls", "-hls_time", "2", "-hls_playlist_type", "vod",
         "-hls_segment_filename", "segment-%d.ts", "video.m3u8"],
        cwd=folder, check=True, timeout=120)
    assert len(list(folder.glob("*.ts"))) == MINUTES * 30


def short_link(signer: Signer) -> str:
    return signer.token(video=FILM, seconds=LINK_SECONDS, iat=int(time.time()), playFor=MINUTES * 60)


def url(base: str, token: str, path: str = "manifest/video.m3u8") -> str:
    return f"{base}/{token}/{path}"


def denial(site, token: str) -> str | None:
    return requests.get(url(site.url, token), timeout=30).headers.get("X-Stream-Signing-Denial")


def ffmpeg(address: str, level: str = "error") -> subprocess.Popen:
    return subprocess.Popen(
        ["ffmpeg", "-v", level, "-readrate", str(SPEED), "-i", address, "-map", "0:v", "-c", "copy", "-f",
         "framecrc", "-"],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def frames(output: str) -> int:
    return sum(not line.startswith("#") for line in output.splitlines())


def test_ffmpeg_plays_to_the_end_and_the_copied_link_is_dead(site, signer):
    token = short_link(signer)
    with ffmpeg(url(site.url, token)) as player:
        output, errors = player.communicate(timeout=120)
    assert player.returncode == 0 and errors == "" and frames(output) == FRAMES
    wait_until_expired(token)
    assert denial(site, token) == "expired"


def test_a_deleted_key_stops_ffmpeg_in_the_middle(site, passing_signer):
    token = short_link(passing_signer)
    with ffmpeg(url(site.url, token), "warning") as player:
        wait_until_expired(token)
        assert denial(site, token) == "expired" and player.poll() is None
        assert site.account.delete(passing_signer.id).status_code == 200
        output, errors = player.communicate(timeout=60)
    # It asks for all that is left, and is refused each time.
    assert "401" in errors and 0 < frames(output) < FRAMES * 3 / 4
    assert denial(site, token) == "key_revoked"


def watch(browser, base: str, token: str):
    browser.open(url(base, token, "watch"))
    browser.run(PLAY, SPEED)


def until(browser, minute: float):
    browser.wait(f"{POSITION} >= arguments[0]", minute * 60)


def to_the_end(browser):
    """In steps, of which each takes half a minute at most."""
    for minute in range(1, MINUTES, 3):
        until(browser, minute)
    browser.wait("return document.querySelector('video').ended")
    assert browser.run(POSITION) > MINUTES * 60 - 1


def test_chromium_plays_to_the_end_and_the_copied_link_is_dead(site, signer, browser):
    token = short_link(signer)
    watch(browser, site.url, token)
    to_the_end(browser)
    assert browser.run("return panels") == [] and browser.problems() == []
    wait_until_expired(token)
    assert denial(site, token) == "expired"


def test_a_deleted_key_stops_chromium_in_the_middle_and_the_page_says_why(site, passing_signer, browser):
    token = short_link(passing_signer)
    watch(browser, site.url, token)
    wait_until_expired(token)
    assert denial(site, token) == "expired", "the film goes on without the link"
    assert site.account.delete(passing_signer.id).status_code == 200
    browser.wait("return document.documentElement.classList.contains('refused')")
    assert browser.run("return farthest") < MINUTES * 60 - 60
    assert (browser.text("headline"), browser.text("code")) == ("This link has been withdrawn", "key_revoked")
    assert browser.run("return document.querySelector('video').paused")


def test_a_failure_that_passes_ends_no_film_whose_link_is_dead(site, signer, browser):
    token = short_link(signer)
    with FaultyPath(site.port) as path:
        path.fail(r"/segment-(120|240)\.ts", 503, times=1)
        watch(browser, path.url, token)
        wait_until_expired(token)
        assert denial(site, token) == "expired"
        to_the_end(browser)
        assert len(path.failed) == 2, "the fault was met"
    assert browser.run("return panels") == []


def watch_elsewhere(browser, elsewhere, site, signer: Signer) -> str:
    """On a page of another origin, with an engine written in JavaScript.
    :return: the link's token."""
    browser.open(elsewhere)
    token = short_link(signer)
    browser.run(VIDEO_JS, url(site.url, token), "application/x-mpegURL")
    browser.wait("return videojs('video').readyState() >= 2")
    browser.run("videojs('video').playbackRate(arguments[0]); videojs('video').play()", SPEED)
    return token


def test_an_engine_of_another_origin_plays_to_the_end(site, signer, browser, elsewhere):
    token = watch_elsewhere(browser, elsewhere, site, signer)
    to_the_end(browser)
    assert browser.run("return asked") > MINUTES * 30, "it was not the browser that played"
    wait_until_expired(token)
    assert denial(site, token) == "expired"


def test_a_deleted_key_stops_that_engine_in_the_middle(site, passing_signer, browser, elsewhere):
    token = watch_elsewhere(browser, elsewhere, site, passing_signer)
    until(browser, 2)
    assert site.account.delete(passing_signer.id).status_code == 200
    browser.wait("return videojs('video').error() !== null || videojs('video').paused()"
                 " || videojs('video').readyState() <= 2")
    assert browser.run(POSITION) < MINUTES * 60 - 60
    assert denial(site, token) == "key_revoked"
