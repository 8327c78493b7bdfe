"""Certificates that openssl makes."""

import ipaddress
import subprocess
from pathlib import Path


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
            f"subjectAltName={alternative(host)}", "-addext", "basicConstraints=critical,CA:false")

    def _issue(self, name: str, *options) -> Path:
        file = self._folder / f"{name}.pem"
        request("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", *options, "-out", file, "-keyout", file.with_suffix(".key"))
        return file


def self_signed(folder: Path) -> Path:
    """One file with a certificate for 127.0.0.1 and its key."""
    file, key = folder / "server.pem", folder / "server.key"
    request("-newkey", "rsa:2048", "-subj", "/CN=127.0.0.1", "-addext", f"subjectAltName={alternative('127.0.0.1')}",
            "-out", file, "-keyout", key)
    file.write_text(file.read_text() + key.read_text())
    return file


def request(*options):
    subprocess.run(
        ["openssl", "req", "-x509", "-nodes", "-days", "1", *map(str, options)], check=True, capture_output=True)


def alternative(host: str) -> str:
    try:
        return f"IP:{ipaddress.ip_address(host)}"
    except ValueError:
        return f"DNS:{host}"
