"""MediaMTX, OvenMediaEngine and SRS: their questions as they write them, and the answers as they read them."""

import base64
import hmac
import json
import time
from dataclasses import dataclass
from typing import Callable

import pytest

from gate.cases import ALLOW_ADDRESS
from gate.recorded import Answer, exchange
from gate.site import ACCOUNT, OTHER_VIDEO
from support.account import VIDEO

SECRET = b"any text"


@dataclass(frozen=True)
class RecordedServer:
    """`head` and `body` have TOKEN, VIDEO and ADDRESS in place of what differs."""

    name: str
    head: str
    body: str
    publishing: tuple[str, str]
    """What is written otherwise when somebody publishes."""
    allows: Callable[[Answer], bool]

    def __str__(self):
        return self.name

    def ask(self, port: int, token: str, video: str = VIDEO, address: str = "127.0.0.2", publishes: bool = False) -> Answer:
        body = self.body.replace(*self.publishing) if publishes else self.body
        for word, value in (("TOKEN", token), ("VIDEO", video), ("ADDRESS", address)):
            body = body.replace(word, value)
        signature = base64.urlsafe_b64encode(hmac.digest(SECRET, body.encode(), "sha1")).rstrip(b"=").decode()
        head = "".join(f"{line.strip()}\r\n" for line in self.head.strip().splitlines())
        head = head.replace("LENGTH", str(len(body.encode()))).replace("SIGNATURE", signature)
        head = head.replace("ACCOUNT", ACCOUNT)
        return exchange(port, f"{head}\r\n{body}".encode(), "POST")


# internal/auth/manager.go, with Go's own client.
MEDIAMTX = RecordedServer("mediamtx", """
    POST /admission/mediamtx/ACCOUNT HTTP/1.1
    Host: 127.0.0.1:8788
    User-Agent: Go-http-client/1.1
    Content-Length: LENGTH
    Content-Type: application/json
    Accept-Encoding: gzip
    """,
    '{"ip":"ADDRESS","user":"","password":"","token":"","action":"read","path":"VIDEO","protocol":"hls","id":null,'
    '"query":"token=TOKEN"}',
    ('"read"', '"publish"'), lambda answer: 200 <= answer.status_code < 300)

# docs/access-control/admission-webhooks.md, and its example for LL-HLS.
OVENMEDIAENGINE = RecordedServer("ovenmediaengine", """
    POST /admission/ovenmediaengine/ACCOUNT HTTP/1.1
    Host: 127.0.0.1:8788
    Content-Length: LENGTH
    Content-Type: application/json
    Accept: application/json
    X-OME-Signature: SIGNATURE
    """,
    """{
  "client":
  {
    "address": "ADDRESS",
    "port": 29291,
    "real_ip": "ADDRESS",
    "user_agent": "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"
  },
  "request":
  {
    "direction": "outgoing",
    "protocol": "llhls",
    "status": "opening",
    "url": "https://ome.example:3334/app/VIDEO/llhls.m3u8?token=TOKEN",
    "time": "2026-05-12T13:45:00.000Z"
  }
}""",
    ('"outgoing"', '"incoming"'),
    lambda answer: answer.status_code == 200 and json.loads(answer.content)["allowed"] is True)

# trunk/src/app/srs_app_http_hooks.cpp, with its own client.
SRS = RecordedServer("srs", """
    POST /admission/srs/ACCOUNT HTTP/1.1
    Connection: Keep-Alive
    Content-Length: LENGTH
    Content-Type: application/json
    Host: 127.0.0.1
    User-Agent: SRS/5.0.213(Bee)
    """,
    '{"server_id":"vid-0xk989d","service_id":"382a6u29","action":"on_play","client_id":"341w361a","ip":"ADDRESS",'
    '"vhost":"__defaultVhost__","app":"live","stream":"VIDEO","param":"?token=TOKEN","pageUrl":"",'
    '"stream_url":"/live/VIDEO","stream_id":"vid-124q9y3","tcUrl":"rtmp://127.0.0.1/live"}',
    ('"on_play"', '"on_publish"'), lambda answer: answer.status_code == 200 and answer.content.strip() == b"0")

ALL = pytest.mark.parametrize("server", [MEDIAMTX, OVENMEDIAENGINE, SRS], ids=str)


@ALL
def test_a_good_token_plays(site, signer, server):
    assert server.allows(server.ask(site.port, signer.token(seconds=3600)))
    assert server.allows(server.ask(site.port, signer.token(accessRules=ALLOW_ADDRESS)))


@ALL
def test_any_other_is_refused(site, signer, server):
    for token in ("", "x.y.z", signer.token(seconds=-60), signer.token(video=OTHER_VIDEO), signer.token(nbf=int(time.time()) + 600)):
        assert not server.allows(server.ask(site.port, token))
    assert not server.allows(server.ask(site.port, signer.token(accessRules=ALLOW_ADDRESS), address="127.0.0.3"))
    assert not server.allows(server.ask(site.port, signer.token(), video=OTHER_VIDEO))


@ALL
def test_nobody_publishes(site, signer, server):
    assert not server.allows(server.ask(site.port, signer.token(), publishes=True))


@ALL
def test_a_deleted_key_lets_nobody_in(site, passing_signer, server):
    token = passing_signer.token()
    assert server.allows(server.ask(site.port, token))
    assert site.account.delete(passing_signer.id).status_code == 200
    answer = server.ask(site.port, token)
    assert not server.allows(answer) and "key_revoked" in answer.text


def test_the_end_in_ovenmediaengines_terms(site, signer):
    """In milliseconds, and the reason, which it logs."""
    allowed = json.loads(OVENMEDIAENGINE.ask(site.port, signer.token(seconds=100)).content)
    assert 95_000 < allowed["lifetime"] <= 100_000
    token = signer.token(seconds=-60)
    refused = json.loads(OVENMEDIAENGINE.ask(site.port, token).content)
    assert refused["reason"].startswith("expired: ") and token[:40] not in refused["reason"]
    closing = OVENMEDIAENGINE.body.replace('"opening"', '"closing"')
    assert json.loads(RecordedServer(
        "closing", OVENMEDIAENGINE.head, closing, ("", ""), bool).ask(site.port, "x").content) == {}
