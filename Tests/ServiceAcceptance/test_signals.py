"""What signals do, from the first moment on: also to the first process of a container, which has no defaults for them."""

import errno
import os
import re
import signal
import socket
import subprocess
import time
from pathlib import Path

import pytest
import requests

from support import program
from support.service import DEADLINE, Service
from support.waiting import eventually, within


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGUSR1, signal.SIGUSR2])
def test_these_do_not_end_it(data, number):
    with Service(data) as service:
        for _ in range(3):
            service.process.send_signal(number)
        service.wait_for(f"signal={number.name}")
        assert requests.get(f"{service.url}/readyz", timeout=DEADLINE).status_code == 200


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGUSR1, signal.SIGUSR2])
def test_these_do_not_end_it_while_it_starts(data, number):
    """From before the second program replaces the first until there are handlers."""
    with Unanswered() as url:
        started = subprocess.Popen(
            [program.path(), "serve", "--data", data, "--api", "127.0.0.1:0"],
            env=program.environment(STREAMSIGN_DATABASE_URL=url), stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        try:
            eventually(lambda: ignores(started.pid, number))
            while not catches(started.pid, number):
                started.send_signal(number)
                assert started.poll() is None, started.stderr.read()
            eventually(lambda: catches(started.pid, signal.SIGTERM))
            started.send_signal(signal.SIGTERM)
            assert started.wait(DEADLINE) == 0, started.stderr.read()
        finally:
            started.kill()


def test_the_log_goes_on_in_a_new_file_once_the_old_one_was_moved_away(data, tmp_path):
    log, old = tmp_path / "service.log", tmp_path / "service.log.1"
    with Service(data, "--log-file", log) as service:
        requests.get(f"{service.url}/healthz", timeout=DEADLINE)
        eventually(lambda: "route=/healthz" in log.read_text())
        assert "route=" not in service.output and log.stat().st_mode & 0o777 == 0o640
        log.rename(old)
        service.process.send_signal(signal.SIGHUP)
        eventually(log.exists)
        requests.get(f"{service.url}/readyz", timeout=DEADLINE)
        eventually(lambda: "route=/readyz" in log.read_text())
        assert "route=/readyz" not in old.read_text()


def test_a_log_that_cannot_be_written_is_named(data, tmp_path):
    refused = program.run("serve", "--data", data, "--log-file", tmp_path / "none/service.log")
    assert refused.returncode == 2 and "--log-file" in refused.stderr and not data.exists()


class Unanswered:
    """An address where connections are accepted and nobody says anything: a database that hangs."""

    def __enter__(self):
        self.socket = socket.create_server(("127.0.0.1", 0))
        return f"postgres://u@127.0.0.1:{self.socket.getsockname()[1]}/keys"

    def __exit__(self, *_):
        self.socket.close()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("container", [[], ["unshare", "--pid", "--fork", "--kill-child"]], ids=["process", "container"])
def test_a_stop_while_it_starts_is_obeyed(data, number, container):
    within(2, lambda: seconds_to_stop_a_start(data, number, container))


def seconds_to_stop_a_start(data, number, container) -> float:
    with Unanswered() as url:
        started = subprocess.Popen(
            [*container, program.path(), "serve", "--data", data, "--api", "127.0.0.1:0"],
            env=program.environment(STREAMSIGN_DATABASE_URL=url), stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        try:
            service = eventually(lambda: started.pid if not container else child_of(started.pid))
            eventually(lambda: catches(service, number))
            begin = time.monotonic()
            subprocess.run(["kill", f"-{number}", str(service)], check=True)
            assert started.wait(DEADLINE) == 0, started.stderr.read()
            seconds = time.monotonic() - begin
            assert f"signal={number.name}" in started.stderr.read()
            return seconds
        finally:
            started.kill()


def test_a_stop_of_the_first_process_of_a_container_is_not_lost_before_there_is_a_handler(data, tmp_path):
    """The settings come through a pipe that nobody has written to yet, so it has only begun."""
    settings = tmp_path / "settings"
    os.mkfifo(settings)
    started = subprocess.Popen(
        ["unshare", "--pid", "--fork", "--kill-child", program.path(), "serve", "--data", data, "--api", "127.0.0.1:0",
         "--config", settings], env=program.environment(), stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    try:
        service = eventually(lambda: child_of(started.pid))
        writer = eventually(lambda: opened_for_writing(settings))
        assert not catches(service, signal.SIGTERM)
        os.kill(service, signal.SIGTERM)
        os.close(writer)
        assert started.wait(DEADLINE) == 0
        said = started.stderr.read()
        assert "signal=SIGTERM" in said and "listening" not in said, said
    finally:
        started.kill()


def opened_for_writing(pipe: Path) -> int | None:
    """None as long as nobody reads from it."""
    try:
        return os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
    except OSError as error:
        assert error.errno == errno.ENXIO
        return None


def child_of(pid: int) -> int | None:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return int(children[0]) if children else None


def catches(pid: int, number: int) -> bool:
    return has(pid, "SigCgt", number)


def ignores(pid: int, number: int) -> bool:
    return has(pid, "SigIgn", number) or catches(pid, number)


def has(pid: int, mask: str, number: int) -> bool:
    mask = re.search(rf"^{mask}:\s+(\w+)$", Path(f"/proc/{pid}/status").read_text(), re.M).group(1)
    return bool(int(mask, 16) >> (number - 1) & 1)
