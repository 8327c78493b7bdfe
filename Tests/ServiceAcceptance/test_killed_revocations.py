"""kill -9 at random moments under batches of revocations and lifts: what was answered stays, and no batch is there by half."""

import random
import threading

import requests

from support import program
from support.account import Account
from support.service import Service

ROUNDS = 8
WORKERS = 3
BATCH = 50


class Worker(threading.Thread):
    """Revokes and lifts until the connection breaks."""

    def __init__(self, account, name: str, goal: threading.Semaphore):
        super().__init__()
        self.account, self.name_, self.goal = account, name, goal
        self.batches: set[str] = set()
        self.unsure_batches: set[str] = set()
        self.lifted: set[str] = set()
        self.unsure_lifts: set[str] = set()

    def run(self):
        try:
            self._work()
        except (requests.ConnectionError, requests.exceptions.ChunkedEncodingError):
            pass

    def _work(self):
        for number in range(10_000):
            batch = f"{self.name_}-{number}"
            self.unsure_batches.add(batch)
            body = [{"viewer": batch, "reason": str(index)} for index in range(BATCH)]
            answer = self.account.call("POST", "/revocations", json=body)
            assert answer.status_code == 200, answer.text
            self.unsure_batches.remove(batch)
            self.batches.add(batch)
            self.goal.release()
            victim = random.choice(answer.json()["result"])["id"]
            self.unsure_lifts.add(victim)
            answer = self.account.call("DELETE", f"/revocations/{victim}")
            assert answer.status_code == 200, answer.text
            self.unsure_lifts.remove(victim)
            self.lifted.add(victim)


def everything(account) -> dict[str, list[str]]:
    """The ids in force by their viewer."""
    found: dict[str, list[str]] = {}
    after = None
    while True:
        query = {"limit": 1_000} | ({"after": after} if after else {})
        page = account.call("GET", "/revocations", params=query).json()
        for revocation in page["result"]:
            found.setdefault(revocation["viewer"], []).append(revocation["id"])
        after = page["result_info"]["cursors"].get("after")
        if after is None:
            return found


def check(account, workers):
    found = everything(account)
    ids = {id for batch in found.values() for id in batch}
    for worker in workers:
        assert not worker.lifted & ids, "a lift was undone"
        lifts = len(worker.lifted) + len(worker.unsure_lifts)
        kept = sum(len(found.get(batch, [])) for batch in worker.batches)
        assert len(worker.batches) * BATCH - lifts <= kept <= len(worker.batches) * BATCH - len(worker.lifted)
        for batch in worker.unsure_batches:
            assert len(found.get(batch, [])) in (0, BATCH), "a batch is there by half"


def test_nothing_that_was_acknowledged_is_lost_and_no_batch_is_there_by_half(data):
    credential = program.make_credential(data, "acme")
    workers: list[Worker] = []
    for round in range(ROUNDS):
        goal = threading.Semaphore(0)
        with Service(data) as service:
            account = Account(service, "acme", credential)
            check(account, workers)
            new = [Worker(Account(service, "acme", credential), f"{round}-{index}", goal) for index in range(WORKERS)]
            for worker in new:
                worker.start()
            for _ in range(random.randrange(1, 20)):
                assert goal.acquire(timeout=60)
            service.kill()
            for worker in new:
                worker.join()
            workers += new
    with Service(data) as service:
        check(Account(service, "acme", credential), workers)
    assert any(worker.lifted for worker in workers)
    program.output("store", "check", "--data", data)
