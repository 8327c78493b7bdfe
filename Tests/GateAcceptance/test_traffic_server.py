"""Tokens of RFC 9246 at Debian's Traffic Server: the stock verifier takes what `streamsign` signs."""

import pytest
import requests

from gate.proxies import TrafficServer
from gate.site import ACCOUNT, MANIFEST
from support import program
from support.account import VIDEO
from test_ffprobe import probe

ISSUER = "studio"


@pytest.fixture(scope="module")
def key(tmp_path_factory):
    file = tmp_path_factory.mktemp("cdni") / "key.json"
    program.output("key", "generate", "--out", file)
    return file


@pytest.fixture(scope="module")
def edge(key, media_server, tmp_path_factory):
    keys = program.output("key", "show", key, "--for", "ats", "--issuer", ISSUER)
    with TrafficServer(tmp_path_factory.mktemp("ats"), media_server.port, keys) as edge:
        yield edge


def sign(edge, key, *options, video: str = VIDEO, issuer: str = ISSUER) -> str:
    prefix = f"{edge.url}/{ACCOUNT}/{video}/"
    return program.output(
        "token", "--profile", "cdni", "--issuer", issuer, "--prefix", prefix, "--key", key, *options).strip()


def address(edge, token: str, path: str = MANIFEST) -> str:
    return f"{edge.url}/URISigningPackage={token}/{ACCOUNT}/{VIDEO}/{path}"


@pytest.mark.parametrize("path", [MANIFEST, "manifest/video.mpd"])
def test_players_play_with_the_token_in_the_path(edge, key, path):
    """No cookie: all that the manifests name inherits the token."""
    seen = probe(address(edge, sign(edge, key), path))
    assert seen.returncode == 0, seen.stderr


def test_it_may_be_a_query_argument(edge, key):
    url = f"{edge.url}/{ACCOUNT}/{VIDEO}/{MANIFEST}?URISigningPackage={sign(edge, key)}"
    assert requests.get(url, timeout=30).status_code == 200


def test_other_tokens_are_refused(edge, key, signer, tmp_path):
    other = tmp_path / "other.json"
    program.output("key", "generate", "--out", other)
    for token in (
        sign(edge, key, video="5d5bc37ffcf54c9b82e996823bffbb81"), sign(edge, other), sign(edge, key, issuer="another"),
        sign(edge, key, "--not-before", "2100-01-01T00:00:00Z", "--expires-at", "2100-01-02T00:00:00Z"),
        program.output("token", VIDEO, "--key", key).strip(), signer.token(), "x.y.z", "",
    ):
        answer = requests.get(address(edge, token), timeout=30)
        assert answer.status_code == 403, token
    assert requests.get(f"{edge.url}/{ACCOUNT}/{VIDEO}/{MANIFEST}", timeout=30).status_code == 403


def test_a_token_expires(edge, key):
    token = sign(edge, key, "--expires-in", "1s")
    url = address(edge, token)
    answers = {requests.get(url, timeout=30).status_code}
    while 403 not in answers:
        answers.add(requests.get(url, timeout=30).status_code)
    assert answers == {200, 403}


def test_no_way_leads_out_of_the_folder(edge, key):
    token = sign(edge, key)
    for path in ("../canary.txt", "%2e%2e/canary.txt", "manifest/../../canary.txt", ".hidden.txt", "/manifest/video.m3u8"):
        url = requests.Request("GET", edge.url).prepare()
        url.url = address(edge, token, path)
        with requests.Session() as session:
            assert session.send(url, timeout=30).status_code == 403, path


def test_the_gate_takes_none_of_them(edge, key, site, signer):
    """Not even if the key is registered there."""
    pem = program.output("key", "convert", key, "--to", "public-pem")
    site.account.import_key(pem=pem, id=program.output("key", "show", key, "--json").split('"')[3])
    answer = requests.get(site.address(sign(edge, key)), timeout=30)
    assert (answer.status_code, answer.headers["X-Stream-Signing-Denial"]) == (401, "claims_malformed")
