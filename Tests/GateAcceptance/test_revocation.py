"""A deleted key stops what plays: no request that begins after the DELETE's answer is allowed, whatever is remembered."""

import threading
import time

from gate.site import session

VIEWERS = 6
TOKENS = 40
SEGMENT = "manifest/segment-0-2.m4s"
ALLOWED = 200, None
REVOKED = 401, "key_revoked"


class Viewer(threading.Thread):
    """Asks for segments without a pause, with one token after the other, and notes when it asked and what it got."""

    def __init__(self, site, tokens: list[str], done: threading.Event):
        super().__init__()
        self.site, self.tokens, self.done = site, tokens, done
        self.answers: list[tuple[float, tuple[int, str | None]]] = []
        self.has_seen_all = threading.Event()

    def run(self):
        connection = session()
        while not self.done.is_set():
            for token in self.tokens:
                begun = time.monotonic()
                answer = connection.get(self.site.address(token, SEGMENT), timeout=60)
                verdict = answer.status_code, answer.headers.get("X-Stream-Signing-Denial")
                self.answers.append((begun, verdict))
            self.has_seen_all.set()


def test_under_load(site, signer, passing_signer):
    done = threading.Event()
    # Different ends make different tokens: the gate has a verdict on each in its cache.
    dying, living = (
        [each.token(seconds=3600 + number) for number in range(TOKENS)] for each in (passing_signer, signer))
    viewers = [Viewer(site, dying, done) for _ in range(VIEWERS)]
    bystander = Viewer(site, living, done)
    everybody = [*viewers, bystander]
    for viewer in everybody:
        viewer.start()
    try:
        assert all(viewer.has_seen_all.wait(60) for viewer in everybody)
        asked = time.monotonic()
        status = site.account.delete(passing_signer.id).status_code
        answered = time.monotonic()
        for viewer in everybody:
            viewer.has_seen_all.clear()
        # The round that was under way, and one that begins after it.
        for _ in range(2):
            assert all(viewer.has_seen_all.wait(60) for viewer in everybody)
            for viewer in everybody:
                viewer.has_seen_all.clear()
    finally:
        done.set()
        for viewer in everybody:
            viewer.join()
    assert status == 200
    answers = [answer for viewer in viewers for answer in viewer.answers]
    # A request that began before the DELETE may have been decided after it.
    before = [verdict for begun, verdict in answers if begun < asked]
    assert before.count(ALLOWED) >= VIEWERS * TOKENS and set(before) <= {ALLOWED, REVOKED}
    after = [verdict for begun, verdict in answers if begun > answered]
    assert len(after) >= VIEWERS * TOKENS and set(after) == {REVOKED}
    assert {verdict for _, verdict in bystander.answers} == {ALLOWED}, "another key's tokens"
