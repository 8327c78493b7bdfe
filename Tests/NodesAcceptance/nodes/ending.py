"""The ways in which a viewer's token ends before its time: all of them have the same promise."""

import secrets
import time

from gate.signer import Signer
from nodes.cluster import Node
from support.envelope import result
from support.waiting import eventually, seconds_until


class Ending:
    """Two viewers whose tokens all the given nodes let in: one to keep, and one whose token is to end."""

    code: str
    """How it is refused from then on."""

    def __init__(self, here: Node, *others: Node):
        name = secrets.token_hex(6)
        self.signers = [Signer(here.account, f"key-{role}-{name}") for role in ("good", "doomed")]
        self.viewer = f"viewer {name}"
        self.good, self.doomed = (
            signer.token(viewer=viewer, iat=int(time.time()) - 10)
            for signer, viewer in zip(self.signers, ("another viewer", self.viewer)))
        for node in (here, *others):
            eventually(lambda: self.seen_by(node) == ["allowed"] * 2)

    @property
    def path(self) -> str:
        return f"/keys/{self.signers[1].id}"

    def seen_by(self, node) -> list[str]:
        return [node.play(token) for token in (self.good, self.doomed)]

    def begin(self, node: Node, wait: str | None = None):
        """Ends the token."""
        raise NotImplementedError

    def take_back(self, node: Node, wait: str | None = None) -> bool:
        """Lets it in again, if there is a way."""
        return False

    loss: str
    """SQL that makes a database forget it."""


class DeletedKey(Ending):
    code = "key_revoked"

    def begin(self, node: Node, wait: str | None = None):
        call(node, wait, "DELETE", self.path)

    @property
    def loss(self) -> str:
        return f"UPDATE signing_key SET revoked = NULL WHERE id = '{self.signers[1].id}';"


class DisabledKey(Ending):
    code = "key_disabled"

    def begin(self, node: Node, wait: str | None = None):
        call(node, wait, "PATCH", self.path, json={"enabled": False})

    def take_back(self, node: Node, wait: str | None = None) -> bool:
        call(node, wait, "PATCH", self.path, json={"enabled": True})
        return True

    loss = "DELETE FROM key_state;"


class RevokedViewer(Ending):
    code = "viewer_revoked"
    id: str

    def begin(self, node: Node, wait: str | None = None):
        self.id = call(node, wait, "POST", "/revocations", json={"viewer": self.viewer})["id"]

    def take_back(self, node: Node, wait: str | None = None) -> bool:
        call(node, wait, "DELETE", f"/revocations/{self.id}")
        return True

    loss = "DELETE FROM revocation;"


ENDINGS = [DeletedKey, DisabledKey, RevokedViewer]


def seconds_to_spread(ending: type[Ending], here: Node, *others) -> float:
    """How long after a node's answer, when the end of a token is in force there, it is in force on the others. If the token can
    come back, that time counts if it is longer."""
    case = ending(here, *others)

    def seconds_until_all_see(*words: str) -> float:
        assert case.seen_by(here) == [*words]
        return seconds_until(lambda: all(case.seen_by(other) == [*words] for other in others))

    case.begin(here)
    longest = seconds_until_all_see("allowed", case.code)
    if case.take_back(here):
        longest = max(longest, seconds_until_all_see("allowed", "allowed"))
    return longest


def call(node: Node, wait: str | None, method: str, path: str, **body):
    return result(node.account.call(method, path, params={"wait": wait} if wait else None, **body))
