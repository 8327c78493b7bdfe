"""The name under which a browser saves a download."""

import pytest

from gate.cases import DOWNLOAD
from gate.site import MANIFEST, session


@pytest.mark.parametrize("query, disposition", [
    ("", "attachment"),
    ("?filename=My-Video_1", 'attachment; filename="My-Video_1.mp4"'),
    ("?filename=My-Video_1.mp4", 'attachment; filename="My-Video_1.mp4"'),
    ("?a=b&filename=c", 'attachment; filename="c.mp4"'),
    ("?filename=setup.exe", "attachment"),
    ("?filename=a%22%0d%0aSet-Cookie:%20b", "attachment"),
    ('?filename=a"b', "attachment"),
    ("?filename=../../a", "attachment"),
    ("?filename=" + "a" * 121, "attachment"),
])
def test_it_is_what_the_url_says_if_stream_would_take_it(site, signer, query, disposition):
    answer = session().get(site.address(signer.token(downloadable=True), DOWNLOAD + query))
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"] == disposition
    assert "Set-Cookie" not in answer.headers


def test_what_plays_has_none(site, signer):
    answer = session().get(site.address(signer.token(downloadable=True), MANIFEST + "?filename=a"))
    assert answer.status_code == 200 and "Content-Disposition" not in answer.headers
