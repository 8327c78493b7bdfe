"""Waiting for what nobody tells of, and for the end of tokens; times, looked at so that a busy machine is not taken for a fault."""

import time
from collections.abc import Callable

from .tokens import claims


def eventually(condition, seconds: float = 60, every: float = 0.02):
    """Asks again and again; fails when the time is over.
    :return: the first answer that is true."""
    deadline = time.monotonic() + seconds
    while not (last := condition()):
        assert time.monotonic() < deadline, f"not within {seconds} s"
        time.sleep(every)
    return last


def seconds_until(condition: Callable[[], bool]) -> float:
    began = time.monotonic()
    eventually(condition)
    return time.monotonic() - began


def within(seconds: float, measure: Callable[[], float]):
    """Fails if `measure` gives more each of three times: a busy machine makes some of them longer, a fault all of them."""
    measured = []
    while not measured or measured[-1] >= seconds:
        assert len(measured) < 3, f"not within {seconds} s, but {measured}"
        measured.append(measure())


def wait_until(end: int):
    """By the clock that servers on this machine go by."""
    eventually(lambda: time.time() >= end)


def wait_until_expired(token: str):
    wait_until(claims(token)["exp"])


def asked_in_time(make, ask, seconds: float = 2):
    """What `ask` says of a token that `make` makes for `seconds`, and that token: one that lasts longer if it expired meanwhile."""
    while True:
        token = make(seconds)
        answer = ask(token)
        if time.time() < claims(token)["exp"]:
            return answer, token
        seconds *= 2
