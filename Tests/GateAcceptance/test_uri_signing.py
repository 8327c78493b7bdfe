"""Tokens of RFC 9246 at Debian's Traffic Server: the stock verifier takes what `streamsign` signs."""

import shutil
from pathlib import Path

import pytest
import requests

from gate.server import Server, free_port
from gate.site import ACCOUNT, MANIFEST
from support import program
from support.account import VIDEO
from support.waiting import asked_in_time, wait_until_expired
from test_ffprobe import probe

ISSUER = "studio"


class Edge(Server):
    """Debian's Traffic Server with `uri_signing`, in front of a server of media. Nothing is cached, so every request is decided."""

    def __init__(self, folder: Path, media: int, keys: str):
        port = free_port()
        for name in ("etc", "run", "log", "cache", "share"):
            (folder / name).mkdir()
        places = {"sysconfdir": "etc", "runtimedir": "run", "logdir": "log", "cachedir": "cache", "datadir": "share"}
        fixed = {"bindir": "/usr/bin", "sbindir": "/usr/sbin", "libexecdir": "/usr/lib/trafficserver/modules",
                 "libdir": "/usr/lib/trafficserver", "includedir": "/usr/include", "localstatedir": str(folder),
                 "prefix": str(folder), "exec_prefix": str(folder)}
        layout = fixed | {name: str(folder / place) for name, place in places.items()}
        (folder / "runroot.yaml").write_text("".join(f"{name}: {path}\n" for name, path in layout.items()))
        shutil.copy("/etc/trafficserver/ip_allow.yaml", folder / "etc")
        (folder / "etc/storage.config").write_text(f"{folder}/cache 16M\n")
        (folder / "etc/keys.json").write_text(keys)
        (folder / "etc/records.config").write_text("".join(f"CONFIG proxy.config.{line}\n" for line in (
            f"http.server_ports STRING {port}:ip-in=127.0.0.1", "admin.user_id STRING #-1", "http.cache.http INT 0",
            "log.logging_enabled INT 0", "exec_thread.autoconfig INT 0", "exec_thread.limit INT 1",
            "crash_log_helper STRING NULL")))
        (folder / "etc/remap.config").write_text(
            f"map http://127.0.0.1:{port}/ http://127.0.0.1:{media}/ @plugin=uri_signing.so @pparam=keys.json\n")
        super().__init__(["traffic_server", f"--run-root={folder}/runroot.yaml"], folder, port)


@pytest.fixture(scope="module")
def key(tmp_path_factory):
    file = tmp_path_factory.mktemp("cdni") / "key.json"
    program.output("key", "generate", "--out", file)
    return file


@pytest.fixture(scope="module")
def edge(key, media_server, tmp_path_factory):
    keys = program.output("key", "show", key, "--for", "ats", "--issuer", ISSUER)
    with Edge(tmp_path_factory.mktemp("ats"), media_server.port, keys) as edge:
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
    status = lambda token: requests.get(address(edge, token), timeout=30).status_code
    answer, token = asked_in_time(lambda seconds: sign(edge, key, "--expires-in", f"{seconds}s"), status)
    assert answer == 200
    wait_until_expired(token)
    assert status(token) == 403


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
