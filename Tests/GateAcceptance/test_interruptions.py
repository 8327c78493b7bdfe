"""A failure that passes does not end a film: the page goes on where it was, and says nothing that is not so."""

import pytest

from gate.faults import FaultyPath
from support.waiting import eventually

LATER_SEGMENT = r"/segment-[01]-[345]\.m4s"
EVERYTHING = r"/manifest/"

WATCH = """
window.seen = {positions: [], panels: [], notices: 0};
const video = document.getElementById("video");
video.addEventListener("timeupdate", () => { if (!video.seeking && video.currentTime > 0) seen.positions.push(video.currentTime); });
new MutationObserver(() => {
    if (document.documentElement.classList.contains("refused")) {
        seen.panels.push(`${document.getElementById("headline").innerText}|${document.getElementById("message").innerText}`);
    }
    if (!document.getElementById("notice").hidden) seen.notices += 1;
}).observe(document.documentElement, {attributes: true, childList: true, subtree: true});
return video.play();
"""
ENDED = "return document.getElementById('video').ended"
NOTICE = "return !document.getElementById('notice').hidden"


@pytest.fixture
def path(site):
    with FaultyPath(site.port) as path:
        yield path


def play(browser, path, token: str):
    browser.open(f"{path.url}/{token}/watch")
    browser.run(WATCH)


def seen(browser) -> dict:
    """Once it has played to its end: without ever going back, and without a word about the browser."""
    browser.wait(ENDED)
    seen = browser.run("return seen")
    assert all(later >= earlier - 0.5 for earlier, later in zip(seen["positions"], seen["positions"][1:])), seen
    assert seen["positions"][-1] > 9
    assert not any("browser" in panel.lower() or "cannot be played" in panel for panel in seen["panels"]), seen
    assert browser.run("return document.documentElement.classList.contains('playable')") and browser.text("code") == ""
    return seen


@pytest.mark.parametrize("fault", [503, 401, 500, "closed", "keys_stale"])
def test_a_segment_that_fails_once_is_not_even_noticed(browser, path, signer, fault):
    path.fail(r"/segment-[01]-4\.m4s", fault, times=1)
    play(browser, path, signer.token())
    assert seen(browser)["panels"] == []
    assert path.failed, "the fault was met"
    assert browser.problems() == []


@pytest.mark.parametrize("fault", ["closed", 502, "keys_stale"])
def test_a_failure_of_seconds_is_waited_for(browser, path, signer, fault):
    # From the first later segment on, nothing is answered until the viewer has been told.
    broken = []
    path.fault = lambda request: (broken.append(request) or fault) if "-3.m4s" in request or broken else None
    play(browser, path, signer.token())
    browser.wait(NOTICE)
    path.fault = lambda request: None
    assert seen(browser)["panels"] == []


def test_a_longer_failure_is_said_and_waited_for_too(browser, path, signer):
    broken = []
    path.fault = lambda request: (broken.append(request) or "closed") if "-3.m4s" in request or broken else None
    play(browser, path, signer.token())
    browser.wait("return document.documentElement.classList.contains('refused')")
    assert browser.text("headline") == "Playback is interrupted" and browser.text("code") == ""
    assert browser.text("message").startswith("The service cannot be reached.")
    path.fault = lambda request: None
    seen(browser)


def test_the_viewer_need_not_wait_for_the_next_attempt(browser, path, signer):
    broken = []
    path.fault = lambda request: (broken.append(request) or "closed") if "-3.m4s" in request or broken else None
    play(browser, path, signer.token())
    browser.wait("return document.documentElement.classList.contains('refused')")
    path.fault = lambda request: None
    browser.run("document.getElementById('retry').click()")
    seen(browser)


def test_a_viewer_who_has_paused_stays_where_they_are(browser, path, signer):
    """Where they have moved to, which is what could not be loaded."""
    path.fail(LATER_SEGMENT, 503, times=1)
    browser.open(f"{path.url}/{signer.token()}/watch")
    browser.wait("return document.getElementById('video').readyState >= 1")
    browser.run("document.getElementById('video').currentTime = 5")
    eventually(lambda: path.failed)
    browser.wait("const video = document.getElementById('video'); return !video.seeking && video.readyState >= 2 && video.currentTime >= 4.5")
    assert browser.run("return document.getElementById('video').paused")


def test_a_part_that_is_never_there_is_not_the_browsers_fault(browser, path, signer):
    path.fail(r"/segment-[01]-3\.m4s", 404, times=1000)
    play(browser, path, signer.token())
    browser.wait("return document.documentElement.classList.contains('refused')")
    assert browser.text("headline") == "Playback is interrupted"
    assert browser.text("message").startswith("A part of the video cannot be loaded.")


def test_a_refusal_in_between_is_still_one(browser, path, site, passing_signer):
    """The gate says so, and then there is nothing to wait for."""
    path.fail(LATER_SEGMENT, 503, times=1000)
    play(browser, path, passing_signer.token())
    browser.wait(NOTICE)
    assert site.account.delete(passing_signer.id).status_code == 200
    browser.wait("return document.getElementById('code').innerText === 'key_revoked'")
    assert browser.text("headline") == "This link has been withdrawn"
