"""Peers that take nothing, or go on after their answer: a client, and whoever reads the log."""

import os
import re
import socket
import subprocess

import pytest
import requests

from support import program
from support.account import VIDEO, Account
from support.raw import Connection, request
from support.service import Service
from support.tokens import key_id
from support.waiting import eventually


def patient_socket(service) -> socket.socket:
    connection = socket.socket()
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    connection.settimeout(60)
    connection.connect(("127.0.0.1", service.port))
    return connection


def send_until_closed(connection: socket.socket, data: bytes):
    """Returns when the server has closed; fails by the socket's timeout if it never does."""
    with pytest.raises((ConnectionResetError, BrokenPipeError)):
        while True:
            connection.sendall(data)


@pytest.fixture
def strict(data):
    # Nobody is idle here, so that it is not the idle timeout that ends it.
    with Service(data, "--request-timeout", "1s", "--idle-timeout", "10m") as service:
        yield service


def test_a_client_that_takes_no_answers_is_cut_off(strict):
    send_until_closed(patient_socket(strict), b"GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n" * 50)


def test_a_request_that_goes_on_after_its_answer_is_cut_off(strict):
    connection = patient_socket(strict)
    connection.sendall(b"POST /nothing HTTP/1.1\r\nHost: x\r\nContent-Length: 100000000000\r\n\r\n")
    assert connection.recv(12) == b"HTTP/1.1 404"
    send_until_closed(connection, b"a" * 65536)


def test_a_client_that_takes_no_answers_does_not_hold_up_the_end(data):
    service = Service(data, "--request-timeout", "2s", "--idle-timeout", "10m")
    connection = patient_socket(service)
    connection.setblocking(False)
    try:
        while True:
            connection.send(b"GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n" * 50)
    except (BlockingIOError, ConnectionResetError, BrokenPipeError):
        pass # Nothing more fits, or the two seconds are over already.
    service.terminate()
    service.finish()


def test_an_answer_that_takes_longer_than_a_client_may_be_idle_leaves_the_connection_open(data):
    credential = program.output("credential", "create", "--data", data, "--role", "feed").strip()
    with Service(data, "--idle-timeout", "1s") as service, Connection(service) as connection:
        for _ in range(2):
            connection.send(request("GET", "/client/v4/feed?after=0&wait=1.5", f"Authorization: Bearer {credential}"))
            assert connection.answer()[0] == 200
        assert connection.is_closed(), "and then it is idle"


def test_a_log_that_nobody_reads_stops_nothing(data):
    credential = program.make_credential(data, "acme")
    reader, writer = os.pipe()
    # A pipe holds 64 KiB, and a line of the access log some 200 bytes.
    os.write(writer, b"\n" * 65536)
    process = subprocess.Popen(
        [program.path(), "serve", "--data", data, "--api", "127.0.0.1:0"], stderr=writer, env=program.environment())
    try:
        os.close(writer)
        # What is said at the start comes before anything is served, so that much has to be read.
        said = b""
        while not (listening := re.search(rb"listening on (http://[\d.:]+)\n", said)):
            said += (more := os.read(reader, 65536))
            assert more, said
        url = listening.group(1).decode()
        with requests.Session() as session:
            for _ in range(1500):
                assert session.get(f"{url}/healthz", timeout=60).status_code == 200
            headers = {"Authorization": f"Bearer {credential}"}
            path = f"{url}/client/v4/accounts/acme/stream/{VIDEO}/token"
            assert session.post(path, headers=headers, timeout=60).status_code == 200
        process.terminate()
        assert process.wait(60) == 0
    finally:
        process.kill()
        process.wait()
        os.close(reader)


def test_a_first_start_that_fails_makes_no_credential_and_the_next_one_does(data):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        for flags in (["--api", address], ["--api", "127.0.0.1:0", "--gate", address]):
            run = program.run("serve", "--data", data, *flags)
            assert run.returncode == 2
            assert run.stderr == f"streamsign: {flags[-2]} {address}: address already in use\n"
    assert program.output("credential", "list", "--data", data) == ""
    with Service(data) as service:
        service.wait_for("create a key with")
        exports = dict(word.split("=", 1) for line in service.lines if " export " in line
                       for word in line.split(" export ")[1].split())
        account = Account(service, exports["STREAMSIGN_ACCOUNT"], exports["STREAMSIGN_API_TOKEN"])
        assert account.call("GET", "/keys").status_code == 200


def test_a_key_deleted_at_one_service_signs_nothing_more_at_another(data):
    credential = program.make_credential(data, "acme")
    with Service(data) as here, Service(data) as there:
        (first, second) = (Account(service, "acme", credential) for service in (here, there))
        for account in (first, second):
            assert account.token().status_code == 200
        key = first.call("GET", "/keys").json()["result"][0]["id"]
        assert second.call("DELETE", f"/keys/{key}").status_code == 200
        # A service hears of what another one did within a second; asking is the only way to know.
        eventually(lambda: key_id(first.token()) != key)
        there.wait_for("warning another service runs on this data folder: run one per folder")
        assert "another service" not in here.output


def test_tls_older_than_1_2_is_refused(data, tmp_path):
    certificate, key = tmp_path / "cert.pem", tmp_path / "key.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=127.0.0.1", "-out",
         certificate, "-keyout", key], check=True, capture_output=True)
    with Service(data, "--tls-certificate", certificate, "--tls-key", key) as service:
        for version, accepted in [("-tls1", False), ("-tls1_1", False), ("-tls1_2", True), ("-tls1_3", True)]:
            run = subprocess.run(
                ["openssl", "s_client", version, "-cipher", "ALL:@SECLEVEL=0", "-connect", f"127.0.0.1:{service.port}"],
                stdin=subprocess.DEVNULL, capture_output=True, timeout=60)
            assert (run.returncode == 0) == accepted, version
