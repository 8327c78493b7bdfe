"""nginx-rtmp by its recipe: live input for the gate, and the questions about those who play by RTMP."""

import http.server
import subprocess
import threading
import time
import urllib.parse
from pathlib import Path

import pytest
import requests

from gate.media_servers import NginxRTMP, Source
from gate.server import DEADLINE, free_port
from gate.site import ACCOUNT, Site
from gate.signer import Signer, passing_signer
from support.account import VIDEO
from support.waiting import eventually, within

COPY = ("-c", "copy", "-f", "flv")


def play(server: NginxRTMP, token: str, seconds: float = 1) -> subprocess.Popen:
    """A player by RTMP. It ends after some seconds of the film, or when it is dropped."""
    return subprocess.Popen(
        ["ffmpeg", "-v", "error", "-i", f"{server.live}/{VIDEO}?token={token}", "-t", str(seconds), "-c", "copy", "-f", "null",
         "-"], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


class Ticket(http.server.BaseHTTPRequestHandler):
    """The gate with `server.token` in place of a short word. nginx-rtmp cuts a name with its arguments at 255 bytes, so its
    players can't bring a token; in all else the question and the answer are those of nginx and of the gate."""

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.server.asked.append(urllib.parse.parse_qs(body, keep_blank_values=True))
        answer = requests.post(
            f"http://127.0.0.1:{self.server.gate}{self.path}", data=body.replace("token=ticket", f"token={self.server.token}"),
            headers={"Content-Type": self.headers["Content-Type"]}, timeout=30)
        self.send_response(answer.status_code)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


@pytest.fixture
def tickets(site):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Ticket)
    server.gate, server.asked, server.token = site.port, [], ""
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def own_media(folder: Path) -> Path:
    """The module removes what is old from the folder that it writes into, so that is not the one of all tests."""
    (folder / "media" / ACCOUNT / VIDEO / "manifest").mkdir(parents=True)
    return folder / "media"


@pytest.fixture
def stream(site, tickets, tmp_path):
    with NginxRTMP(tmp_path, site.port, own_media(tmp_path), tickets.server_port) as server:
        with Source(f"{server.live}/{VIDEO}", *COPY) as source:
            server.source = source
            yield server


def test_a_live_input_plays_through_the_gate_and_a_deleted_key_ends_it(tmp_path):
    folders = tmp_path / "site", tmp_path / "nginx"
    for folder in folders:
        folder.mkdir()
    with (site := Site(folders[0])).service:
        signer = Signer(site.account, "signer")
        manifest = site.media / ACCOUNT / VIDEO / "manifest"
        for file in manifest.iterdir():
            file.unlink()
        with NginxRTMP(folders[1], site.port, site.media) as server, Source(server.input, *COPY):
            eventually(lambda: (manifest / "video.m3u8").exists())
            token = signer.token(iat=int(time.time()), playFor=600)
            url = f"http://127.0.0.1:{server.http}/{token}/manifest/video.m3u8"
            seen = subprocess.run(
                ["ffmpeg", "-v", "error", "-i", url, "-t", "5", "-c", "copy", "-f", "null", "-"], capture_output=True, text=True,
                timeout=60)
            assert seen.returncode == 0 and seen.stderr == "", seen.stderr
            session = requests.get(url, timeout=30)
            assert session.status_code == 200 and len(session.history) == 1
            assert site.account.delete(signer.id).status_code == 200
            for address in (url, session.url):
                answer = requests.get(address, timeout=30)
                assert (answer.status_code, answer.headers["X-Stream-Signing-Denial"]) == (401, "key_revoked")
            # Nobody gets it past the gate.
            assert subprocess.run(["ffmpeg", "-v", "quiet", "-i", server.input, "-t", "1", "-f", "null", "-"], timeout=60).returncode
        assert token.rpartition(".")[2] not in server.output


def test_the_gate_is_asked_before_and_while_somebody_plays(stream, tickets, signer):
    tickets.token = signer.token()
    with play(stream, "ticket", 5) as player:
        assert player.wait(DEADLINE) == 0 and player.stderr.read() == b""
    plays = [question for question in tickets.asked if question["call"] == ["play"]]
    assert plays[0]["name"] == [VIDEO] and plays[0]["addr"] == ["127.0.0.1"] and plays[0]["app"] == ["live"]
    assert ["update_play"] in [question["call"] for question in tickets.asked]


def test_a_refused_player_sees_nothing(stream, tickets, signer):
    for token in ("", "x.y.z", signer.token(seconds=-60), signer.token(video="5d5bc37ffcf54c9b82e996823bffbb81")):
        tickets.token = token
        with play(stream, "ticket") as player:
            assert player.wait(DEADLINE) != 0 and b"frame=" not in player.stderr.read()


@pytest.mark.parametrize("end", ["deleted", "expired"])
def test_a_running_playback_ends_with_its_key_or_its_token(stream, tickets, site, end):
    def seconds_until_it_ends() -> float:
        signer = passing_signer(site.account)
        tickets.token = signer.token()
        tickets.asked.clear()
        with play(stream, "ticket", 60) as player:
            eventually(lambda: ["update_play"] in [question["call"] for question in tickets.asked])
            assert player.poll() is None
            if end == "deleted":
                assert site.account.delete(signer.id).status_code == 200
            else:
                tickets.token = signer.token(seconds=1)
            began = time.monotonic()
            player.wait(DEADLINE)
            return time.monotonic() - began

    # An update each second, and what the player takes to notice.
    within(6, seconds_until_it_ends)


def test_who_sends_goes_on_although_updates_ask_about_them_too(stream, tickets):
    eventually(lambda: [question["call"] for question in tickets.asked].count(["update_publish"]) >= 3)
    assert stream.source.is_sending


def test_a_playback_ends_when_the_gate_does_not_answer(stream, tickets, signer):
    tickets.token = signer.token()
    with play(stream, "ticket", 60) as player:
        eventually(lambda: ["update_play"] in [question["call"] for question in tickets.asked])
        tickets.gate = free_port()
        player.wait(DEADLINE)


def test_a_token_is_cut_and_so_refused(site, signer, tmp_path):
    """Debian's module has 255 bytes for a name and its arguments. Half a token opens nothing, and is not logged."""
    token = signer.token()
    with NginxRTMP(tmp_path, site.port, own_media(tmp_path)) as server, Source(f"{server.live}/{VIDEO}", *COPY):
        with play(server, token) as player:
            assert player.wait(DEADLINE) != 0
    assert token[:40] not in server.output
