"""The folder of the media is switched, and goes, while the gate runs."""

import shutil
import time

import pytest
import requests

from gate.signer import Signer
from gate.site import ACCOUNT, MANIFEST, Site
from support.account import VIDEO
from support.waiting import eventually


@pytest.fixture
def switched(tmp_path):
    """A gate whose media are behind a link, to the first of two releases."""
    for name in ("one", "two"):
        folder = tmp_path / name / ACCOUNT / VIDEO / "manifest"
        folder.mkdir(parents=True)
        (folder / "video.m3u8").write_text(name)
    turn(tmp_path, "one")
    site = Site(tmp_path / "site", "--media", tmp_path / "current", serves_media=False)
    with site.service:
        site.folder = tmp_path
        site.link = site.address(Signer(site.account, "signer").token(), MANIFEST)
        yield site


def turn(folder, name: str):
    (folder / "new").symlink_to(name)
    (folder / "new").rename(folder / "current")


def ready(site: Site) -> requests.Response:
    return requests.get(f"{site.service.url}/readyz", timeout=30)


def test_a_link_that_is_turned_is_followed_within_a_second(switched):
    assert requests.get(switched.link, timeout=30).text == "one"
    taken = []
    # A machine that is busy with something else spoils one of them, and a mistake all.
    for name in ["two", "one"] * 3:
        turn(switched.folder, name)
        turned = time.monotonic()
        eventually(lambda: requests.get(switched.link, timeout=30).text == name)
        taken.append(time.monotonic() - turned)
        assert all(requests.get(switched.link, timeout=30).text == name for _ in range(20))
    assert min(taken) < 1
    switched.service.wait_for("notice the media folder is another one now")


def test_a_folder_that_is_gone_makes_the_gate_not_ready_until_it_is_back(switched):
    assert ready(switched).status_code == 200
    (switched.folder / "current").unlink()
    eventually(lambda: ready(switched).status_code == 503)
    assert "media folder" in ready(switched).text
    assert requests.get(switched.link, timeout=30).status_code == 503
    switched.service.wait_for("error the media folder is gone")
    turn(switched.folder, "two")
    eventually(lambda: ready(switched).status_code == 200)
    assert requests.get(switched.link, timeout=30).text == "two"


def test_a_folder_that_is_made_anew_is_another_one(switched):
    shutil.rmtree(switched.folder / "one")
    eventually(lambda: ready(switched).status_code == 503)
    folder = switched.folder / "one" / ACCOUNT / VIDEO / "manifest"
    folder.mkdir(parents=True)
    (folder / "video.m3u8").write_text("again")
    eventually(lambda: requests.get(switched.link, timeout=30).text == "again")
