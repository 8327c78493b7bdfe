"""Packagers that write media while it is served, each in one of the ways that they have."""

import os
import threading
import time
from pathlib import Path
from typing import Callable

PIECE = 4096
"""Bytes of one write: what comes in several can be seen half done."""


class Writer:
    """Calls `write` with a number that grows, from a thread, for as long as it is entered."""

    def __init__(self, write: Callable[[int], None], pause: float):
        self._write, self._pause = write, pause
        self._stops = threading.Event()
        self._thread = threading.Thread(target=self._run)

    def _run(self):
        number = 0
        while not self._stops.wait(self._pause):
            number += 1
            self._write(number)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._stops.set()
        self._thread.join()


def write_in_place(path: Path, content: bytes, pause: float = 0):
    """Cuts the file and fills it again."""
    with open(path, "wb", buffering=0) as file:
        for start in range(0, len(content), PIECE):
            file.write(content[start:start + PIECE])
            time.sleep(pause)


def rename_over(path: Path, content: bytes):
    new = path.with_name(path.name + ".tmp")
    new.write_bytes(content)
    os.replace(new, path)


def playlist(number: int) -> bytes:
    """Recognisable, and of another length than the ones before and after it."""
    lines = ["#EXTM3U", f"#EXT-X-MEDIA-SEQUENCE:{number}"]
    for segment in range(600 + number % 7 * 50):
        lines += ["#EXTINF:2.000,", f"segment-{number}-{segment}.m4s"]
    return ("\n".join(lines) + "\n").encode()


def dash(number: int) -> bytes:
    periods = "".join(f'<Period id="{number}-{period}"/>\n' for period in range(600 + number % 7 * 50))
    return f'<MPD publishTime="{number}">\n{periods}</MPD>\n'.encode()


def is_whole(content: bytes, kind: Callable[[int], bytes]) -> bool:
    """Whether it is one of them, from the first byte to the last."""
    digits = content.partition(b"SEQUENCE:" if kind is playlist else b'Time="')[2][:9]
    number = digits.replace(b'"', b"\n").partition(b"\n")[0].partition(b">")[0]
    return number.isdigit() and content == kind(int(number))
