"""What is flooded: a service on SQLite, three nodes on PostgreSQL with a gate that they feed, and a service behind TLS. Each has
an account that floods, with a thousand keys, and another one whose viewers and programs must not notice."""

import concurrent.futures
import http.client
import os
import secrets
import shutil
import ssl
import subprocess
import time
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Callable

from floods import bystanders
from floods.bystanders import Bystander, Way
from floods.flood import Server
from floods.inputs import DearKey, as_json, bearer
from gate.signer import Signer
from gate.site import MEDIA
from gate.site import ACCOUNT as BYSTANDER
from nodes.database import Database
from support import program
from support.account import VIDEO, Account, wait_until_known
from support.envelope import result
from support.keys import quick_public_jwk
from support.service import Service

FLOODER = "flooder"
CREDENTIALS = 8
"""Of the account that floods: a limit on what a credential may ask must not be all that protects the others."""

KEYS = 900
"""Of the account that floods, which leaves room for what its floods import."""

REVOCATIONS = 1000
"""Of the account that floods: they do not end before the tests."""

PROXY = "127.0.0.9"
STALENESS = "2s"
"""Less than the default, so that a short flood shows keys that are not confirmed."""

LARGE = 32 << 20


@dataclass
class Place:
    service: Service
    """The one whose API is flooded."""
    gates: list[Server]
    """All that are flooded at once when gates are."""
    flooder: "Flooder"
    feed_credential: str
    services: list[Service]
    others: Callable[[], list[Bystander]]
    """Makes those who must not notice; each flood has its own."""
    status: Server | None = None
    """Where a gate without an API answers probes."""

    @property
    def api(self) -> Server:
        return "127.0.0.1", self.service.port

    @property
    def resident_kilobytes(self) -> list[int]:
        return [service.resident_kilobytes for service in self.services]


@dataclass
class Flooder:
    credentials: list[str]
    key: DearKey
    key_id: str
    other_key_id: str
    """Of the other account: it is in all its URLs."""
    other_token: str

    @property
    def path(self) -> str:
        return f"/client/v4/accounts/{FLOODER}/stream"


class Builder:
    """Makes the accounts and their keys, and what a place is made of."""

    def __init__(self, folder: Path, stack: ExitStack, key: DearKey, store: dict[str, str] | None = None):
        self._folder = folder
        self._stack = stack
        self._key = key
        self._store = store or {}
        self._data = folder / "data"
        self.media = folder / "media"
        self._copy_media()
        self._certificate = None
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            made = [pool.submit(self._credential, FLOODER, "write") for _ in range(CREDENTIALS)]
            made += [pool.submit(self._credential, BYSTANDER, "write") for _ in range(2)]
            feed = pool.submit(self._credential, None, "feed")
        *flooding, self.bystander, self.second_bystander = [one.result() for one in made]
        self.feed_credential = feed.result()
        self.flooder, self.tokens = self._import_keys(flooding)

    def _copy_media(self):
        for account in (BYSTANDER, FLOODER):
            shutil.copytree(MEDIA / BYSTANDER, self.media / account)
        (self.media / FLOODER / VIDEO / "manifest/large.m4s").write_bytes(os.urandom(LARGE))

    def _credential(self, account: str | None, role: str) -> str:
        place = [] if self._store else ["--data", self._data]
        owner = ["--account", account] if account else []
        return program.output("credential", "create", *place, *owner, "--role", role, env=self._store).strip()

    def _import_keys(self, credentials: list[str]) -> tuple[Flooder, list[str]]:
        """With a service that has no limits, and ends."""
        with Service(self._data, "--rate-limit", "0", "--log-level", "warning", env=self._store) as service:
            wait_until_known(service, FLOODER, credentials[-1])
            flooder = Account(service, FLOODER, credentials[0])
            key_id = "large-" + secrets.token_hex(6)
            result(flooder.import_key(pem=self._key.public_pem, id=key_id))
            result(flooder.call("POST", "/revocations", json=[
                {"token": f"held-{number}", "reason": "r" * 200} for number in range(REVOCATIONS)]))
            with concurrent.futures.ThreadPoolExecutor(6) as pool:
                list(pool.map(lambda share: import_keys(service, credentials[0], share), [KEYS // 6] * 6))
            signer = Signer(Account(service, BYSTANDER, self.bystander), "viewed-" + secrets.token_hex(6))
        tokens = [signer.token(nbf=int(time.time()) - number) for number in range(1, 65)]
        return Flooder(credentials, self._key, key_id, signer.id, tokens[0]), tokens

    def encrypt(self):
        """Whatever is started from here on."""
        self._certificate = self._folder / "server.pem"
        key = self._folder / "server.key"
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=127.0.0.1", "-addext",
             "subjectAltName=IP:127.0.0.1", "-out", self._certificate, "-keyout", key], check=True, capture_output=True)
        self._tls = ["--tls-certificate", self._certificate, "--tls-key", key]

    @property
    def tls(self) -> ssl.SSLContext | None:
        return ssl.create_default_context(cafile=str(self._certificate)) if self._certificate else None

    def serve(self, *flags, fed_by: Service | None = None) -> tuple[Service, Server]:
        """A service, and where its gate is."""
        if fed_by:
            flags = ["--feed", fed_by.url, "--feed-token-file", self._feed_token_file(), *flags]
        if self._certificate:
            flags = [*self._tls, *flags]
        service = self._stack.enter_context(Service(
            self._folder / "none" if fed_by else self._data, "--gate", "127.0.0.1:0", "--media", self.media,
            "--trusted-proxies", PROXY, "--max-staleness", STALENESS, "--log-level", "warning", *flags,
            env={} if fed_by else self._store))
        gate = service.wait_for(r"gate listening on https?://127\.0\.0\.1:(\d+)").group(1)
        return service, ("127.0.0.1", int(gate))

    def _feed_token_file(self) -> Path:
        file = self._folder / "feed-token"
        file.touch(0o600)
        file.write_text(self.feed_credential + "\n")
        return file

    def watch_gate(self, name: str, gate: Server) -> list[Bystander]:
        return [bystanders.viewer(f"viewer of {name}", Way(gate, tls=self.tls), self.tokens),
                bystanders.proxied_viewer(f"proxy of {name}", Way(gate, PROXY, self.tls), self.tokens),
                bystanders.gate_prober(f"gate probe of {name}", Way(gate, tls=self.tls, always_new=True))]

    def probe(self, name: str, service: Service) -> Bystander:
        return bystanders.prober(f"probe of {name}", Way(api(service), tls=self.tls, always_new=True))

    def use_api(self, name: str, service: Service, credential: str) -> Bystander:
        way = Way(api(service), tls=self.tls)
        return bystanders.client(f"client of {name}", way, BYSTANDER, credential, self.tokens[0])


def api(service: Service) -> Server:
    return "127.0.0.1", service.port


def import_keys(service: Service, credential: str, count: int):
    connection = http.client.HTTPConnection(*api(service), timeout=30)
    name, _, value = bearer(credential).partition(": ")
    for _ in range(count):
        id = "held-" + secrets.token_hex(8)
        connection.request(
            "POST", f"/client/v4/accounts/{FLOODER}/stream/keys", as_json(id=id, jwk=quick_public_jwk(id)), {name: value})
        answer = connection.getresponse()
        assert answer.status == 200, answer.read()
        answer.read()
    connection.close()


def alone(folder: Path, stack: ExitStack, key: DearKey) -> Place:
    """One service, on SQLite."""
    return one_service(Builder(folder, stack, key))


def encrypted(folder: Path, stack: ExitStack, key: DearKey) -> Place:
    """One service behind TLS."""
    builder = Builder(folder, stack, key)
    builder.encrypt()
    return one_service(builder)


def one_service(builder: Builder) -> Place:
    service, gate = builder.serve()

    def others():
        return [*builder.watch_gate("the service", gate), builder.probe("the service", service),
                builder.use_api("the service", service, builder.bystander)]

    return Place(service, [gate], builder.flooder, builder.feed_credential, [service], others)


def nodes(folder: Path, stack: ExitStack, key: DearKey) -> Place:
    """Three nodes on PostgreSQL, and a gate that the first one feeds. What is flooded is the first node, and the fed gate."""
    builder = Builder(folder, stack, key, {"STREAMSIGN_DATABASE_URL": Database().url})
    first, second, third = (builder.serve() for _ in range(3))
    fed = builder.serve(fed_by=first[0])

    def others():
        return [*builder.watch_gate("the node", first[1]), *builder.watch_gate("the fed gate", fed[1]),
                *builder.watch_gate("another node", second[1])[:1],
                builder.probe("the node", first[0]), builder.probe("another node", third[0]),
                builder.probe("the fed gate", fed[0]),
                builder.use_api("the node", first[0], builder.bystander),
                builder.use_api("another node", second[0], builder.second_bystander)]

    return Place(
        first[0], [first[1], fed[1]], builder.flooder, builder.feed_credential,
        [first[0], second[0], third[0], fed[0]], others, api(fed[0]))
