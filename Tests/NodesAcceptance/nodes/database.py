"""A database of a test's own on the server of scripts/with-postgresql."""

import os
import secrets
import subprocess
from contextlib import contextmanager
from urllib.parse import urlsplit

SERVER = os.environ.get("STREAMSIGN_TEST_DATABASE_URL", "")
CONTROL = os.environ.get("STREAMSIGN_TEST_POSTGRESQL", "")


class Database:
    def __init__(self, tablespace: str = "pg_default"):
        self.name = "nodes_" + secrets.token_hex(6)
        psql(SERVER, f"CREATE DATABASE {self.name} TABLESPACE {tablespace}")
        self.url = self.behind(port())

    def behind(self, port: int) -> str:
        """Where it is for whoever goes through a proxy on another port. Unencrypted, so that proxies of tests can read."""
        return f"postgres://streamsign@127.0.0.1:{port}/{self.name}?sslmode=disable&gssencmode=disable&connect_timeout=2"

    def sql(self, text: str) -> str:
        return psql(self.url, f"SET search_path = streamsign; {text}")

    @contextmanager
    def stalled(self, table: str, mode: str = "SHARE"):
        """Nobody who writes into the table gets any further, as on a disk that stalls. Whoever reads does, unless the mode says
        otherwise."""
        with subprocess.Popen(
                ["psql", "-XAtq", "-d", self.url], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as session:
            session.stdin.write(f"BEGIN; LOCK TABLE streamsign.{table} IN {mode} MODE; SELECT 'stalled';\n")
            session.stdin.flush()
            assert session.stdout.readline() == "stalled\n"
            yield
            session.stdin.close()


def port() -> int:
    return urlsplit(SERVER).port


def psql(url: str, text: str) -> str:
    command = ["psql", "-XAtq", "-v", "ON_ERROR_STOP=1", "-d", url, "-c", text]
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=60).stdout.strip()


def control(action: str):
    """Stops, starts, restarts or kills the server."""
    subprocess.run([CONTROL, action], check=True, timeout=60)
