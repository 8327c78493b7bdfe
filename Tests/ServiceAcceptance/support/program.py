"""The streamsign program under test."""

import os
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


def path() -> str:
    """STREAMSIGN_BINARY, or the debug build."""
    return os.environ.get("STREAMSIGN_BINARY") or str(ROOT / ".build/debug/streamsign")


def environment(**extra: str) -> dict[str, str]:
    """What the tester's own settings cannot reach into."""
    own = {name: value for name, value in os.environ.items() if not is_setting(name)}
    return own | extra


def is_setting(name: str) -> bool:
    return name.startswith(("STREAMSIGN_", "CLOUDFLARE_")) or name == "SSL_CERT_FILE" or name.lower().endswith("_proxy")


def run(*arguments, input: str | None = None, env: dict[str, str] | None = None) -> subprocess.CompletedProcess:
    return subprocess.run(
        [path(), *map(str, arguments)], input=input, env=environment(**(env or {})), capture_output=True, text=True,
        timeout=60)


def output(*arguments, **options) -> str:
    """The standard output of a run that must succeed."""
    result = run(*arguments, **options)
    assert result.returncode == 0, f"{arguments}: {result.stderr}"
    return result.stdout


def make_credential(data, account: str, role: str = "write") -> str:
    return output("credential", "create", "--data", data, "--account", account, "--role", role).strip()
