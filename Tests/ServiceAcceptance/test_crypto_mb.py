"""Eight RSA operations at a time, where there is a library for it, and what happens where there is none."""

import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import jwt
import pytest

from support.account import open_account
from support.envelope import result
from support.service import Service

LIBRARY = Path(__file__).parents[2] / ".build/crypto_mb/libcrypto_mb.so.13"


def operations_at_a_time(service) -> int:
    return int(re.search(r"^streamsign_rsa_operations_at_a_time (\d)$", service.metrics, re.M).group(1))


def check_tokens(service, count=96):
    """Many at once, each for a video of its own: none is mixed up with another, and all verify."""
    account = open_account(service, "acme")
    with ThreadPoolExecutor(32) as pool:
        tokens = list(pool.map(lambda number: result(account.call("POST", f"/video-{number}/token"))["token"], range(count)))
    key = jwt.PyJWKSet.from_dict(account.jwks().json()).keys[0]
    for number, token in enumerate(tokens):
        assert jwt.decode(token, key, algorithms=["RS256"])["sub"] == f"video-{number}"


@pytest.mark.parametrize("kind", ["missing", "text", "another library", "off"])
def test_without_the_library_everything_works_and_the_log_says_why_once(data, tmp_path, kind):
    text = tmp_path / "text"
    text.write_text("not a library")
    another = next(Path("/lib/x86_64-linux-gnu").glob("libz.so.1"), text)
    choice = {"missing": tmp_path / "missing.so", "text": text, "another library": another, "off": "off"}[kind]
    with Service(data, "--crypto-mb", choice) as service:
        check_tokens(service)
        assert operations_at_a_time(service) == 1
        lines = [line for line in service.lines if "crypto_mb" in line]
        assert len(lines) == 1 and "1 (OpenSSL; crypto_mb: " in lines[0], lines


@pytest.mark.skipif(not LIBRARY.exists(), reason="scripts/crypto-mb has made no library")
def test_with_the_library_tokens_of_many_requests_are_each_their_own(data):
    with Service(data, "--crypto-mb", LIBRARY) as service:
        if operations_at_a_time(service) == 1:
            pytest.skip(service.wait_for("crypto_mb: .*").group())
        check_tokens(service)
