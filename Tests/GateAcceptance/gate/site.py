"""A running service with its gate, the sample media, and what must never be served beside them."""

import os
import shutil
from pathlib import Path

import requests
from requests.adapters import HTTPAdapter

from support import program
from support.account import VIDEO, Account
from support.service import Service

ACCOUNT = "sample"
OTHER_ACCOUNT = "elsewhere"
OTHER_VIDEO = "5d5bc37ffcf54c9b82e996823bffbb81"
MEDIA = program.ROOT / "Examples/Media"
MANIFEST = "manifest/video.m3u8"
CANARY = "nobody may read this"
TRUSTED = "127.0.0.1"
"""The one address whose word the gate takes, which is also where a connection comes from unless it says otherwise."""


class Site:
    """With `serves_media=False` the gate has no media, and leaves serving them to a proxy that asks it. With `certificate`, a PEM
    file that also holds its key, everything is behind TLS. `flags` go to the service."""

    def __init__(self, folder: Path, *flags, serves_media: bool = True, certificate: Path | None = None):
        data, self.media = folder / "data", folder / "media"
        shutil.copytree(MEDIA / ACCOUNT, self.media / ACCOUNT)
        self._plant_canaries(folder)
        credentials = {id: program.make_credential(data, id) for id in (ACCOUNT, OTHER_ACCOUNT)}
        self.service = Service(
            data, "--gate", "127.0.0.1:0", "--trusted-proxies", TRUSTED, "--country-header", "CF-IPCountry",
            *(["--media", self.media] if serves_media else []),
            *(["--tls-certificate", certificate, "--tls-key", certificate] if certificate else []), *flags)
        self.url = self.service.wait_for(r"gate listening on (https?://\S+)").group(1)
        self.port = int(self.url.rpartition(":")[2])
        self.account = Account(self.service, ACCOUNT, credentials[ACCOUNT])
        self.other_account = Account(self.service, OTHER_ACCOUNT, credentials[OTHER_ACCOUNT])
        if certificate:
            for account in (self.account, self.other_account):
                # The tester's environment may name other authorities, and would win.
                account.session.trust_env = False
                account.session.verify = str(certificate)
        self.jwks = f"{self.account.url}/keys/jwks.json"

    def _plant_canaries(self, folder: Path):
        """Around the video's folder, in the folder of another video, and behind links out of it."""
        video = self.media / ACCOUNT / VIDEO
        other = self.media / ACCOUNT / OTHER_VIDEO / "manifest"
        other.mkdir(parents=True)
        for place in (folder, self.media, self.media / ACCOUNT, other, other.parent):
            (place / "canary.txt").write_text(CANARY)
        (other / "video.m3u8").write_text(CANARY)
        (video / ".hidden.txt").write_text(CANARY)
        (video / "link.txt").symlink_to(folder / "canary.txt")
        (video / "near.txt").symlink_to("../canary.txt")
        (video / "up").symlink_to("..")

    def add_file(self, path: str, size: int) -> bytes:
        """A file of the video that nobody can guess."""
        content = os.urandom(size)
        (self.media / ACCOUNT / VIDEO / path).write_bytes(content)
        return content

    def address(self, token: str, path: str = MANIFEST) -> str:
        return f"{self.url}/{token}/{path}"


def session(source: str = TRUSTED) -> requests.Session:
    """Connections from an address of this machine."""

    class Adapter(HTTPAdapter):
        def init_poolmanager(self, *arguments, **options):
            super().init_poolmanager(*arguments, source_address=(source, 0), **options)

    session = requests.Session()
    session.trust_env = False
    session.mount("http://", Adapter())
    return session
