"""What a flood is made of, and its sending."""

import base64
import json
import os
import subprocess
import sys
import threading
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Callable

SECONDS = float(os.environ.get("STREAMSIGN_FLOOD_SECONDS", "2"))
"""How long each flood goes on."""

ADDRESS = "127.0.0.66"
"""Where floods come from; everybody else has another address."""

RATE = 200
"""Requests a second."""
OPENING_RATE = 4000
"""Connections a second, until there are as many as there shall be."""

SPEED = float(os.environ.get("STREAMSIGN_FLOOD_SPEED", "1"))
"""What the rates are multiplied by: a debug build takes several times as long for the same work."""

Server = tuple[str, int]


@dataclass(frozen=True)
class Requests:
    """Asks the same questions over and over. Each turn is a list of questions, asked one after the other."""

    to: Server
    turns: list[list[bytes]]
    rate: float = RATE
    connections: int = 64
    fresh: bool = False
    """Whether each turn has a connection of its own."""
    source: str = ADDRESS
    tls: bool = False

    @property
    def plan(self) -> dict:
        per_second = self.rate * SPEED / max(map(len, self.turns))
        return plan(self, "requests") | {
            "turns": [list(map(encode, turn)) for turn in self.turns], "rate": per_second, "fresh": self.fresh,
            "receive_buffer": 1 << 20}


@dataclass(frozen=True)
class Connections:
    """Keeps connections open, each with one of `firsts` said at its beginning, and reads nothing of what comes back."""

    to: Server
    connections: int
    firsts: list[bytes]
    drip_every: float = 0.0
    """Seconds between single bytes more; 0 for none."""
    source: str = ADDRESS
    tls: bool = False

    @property
    def plan(self) -> dict:
        return plan(self, "connections") | {
            "firsts": list(map(encode, self.firsts)), "opening_rate": OPENING_RATE * SPEED, "rate": RATE * SPEED, "drip_every": self.drip_every,
            "receive_buffer": 4096}


@dataclass(frozen=True)
class Pipelines:
    """Sends a question again and again on each connection, as fast as the server takes it, without waiting for answers, which are
    read and dropped."""

    to: Server
    connections: int
    question: bytes
    source: str = ADDRESS
    tls: bool = False

    @property
    def plan(self) -> dict:
        return plan(self, "pipelines") | {
            "question": encode(self.question), "opening_rate": OPENING_RATE * SPEED, "receive_buffer": 64 << 10}


Part = Requests | Connections | Pipelines


def plan(part: Part, kind: str) -> dict:
    host, port = part.to
    return {"kind": kind, "host": host, "port": port, "source": part.source, "tls": part.tls,
            "connections": part.connections}


def encode(data: bytes) -> str:
    return base64.b64encode(data).decode()


def at_each(servers: list[Server], part: Callable[[Server], Part]) -> list[Part]:
    """One part for each server. Questions are shared out among them; connections are not, since every server has room for a
    number of its own."""
    parts = [part(server) for server in servers]
    return [replace(part, rate=part.rate / len(parts)) if isinstance(part, Requests) else part for part in parts]


class Flooding:
    """A flood under way, from `with` until it has ended by itself."""

    def __init__(self, parts: list[Part], seconds: float = SECONDS):
        plan = {"seconds": seconds, "parts": [part.plan for part in parts]}
        self._input = json.dumps(plan)
        self._seconds = seconds
        self.counts: list[Counter] = []

    def __enter__(self):
        self._process = subprocess.Popen(
            [sys.executable, Path(__file__).with_name("sender.py")], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, text=True)
        self._waiting = threading.Thread(target=self._finish)
        self._waiting.start()
        return self

    def _finish(self):
        try:
            self._output, self._error = self._process.communicate(self._input, timeout=self._seconds + 60)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._output, self._error = self._process.communicate()

    def wait(self):
        """For its end."""
        self._waiting.join()
        assert self._process.returncode == 0, self._error
        self.counts = [Counter(counts) for counts in json.loads(self._output)]

    def __exit__(self, kind, *_):
        if kind:
            self._process.kill()
        self._waiting.join()

    @property
    def total(self) -> Counter:
        return sum(self.counts, Counter())
