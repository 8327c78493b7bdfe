"""What clients were told while something broke."""

import itertools
import threading

from support.account import Account
from support.envelope import refusal
from support.keys import quick_public_jwk

UNAVAILABLE = 20008
UNUSABLE = 20013
ANY_NUMBER_OF_KEYS = ("--keys-per-account", "1000000")


class Journal:
    """A client of each node that creates and deletes keys, and writes down what was acknowledged and what was refused. A
    refusal is an envelope that says so."""

    def __init__(self, *nodes):
        self.created: set[str] = set()
        self.deleted: set[str] = set()
        self.not_created: set[str] = set()
        self.not_deleted: set[str] = set()
        self._failures: list[BaseException] = []
        self._ended = threading.Event()
        self._clients = [
            threading.Thread(target=self._run, args=(node, f"journal-{index}")) for index, node in enumerate(nodes)]

    @property
    def refusals(self) -> int:
        return len(self.not_created) + len(self.not_deleted)

    def check(self, *nodes, refusals_are_certain: bool):
        """Every node has what was acknowledged, and not what was acknowledged to be gone. A refusal is certain to have done
        nothing unless a connection was lost in the midst of it."""
        assert self.created and self.deleted and self.refusals
        kept = self.created - self.deleted
        for node in nodes:
            there = set(node.account.keys())
            assert kept - self.not_deleted <= there
            assert not self.deleted & there
            if refusals_are_certain:
                assert kept <= there and not self.not_created & there

    def __enter__(self):
        for client in self._clients:
            client.start()
        return self

    def __exit__(self, *_):
        self._ended.set()
        for client in self._clients:
            client.join()
        assert not self._failures, self._failures

    def _run(self, node, name: str):
        try:
            self._work(Account(node.service, node.account.id, node.account.credential), name)
        except BaseException as failure:
            self._failures.append(failure)

    def _work(self, account: Account, name: str):
        for number in itertools.count():
            # Clients have something else to do now and then, and so have the machine's cores.
            if self._ended.wait(0.01):
                return
            id = f"{name}-{number}"
            imported = account.import_key(jwk=quick_public_jwk(id))
            if self._note(imported, id, self.created, self.not_created) and number % 2:
                self._note(account.delete(id), id, self.deleted, self.not_deleted)

    @staticmethod
    def _note(answer, id: str, done: set[str], refused: set[str]) -> bool:
        is_done = answer.status_code == 200
        if not is_done:
            refusal(answer, 503, UNAVAILABLE)
        (done if is_done else refused).add(id)
        return is_done
