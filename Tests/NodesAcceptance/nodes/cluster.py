"""Nodes that share one database, each with a gate."""

import re
import secrets
import signal
from contextlib import ExitStack
from pathlib import Path

import pytest
import requests

from gate.signer import Signer
from gate.site import MANIFEST, MEDIA
from nodes.database import Database
from support import program
from support.account import Account, wait_until_known
from support.service import Service
from support.waiting import eventually

ACCOUNT = "sample"
STALENESS = 30
"""Seconds that nodes go on without the database: more than a busy machine keeps them from asking it."""

soon_stale = pytest.mark.parametrize("staleness", [2])
"""For a test that waits until nodes refuse by themselves."""


class Sleeper:
    """A process that can be put to sleep."""

    service: Service

    def stop(self):
        """Nothing of it runs until it is continued: not one thread, when this returns."""
        self.service.process.send_signal(signal.SIGSTOP)
        threads = Path(f"/proc/{self.service.process.pid}/task")
        eventually(lambda: all(state(thread) == "T" for thread in threads.iterdir()))

    def go_on(self):
        self.service.process.send_signal(signal.SIGCONT)


class Node(Sleeper):
    """One node and its gate."""

    def __init__(self, cluster: "Cluster", url: str | None = None, *flags):
        self.cluster = cluster
        self.service = Service(
            cluster.data, "--gate", "127.0.0.1:0", "--media", MEDIA, "--max-staleness", f"{cluster.staleness}s",
            "--stale-grace", "0s", *flags,
            env={"STREAMSIGN_DATABASE_URL": url or cluster.database.url})
        self.gate = Gate(self.service)
        wait_until_known(self.service, ACCOUNT, cluster.credential)
        self.account = Account(self.service, ACCOUNT, cluster.credential)

    def play(self, token: str) -> str:
        return self.gate.play(token)

    def metric(self, name: str) -> float:
        return float(re.search(rf"^{re.escape(name)} (\S+)$", self.service.metrics, re.MULTILINE).group(1))

    def ready(self) -> list[str]:
        """The lines of `/readyz`; none if it says no."""
        answer = requests.get(f"{self.service.url}/readyz", timeout=30)
        return answer.text.splitlines() if answer.status_code == 200 else []

    def delete(self, id: str, wait: str | None = None) -> requests.Response:
        return self.account.call("DELETE", f"/keys/{id}", params={"wait": wait} if wait else None)


class Gate:
    """What a viewer sees of a node."""

    def __init__(self, service: Service):
        self.url = service.wait_for(r"gate listening on (http://\S+)").group(1)
        self.port = int(self.url.rpartition(":")[2])
        self.session = requests.Session()

    def play(self, token: str) -> str:
        """`allowed`, or the code of the refusal."""
        answer = self.session.get(f"{self.url}/{token}/{MANIFEST}", timeout=30)
        denial = answer.headers.get("X-Stream-Signing-Denial")
        assert (answer.status_code == 200) == (denial is None), answer.text
        assert denial != "keys_stale" or (answer.status_code, answer.headers["Retry-After"]) == (503, "1")
        return denial or "allowed"


class Cluster:
    """A database and what its nodes have in common. Nodes that are still there when it ends must end in good order."""

    def __init__(self, folder: Path, database: Database | None = None, staleness: int = STALENESS):
        self.database = database or Database()
        self.staleness = staleness
        self.data = folder / "data"
        self.data.mkdir(mode=0o700)
        environment = {"STREAMSIGN_DATABASE_URL": self.database.url}
        self.credential = program.output(
            "credential", "create", "--account", ACCOUNT, "--role", "write", env=environment).strip()
        self._stack = ExitStack()

    def feed_credential(self) -> str:
        return program.output(
            "credential", "create", "--role", "feed", env={"STREAMSIGN_DATABASE_URL": self.database.url}).strip()

    def node(self, url: str | None = None, *flags) -> Node:
        node = Node(self, url, *flags)
        self._stack.enter_context(node.service)
        return node

    def __enter__(self):
        return self

    def __exit__(self, *failure):
        return self._stack.__exit__(*failure)


class Key:
    """A key that was registered on a node, and a token that is good for as long as it is."""

    def __init__(self, node: Node):
        signer = Signer(node.account, "key-" + secrets.token_hex(6))
        self.id, self.token = signer.id, signer.token()


def keys_on(here: Node, *others: Node) -> tuple[Key, Key]:
    """One to keep and one to delete, known to all."""
    good, doomed = Key(here), Key(here)
    for node in (here, *others):
        eventually(lambda: [node.play(key.token) for key in (good, doomed)] == ["allowed"] * 2)
    return good, doomed


class FedGate(Sleeper):
    """A gate without a database, which takes its keys from nodes."""

    def __init__(self, cluster: Cluster, *urls: str, media: Path = MEDIA, flags: tuple[str, ...] = ()):
        self._token = cluster.data / f"feed-{secrets.token_hex(4)}"
        self._token.write_text(cluster.feed_credential() + "\n")
        self._token.chmod(0o600)
        credential = {"Authorization": f"Bearer {self._token.read_text().strip()}"}
        for url in urls:
            eventually(
                lambda: requests.get(f"{url}/client/v4/feed", headers=credential, timeout=30).status_code == 200)
        self.service = Service(
            cluster.data / "none", "--gate", "127.0.0.1:0", "--media", media, "--max-staleness",
            f"{cluster.staleness}s", "--stale-grace", "0s", "--feed", ",".join(urls), "--feed-token-file", self._token,
            *flags)
        self.gate = Gate(self.service)

    def play(self, token: str) -> str:
        return self.gate.play(token)

    def __enter__(self):
        return self

    def __exit__(self, *failure):
        return self.service.__exit__(*failure)


def state(thread: Path) -> str:
    """Behind the program's name, which is in brackets and may hold anything."""
    return (thread / "stat").read_text().rpartition(")")[2].split()[0]
