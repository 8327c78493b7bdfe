"""Times, looked at so that a busy machine is not taken for a fault."""

import time
from collections.abc import Callable

from support.waiting import eventually


def last_allowed(gate, token: str) -> float:
    """When a gate that is about to refuse was last asked and let the token in. It decided no sooner than that; its answer may
    be seen much later."""
    asked = [time.monotonic()]

    def is_refused():
        asked.append(time.monotonic())
        return gate.play(token) != "allowed"

    eventually(is_refused, every=0)
    return asked[-2]


def seen_before_the_end(begin: Callable[[int], object], look: Callable[[], list[str]]) -> tuple[list[str], int]:
    """What is seen of something that ends by itself, and when it ends. If it has ended meanwhile, it begins again and lasts
    longer."""
    for seconds in (5, 20):
        end = int(time.time()) + seconds
        begin(end)
        seen = look()
        if time.time() < end:
            return seen, end
    raise AssertionError(f"a look took {seconds} s")
