"""Certificates: what is wrong with one is said, and one that is renewed is used by the API and the gate alike."""

import datetime
import os
import signal
import socket
import ssl
import subprocess

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives import serialization as s
from cryptography.hazmat.primitives.asymmetric import ec

from support import program
from support.raw import request
from support.service import DEADLINE, Service
from support.waiting import eventually

P256 = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"]


def make(folder, name: str, *arguments):
    """A certificate for this name, and its key, in files of the name."""
    subprocess.run(
        ["openssl", "req", "-x509", "-nodes", "-subj", f"/CN={name}", *(arguments or (*P256, "-days", "90")), "-out",
         folder / f"{name}.pem", "-keyout", folder / f"{name}.key"], check=True, capture_output=True)
    return folder / f"{name}.pem", folder / f"{name}.key"


def put(source, target):
    """In one step, as tools that renew certificates do."""
    temporary = target.with_suffix(".new")
    temporary.write_bytes(source.read_bytes())
    os.replace(temporary, target)


@pytest.fixture
def pairs(tmp_path):
    return {name: make(tmp_path, name) for name in ("one", "two")}


@pytest.fixture
def served(data, tmp_path, pairs):
    """A service whose files hold the first pair."""
    files = tmp_path / "server.pem", tmp_path / "server.key"
    for source, target in zip(pairs["one"], files):
        put(source, target)
    with Service(data, "--gate", "127.0.0.1:0", "--tls-certificate", files[0], "--tls-key", files[1]) as service:
        service.files = files
        service.gate_port = int(service.wait_for(r"gate listening on https://\S+:(\d+)").group(1))
        yield service


def connect(port: int) -> ssl.SSLSocket:
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context.wrap_socket(socket.create_connection(("127.0.0.1", port), DEADLINE))


def names(service) -> list[str]:
    """Whose certificates the API and the gate show."""
    shown = []
    for port in (service.port, service.gate_port):
        with connect(port) as connection:
            certificate = ssl.DER_cert_to_PEM_cert(connection.getpeercert(binary_form=True))
        subject = subprocess.run(
            ["openssl", "x509", "-noout", "-subject"], input=certificate, text=True, check=True, capture_output=True)
        shown.append(subject.stdout.strip().rpartition("= ")[2].rpartition("=")[2])
    return shown


def wait_for_names(service, name: str):
    eventually(lambda: names(service) == [name] * 2, 10)


def test_a_key_that_is_another_certificates_is_named(data, pairs):
    (certificate, _), (_, key) = pairs["one"], pairs["two"]
    refused = program.run(
        "serve", "--data", data, "--api", "127.0.0.1:0", "--tls-certificate", certificate, "--tls-key", key)
    assert refused.returncode == 2
    assert refused.stderr == f"streamsign: {key}: not the private key of the certificate in {certificate}\n"


def test_a_renewed_pair_is_used_by_new_connections_and_open_ones_go_on(served, pairs):
    with connect(served.port) as old:
        assert names(served) == ["one"] * 2
        for source, target in zip(pairs["two"], served.files):
            put(source, target)
        wait_for_names(served, "two")
        old.sendall(request("GET", "/healthz"))
        assert old.recv(1000).startswith(b"HTTP/1.1 200")


def test_a_hangup_reads_them_at_once(served, pairs):
    for source, target in zip(pairs["two"], served.files):
        put(source, target)
    served.process.send_signal(signal.SIGHUP)
    served.wait_for("notice certificate is read")
    assert names(served) == ["two"] * 2


def test_a_broken_new_pair_keeps_the_old_one_and_says_so(served, pairs):
    certificate, key = served.files
    put(pairs["two"][0], certificate)
    served.wait_for(f"error certificate cannot be read, and stays what it was.*file={key}")
    assert names(served) == ["one"] * 2
    put(pairs["two"][1], key)
    wait_for_names(served, "two")
    key.unlink()
    served.process.send_signal(signal.SIGHUP)
    served.wait_for(f"error certificate cannot be read.* error=no such file or directory file={key}")
    assert names(served) == ["two"] * 2


@pytest.mark.parametrize("arguments, warning", [
    (["-newkey", "rsa:2048", "-days", "2"], "expires soon: it is valid until "),
    (["-newkey", "rsa:1024", "-days", "90"], "is weak: its key has 1024 bits"),
    (["-newkey", "rsa:2048", "-sha1", "-days", "90"], "is weak: its signature"),
])
def test_a_certificate_that_clients_refuse_is_warned_of(data, tmp_path, arguments, warning):
    certificate, key = make(tmp_path, "odd", *arguments)
    with Service(data, "--tls-certificate", certificate, "--tls-key", key) as service:
        service.wait_for(f"warning the certificate {warning}")


def test_an_expired_certificate_is_warned_of_and_used(data, tmp_path):
    now, name = datetime.datetime.now(datetime.UTC), x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "old")])
    key = ec.generate_private_key(ec.SECP256R1())
    certificate = x509.CertificateBuilder(
        name, name, key.public_key(), 1, now - datetime.timedelta(days=9), now - datetime.timedelta(days=1)
    ).sign(key, hashes.SHA256())
    files = tmp_path / "old.pem", tmp_path / "old.key"
    files[0].write_bytes(certificate.public_bytes(s.Encoding.PEM))
    files[1].write_bytes(key.private_bytes(s.Encoding.PEM, s.PrivateFormat.PKCS8, s.NoEncryption()))
    with Service(data, "--tls-certificate", files[0], "--tls-key", files[1]) as service:
        service.wait_for("warning the certificate has expired: it was valid until ")
        with connect(service.port) as connection:
            connection.sendall(request("GET", "/healthz"))
            assert connection.recv(1000).startswith(b"HTTP/1.1 200")
