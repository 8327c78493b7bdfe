"""The operator's side: two processes on one folder, TLS, settings, the audit log."""

import json
import socket
import ssl
import subprocess
import time

import cloudflare

from support import program
from support.account import Account, open_account, wait_until_known
from support.envelope import result
from support.keys import quick_public_jwk
from support.service import Service
from support.waiting import within


def test_credentials_made_and_revoked_beside_a_running_service_count_within_a_second(account, service):
    def seconds_until_a_revoked_one_is_refused() -> float:
        credential = program.make_credential(service.data, account.id)
        wait_until_known(service, account.id, credential)
        listed = program.output("credential", "list", "--data", service.data, "--account", account.id, "--json")
        newest = json.loads(listed.splitlines()[-1])["id"]
        program.output("credential", "revoke", newest, "--data", service.data)
        revoked = time.monotonic()
        wait_until_known(service, account.id, credential, known=False)
        return time.monotonic() - revoked

    # A second, and what the machine is busy with besides.
    within(2, seconds_until_a_revoked_one_is_refused)
    assert account.call("GET", "/keys").status_code == 200


def test_tls_with_a_certificate_made_by_openssl(data, tmp_path):
    certificate, key = tmp_path / "cert.pem", tmp_path / "key.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=127.0.0.1", "-addext",
         "subjectAltName=IP:127.0.0.1", "-out", certificate, "-keyout", key], check=True, capture_output=True)
    credential = program.make_credential(data, "acme")
    with Service(data, "--tls-certificate", certificate, "--tls-key", key) as service:
        assert service.url.startswith("https://")
        client = cloudflare.DefaultHttpxClient(verify=ssl.create_default_context(cafile=certificate))
        sdk = Account(service, "acme", credential).sdk(http_client=client)
        id = sdk.stream.keys.create(account_id="acme").id
        assert [item.id for item in sdk.stream.keys.get(account_id="acme")] == [id]
        client.close()


def test_a_flag_wins_over_the_environment_and_that_over_the_file(tmp_path):
    file = tmp_path / "settings"
    file.write_text("rate-limit = 1  # comment\nready-keys = 1\nkeys-per-account = 1\n\n")
    printed = program.output(
        "serve", "--config", file, "--rate-limit", "3", "--print-config",
        env={"STREAMSIGN_RATE_LIMIT": "2", "STREAMSIGN_READY_KEYS": "2"})
    assert "rate-limit = 3  # flag\n" in printed
    assert "ready-keys = 2  # environment\n" in printed
    assert f"keys-per-account = 1  # {file}\n" in printed
    assert "idle-timeout = 2m10s  # default\n" in printed
    again = tmp_path / "again"
    again.write_text(printed)
    values = [line.partition("#")[0] for line in printed.splitlines()]
    reread = program.output("serve", "--config", again, "--print-config")
    assert [line.partition("#")[0] for line in reread.splitlines()] == values


def test_a_hash_within_a_value_is_no_comment(tmp_path):
    file = tmp_path / "settings"
    file.write_text("# all of it\nmaster-key-file = /keys#1/master\t# comment\n")
    assert f"master-key-file = /keys#1/master  # {file}\n" in program.output("serve", "--config", file, "--print-config")


def test_an_address_that_is_taken_is_named(data):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        for name, flags in (("--api", ["--api", address]), ("--api", ["--api", address, "--gate", "127.0.0.1:0"]),
                            ("--gate", ["--api", "127.0.0.1:0", "--gate", address])):
            refused = program.run("serve", "--data", data, *flags)
            assert refused.returncode == 2
            assert refused.stderr == f"streamsign: {name} {address}: address already in use\n", "and nothing before it"


def test_settings_that_make_no_sense_are_named_and_nothing_is_made(tmp_path):
    for flags, named in [(["--ready-keys", "many"], "--ready-keys"), (["--api", "nowhere"], "--api"),
                         (["--tls-key", "x"], "--tls-key"), (["--media", "."], "--media"), (["--log-level", "loud"], "--log-level"),
                         (["--tls-key", "/none", "--tls-certificate", "/none"], "")]:
        refused = program.run("serve", "--data", tmp_path / "new", "--api", "127.0.0.1:0", *flags)
        assert refused.returncode in (2, 64) and named in refused.stderr, refused.stderr


def test_the_audit_log_tells_who_did_what_and_holds_together(data):
    with Service(data) as service:
        account = open_account(service, "acme")
        result(account.import_key(jwk=quick_public_jwk("mine")))
        created = result(account.call("POST", "/keys"))["id"]
        result(account.token())
        result(account.delete("mine"))
        account.delete("mine")
        text = program.output("audit", "--data", data, "--account", "acme", "--json")
        events = [json.loads(line) for line in text.splitlines()]
        assert [(event["action"], event["subject"]) for event in events[1:3]] == [
            ("key.imported", "mine"), ("key.created", created)]
        assert [event["action"] for event in events] == [
            "credential.created", "key.imported", "key.created", "service_key.created", "key.deleted"]
        [credential] = {event["actor"] for event in events if event["action"] in ("key.imported", "key.deleted")}
        assert credential == events[0]["subject"] and events[1]["address"] == "127.0.0.1"
        assert account.credential not in text
        assert "fit together" in program.output("audit", "--data", data, "--verify")
