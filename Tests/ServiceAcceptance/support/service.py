"""A running `streamsign serve`."""

import re
import signal
import subprocess
import threading

import requests

from . import program

DEADLINE = 60
END = "(end of output)"


class Service:
    """Starts on a free port and is ready when the constructor returns. Refusals are not limited unless a flag says so: tests are
    refused more often than anybody should be."""

    def __init__(self, data, *flags, env: dict[str, str] | None = None, under: list[str] = []):
        """`under`: a command that starts it, as another user for example."""
        self.data = data
        command = [*under, program.path(), "serve", "--data", str(data), "--api", "127.0.0.1:0", "--ready-keys", "2",
                   "--refusal-limit", "0", *flags]
        self.process = subprocess.Popen(
            list(map(str, command)), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            env=program.environment(**(env or {})))
        self.lines: list[str] = []
        self.url = None
        self._is_awaited = False
        self._news = threading.Condition()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        self.url = self.wait_for(r"streamsign: listening on (https?://\S+)").group(1)
        self.port = int(self.url.rpartition(":")[2])
        self.api = f"{self.url}/client/v4"

    def _read(self):
        for line in self.process.stdout:
            with self._news:
                self.lines.append(line.decode(errors="replace").rstrip("\n"))
                self._news.notify_all()
        with self._news:
            self.lines.append(END)
            self._news.notify_all()

    def wait_for(self, pattern: str) -> re.Match:
        """The first line of output that matches, as soon as there is one."""

        def found():
            return next(filter(None, (re.search(pattern, line) for line in self.lines)), None)

        with self._news:
            self._news.wait_for(lambda: found() or self.lines[-1:] == [END], DEADLINE)
            assert (match := found()), f"no line matches {pattern}:\n" + self.output
            return match

    @property
    def output(self) -> str:
        return "\n".join(self.lines)

    @property
    def resident_kilobytes(self) -> int:
        with open(f"/proc/{self.process.pid}/status") as status:
            return int(re.search(r"VmRSS:\s+(\d+)", status.read()).group(1))

    @property
    def metrics(self) -> str:
        return requests.get(f"{self.url}/metrics", timeout=DEADLINE).text

    def is_alive(self) -> bool:
        return self.process.poll() is None

    def kill(self):
        """kill -9: nothing is written after this."""
        self.process.kill()
        self._finish()

    def terminate(self):
        self.process.send_signal(signal.SIGTERM)

    def finish(self):
        """Waits for the end, which must be an orderly one."""
        status = self._finish()
        assert status == 0, f"exit status {status}:\n{self.output}"
        assert "Fatal error" not in self.output

    def stop(self):
        self.terminate()
        self.finish()

    def _finish(self) -> int:
        self._is_awaited = True
        try:
            status = self.process.wait(DEADLINE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise
        self._reader.join()
        return status

    def __enter__(self):
        return self

    def __exit__(self, kind, *_):
        if self.process.poll() is None:
            self.kill() if kind else self.stop()
        elif not self._is_awaited:
            # Its clients only know that it could not be reached.
            assert False, f"ended by itself with exit status {self._finish()}:\n{self.output}"
