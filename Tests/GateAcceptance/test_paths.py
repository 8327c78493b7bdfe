"""No path leads out of a video's folder: not from the gate, and not from a proxy that asks it."""

import socket

import pytest

from gate.proxies import PROXIES
from gate.signer import Signer
from gate.site import ACCOUNT, CANARY, MANIFEST, OTHER_ACCOUNT, OTHER_VIDEO, session
from support.account import VIDEO

UP = [
    "..", ".", "...", "%2e%2e", "%2E%2e", ".%2e", "%2e.", "%252e%252e", "%u002e%u002e", "..%00", "..;", "..%20", "%20..",
    "%c0%ae%c0%ae", "%e0%80%ae%e0%80%ae", "．．", "%ef%bc%8e%ef%bc%8e",
]
SLASHES = ["/", "//", "%2f", "%2F", "%252f", "\\", "%5c", "%c0%af", "%e0%80%af", "/%00/", "/./", "%ef%bc%8f"]
TARGETS = ["canary.txt", f"{OTHER_VIDEO}/canary.txt", f"{OTHER_VIDEO}/manifest/canary.txt", f"{OTHER_VIDEO}/{MANIFEST}"]

CLIMBING = [
    prefix + (up + slash) * count + target
    for up in UP for slash in SLASHES for count in (1, 2, 3) for prefix in ("", "manifest/")
    for target in TARGETS[: 4 if count == 1 else 1]
]
OTHER = [
    ".hidden.txt", "%2ehidden.txt", "link.txt", "near.txt", "up/canary.txt", f"up/{OTHER_VIDEO}/canary.txt", "", "/", "//",
    "manifest/", "manifest//", "manifest", "up", "up/", "%00", "canary.txt%00", "manifest/video.m3u8%00.txt", "manifest%2f",
    "/etc/passwd", "//etc/passwd", "%2fetc%2fpasswd", "file:///etc/passwd", "C:%5ccanary.txt", "manifest/video.m3u8/",
    "manifest/video.m3u8/../../../canary.txt", "manifest\\video.m3u8", "manifest/video.m3u8::$DATA", "~/canary.txt", "*",
    "manifest/*", "%", "%2", "%zz", "manifest/%ff%fe", "a/" * 2000, "a" * 5000, "manifest/video.m3u8%0d%0aX: y", "?", "#",
    f"{ACCOUNT}/{VIDEO}/{MANIFEST}", f"../../{ACCOUNT}/canary.txt",
]
PATHS = [*CLIMBING, *OTHER]
LINKS = "link.txt", "near.txt", "up/"


def get(port: int, target: bytes) -> tuple[int, bytes]:
    """Sends the target as it stands."""
    with socket.create_connection(("127.0.0.1", port), 30) as connection:
        connection.sendall(b"GET " + target + b" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        answer = b""
        while chunk := connection.recv(65536):
            answer += chunk
    return int(answer.split(b" ", 2)[1]), answer


@pytest.mark.parametrize("server", ["gate", *PROXIES])
def test_only_files_of_the_video_are_served(request, site, signer, server):
    port = site.port if server == "gate" else request.getfixturevalue(server).port
    token = signer.token(downloadable=True)
    served = []
    for path in PATHS:
        if "caddy" in server and path.startswith(LINKS):
            continue  # it follows links, as its README says
        status, answer = get(port, f"/{token}/{path}".encode())
        assert CANARY.encode() not in answer and b"root:" not in answer, path
        if status < 300:
            served.append(path)
        else:
            assert 300 < status < 500, (path, status)
    assert served == [], "nothing of this names a file of the video"
    status, answer = get(port, f"/{token}/{MANIFEST}".encode())
    assert status == 200 and b"#EXTM3U" in answer, "what is served otherwise"


@pytest.mark.parametrize("server", ["gate", *PROXIES])
def test_a_token_opens_no_other_account(request, site, server):
    """A key of one account may sign for any video, of its own account."""
    url = site.url if server == "gate" else request.getfixturevalue(server).url
    foreign = Signer(site.other_account, f"foreign-{server}")
    answer = session().get(f"{url}/{foreign.token()}/{MANIFEST}")
    assert answer.status_code == 404, f"{OTHER_ACCOUNT} has no media"


@pytest.mark.parametrize("target", [
    "/", "//", "/../", "/%2e%2e/canary.txt", f"/{ACCOUNT}/canary.txt", "/canary.txt", "/-/canary.txt", "/-/../canary.txt",
    "/-/%2e%2e/canary.txt", "/-/", "/authorize/../canary.txt", f"/{VIDEO}/{MANIFEST}", "*", "canary.txt",
    f"http://localhost/{ACCOUNT}/{VIDEO}/{MANIFEST}",
])
def test_nothing_is_served_without_a_token(site, target):
    status, answer = get(site.port, target.encode())
    assert 400 <= status < 500 and CANARY.encode() not in answer and b"#EXTM3U" not in answer


@pytest.mark.parametrize("server", ["gate", *PROXIES])
@pytest.mark.parametrize("target", ["/authorize/watch", "/authorize/iframe", "/authorize/../-/page.css"])
def test_a_viewer_cannot_put_the_proxys_question(request, site, signer, server, target):
    """Behind a proxy, whatever reaches the gate comes from a trusted address."""
    port = site.port if server == "gate" else request.getfixturevalue(server).port
    with socket.create_connection(("127.0.0.1", port), 30) as connection:
        connection.sendall(
            f"GET {target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
            f"X-Original-URI: /{signer.token()}/{MANIFEST}\r\n\r\n".encode())
        answer = b""
        while chunk := connection.recv(65536):
            answer += chunk
    assert not answer.startswith(b"HTTP/1.1 200") and b"x-stream-signing-account" not in answer.lower()
