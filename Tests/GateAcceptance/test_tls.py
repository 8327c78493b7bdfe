"""The gate behind TLS, where bytes go through memory and not by the kernel, piece by piece."""

from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

from gate.signer import Signer
from gate.site import MANIFEST, Site, session
from support.certificates import self_signed
from support.raw import Connection, request

SIZE = 3 * (128 << 10) + 4711
"""More than the pieces that a file is sent in, and no multiple of them."""

RANGES = [
    (0, SIZE - 1), (0, 0), (1, 4711), ((128 << 10) - 1, 128 << 10), (100, (256 << 10) + 100), (SIZE - 1, SIZE - 1),
    (128 << 10, (256 << 10) - 1),
]


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    return self_signed(tmp_path_factory.mktemp("tls"))


@pytest.fixture(scope="module")
def secure(tmp_path_factory, certificate):
    site = Site(tmp_path_factory.mktemp("secure"), certificate=certificate)
    with site.service:
        site.content = site.add_file("manifest/large.m4s", SIZE)
        site.signer = Signer(site.account, "signer")
        site.viewer = session()
        site.viewer.verify = str(certificate)
        yield site


def test_a_file_arrives_whole(secure):
    token = secure.signer.token()
    for _ in range(3):
        answer = secure.viewer.get(secure.address(token, "manifest/large.m4s"))
        assert answer.status_code == 200 and answer.content == secure.content
    assert "#EXTM3U" in secure.viewer.get(secure.address(token)).text


def test_a_file_arrives_whole_for_everybody_at_once(secure):
    url = secure.address(secure.signer.token(), "manifest/large.m4s")

    def fetch(_):
        with session() as viewer:
            viewer.verify = secure.viewer.verify
            return all(viewer.get(url).content == secure.content for _ in range(8))

    with ThreadPoolExecutor(8) as viewers:
        assert all(viewers.map(fetch, range(8)))


@pytest.mark.parametrize("first, last", RANGES)
def test_a_part_arrives(secure, first, last):
    answer = secure.viewer.get(
        secure.address(secure.signer.token(), "manifest/large.m4s"), headers={"Range": f"bytes={first}-{last}"})
    assert answer.status_code == 206 and answer.content == secure.content[first:last + 1]
    assert answer.headers["Content-Range"] == f"bytes {first}-{last}/{SIZE}"


def test_what_is_refused_is_refused_here_too(secure):
    url = secure.address(secure.signer.token(), "manifest/large.m4s")
    assert secure.viewer.get(url, headers={"Range": f"bytes={SIZE}-"}).status_code == 416
    answer = secure.viewer.get(secure.address(secure.signer.token(seconds=-60)))
    assert (answer.status_code, answer.headers["X-Stream-Signing-Denial"]) == (401, "expired")


def test_without_tls_or_trust_nothing_is_answered(secure):
    with Connection(secure) as plain:
        plain.send(request("GET", f"/{secure.signer.token()}/{MANIFEST}"))
        plain.end_sending()
        assert plain.is_closed() and b"HTTP/" not in plain.buffer
    with pytest.raises(requests.exceptions.SSLError):
        session().get(secure.address(secure.signer.token()))
