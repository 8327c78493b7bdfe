"""Waiting for what nobody tells of, and for the end of tokens."""

import time

from .tokens import claims


def eventually(condition, seconds: float = 60, every: float = 0.02):
    """Asks again and again; fails when the time is over.
    :return: the first answer that is true."""
    deadline = time.monotonic() + seconds
    while not (last := condition()):
        assert time.monotonic() < deadline, f"not within {seconds} s"
        time.sleep(every)
    return last


def wait_until_expired(token: str):
    eventually(lambda: time.time() >= claims(token)["exp"])


def asked_in_time(make, ask, seconds: float = 2):
    """What `ask` says of a token that `make` makes for `seconds`, and that token: one that lasts longer if it expired meanwhile."""
    while True:
        token = make(seconds)
        answer = ask(token)
        if time.time() < claims(token)["exp"]:
            return answer, token
        seconds *= 2
