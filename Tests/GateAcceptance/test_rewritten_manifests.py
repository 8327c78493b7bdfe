"""Manifests whose URLs are not relative: with the setting they play, and ones that lie are served as they are."""

import re
import subprocess
import threading
import time

import pytest

from gate.signer import Signer
from gate.site import ACCOUNT, Site, session
from support.account import VIDEO

PREFIXES = [f"/{VIDEO}/manifest/", f"/{ACCOUNT}/{VIDEO}/manifest/", "/manifest/", f"{{origin}}/{VIDEO}/manifest/"]
EVIL = f"https://evil.example/{VIDEO}/manifest/"


@pytest.fixture(scope="module")
def rewriting_site(tmp_path_factory):
    site = Site(tmp_path_factory.mktemp("rewriting"), "--rewrite-manifests", "on")
    with site.service:
        yield site


@pytest.fixture(scope="module")
def rewriting_signer(rewriting_site) -> Signer:
    return Signer(rewriting_site.account, "signer")


def folder(site):
    return site.media / ACCOUNT / VIDEO / "manifest"


def put_copies(site, prefix: str) -> tuple[str, str]:
    """Copies of the sample's manifests with `prefix` before every reference.
    :return: the names of the HLS and of the DASH one."""
    name = f"copy-{abs(hash(prefix))}"
    for file in ("video", "media_0", "media_1"):
        text = (folder(site) / f"{file}.m3u8").read_text()
        text = re.sub(r'URI="(?=\w)', lambda found: found[0] + prefix, text)
        text = re.sub(r"^(?=[a-z])", lambda _: prefix, text, flags=re.MULTILINE)
        (folder(site) / f"{name}-{file}.m3u8").write_text(text.replace("media_", f"{name}-media_"))
    text = (folder(site) / "video.mpd").read_text()
    text = re.sub(r'(media|initialization)="', lambda found: found[0] + prefix, text)
    (folder(site) / f"{name}.mpd").write_text(text)
    return f"{name}-video.m3u8", f"{name}.mpd"


def frames(url: str) -> tuple[str, str]:
    """What ffmpeg plays: a checksum of each stream; and what it says of it."""
    played = subprocess.run(
        ["ffmpeg", "-v", "error", "-i", url, "-map", "0", "-c", "copy", "-f", "streamhash", "-"], capture_output=True, text=True,
        timeout=120)
    return played.stdout, played.stderr


@pytest.mark.parametrize("prefix", PREFIXES)
def test_they_play_to_the_end(rewriting_site, rewriting_signer, prefix):
    names = put_copies(rewriting_site, prefix.format(origin=rewriting_site.url))
    for name, relative in zip(names, ("video.m3u8", "video.mpd")):
        token = rewriting_signer.token()
        expected, _ = frames(rewriting_site.address(token, f"manifest/{relative}"))
        assert expected.count("SHA256=") == 2
        seen, complaints = frames(rewriting_site.address(token, f"manifest/{name}"))
        assert seen == expected, complaints


def test_they_play_if_they_name_an_origin_that_is_this_gates_by_the_setting(tmp_path):
    with (site := Site(tmp_path, "--rewrite-manifests", "https://media.example,http://[::1]:8788")).service:
        token = Signer(site.account, "signer").token()
        for origin in ("https://media.example", "http://[::1]:8788", site.url):
            for name in put_copies(site, f"{origin}/{VIDEO}/manifest/"):
                seen, complaints = frames(site.address(token, f"manifest/{name}"))
                assert seen.count("SHA256=") == 2, complaints


def test_a_session_goes_on_under_its_own_token(rewriting_site, rewriting_signer):
    name, _ = put_copies(rewriting_site, "/manifest/")
    link = rewriting_signer.token(seconds=60, iat=int(time.time()), playFor=600)
    expected, _ = frames(rewriting_site.address(link))
    assert expected.count("SHA256=") == 2
    seen, complaints = frames(rewriting_site.address(link, f"manifest/{name}"))
    assert seen == expected, complaints


def test_dash_with_a_base_url_plays_to_the_end(rewriting_site, rewriting_signer):
    text = (folder(rewriting_site) / "video.mpd").read_text()
    for base in ("/manifest/", f"{rewriting_site.url}/{VIDEO}/manifest/"):
        (folder(rewriting_site) / "base.mpd").write_text(text.replace("<Period", f"<BaseURL>{base}</BaseURL><Period"))
        token = rewriting_signer.token()
        seen, complaints = frames(rewriting_site.address(token, "manifest/base.mpd"))
        assert seen == frames(rewriting_site.address(token, "manifest/video.mpd"))[0], complaints


def test_without_the_setting_they_do_not_play_and_the_log_says_why(site, signer):
    name, _ = put_copies(site, f"/{VIDEO}/manifest/")
    content = (folder(site) / name).read_bytes()
    seen, _ = frames(site.address(signer.token(), f"manifest/{name}"))
    assert "SHA256=" not in seen
    for _ in range(3):
        assert session().get(site.address(signer.token(), f"manifest/{name}")).content == content
    site.service.wait_for(f"set rewrite-manifests .*{VIDEO}/manifest/{name}")
    assert sum(f"/{name}" in line and "rewrite-manifests" in line for line in site.service.lines) == 1


LIES = {
    "another host": (EVIL, {}),
    "another host, and Host says that it is this one": (EVIL.replace("evil", "evil2"), {"X-Forwarded-Host": "evil2.example"}),
    "no scheme": ("//evil.example/x/", {}),
    "a user's name": (f"http://{{host}}@evil.example/{VIDEO}/manifest/", {}),
    "a user's name before this host": (f"http://a:b@{{host}}/{VIDEO}/manifest/", {}),
    "a backslash": (f"/\\evil.example/{VIDEO}/manifest/", {}),
    "dots": (f"/{VIDEO}/manifest/../../", {}),
    "encoded dots": (f"/{VIDEO}/%2e%2e/", {}),
    "another video": ("/5d5bc37ffcf54c9b82e996823bffbb81/manifest/", {}),
    "another port": (f"http://127.0.0.1:1/{VIDEO}/manifest/", {}),
}


@pytest.mark.parametrize("lie", LIES)
def test_what_lies_is_served_as_it_is(rewriting_site, rewriting_signer, lie):
    prefix, headers = LIES[lie]
    prefix = prefix.format(host=rewriting_site.url.removeprefix("http://"))
    for name in put_copies(rewriting_site, prefix):
        answer = session().get(rewriting_site.address(rewriting_signer.token(), f"manifest/{name}"), headers=headers)
        assert answer.content == (folder(rewriting_site) / name).read_bytes()


MEBIBYTE = 1 << 20
ODD = {
    "long.m3u8": b"#EXTM3U\n" + b"#EXTINF:2,\n/manifest/seg.ts\n" * (64 * MEBIBYTE // 28),
    "line.m3u8": b"#EXTM3U\n/manifest/" + b"a" * 64 * MEBIBYTE,
    "nul.m3u8": b"#EXTM3U\n/manifest/seg.ts\n\0\n",
    "latin.m3u8": b"#EXTM3U\n/manifest/\xe9.ts\n",
    "entities.mpd": b'<!DOCTYPE MPD [<!ENTITY a "/manifest/">]><MPD><BaseURL>&a;</BaseURL></MPD>\n',
    "external.mpd": b'<!DOCTYPE MPD [<!ENTITY a SYSTEM "file:///etc/passwd">]><MPD><BaseURL>&a;</BaseURL></MPD>\n',
    "laughs.mpd": b'<!DOCTYPE MPD [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><MPD><BaseURL>&b;</BaseURL></MPD>\n',
    "dtd.mpd": b'<!DOCTYPE MPD SYSTEM "http://127.0.0.1:1/x.dtd"><MPD><BaseURL>/manifest/</BaseURL></MPD>\n',
    "utf16.mpd": "<MPD><BaseURL>/manifest/</BaseURL></MPD>".encode("utf-16"),
}


def counted(site) -> dict[str, int]:
    samples = re.findall(r'^streamsign_gate_manifests_total\{urls="(\w+)"\} (\d+)$', site.service.metrics, re.MULTILINE)
    return {urls: int(count) for urls, count in samples}


@pytest.mark.parametrize("name", ODD)
def test_what_cannot_be_read_is_served_as_it_is_and_counted(rewriting_site, rewriting_signer, name):
    (folder(rewriting_site) / name).write_bytes(ODD[name])
    before = counted(rewriting_site)
    url = rewriting_site.address(rewriting_signer.token(), f"manifest/{name}")
    for encoding in ("identity", "gzip"):
        assert session().get(url, headers={"Accept-Encoding": encoding}).content == ODD[name]
    outcome = "too_long" if len(ODD[name]) > MEBIBYTE else "not_understood"
    assert counted(rewriting_site) == before | {outcome: before[outcome] + 2}
    (folder(rewriting_site) / name).unlink()


MPD = '<MPD xmlns="urn:mpeg:dash:schema:mpd:2011" xmlns:d="urn:mpeg:dash:schema:mpd:2011">%s</MPD>\n'
LEFT = {
    "variable.m3u8": '#EXTM3U\n#EXT-X-DEFINE:NAME="base",VALUE="/manifest"\n#EXTINF:2,\n{$base}/seg.ts\n',
    "imported.m3u8": '#EXTM3U\n#EXT-X-DEFINE:IMPORT="base"\n#EXTINF:2,\n{$base}/seg.ts\n',
    "indented.m3u8": "#EXTM3U\n#EXTINF:2,\n  /manifest/seg.ts\n",
    "unknown.mpd": MPD % '<InitializationSet id="1" initialization="/manifest/init.mp4"/>',
    "entity.mpd": MPD % "<BaseURL>&#47;manifest/</BaseURL>",
}


@pytest.mark.parametrize("name", LEFT)
def test_what_is_not_rewritten_is_counted(rewriting_site, rewriting_signer, name):
    (folder(rewriting_site) / name).write_text(LEFT[name])
    before = counted(rewriting_site)
    answer = session().get(rewriting_site.address(rewriting_signer.token(), f"manifest/{name}"))
    assert answer.text == LEFT[name]
    assert counted(rewriting_site) == before | {"not_relative": before["not_relative"] + 1}
    (folder(rewriting_site) / name).unlink()


def test_an_mpd_may_have_two_prefixes(rewriting_site, rewriting_signer):
    text = MPD % '<d:Period><d:BaseURL>x/</d:BaseURL><SegmentTemplate media="/manifest/x/$Time$"/></d:Period>'
    (folder(rewriting_site) / "prefixes.mpd").write_text(text)
    answer = session().get(rewriting_site.address(rewriting_signer.token(), "manifest/prefixes.mpd"))
    assert answer.text == text.replace("/manifest/x/", "")


def test_memory_stays_flat_over_a_thousand_at_once(rewriting_site, rewriting_signer):
    """Of ten manifests of a mebibyte each."""
    lines = b"#EXTINF:2.000,\n/manifest/segment-%d.m4s\n"
    for number in range(10):
        content = b"#EXTM3U\n" + b"".join(lines % (number * 100_000 + index) for index in range(MEBIBYTE // 40))
        (folder(rewriting_site) / f"large-{number}.m3u8").write_bytes(content)
    token = rewriting_signer.token()

    def fetch(number: int):
        answer = client.get(
            rewriting_site.address(token, f"manifest/large-{number % 10}.m3u8"), stream=True,
            headers={"Accept-Encoding": "identity"})
        assert answer.status_code == 200
        answers.append(answer)

    def round():
        threads = [threading.Thread(target=fetch, args=[number]) for number in range(1000)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(answers) == 1000
        size = rewriting_site.service.resident_kilobytes
        while answers:
            answer = answers.pop()
            assert b"/manifest/" not in answer.content and answer.content.count(b"\nsegment-") == MEBIBYTE // 40
        return size

    client, answers = session(), []
    client.adapters["http://"]._pool_maxsize = 1000
    sizes = [round() for _ in range(3)]
    # What 1,000 connections and 10 playlists take; the playlists of all answers would take a gibibyte.
    print(sizes)
    assert max(sizes) < 400_000 and sizes[2] < sizes[0] * 1.2, sizes
