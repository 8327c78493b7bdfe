"""Certificates that openssl makes."""

import subprocess
from pathlib import Path


def openssl(*arguments):
    subprocess.run(["openssl", *map(str, arguments)], check=True, capture_output=True)


def self_signed(folder: Path) -> Path:
    """One file with a certificate for 127.0.0.1 and its key."""
    file = folder / "server.pem"
    openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=127.0.0.1", "-addext",
            "subjectAltName=IP:127.0.0.1", "-out", file, "-keyout", f"{file}.key")
    with open(file, "a") as both:
        both.write(Path(f"{file}.key").read_text())
    return file


class Authority:
    """A private one, as companies have them: its certificate is in `file`, and no system knows it."""

    def __init__(self, folder: Path, name: str = "Private Authority"):
        self.folder = folder
        self.file, self._key = folder / "authority.pem", folder / "authority.key"
        openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj",
                f"/CN={name}", "-addext", "basicConstraints=critical,CA:TRUE", "-out", self.file, "-keyout", self._key)

    def certificate(self, *names: str) -> Path:
        """One file with a certificate for these names (`DNS:…`, `IP:…`) and its key."""
        file, request, extensions = (self.folder / f"server.{end}" for end in ("pem", "csr", "ext"))
        openssl("req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", "/CN=server", "-out",
                request, "-keyout", f"{file}.key")
        extensions.write_text(f"subjectAltName={','.join(names)}\n")
        openssl("x509", "-req", "-in", request, "-CA", self.file, "-CAkey", self._key, "-CAcreateserial", "-days", "1",
                "-extfile", extensions, "-out", file)
        with open(file, "a") as both:
            both.write(Path(f"{file}.key").read_text())
        return file
