"""schemathesis over the OpenAPI document: every answer is one that the document describes."""

import os
import subprocess
import sys
from pathlib import Path

from support import program

def document() -> Path:
    """The document that scripts/acceptance was given, or the package's own."""
    return Path(os.environ.get("ACCEPTANCE_OPENAPI") or program.ROOT / "Sources/StreamSigningAPI/openapi.json")


def test_schemathesis_finds_nothing(account, tmp_path):
    settings = tmp_path / "schemathesis.toml"
    # Any other account is somebody else's, whose every answer is 403.
    settings.write_text(f'[parameters]\n"path.account_id" = "{account.id}"\n')
    command = [
        str(Path(sys.executable).parent / "schemathesis"), "--config-file", str(settings), "run", str(document()),
        "--url", account.service.url, "--header", f"Authorization: Bearer {account.credential}",
        "--max-examples", "30", "--seed", "1", "--request-timeout", "60", "--generation-database", "none",
        "--phases", "examples,coverage,fuzzing,stateful", "--no-color", "--exclude-checks",
        # A schema cannot say that `exp` lies within a day, nor that `id` and `pem` belong together.
        "positive_data_acceptance",
    ]
    run = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, timeout=1200)
    print(run.stdout)
    assert run.returncode == 0, run.stdout[-8000:] + run.stderr[-2000:]
