"""Others who use a service while somebody floods it: each asks over and over and notes what became of it."""

import http.client
import itertools
import json
import re
import ssl
import threading
import time
from collections import Counter
from contextlib import closing
from typing import Callable, Iterator

from floods.flood import SPEED
from floods.inputs import as_json
from gate.site import MANIFEST
from support.account import VIDEO
from support.keys import quick_public_jwk

TIMEOUT = 10.0
PAUSE = 0.1
SLOWEST = 1.0 / SPEED
"""Seconds that an answer may take, with the connection that it may need first."""
OLDEST = 1.5
"""Seconds that may have passed since a node's keys were confirmed."""


class Refused(Exception):
    pass


class Way:
    """How to reach a server: from an address, over TLS or not. Every other question goes over a new connection, as from somebody
    who has just come; those between go over one that is kept."""

    def __init__(self, server: tuple[str, int], source: str = "127.0.0.1", tls: ssl.SSLContext | None = None,
                 always_new: bool = False):
        self._server = server
        self._source = source
        self._tls = tls
        self._kept = None
        self._turns = itertools.cycle([True] if always_new else [False, True])

    def ask(self, method: str, path: str, fields: dict = {}, body: bytes | None = None) -> bytes:
        if next(self._turns):
            with closing(self._connect()) as connection:
                return self._answer(connection, method, path, fields, body)
        self._kept = self._kept or self._connect()
        return self._answer(self._kept, method, path, fields, body)

    def close(self):
        if self._kept:
            self._kept.close()

    def _connect(self) -> http.client.HTTPConnection:
        options = {"timeout": TIMEOUT, "source_address": (self._source, 0)}
        if self._tls:
            return http.client.HTTPSConnection(*self._server, context=self._tls, **options)
        return http.client.HTTPConnection(*self._server, **options)

    @staticmethod
    def _answer(connection, method: str, path: str, fields: dict, body: bytes | None) -> bytes:
        connection.request(method, path, body, fields)
        answer = connection.getresponse()
        content = answer.read()
        if answer.status != 200:
            denial = answer.headers.get("X-Stream-Signing-Denial") or content[:200].decode(errors="replace").strip()
            # Without what differs each time, so that like complaints are counted.
            told = re.sub("ey[^/]{20,}", "TOKEN", f"{method} {path}: {answer.status} {denial}")
            raise Refused(re.sub(r"\d+\.\d+ s", "SOME s", told))
        return content


class Bystander:
    """Takes the next of `questions`, which never end, every tenth of a second."""

    def __init__(self, name: str, questions: Iterator[Callable[[], None]], ways: list[Way], pause: float = PAUSE):
        self.name = name
        self._questions = questions
        self._ways = ways
        self._pause = pause
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self.answers = 0
        self.slowest = 0.0
        self.problems = Counter()

    def start(self):
        self._thread.start()

    def stop(self):
        self._ended.set()

    def join(self):
        self._thread.join()
        for way in self._ways:
            way.close()

    def _run(self):
        while not self._ended.wait(self._pause):
            question = next(self._questions)
            begin = time.monotonic()
            try:
                question()
                self.answers += 1
            except Refused as refusal:
                self.problems[str(refusal)] += 1
            except (OSError, http.client.HTTPException) as failure:
                self.problems[f"{type(failure).__name__}: {failure}"] += 1
                for way in self._ways:
                    way.close()
            self.slowest = max(self.slowest, time.monotonic() - begin)

    def complaints(self) -> list[str]:
        found = [f"{self.name}: {count} times {problem}" for problem, count in self.problems.items()]
        if self.slowest > SLOWEST:
            found.append(f"{self.name}: waited {self.slowest:.2f} s")
        if not self.answers:
            found.append(f"{self.name}: was never answered")
        return found

    def __str__(self):
        return f"{self.name}: {self.answers} answers, the slowest in {self.slowest * 1000:.0f} ms"


def viewer(name: str, way: Way, tokens: list[str]) -> Bystander:
    """Somebody who watches, with one token after the other: some are remembered, and some are not."""
    paths = itertools.cycle([f"/{token}/{MANIFEST}" for token in tokens])

    def play():
        if not way.ask("GET", next(paths)).startswith(b"#EXTM3U"):
            raise Refused("that is no manifest")

    return Bystander(name, itertools.repeat(play), [way])


def proxied_viewer(name: str, way: Way, tokens: list[str]) -> Bystander:
    """The same for a proxy that asks the gate."""
    paths = itertools.cycle([f"/{token}/{MANIFEST}" for token in tokens])

    def ask():
        way.ask("GET", "/authorize", {"X-Original-URI": next(paths), "X-Forwarded-For": "198.51.100.7"})

    return Bystander(name, itertools.repeat(ask), [way])


def prober(name: str, way: Way) -> Bystander:
    """What keeps a node in rotation. It also reads there how old the keys are."""

    def ready():
        age = re.search(rb"confirmed ([\d.]+) s ago", way.ask("GET", "/readyz"))
        if age and float(age[1]) > OLDEST:
            raise Refused(f"/readyz: the keys are older than {OLDEST} s")

    return Bystander(name, itertools.cycle([ready, lambda: way.ask("GET", "/healthz")]), [way])


def gate_prober(name: str, way: Way) -> Bystander:
    return Bystander(name, itertools.repeat(lambda: way.ask("GET", "/healthz")), [way])


def client(name: str, way: Way, account: str, credential: str, token: str) -> Bystander:
    """A program of another account, which does everything that there is to do: slowly enough for any limit on requests."""
    base = f"/client/v4/accounts/{account}/stream"
    fields = {"Authorization": f"Bearer {credential}", "Content-Type": "application/json"}

    def call(method: str, path: str, body: bytes | None = None):
        content = way.ask(method, base + path, fields, body)
        return json.loads(content)["result"] if content.startswith(b'{"result"') else None

    def questions():
        for number in itertools.count():
            id = f"{name.replace(' ', '-')}-{time.time_ns()}"
            yield lambda: call("GET", "/keys")
            yield lambda: call("POST", f"/{VIDEO}/token", b"{}")
            yield lambda: call("POST", "/keys", as_json(id=id, jwk=quick_public_jwk(id)))
            yield lambda: call("POST", "/explain", as_json(token=token))
            yield lambda: call("GET", "/keys/jwks.json")
            yield lambda: call("DELETE", f"/keys/{id}")
            if number % 4 == 0:
                made = []
                yield lambda: made.append(call("POST", "/keys")["id"])
                yield lambda: [call("DELETE", f"/keys/{id}") for id in made]

    return Bystander(name, questions(), [way], pause=2 * PAUSE)
