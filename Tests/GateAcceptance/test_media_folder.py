"""The folder of the media is switched, and goes, while the gate runs."""

import itertools
import shutil

import pytest
import requests

from gate.signer import Signer
from gate.site import ACCOUNT, MANIFEST, Site
from support.account import VIDEO
from support.waiting import seconds_until, within


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
    names = itertools.cycle(["two", "one"])

    def seconds_until_it_is_followed() -> float:
        turn(switched.folder, name := next(names))
        seconds = seconds_until(lambda: requests.get(switched.link, timeout=30).text == name)
        assert all(requests.get(switched.link, timeout=30).text == name for _ in range(20))
        return seconds

    within(1, seconds_until_it_is_followed)
    switched.service.wait_for("notice the media folder is another one now")


def test_a_folder_that_is_gone_makes_the_gate_not_ready_until_it_is_back(switched):
    def seconds_until_each_is_noticed() -> float:
        assert ready(switched).status_code == 200
        (switched.folder / "current").unlink()
        gone = seconds_until(lambda: ready(switched).status_code == 503)
        assert "media folder" in ready(switched).text
        assert requests.get(switched.link, timeout=30).status_code == 503
        switched.service.wait_for("error the media folder is gone")
        turn(switched.folder, "two")
        back = seconds_until(lambda: ready(switched).status_code == 200)
        assert requests.get(switched.link, timeout=30).text == "two"
        return max(gone, back)

    within(2, seconds_until_each_is_noticed)


def test_a_folder_that_is_made_anew_is_another_one(switched):
    def seconds_until_each_is_noticed() -> float:
        shutil.rmtree(switched.folder / "one")
        gone = seconds_until(lambda: ready(switched).status_code == 503)
        folder = switched.folder / "one" / ACCOUNT / VIDEO / "manifest"
        folder.mkdir(parents=True)
        (folder / "video.m3u8").write_text("again")
        return max(gone, seconds_until(lambda: requests.get(switched.link, timeout=30).text == "again"))

    within(2, seconds_until_each_is_noticed)
