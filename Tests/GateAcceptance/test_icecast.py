"""Icecast by its recipe: it asks the gate about each listener, and ends them when their tokens do."""

import http.client
import time

import pytest

from gate.cases import ALLOW_ADDRESS, BLOCK_ANY, address
from gate.media_servers import Icecast, Source
from gate.server import free_port
from gate.signer import Signer, passing_signer
from support.account import VIDEO
from support.tokens import claims
from support.waiting import asked_in_time, eventually, within

OGG = ("-vn", "-c:a", "libvorbis", "-f", "ogg", "-content_type", "application/ogg")
OTHER = "5d5bc37ffcf54c9b82e996823bffbb81"


def listen(icecast: Icecast, token: str, mount: str = f"{VIDEO}.ogg", source: str = "127.0.0.1") -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection("127.0.0.1", icecast.port, timeout=30, source_address=(source, 0))
    connection.request("GET", f"/{mount}?token={token}")
    return connection.getresponse()


def listening(icecast: Icecast, signer: Signer) -> tuple[http.client.HTTPResponse, str]:
    """To a stream, with a token that ends in some seconds."""
    response, token = asked_in_time(lambda seconds: signer.token(seconds=seconds), lambda token: listen(icecast, token), 4)
    assert response.status == 200
    return response, token


def seconds_after_its_end(response: http.client.HTTPResponse, token: str) -> float:
    """How long somebody who listens goes on to do so when the token has ended."""
    end = claims(token)["exp"]
    while response.read(4096):
        assert time.time() < end + 30, "it goes on"
    # The gate tells it whole seconds.
    assert (late := time.time() - end) >= -1
    return late


@pytest.fixture(scope="module")
def icecast(site, signer, tmp_path_factory):
    with Icecast(tmp_path_factory.mktemp("icecast"), site.port) as icecast:
        url = f"icecast://source:{icecast.PASSWORD}@127.0.0.1:{icecast.port}"
        with Source(f"{url}/{VIDEO}.ogg", *OGG), Source(f"{url}/{OTHER}.ogg", *OGG):
            for mount in (VIDEO, OTHER):
                # With a good token alone it tells that the source has not begun: by 404.
                eventually(lambda: listen(icecast, signer.token(video=mount), f"{mount}.ogg").status == 200)
            yield icecast


def test_a_good_token_listens(icecast, signer):
    response = listen(icecast, signer.token())
    assert response.status == 200 and response.read(4) == b"OggS"
    assert "no-store" in response.headers["Cache-Control"]


def test_the_address_is_the_listeners(icecast, signer):
    token = signer.token(accessRules=ALLOW_ADDRESS)
    assert listen(icecast, token, source="127.0.0.2").status == 200
    assert listen(icecast, token, source="127.0.0.3").status != 200


@pytest.mark.parametrize("token", [
    lambda signer: "", lambda signer: "x.y.z", lambda signer: signer.token(seconds=-60),
    lambda signer: signer.token(accessRules=[address("allow", "192.0.2.0/24"), BLOCK_ANY]),
    lambda signer: signer.token(video=OTHER), lambda signer: signer.token() + "&token=" + signer.token(pad="x"),
], ids=["none", "nonsense", "expired", "another address", "another video", "two"])
def test_any_other_is_refused(icecast, signer, token):
    response = listen(icecast, token(signer))
    assert response.status in (401, 403) and b"OggS" not in response.read()


def test_nobody_listens_longer_than_the_token_lasts(icecast, signer):
    within(4, lambda: seconds_after_its_end(*listening(icecast, signer)))


def test_a_deleted_key_lets_nobody_else_in(icecast, site):
    """Whoever listens goes on to the end of the token: Icecast does not ask again."""
    def seconds() -> float:
        signer = passing_signer(site.account)
        response, token = listening(icecast, signer)
        assert site.account.delete(signer.id).status_code == 200
        assert listen(icecast, token).status in (401, 403)
        return seconds_after_its_end(response, token)

    within(4, seconds)


def test_the_longest_urls_that_it_reads(icecast, signer):
    """Beyond that it closes the connection: 4 KiB for the whole head."""
    token = next(token for size in range(2_400, 2_500) if len(token := signer.token(pad="x" * size)) > 3_700)
    assert listen(icecast, token).status == 200


def test_nobody_listens_without_the_gate_and_no_token_is_logged(signer, tmp_path):
    tokens = signer.token(), signer.token(seconds=-60)
    with Icecast(tmp_path, free_port()) as icecast:
        with Source(f"icecast://source:{icecast.PASSWORD}@127.0.0.1:{icecast.port}/{VIDEO}.ogg", *OGG):
            eventually(lambda: listen(icecast, "").status != 404)
            for token in tokens:
                assert listen(icecast, token).status in (401, 403)
    for token in tokens:
        assert token.rpartition(".")[2] not in icecast.output and token[:40] not in icecast.output


def test_refused_tokens_are_not_logged(icecast, signer):
    token = signer.token(seconds=-60)
    assert listen(icecast, token).status in (401, 403)
    assert token.rpartition(".")[2] not in icecast.output
