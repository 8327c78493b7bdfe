"""Media that are written while viewers fetch them: nothing is cut, and what is there is served."""

import os
import threading
import time

import pytest

from gate.site import ACCOUNT, session
from gate.writers import Writer, dash, is_whole, playlist, rename_over, write_in_place
from support.account import VIDEO

READERS = 8
SECONDS = 3


def read_all(read):
    """`read` by many at once, for a while.
    :return: what they returned."""
    results, failures = [], []
    end = time.monotonic() + SECONDS

    def run():
        client = session()
        try:
            while time.monotonic() < end:
                results.append(read(client))
        except Exception as failure:
            failures.append(failure)

    threads = [threading.Thread(target=run) for _ in range(READERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    return results


@pytest.fixture
def folder(site):
    return site.media / ACCOUNT / VIDEO / "manifest"


@pytest.mark.parametrize("kind, name", [(playlist, "live.m3u8"), (dash, "live.mpd")])
@pytest.mark.parametrize("way", ["in place", "in place, slowly", "renamed over"])
def test_a_manifest_is_whole(site, signer, folder, way, kind, name):
    path = folder / name
    path.write_bytes(kind(0))

    def write(number: int):
        if way == "renamed over":
            rename_over(path, kind(number))
        else:
            write_in_place(path, kind(number), 0.005 if way == "in place, slowly" else 0)

    url = site.address(signer.token(), f"manifest/{name}")
    with Writer(write, 0.1):
        answers = read_all(lambda client: client.get(url))
    bad = [answer for answer in answers if answer.status_code != 200 or not is_whole(answer.content, kind)]
    assert bad == [], (len(answers), [(answer.status_code, len(answer.content)) for answer in bad[:5]])
    tags = {}
    for answer in answers:
        assert tags.setdefault(answer.headers["ETag"], answer.content) == answer.content
    assert len(tags) > 3, "it was written"
    assert session().get(url).content == path.read_bytes(), "the last one is there at once"


@pytest.mark.parametrize("name", ["growing.ts", "growing.m4s.part"])
def test_a_file_that_grows_has_the_ranges_that_it_has(site, signer, folder, name):
    path = folder / name
    block = os.urandom(5000)
    path.write_bytes(block)
    written = [len(block)]

    def write(_):
        with open(path, "ab", buffering=0) as file:
            file.write(block)
        written[0] += len(block)

    url = site.address(signer.token(), f"manifest/{name}")

    def read(client):
        size = written[0]
        answer = client.get(url, headers={"Range": f"bytes={size - 1000}-{size - 1}"})
        good = answer.status_code == 206 and answer.content == block[-1000:]
        assert good and int(answer.headers["Content-Range"].rpartition("/")[2]) >= size, (answer.status_code, size)
        whole = client.get(url)
        assert whole.status_code == 200 and size <= len(whole.content) == int(whole.headers["Content-Length"])
        return whole.content

    with Writer(write, 0.01):
        contents = read_all(read)
    longest = max(contents, key=len)
    assert all(longest.startswith(content) for content in contents)


def test_a_file_that_is_cut_or_removed_is_not_what_it_was(site, signer, folder):
    url = site.address(signer.token(), "manifest/gone.ts")
    path = folder / "gone.ts"
    client = session()
    for number in range(20):
        path.write_bytes(b"a" * 100_000)
        assert len(client.get(url).content) == 100_000
        os.truncate(path, 10 + number)
        assert client.get(url).content == b"a" * (10 + number)
        assert client.get(url, headers={"Range": "bytes=1000-"}).status_code == 416
        path.unlink()
        assert client.get(url).status_code == 404


def test_other_bytes_have_another_entity_tag_although_size_and_time_agree(site, signer, folder):
    client = session()
    for name, end in (("same.m3u8", b"\n"), ("same.m4s", b"")):
        path = folder / name
        tags = set()
        for letter in b"abcabc":
            path.write_bytes(bytes([letter]) * 1000 + end)
            os.utime(path, (1_700_000_000, 1_700_000_000))
            tags.add(client.get(site.address(signer.token(), f"manifest/{name}")).headers["ETag"])
        assert len(tags) == 3
