"""How many connections the gate takes, how long it waits on them, and how it ends them."""

import os
import re
import socket
import time
from pathlib import Path

import pytest

from gate.signer import Signer
from gate.site import ACCOUNT, MANIFEST, Site
from support.account import VIDEO
from support.raw import Connection, request
from support.waiting import eventually

HEALTH = request("GET", "/healthz")


def is_served(connection: Connection) -> bool:
    return status(connection, HEALTH) == 200


def media_request(token: str, path: str = MANIFEST) -> bytes:
    return request("GET", f"/{token}/{path}")


def status(connection: Connection, question: bytes) -> int | None:
    """None if the connection was closed instead."""
    connection.send(question)
    answer = connection.answer()
    return answer and answer[0]


def metric(gate: Site, name: str, **labels) -> int:
    labels = ",".join(f'{name}="{value}"' for name, value in ({"listener": "gate"} | labels).items())
    return int(re.search(rf"^streamsign_connections_{name}{{{re.escape(labels)}}} (\d+)$", gate.service.metrics, re.M).group(1))


@pytest.fixture
def small(tmp_path):
    """A gate with few places. Connections from 127.0.0.1 are a trusted proxy's: those of viewers come from elsewhere."""
    site = Site(tmp_path, "--connections", "6", "--connections-per-address", "3")
    with site.service:
        site.token = Signer(site.account, "signer").token()
        site.large = site.add_file("manifest/large.m4s", 32 << 20)
        yield site


def busy(gate: Site, source: str) -> socket.socket:
    """A viewer who takes a while."""
    viewer = reader(gate, source)
    viewer.sendall(media_request(gate.token, "manifest/large.m4s"))
    assert viewer.recv(1) == b"H"
    return viewer


def test_one_address_takes_its_own_places_and_nobody_elses(small):
    flood = [Connection(small, source="127.0.0.5") for _ in range(50)]
    with Connection(small, source="127.0.0.6") as viewer:
        assert status(viewer, media_request(small.token)) == 200
    assert all(connection.is_closed() for connection in flood[:47]), "those who came last have places"
    assert status(flood[-1], media_request(small.token)) == 200, "which are good ones"
    assert metric(small, "evicted_total", state="silent") == 47
    assert metric(small, "refused_total") == 0
    for connection in flood:
        connection.socket.close()


def test_a_proxy_takes_as_many_as_there_are(small):
    crowd = [Connection(small) for _ in range(6)]
    assert [status(connection, HEALTH) for connection in crowd] == [200] * 6
    assert metric(small, "open") == 6 and metric(small, "evicted_total", state="silent") == 0
    for connection in crowd:
        connection.socket.close()


def test_who_has_asked_stays_longer_than_who_has_not_and_who_is_served_stays(small):
    served = busy(small, "127.0.0.5")
    idle = [Connection(small, source=f"127.0.0.{number}") for number in (6, 7)]
    assert [status(connection, HEALTH) for connection in idle] == [200] * 2
    silent = [Connection(small, source=f"127.0.0.{number}") for number in (8, 9, 10)]
    newcomers = []
    for gone in [*silent, *idle]:
        newcomers.append(busy(small, f"127.0.0.{11 + len(newcomers)}"))
        assert gone.is_closed()
    assert metric(small, "evicted_total", state="silent") == 3 and metric(small, "evicted_total", state="idle") == 2
    received = len(served.recv(1 << 16))
    while chunk := served.recv(1 << 20):
        received += len(chunk)
        if received > len(small.large):
            break
    assert received > len(small.large), "what was under way arrives"
    for viewer in (served, *newcomers):
        viewer.close()


def test_when_all_are_served_a_probe_is_answered_and_others_are_told_to_come_again(small):
    viewers = [busy(small, f"127.0.0.{number}") for number in range(5, 11)]
    for _ in range(40):
        with Connection(small, source="127.0.0.20") as probe:
            probe.send(HEALTH)
            code, headers, body = probe.answer()
            assert (code, body) == (200, b"ok\n") and headers["connection"] == "close"
    with Connection(small, source="127.0.0.21") as viewer:
        viewer.send(media_request(small.token))
        code, headers, _ = viewer.answer()
        assert (code, headers["retry-after"], headers["connection"]) == (503, "1", "close")
    assert metric(small, "refused_total") == 1
    viewers.pop().close()
    # When the gate notices, nobody outside can tell but by asking.
    assert any(status(Connection(small, source="127.0.0.22"), media_request(small.token)) == 200 for _ in range(1000))
    for viewer in viewers:
        viewer.close()


def test_the_log_warns_once_of_a_flood(small):
    for _ in range(3):
        flood = [Connection(small, source="127.0.0.5") for _ in range(30)]
        # A gate that is late would find connections closed already, and make room for none.
        assert all(connection.is_closed() for connection in flood[:27])
        for connection in flood[27:]:
            connection.socket.close()
    line = small.service.wait_for(r"warning connections were refused or closed to make room .*").group(0)
    assert "listener=gate" in line and "busiest_address=" in line
    assert small.service.output.count("connections were refused or closed") == 1


@pytest.fixture(scope="module")
def impatient(tmp_path_factory):
    site = Site(tmp_path_factory.mktemp("impatient"), "--idle-timeout", "1s")
    with site.service:
        yield site


def test_a_connection_on_which_nothing_happens_is_closed(impatient):
    with Connection(impatient) as silent, Connection(impatient) as used:
        asked = time.monotonic()
        assert is_served(used)
        assert used.is_closed() and time.monotonic() - asked >= 1
        assert silent.is_closed() and silent.buffer == b""


def test_a_head_that_drips_in_is_closed(impatient):
    """Single bytes are not something that happens."""
    with Connection(impatient, timeout=0.1) as dripping:
        for byte in b"GET /healthz HTTP/1.1\r\nX-Padding: " + b"a" * 600:
            dripping.send(bytes([byte]))
            try:
                if not dripping.socket.recv(1):
                    return
            except TimeoutError:
                pass
            except ConnectionResetError:
                return
        pytest.fail("a minute of dripping")


def test_a_connection_in_use_lives_longer(impatient):
    end = time.monotonic() + 3
    with Connection(impatient) as used:
        while time.monotonic() < end:
            assert is_served(used)


def test_a_reader_who_stops_is_left(impatient):
    impatient.add_file("manifest/large.m4s", 32 << 20)
    token = Signer(impatient.account, "signer").token()
    with reader(impatient) as stopped:
        stopped.sendall(request("GET", f"/{token}/manifest/large.m4s"))
        assert stopped.recv(1) == b"H"
        eventually(lambda: not is_open(impatient.port, stopped))


def test_a_reader_who_goes_on_is_not_left(impatient):
    """However long it takes, and though the next piece waits as soon as one is taken."""
    content = impatient.add_file("manifest/steady.m4s", 12 << 20)
    token = Signer(impatient.account, "steady").token()
    with reader(impatient) as steady:
        steady.sendall(request("GET", f"/{token}/manifest/steady.m4s", "Connection: close"))
        chunks = []
        while chunk := steady.recv(96 << 10):
            chunks.append(chunk)
            time.sleep(0.03)
        assert b"".join(chunks).partition(b"\r\n\r\n")[2] == content


@pytest.mark.parametrize("behind", [HEALTH, b"\r\n", b"garbage"])
def test_a_last_answer_arrives_whatever_follows_its_request(site, signer, behind):
    """What nobody reads makes the kernel reset the connection, and take back what has not arrived."""
    content = site.add_file("manifest/last.m4s", 5 << 20)
    with reader(site) as client:
        client.sendall(request("GET", f"/{signer.token()}/manifest/last.m4s", "Connection: close"))
        chunks = [client.recv(1)]
        client.sendall(behind)
        while chunk := client.recv(1 << 16):
            chunks.append(chunk)
        assert b"".join(chunks).partition(b"\r\n\r\n")[2] == content


def reader(gate, source: str = "127.0.0.1") -> socket.socket:
    """A connection of which this end's kernel keeps little, so that a large answer waits for who reads it."""
    connection = socket.socket()
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 64 << 10)
    connection.settimeout(60)
    connection.bind((source, 0))
    connection.connect(("127.0.0.1", gate.port))
    return connection


def is_open(port: int, peer: socket.socket) -> bool:
    """Whether the gate's end of a connection is, as the kernel lists it: what was sent before could be read for long."""
    local, remote = (f"0100007F:{number:04X}" for number in (port, peer.getsockname()[1]))
    with open("/proc/net/tcp") as table:
        return any(line.split()[1:4] == [local, remote, "01"] for line in table)


def test_a_download_under_way_is_finished_before_the_end(tmp_path):
    site = Site(tmp_path)
    content = site.add_file("manifest/large.m4s", 8 << 20)
    token = Signer(site.account, "signer").token()
    with Connection(site) as idle, reader(site) as viewer:
        assert is_served(idle)
        viewer.sendall(request("GET", f"/{token}/manifest/large.m4s"))
        chunks = [viewer.recv(1000)]
        site.service.terminate()
        told = time.monotonic()
        assert idle.is_closed(), "nobody waits for who asks nothing"
        with pytest.raises(ConnectionError):
            while True:
                Connection(site).socket.close()
        while chunk := viewer.recv(1 << 16):
            chunks.append(chunk)
        assert b"".join(chunks).partition(b"\r\n\r\n")[2] == content
        assert time.monotonic() - told < 9, "the gate has ten seconds of patience, and needs them for slow viewers alone"
    site.service.finish()


def test_a_file_that_is_cut_while_it_is_sent_ends_the_answer(site, signer):
    """What was announced cannot be kept: the viewer is told so by the end of the connection, at once."""
    site.add_file("manifest/cut.m4s", 32 << 20)
    with reader(site) as viewer:
        viewer.sendall(request("GET", f"/{signer.token()}/manifest/cut.m4s"))
        assert viewer.recv(1) == b"H"
        os.truncate(site.media / ACCOUNT / VIDEO / "manifest/cut.m4s", 1000)
        received = 1
        try:
            viewer.settimeout(10)
            while chunk := viewer.recv(1 << 20):
                received += len(chunk)
        except ConnectionResetError:
            pass
        assert received < 32 << 20


@pytest.mark.parametrize("path", ["manifest/half.m4s", "watch"])
def test_who_has_said_all_still_hears_the_answer(site, signer, path):
    """A client may end its half of the connection behind its request."""
    token = signer.token()
    for _ in range(10):
        (site.media / ACCOUNT / VIDEO / "manifest/half.m4s").unlink(missing_ok=True)
        site.add_file("manifest/half.m4s", 1000)
        with Connection(site) as client:
            client.send(request("GET", f"/{token}/{path}"))
            client.end_sending()
            answer = client.answer()
            assert answer is not None and answer[0] == 200


def queued(connection: socket.socket) -> int:
    """Bytes that the system keeps of what the gate has written to a connection and the client has not taken."""
    ends = [f":{connection.getpeername()[1]:04X}", f":{connection.getsockname()[1]:04X}"]
    for line in Path("/proc/net/tcp").read_text().splitlines():
        fields = line.split()
        if [field[-5:] for field in fields[1:3]] == ends:
            return int(fields[4].split(":")[0], 16)
    raise AssertionError("the gate has closed the connection")


def test_little_of_an_answer_waits_in_the_system(small):
    """A client that was fast gets more of the system's memory, and keeps it when it takes no more."""
    with reader(small, "127.0.0.5") as viewer:
        viewer.sendall(media_request(small.token, "manifest/large.m4s"))
        taken = 0
        while taken < 16 << 20:
            taken += len(viewer.recv(1 << 20))
        seen = [queued(viewer)]
        # The gate goes on until the system takes no more, and begins when it has the machine.
        while len(seen) < 10 or len(set(seen[-10:])) > 1 or not seen[-1]:
            seen.append(queued(viewer))
        assert 0 < seen[-1] < 1 << 20
