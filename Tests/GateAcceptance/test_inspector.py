"""The inspector, used as people use it: paste, read, try another viewer and time, and all of it with the keyboard."""

import time

import pytest
from selenium.webdriver.common.keys import Keys

from gate.cases import ALLOW_GB

STATE = "return document.getElementById('verdict').dataset.state"
IS = "return document.getElementById('verdict').dataset.state === arguments[0]"


@pytest.fixture
def inspector(site, browser):
    browser.open(f"{site.service.url}/inspector")
    return browser


def sign_in(browser, site):
    fill(browser, account=site.account.id, credential=site.account.credential)


def fill(browser, **fields: str):
    """As pasting does."""
    for id, text in fields.items():
        browser.run(
            "const field = document.getElementById(arguments[0]); field.value = arguments[1];"
            "field.dispatchEvent(new Event('input', { bubbles: true }))", id, text)


def steps(browser) -> dict[str, tuple[str, str]]:
    """The outcome and the value of each check, by its name."""
    return {name: (outcome, value) for name, outcome, value in browser.run(
        "return [...document.querySelectorAll('#steps li')].map(li => "
        "[li.querySelector('.check').textContent, li.dataset.outcome, li.querySelector('.value').textContent])")}


def test_a_pasted_token_is_decoded_before_anybody_is_asked(inspector, signer):
    fill(inspector, text=signer.token(exp=1_700_000_000))
    assert '"exp": 1700000000' in inspector.text("payload")
    assert '"alg": "RS256"' in inspector.text("header")
    assert "not verified" in inspector.text("content")
    assert "2023-11-14T22:13:20Z" in inspector.text("moments")
    assert inspector.run(STATE) == "waiting"


def test_an_expired_token_shows_the_check_that_failed(inspector, site, signer):
    sign_in(inspector, site)
    fill(inspector, text=signer.token(exp=int(time.time()) - 60))
    inspector.wait(IS, "refused")
    assert inspector.text("verdict-code") == "expired"
    all = steps(inspector)
    assert all["expires"][0] == "refused" and "expired" in all["expires"][1]
    assert [name for name, (outcome, _) in all.items() if outcome == "refused"] == ["expires"]
    assert all["signature"] == ("passed", "valid")


def test_another_time_country_and_path_are_tried(inspector, site, signer):
    exp = int(time.time()) - 60
    token = signer.token(exp=exp, accessRules=ALLOW_GB)
    sign_in(inspector, site)
    fill(inspector, text=f"{site.url}/{token}/manifest/video.m3u8", time=str(exp - 60))
    inspector.wait("return document.getElementById('verdict-code').textContent === 'country_unknown'")
    fill(inspector, country="fr")
    inspector.wait("return document.getElementById('verdict-code').textContent === 'blocked_by_rule'")
    fill(inspector, country="GB")
    inspector.wait(IS, "accepted")
    fill(inspector, path="downloads/default.mp4")
    inspector.wait("return document.getElementById('verdict-code').textContent === 'download_not_allowed'")
    fill(inspector, path="", video="another")
    inspector.wait("return document.getElementById('verdict-code').textContent === 'video_mismatch'")


def test_the_keyboard_alone_is_enough(inspector, site, signer):
    inspector.wait("return document.activeElement.id === 'text'")
    inspector.press(signer.token(seconds=-60))
    order = []
    for text in ("", "", "", "", "", site.account.id, site.account.credential):
        inspector.press(Keys.TAB, text)
        order.append(inspector.focused)
    assert order == ["address", "country", "time", "path", "video", "account", "credential"]
    inspector.press(Keys.ENTER)
    inspector.wait(IS, "refused")
    inspector.press(Keys.TAB, Keys.TAB)
    assert inspector.focused == "instant"
    inspector.press(Keys.HOME)
    assert "valid, ends in" in inspector.run("return document.getElementById('instant').getAttribute('aria-valuetext')")
    inspector.wait(IS, "accepted")
    inspector.press(Keys.END)
    inspector.wait(IS, "refused")
    inspector.step_back()
    assert inspector.focused == "now"
    inspector.press(Keys.SPACE)
    assert inspector.run("return document.getElementById('time').value") == ""


def test_a_wrong_credential_is_named(inspector, site, signer):
    fill(inspector, text=signer.token(), account=site.account.id, credential="ss_wrong")
    inspector.wait(IS, "failed")
    assert "does not know this API token" in inspector.text("verdict-message")


def test_the_credential_of_another_account_is_named(inspector, site, signer):
    fill(inspector, text=signer.token(), account=site.account.id, credential=site.other_account.credential)
    inspector.wait(IS, "failed")
    assert "not for this account" in inspector.text("verdict-message")


def test_no_request_leaves_the_service(inspector, site, signer):
    sign_in(inspector, site)
    fill(inspector, text=signer.token())
    inspector.wait(IS, "accepted")
    requests = inspector.requests()
    assert any(url.endswith("/stream/explain") for url in requests)
    assert [url for url in requests if not url.startswith(site.service.url + "/")] == []
    secrets = (site.account.credential, signer.token().split(".")[0])
    assert not any(secret in url for url in requests for secret in secrets), "nothing secret is in an address"
    assert inspector.problems() == []


@pytest.mark.parametrize("text", [
    "<img src=x onerror=alert(1)>", "a.b.c", "....", "https://example.com/", "https://example.com/%00/%zz", "\u202e" * 20,
    "e30.e30.", "eyJhbGciOjF9.W10.x", "x" * 9000, "🙂.🙂.🙂", "{}", '"', "null.null.null",
])
def test_nonsense_is_refused_in_words(inspector, site, text):
    sign_in(inspector, site)
    fill(inspector, text=text)
    inspector.wait("return ['refused', 'failed'].includes(document.getElementById('verdict').dataset.state)")
    assert inspector.text("verdict-message")
    assert inspector.run("return document.images.length") == 0
    assert inspector.problems() == []


def test_what_a_token_says_stays_text(inspector, signer):
    fill(inspector, text=signer.token(note="<b onclick=alert(1)>\u202e\u0007</b>"))
    assert "<b onclick=alert(1)>\\u" in inspector.text("payload")
    assert "\u202e" not in inspector.text("payload")
    assert inspector.run("return document.querySelectorAll('#payload *').length") == 0


@pytest.mark.parametrize("width", [320, 390, 768, 1440])
def test_it_fits(inspector, site, signer, width):
    """No line is wider than the window, at any width that a phone or a desk has."""
    metrics = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 700}
    inspector.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    try:
        sign_in(inspector, site)
        fill(inspector, text=signer.token(seconds=-60, accessRules=ALLOW_GB))
        inspector.wait(IS, "refused")
        assert inspector.run("return document.documentElement.scrollWidth") <= width
        for id in ("verdict", "steps", "payload", "question"):
            assert inspector.run(
                "const box = document.getElementById(arguments[0]).getBoundingClientRect();"
                "return box.left >= 0 && box.right <= innerWidth", id), id
    finally:
        inspector.driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_every_field_has_a_name(inspector):
    """Also for who does not see the page."""
    unnamed = inspector.run(
        "return [...document.querySelectorAll('input, textarea, button, [role=region], section')]"
        ".filter(e => !(e.labels?.length || e.ariaLabel || e.getAttribute('aria-labelledby') || e.textContent.trim()))"
        ".map(e => e.outerHTML)")
    assert unnamed == []
