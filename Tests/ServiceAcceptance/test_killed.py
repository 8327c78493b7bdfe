"""kill -9 at random moments under creates and deletes: what was answered stays answered."""

import random
import sqlite3
import threading

import requests

from support import program
from support.account import Account
from support.keys import quick_public_jwk
from support.service import Service

ROUNDS = 15
WORKERS = 4


class Truth:
    """What the clients know of the keys."""

    def __init__(self):
        self.present: set[str] = set()
        self.deleted: set[str] = set()
        self.unsure: set[str] = set()
        self.acknowledged = 0
        self.reached = threading.Event()
        self.lock = threading.Lock()
        self.goal = 0

    def aim(self, goal: int):
        self.reached.clear()
        self.goal = self.acknowledged + goal

    def acknowledge(self):
        self.acknowledged += 1
        if self.acknowledged >= self.goal:
            self.reached.set()


def work(account, name, truth):
    """Creates and deletes until the connection breaks."""
    mine = []
    for number in range(10_000):
        id = f"{name}-{number}"
        deletes = mine and random.random() < 0.4
        subject = mine.pop(random.randrange(len(mine))) if deletes else id
        with truth.lock:
            truth.present.discard(subject)
            truth.unsure.add(subject)
        try:
            answer = account.delete(subject) if deletes else account.import_key(jwk=quick_public_jwk(id))
            assert answer.status_code == 200, answer.text
        except (requests.ConnectionError, requests.exceptions.ChunkedEncodingError):
            return
        with truth.lock:
            truth.unsure.discard(subject)
            (truth.deleted if deletes else truth.present).add(subject)
            truth.acknowledge()
        if not deletes:
            mine.append(id)


def check(account, truth):
    listed = set(account.keys())
    assert truth.present <= listed, f"lost: {truth.present - listed}"
    assert not truth.deleted & listed, f"undone: {truth.deleted & listed}"
    assert listed <= truth.present | truth.unsure
    assert listed == {key["kid"] for key in account.jwks().json()["keys"]}
    truth.present |= listed
    truth.deleted |= truth.unsure - listed
    truth.unsure.clear()


def test_nothing_that_was_acknowledged_is_lost_or_undone(data):
    credential = program.make_credential(data, "acme")
    truth = Truth()
    for round in range(ROUNDS):
        truth.aim(random.randrange(1, 150))
        with Service(data, "--keys-per-account", "100000", "--ready-keys", "0") as service:
            if round:
                check(Account(service, "acme", credential), truth)
            workers = [
                threading.Thread(target=work, args=[Account(service, "acme", credential), f"{round}-{worker}", truth])
                for worker in range(WORKERS)
            ]
            for worker in workers:
                worker.start()
            assert truth.reached.wait(60)
            service.kill()
            for worker in workers:
                worker.join()
        with sqlite3.connect(data / "stream-signing.sqlite") as database:
            assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        database.close()
    with Service(data, "--keys-per-account", "100000") as service:
        check(Account(service, "acme", credential), truth)
    assert truth.acknowledged > ROUNDS and truth.deleted and truth.present
    assert "fit together" in program.output("audit", "--data", data, "--verify")
