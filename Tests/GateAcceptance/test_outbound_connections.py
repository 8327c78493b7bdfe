"""How the client, `--keys` and `--feed` connect: to a service whose certificate is of a private authority, and through a proxy."""

import json
import socket

import pytest

from gate.server import Server, free_port
from gate.signer import Signer
from gate.site import MANIFEST, MEDIA, session
from support import program
from support.account import VIDEO, Account
from support.certificates import Authority
from support.service import Service
from support.waiting import eventually

HOST = socket.gethostname()
"""This machine by a name that is not localhost, which is never asked through a proxy."""
NAME, PASSWORD = "streamsign", "geheim-7c1f"
UNTRUSTED = "the certificate is not one that this machine trusts"


class Tinyproxy(Server):
    def __init__(self, folder):
        port = free_port()
        (folder / "tinyproxy.conf").write_text(f"""
Port {port}
Listen 127.0.0.1
Timeout 60
LogFile "{folder}/access.log"
LogLevel Connect
BasicAuth {NAME} {PASSWORD}
""")
        super().__init__(["tinyproxy", "-d", "-c", "tinyproxy.conf"], folder, port)

    def variable(self, password: str = PASSWORD) -> str:
        return f"http://{NAME}:{password}@127.0.0.1:{self.port}"

    def connections(self, port: int) -> int:
        """How many were asked for to this port."""
        return self.output.count(f"CONNECT {HOST}:{port} ")


def listening() -> tuple[str, str]:
    """The flag that makes a service listen where this machine's name leads."""
    try:
        return "--api", f"{socket.gethostbyname(HOST)}:0"
    except OSError as error:
        pytest.skip(f"this machine's name leads nowhere: {error}")


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    return Authority(tmp_path_factory.mktemp("authority") / "private")


@pytest.fixture(scope="module")
def private(tmp_path_factory, authority):
    """A service over TLS."""
    data = tmp_path_factory.mktemp("private") / "data"
    certificate = authority.certificate(HOST)
    credential = program.make_credential(data, "sample")
    with Service(
            data, *listening(), "--tls-certificate", certificate, "--tls-key", certificate.with_suffix(".key")
    ) as service:
        service.api = f"https://{HOST}:{service.port}/client/v4"
        service.account = Account(service, "sample", credential)
        service.account.session = session()
        service.account.session.verify = str(authority.root)
        service.signer = Signer(service.account, "signer")
        yield service


@pytest.fixture(scope="module")
def tinyproxy(tmp_path_factory):
    with Tinyproxy(tmp_path_factory.mktemp("tinyproxy")) as proxy:
        yield proxy


def list_keys(service, *flags, **variables):
    account = service.account
    return program.run("remote", "list", "--json", *flags, env={
        "STREAMSIGN_API_URL": service.api, "STREAMSIGN_ACCOUNT": account.id, "STREAMSIGN_API_TOKEN": account.credential} | variables)


def verify(service, *flags, **variables):
    keys = f"{service.api}/accounts/{service.account.id}/stream/keys/jwks.json"
    return program.run("verify", service.signer.token(), "--video", VIDEO, "--keys", keys, *flags, env=variables)


@pytest.mark.parametrize("ask", [list_keys, verify])
def test_a_private_authority_is_trusted_by_option_or_environment_and_by_nothing_else(private, authority, tmp_path, ask):
    other = Authority(tmp_path / "other").root
    for flags, variables in [((), {}), (("--ca-file", other), {}), ((), {"SSL_CERT_FILE": str(other)}),
                             (("--ca-file", other), {"SSL_CERT_FILE": str(authority.root)})]:
        refused = ask(private, *flags, **variables)
        assert refused.returncode == 3 and UNTRUSTED in refused.stderr, refused.stderr
    for flags, variables in [(("--ca-file", authority.root), {}), ((), {"SSL_CERT_FILE": str(authority.root)}),
                             (("--ca-file", authority.root), {"SSL_CERT_FILE": str(other)})]:
        assert ask(private, *flags, **variables).returncode == 0


@pytest.mark.parametrize("ask", [list_keys, verify])
def test_a_proxy_of_the_environment_is_asked(private, authority, tinyproxy, ask):
    for name in ("HTTPS_PROXY", "https_proxy"):
        before = tinyproxy.connections(private.port)
        asked = ask(private, "--ca-file", authority.root, **{name: tinyproxy.variable()})
        assert asked.returncode == 0, asked.stderr
        assert tinyproxy.connections(private.port) == before + 1


@pytest.mark.parametrize("variables", [{"NO_PROXY": HOST}, {"no_proxy": f"a.example, {HOST}"}, {"NO_PROXY": "*"}, {"HTTPS_PROXY": ""}])
def test_exceptions_are_asked_without_it(private, authority, tinyproxy, variables):
    before = tinyproxy.connections(private.port)
    asked = list_keys(private, "--ca-file", authority.root, **{"HTTPS_PROXY": tinyproxy.variable()} | variables)
    assert asked.returncode == 0 and tinyproxy.connections(private.port) == before, asked.stderr


def test_a_service_without_tls_is_asked_through_the_proxy_of_http(data_folder, tinyproxy):
    credential = program.make_credential(data_folder, "acme")
    with Service(data_folder, *listening()) as service:
        service.api = f"http://{HOST}:{service.port}/client/v4"
        service.account = Account(service, "acme", credential)
        for variables, asked in [({"HTTP_PROXY": tinyproxy.variable()}, 1), ({"HTTPS_PROXY": tinyproxy.variable()}, 0)]:
            before = tinyproxy.connections(service.port)
            listed = list_keys(service, **variables)
            assert (listed.returncode, json.loads(listed.stdout)) == (0, [])
            assert tinyproxy.connections(service.port) == before + asked


@pytest.mark.parametrize("ask", [list_keys, verify])
def test_a_proxy_that_refuses_is_named_and_no_password_is_shown(private, authority, tinyproxy, ask):
    # To a wrong password, this proxy answers 401 where HTTP has 407.
    for variable, reason in [(f"http://127.0.0.1:{tinyproxy.port}", "wants another name and password"),
                             (tinyproxy.variable("wrong-geheim"), "does not connect to the service: ")]:
        refused = ask(private, "--ca-file", authority.root, HTTPS_PROXY=variable)
        assert refused.returncode == 3
        assert f"the proxy 127.0.0.1:{tinyproxy.port} {reason}" in refused.stderr
        assert "geheim" not in refused.stderr + refused.stdout


@pytest.fixture
def data_folder(tmp_path):
    return tmp_path / "data"


@pytest.fixture
def feed_token(private, tmp_path):
    token = tmp_path / "feed-token"
    token.touch(0o600)
    token.write_text(program.output("credential", "create", "--data", private.data, "--role", "feed"))
    return token


def feed_flags(private, token, *flags):
    return ("--gate", "127.0.0.1:0", "--media", MEDIA, "--feed", f"https://{HOST}:{private.port}", "--feed-token-file", token, *flags)


def test_a_gate_is_fed_through_the_proxy_from_a_service_of_a_private_authority(private, authority, tinyproxy, feed_token, tmp_path):
    before = tinyproxy.connections(private.port)
    wait_until_fed(private, feed_token)
    flags = feed_flags(private, feed_token, "--ca-file", authority.root)
    with Service(tmp_path / "none", *flags, env={"HTTPS_PROXY": tinyproxy.variable()}) as gate:
        url = gate.wait_for(r"gate listening on (\S+)").group(1)
        assert session().get(f"{url}/{private.signer.token()}/{MANIFEST}", timeout=30).status_code == 200
        line = gate.wait_for("info the feed goes through a proxy .*").group(0)
        assert f"proxy=127.0.0.1:{tinyproxy.port}" in line and PASSWORD not in gate.output
    assert tinyproxy.connections(private.port) > before


def test_a_gate_takes_nothing_from_a_node_that_nobody_vouches_for(private, feed_token):
    wait_until_fed(private, feed_token)
    refused = program.run("serve", "--api", "127.0.0.1:0", *feed_flags(private, feed_token))
    assert refused.returncode == 3 and "CERTIFICATE_VERIFY_FAILED" in refused.stderr


def wait_until_fed(private, token):
    """A service learns of credentials within a second."""
    headers = {"Authorization": f"Bearer {token.read_text().strip()}"}
    eventually(lambda: private.account.session.get(f"{private.api}/feed", headers=headers, timeout=30).status_code == 200)
