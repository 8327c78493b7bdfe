"""What browsers let players of other origins do, with the gate itself and by the recipes."""

import pytest

from gate.other_origin import VIDEO_JS
from gate.proxies import PROXIES, Apache, Caddy, Envoy, HAProxy, Nginx, TrafficServer, Varnish
from gate.server import free_port
from gate.signer import Signer
from gate.site import ACCOUNT, MANIFEST, Site, session
from support.account import VIDEO

ORIGIN = "https://player.example"
SERVERS = ["site", *PROXIES]
# As their documentation and sources say: dash.js, Shaka Player and hls.js with CMCD, what `xhrSetup` is used for, and jQuery.
REQUEST_FIELDS = [
    "range", "cmcd-object,cmcd-request,cmcd-session,cmcd-status", "x-requested-with", "content-type", "cache-control,pragma",
    "authorization", "authorization,cmcd-request,if-none-match,range",
]
EXPOSED = {
    "accept-ranges", "content-encoding", "content-length", "content-range", "date", "etag", "last-modified",
    "x-stream-signing-denial",
}


@pytest.fixture
def server(request):
    return request.getfixturevalue(request.param).url


def words(field: str) -> set[str]:
    return {word.strip().lower() for word in field.split(",")}


@pytest.mark.parametrize("server", SERVERS, indirect=True)
@pytest.mark.parametrize("fields", REQUEST_FIELDS)
def test_players_may_send_what_they_send(server, signer, fields):
    for path in (MANIFEST, "manifest/segment-0-1.m4s"):
        answer = session().options(f"{server}/{signer.token()}/{path}", headers={
            "Origin": ORIGIN, "Access-Control-Request-Method": "GET", "Access-Control-Request-Headers": fields})
        assert answer.status_code == 204 and answer.content == b""
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert words(fields) <= words(answer.headers["Access-Control-Allow-Headers"])
        assert {"get", "head"} <= words(answer.headers["Access-Control-Allow-Methods"])
        assert int(answer.headers["Access-Control-Max-Age"]) >= 7200


@pytest.mark.parametrize("server", SERVERS, indirect=True)
def test_they_may_read_what_they_read(server, signer):
    token = signer.token()
    for url, fields, status in (
        (f"{server}/{token}/{MANIFEST}", {}, 200), (f"{server}/{token}/manifest/segment-0-1.m4s", {"Range": "bytes=0-9"}, 206),
        (f"{server}/{token}/manifest/none.m4s", {}, 404), (f"{server}/x.y.z/{MANIFEST}", {}, 401),
    ):
        answer = session().get(url, headers={"Origin": ORIGIN} | fields)
        assert answer.status_code == status
        assert answer.headers["Access-Control-Allow-Origin"] == answer.headers["Timing-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in answer.headers
        assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
        assert EXPOSED <= words(answer.headers["Access-Control-Expose-Headers"])
        assert "Date" in answer.headers


@pytest.mark.parametrize("server", SERVERS, indirect=True)
def test_manifests_and_subtitles_are_compressed_for_who_asks(site, server, signer):
    folder = site.media / ACCOUNT / VIDEO
    text = b"WEBVTT\n\n" + b"00:00.000 --> 00:01.000\nHello\n\n" * 100
    (folder / "de.vtt").write_bytes(text)
    token = signer.token()
    for path, is_text in (("de.vtt", True), (MANIFEST, True), ("manifest/video.mpd", True), ("manifest/segment-0-1.m4s", False)):
        content = (folder / path).read_bytes()
        for coding in ("gzip", "identity"):
            answer = session().get(f"{server}/{token}/{path}", headers={"Accept-Encoding": coding})
            assert answer.content == content, "requests has unpacked it"
            is_coded = is_text and coding == "gzip" and len(content) > 1000
            if is_coded or not is_text or coding == "identity":
                assert answer.headers.get("Content-Encoding") == ("gzip" if is_coded else None), (path, coding)
            assert not is_coded or "accept-encoding" in words(answer.headers["Vary"])
            assert "ETag" in answer.headers


def test_named_origins_may_play_with_cookies_and_others_not_at_all(tmp_path):
    with (site := Site(tmp_path, "--allow-origin", f"{ORIGIN}, http://localhost:3000")).service:
        url = site.address(Signer(site.account, "signer").token())
        for method in ("GET", "OPTIONS", "HEAD"):
            answer = session().request(method, url, headers={"Origin": ORIGIN})
            assert answer.headers["Access-Control-Allow-Origin"] == ORIGIN
            assert answer.headers["Access-Control-Allow-Credentials"] == "true"
            assert "origin" in words(answer.headers["Vary"])
            other = session().request(method, url, headers={"Origin": "https://evil.example"})
            assert "Access-Control-Allow-Origin" not in other.headers and "origin" in words(other.headers["Vary"])


@pytest.mark.parametrize("proxy", [Nginx, HAProxy, Caddy, Varnish, TrafficServer, Apache, Envoy])
def test_without_the_gate_they_are_told_to_come_back(tmp_path, proxy):
    with proxy(tmp_path, free_port(), free_port() if proxy in (HAProxy, Varnish, TrafficServer, Envoy) else tmp_path) as server:
        answer = session().get(f"{server.url}/x.y.z/{MANIFEST}", headers={"Origin": ORIGIN})
        assert answer.status_code == 503 and answer.headers["Retry-After"] == "1"
        assert answer.headers["Access-Control-Allow-Origin"] == "*"


FETCH = """
const [url, headers] = arguments;
return fetch(url, {headers}).then(async (answer) => ({
    status: answer.status, length: (await answer.arrayBuffer()).byteLength, date: answer.headers.get("Date"),
    range: answer.headers.get("Content-Range"), denial: answer.headers.get("X-Stream-Signing-Denial"),
    timing: performance.getEntriesByName(url).some((entry) => entry.responseStart > 0),
}))"""


@pytest.mark.parametrize("server", SERVERS, indirect=True)
def test_a_browser_lets_a_player_of_another_origin_play(server, signer, browser, elsewhere):
    browser.open(elsewhere)
    token = signer.token()
    cmcd = {"CMCD-Object": "br=1000,ot=v", "CMCD-Request": "bl=100", "CMCD-Session": 'sid="1"', "CMCD-Status": "bs"}
    segment = f"{server}/{token}/manifest/segment-0-1.m4s"
    for headers in ({"Range": "bytes=0-9"}, {"Range": "bytes=-10"}, {"Range": "bytes=5-14", **cmcd}):
        answer = browser.run(FETCH, segment, headers)
        assert (answer["status"], answer["length"]) == (206, 10) and answer["range"].startswith("bytes ")
        assert answer["date"].endswith(" GMT") and answer["timing"]
    for headers in ({"X-Requested-With": "XMLHttpRequest", "Cache-Control": "no-cache"}, {"Content-Type": "text/plain"}):
        assert browser.run(FETCH, f"{server}/{token}/{MANIFEST}", headers)["status"] == 200
    refused = browser.run(FETCH, f"{server}/x.y.z/{MANIFEST}", cmcd)
    assert (refused["status"], refused["denial"]) == (401, "token_malformed")
    browser.run("document.querySelector('video').src = arguments[0]", f"{server}/{token}/{MANIFEST}")
    browser.wait("return document.querySelector('video').readyState >= 2")


@pytest.mark.parametrize("server", SERVERS, indirect=True)
def test_video_js_plays_with_its_own_engine(server, signer, browser, elsewhere):
    browser.open(elsewhere)
    browser.run(VIDEO_JS, f"{server}/{signer.token()}/{MANIFEST}", "application/x-mpegURL")
    browser.wait("return videojs('video').currentTime() > 1")
    assert browser.run("return asked") > 3, "it was not the browser that played"
