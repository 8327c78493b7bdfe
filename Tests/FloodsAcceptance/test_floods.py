"""Whatever one account or one address sends, everybody else is served: nobody is refused, nobody waits for more than a second, and
the memory that it took is back afterwards."""

import time

import pytest

from floods.flood import Flooding
from floods.places import Place
from floods.rows import OF_A_GATE_WITHOUT_AN_API, OF_THE_API, OF_THE_GATE, OF_TLS, Flood

CALM = 0.3
"""Seconds for which everybody is watched before a flood and after it."""

MEMORY = 32 << 10
"""Kibibytes that a process may keep of a flood: what was remembered for the next request, and what the allocator holds."""

PATIENCE = 15.0

ROWS = [
    *(("SQLite", flood) for flood in OF_THE_API + OF_THE_GATE),
    *(("PostgreSQL", flood) for flood in OF_THE_API + OF_THE_GATE + OF_A_GATE_WITHOUT_AN_API),
    *(("TLS", flood) for flood in OF_TLS),
]


@pytest.mark.parametrize("place, flood", ROWS, ids=str, indirect=["place"])
def test_nobody_else_notices(place: Place, flood: Flood):
    parts = flood.parts(place)
    before = place.resident_kilobytes
    others = place.others()
    for other in others:
        other.start()
    time.sleep(CALM)  # Who is there before must still be served.
    with Flooding(parts) as flooding:
        flooding.wait()
    time.sleep(CALM)
    for other in others:
        other.stop()
    for other in others:
        other.join()
    print(*(dict(counts) for counts in flooding.counts), *others, sep="\n")
    assert flooding.total["sent"] + flooding.total["opened"] > 0
    complaints = [complaint for other in others for complaint in other.complaints()]
    assert not complaints, "\n".join(complaints)
    check_answers(flooding)
    check_memory(place, before)


def check_answers(flooding: Flooding):
    """Who floods is told so, and when to come again. Nothing fails."""
    for status, count in flooding.total.items():
        assert not status.endswith("without Retry-After"), f"{count} times {status}"
        assert not status.startswith("5") or status == "503", f"{count} times {status}"


def check_memory(place: Place, before: list[int]):
    assert all(service.is_alive() for service in place.services), [service.output[-2000:] for service in place.services]
    deadline = time.monotonic() + PATIENCE
    while True:
        kept = [after - was for was, after in zip(before, place.resident_kilobytes)]
        if max(kept) <= MEMORY:
            return
        assert time.monotonic() < deadline, f"kept of a flood: {kept} KiB"
        time.sleep(0.1)
