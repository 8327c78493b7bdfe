"""Viewers' countries from a MaxMind DB file, for viewers of whom no trusted proxy says it."""

import shutil
import signal

import pytest

from gate.cases import ALLOW_GB
from gate.signer import Signer
from gate.site import Site, session
from support import program
from support.waiting import eventually

FIXTURES = program.ROOT / "Tests/CountryDatabaseCheck/Tests/CountryDatabaseTests/Fixtures"
SETTING = "--gate", "127.0.0.1:0", "--country-database"


def is_supported() -> bool:
    return program.run("serve", *SETTING, FIXTURES / "countries.mmdb", "--print-config").returncode == 0


@pytest.fixture(scope="module")
def located(tmp_path_factory):
    if not is_supported():
        pytest.skip("this program was built without the trait MaxMindDB")
    folder = tmp_path_factory.mktemp("located")
    shutil.copy(FIXTURES / "countries.mmdb", folder)
    site = Site(folder, "--country-database", folder / "countries.mmdb")
    with site.service:
        site.signer = Signer(site.account, "signer")
        site.database = folder / "countries.mmdb"
        yield site


def test_a_program_without_it_says_how_to_get_it(tmp_path):
    if is_supported():
        pytest.skip("this program was built with the trait MaxMindDB")
    for flags in (["--print-config"], ["--data", tmp_path / "data", "--api", "127.0.0.1:0"]):
        run = program.run("serve", *SETTING, FIXTURES / "countries.mmdb", *flags)
        assert run.returncode == 2
        assert run.stderr.startswith("streamsign: --country-database ") and "--traits default,MaxMindDB" in run.stderr
        assert "listening" not in run.stderr
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("address, country, denial", [
    ("192.0.2.1", None, None), ("::ffff:192.0.2.1", None, None),
    ("198.51.100.1", None, "blocked_by_rule"), ("2001:db8:1::1", None, "blocked_by_rule"),
    ("203.0.113.1", None, "country_unknown"), ("8.8.8.8", None, "country_unknown"), (None, None, "country_unknown"),
    # Who is trusted goes before the file.
    ("198.51.100.1", "GB", None), ("192.0.2.1", "FR", "blocked_by_rule"), ("192.0.2.1", "XX", "country_unknown"),
])
def test_a_rule_about_countries(located, address, country, denial):
    said = {"X-Forwarded-For": address, "CF-IPCountry": country}
    headers = {name: value for name, value in said.items() if value}
    answer = session().get(located.address(located.signer.token(accessRules=ALLOW_GB)), headers=headers)
    assert answer.headers.get("X-Stream-Signing-Denial") == denial
    assert answer.status_code == (403 if denial else 200)


def test_a_viewer_chooses_neither(located):
    said = {"X-Forwarded-For": "192.0.2.1", "CF-IPCountry": "GB"}
    answer = session("127.0.0.9").get(located.address(located.signer.token(accessRules=ALLOW_GB)), headers=said)
    assert (answer.status_code, answer.headers["X-Stream-Signing-Denial"]) == (403, "country_unknown")


def test_a_new_file_counts_within_a_minute_and_a_bad_one_changes_nothing(located):
    url = located.address(located.signer.token(accessRules=ALLOW_GB))
    german = located.address(located.signer.token(accessRules=[
        {"type": "ip.geoip.country", "action": "allow", "country": ["DE"]}, {"type": "any", "action": "block"}]))
    viewer, headers = session(), {"X-Forwarded-For": "192.0.2.1"}
    shutil.copy(FIXTURES / "newer.mmdb", located.database)
    eventually(lambda: viewer.get(german, headers=headers).status_code == 200, 75)
    assert viewer.get(url, headers=headers).status_code == 403
    located.database.write_bytes(b"nothing of the kind")
    located.service.process.send_signal(signal.SIGHUP) # It would look by itself after another minute.
    located.service.wait_for("countries cannot be read, and stay what they were")
    assert viewer.get(german, headers=headers).status_code == 200


@pytest.mark.parametrize("content, reason", [
    (None, "no such file or directory"), (b"", "not a MaxMind DB file, or damaged"),
    ((FIXTURES / "networks.mmdb").read_bytes(), "GeoLite2-ASN"),
    ((FIXTURES / "countries.mmdb").read_bytes()[:-20], "not a MaxMind DB file, or damaged"),
])
def test_a_file_that_is_no_good_stops_the_start(tmp_path, content, reason):
    if not is_supported():
        pytest.skip("this program was built without the trait MaxMindDB")
    file = tmp_path / "countries.mmdb"
    if content is not None:
        file.write_bytes(content)
    run = program.run("serve", "--data", tmp_path / "data", "--api", "127.0.0.1:0", *SETTING, file)
    assert run.returncode == 2
    assert f"streamsign: {file}: " in run.stderr and reason in run.stderr
