"""A PostgreSQL that has a certificate."""

import shutil
import subprocess
from pathlib import Path

from nodes.database import CONTROL, SERVER, port, psql
from support.certificates import Authority
from support.waiting import eventually

HOST = "db.example"


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
