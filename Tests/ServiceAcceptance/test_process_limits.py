"""A system that gives the process too little: an error that says so, before anything is made."""

import os
import re
import resource
import socket
import subprocess

import pytest

from support import program
from support.service import Service


def run_limited(limit: int, value: int, *arguments) -> subprocess.CompletedProcess:
    return subprocess.run(
        [program.path(), *map(str, arguments)], env=program.environment(), capture_output=True, text=True, timeout=60,
        preexec_fn=lambda: resource.setrlimit(limit, (value, value)))


@pytest.mark.parametrize("limit, value, said", [
    (resource.RLIMIT_NOFILE, 20, "open files: this process may have 20"),
    (resource.RLIMIT_NOFILE, 256, "open files: this process may have 256"),
    (resource.RLIMIT_AS, 400 << 20, "address space: this process may have 400 MiB"),
    (resource.RLIMIT_AS, 1200 << 20, "address space: this process may have 1200 MiB"),
])
def test_too_little_is_an_error_and_not_a_trap(data, limit, value, said):
    refused = run_limited(limit, value, "serve", "--data", data, "--api", "127.0.0.1:0", "--gate", "127.0.0.1:0")
    assert refused.returncode == 2, refused
    assert refused.stderr.startswith(f"streamsign: {said}") and refused.stderr.count("\n") == 1
    assert not data.exists()


@pytest.mark.parametrize("most", [4, 9, 15, 24])
def test_too_few_threads_are_an_error_and_not_a_trap(data, most):
    def limit():
        # The limit counts the threads of a user, and root has none.
        if os.geteuid() == 0:
            os.setgroups([])
            os.setgid(64_123)
            os.setuid(64_123)
        resource.setrlimit(resource.RLIMIT_NPROC, (most, most))

    refused = subprocess.run(
        [program.path(), "serve", "--data", str(data), "--api", "127.0.0.1:0"], env=program.environment(), cwd="/",
        capture_output=True, text=True, timeout=60, preexec_fn=limit)
    assert refused.returncode == 2, refused
    assert re.fullmatch(
        r"streamsign: threads: this process may have \d+, and needs \d+: raise the limit \(ulimit -u, TasksMax=, or the pids "
        r"limit of the container\)\n", refused.stderr)
    assert not data.exists()


def test_too_small_a_stack_is_an_error_and_not_a_trap(data):
    refused = run_limited(resource.RLIMIT_STACK, 64 << 10, "serve", "--data", data, "--api", "127.0.0.1:0")
    assert refused.returncode == 2, refused
    assert refused.stderr.startswith("streamsign: stack: this process may have 64 KiB, and needs at least 512: ")
    assert not data.exists()


@pytest.mark.parametrize("gate", [[], ["--gate", "127.0.0.1:0"]])
def test_just_enough_files_are_enough(data, gate):
    refused = run_limited(resource.RLIMIT_NOFILE, 20, "serve", "--data", data, *gate)
    least = int(refused.stderr.partition("needs at least ")[2].partition(":")[0])
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(soft, least), hard))
    try:
        with Service(data, *gate) as service:
            assert service.is_alive()
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


@pytest.mark.parametrize("address", ["taken", "256.0.0.1:80", "no-such-host.invalid:80", "192.0.2.1:8787"])
@pytest.mark.parametrize("flag", ["--api", "--gate"])
def test_an_address_that_cannot_be_had_is_found_before_a_credential_is_made(data, flag, address):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"127.0.0.1:{taken.getsockname()[1]}" if address == "taken" else address
        flags = {"--api": "127.0.0.1:0"} | {flag: address}
        refused = program.run("serve", "--data", data, *(word for pair in flags.items() for word in pair))
    assert refused.returncode == 2 and refused.stderr.startswith(f"streamsign: {flag} {address}: ")
    if "invalid" in address:
        assert refused.stderr.endswith(": this host does not exist, or its name cannot be looked up\n")
    assert refused.stderr.count("\n") == 1, "and nothing else"
    listed = program.run("credential", "list", "--data", data)
    assert listed.stdout == ""
