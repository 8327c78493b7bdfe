"""Certificates, and a PostgreSQL that has one."""

import shutil
import subprocess
from pathlib import Path

from nodes.cluster import eventually
from nodes.database import CONTROL, SERVER, port, psql

HOST = "db.example"


class Authority:
    """Signs certificates; `root` is its own, for those who trust it."""

    def __init__(self, folder: Path):
        self._folder = folder
        folder.mkdir()
        self.root = folder / "root.pem"
        self._issue("root", "-subj", "/CN=Authority of a test")

    def certificate(self, host: str) -> Path:
        """A chain of one, with its key in a file of the same name that ends in .key."""
        return self._issue(
            host, "-CA", self.root, "-CAkey", self.root.with_suffix(".key"), "-subj", f"/CN={host}", "-addext",
            f"subjectAltName=DNS:{host}", "-addext", "basicConstraints=critical,CA:false")

    def _issue(self, name: str, *options) -> Path:
        file = self._folder / f"{name}.pem"
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "1",
             *options, "-out", file, "-keyout", file.with_suffix(".key")], check=True, capture_output=True)
        return file


class EncryptedServer:
    """The server of scripts/with-postgresql, which also answers with TLS until this ends."""

    def __init__(self, authority: Authority):
        self._data = Path(CONTROL).parent / "data"
        self.identify(authority)

    def identify(self, authority: Authority):
        """Has a certificate of this authority from now on, for new connections."""
        certificate = authority.certificate(HOST)
        for source, target in (certificate, "server.crt"), (certificate.with_suffix(".key"), "server.key"):
            copy = self._data / target
            shutil.copyfile(source, copy)
            # PostgreSQL reads no key that others may read.
            copy.chmod(0o600)
            shutil.chown(copy, self._data.stat().st_uid, self._data.stat().st_gid)
        psql(SERVER, "ALTER SYSTEM SET ssl = on")
        psql(SERVER, "SELECT pg_reload_conf()")
        eventually(lambda: self._is_trusted(authority), 10)

    def close(self):
        psql(SERVER, "ALTER SYSTEM RESET ssl")
        psql(SERVER, "SELECT pg_reload_conf()")
        eventually(lambda: psql(SERVER, "SHOW ssl") == "off", 10)

    def _is_trusted(self, authority: Authority) -> bool:
        question = ["openssl", "s_client", "-starttls", "postgres", "-connect", f"127.0.0.1:{port()}", "-CAfile",
                    authority.root, "-verify_hostname", HOST, "-verify_return_error"]
        return subprocess.run(question, stdin=subprocess.DEVNULL, capture_output=True, timeout=30).returncode == 0

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
