"""A program that floods servers on this machine, and ends by itself.

It reads a flood from standard input as JSON (floods/flood.py writes it), and writes on standard output what became of it. It is
a process of its own so that what it costs does not slow down those who are measured beside it.
"""

import asyncio
import base64
import itertools
import json
import os
import resource
import socket
import ssl
import sys
import time
from collections import Counter

NUMBER = b"@NUMBER@"
"""Stands for the number of the turn, in as many digits, so that lengths stay what they are."""

# Linux chooses the port when it connects, so that an address has as many ports for each server.
IP_BIND_ADDRESS_NO_PORT = 24
RETRY = 0.05


class Part:
    """What all kinds of floods have in common."""

    def __init__(self, plan: dict, end: float):
        self.plan = plan
        self.end = end
        self.counts = Counter()
        self.tls = None
        if plan["tls"]:
            self.tls = ssl.create_default_context()
            self.tls.check_hostname = False
            self.tls.verify_mode = ssl.CERT_NONE

    async def connected(self) -> socket.socket:
        """A connection from the flood's address; None if there is none to be had."""
        connection = socket.socket()
        connection.setblocking(False)
        connection.setsockopt(socket.IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, 1)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, self.plan["receive_buffer"])
        # What the system keeps for this program is not what is measured, and all of TCP shares one bound.
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 64 << 10)
        try:
            connection.bind((self.plan["source"], 0))
            await asyncio.get_running_loop().sock_connect(connection, (self.plan["host"], self.plan["port"]))
        except BaseException:
            connection.close()
            raise
        return connection

    def tls_options(self) -> dict:
        return {"ssl": self.tls, "server_hostname": "localhost"} if self.tls else {}

    async def paced(self):
        """The numbers of the turns, each when it is due."""
        for number in self.numbers:
            due = self.begin + self.due(number)
            if due >= self.end:
                return
            await asyncio.sleep(due - time.monotonic())
            yield number

    def due(self, number: int) -> float:
        return number / self.plan["rate"]

    async def run(self):
        self.begin = time.monotonic()
        self.numbers = itertools.count()
        async with asyncio.TaskGroup() as group:
            for _ in range(self.plan["connections"]):
                group.create_task(self.worker())


class Requests(Part):
    """Asks again and again, on as many connections as there may be questions open. A turn is asked on one connection, one
    question after the other."""

    def __init__(self, plan: dict, end: float):
        super().__init__(plan, end)
        self.turns = [[base64.b64decode(text) for text in turn] for turn in plan["turns"]]

    async def worker(self):
        stream = None
        async for number in self.paced():
            for template in self.turns[number % len(self.turns)]:
                try:
                    stream = stream or await self.open()
                    await self.ask(stream, template.replace(NUMBER, b"%08d" % number))
                except (OSError, EOFError, ssl.SSLError):
                    self.counts["closed" if stream else "unreachable"] += 1
                    self.close(stream)
                    stream = None
                    await asyncio.sleep(RETRY)
            if self.plan["fresh"]:
                self.close(stream)
                stream = None

    async def open(self):
        stream = await asyncio.open_connection(sock=await self.connected(), **self.tls_options())
        self.counts["opened"] += 1
        return stream

    @staticmethod
    def close(stream):
        if stream:
            stream[1].transport.abort()

    async def ask(self, stream, question: bytes):
        reader, writer = stream
        writer.write(question)
        self.counts["sent"] += 1
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
        status, *lines = head.split("\r\n")
        fields = dict(line.split(": ", 1) for line in lines if ": " in line)
        await reader.readexactly(int(fields.get("content-length", 0)))
        status = status.split()[1]
        self.counts[status] += 1
        if status in ("429", "503") and "retry-after" not in fields:
            self.counts[f"{status} without Retry-After"] += 1
        if fields.get("connection") == "close":
            raise EOFError


class Connections(Part):
    """Opens connections and keeps them open, with a beginning said on each, and then a byte now and then. Those that the server
    closes are opened again. None of them reads on after the first piece of what it gets."""

    def __init__(self, plan: dict, end: float):
        super().__init__(plan, end)
        self.firsts = [base64.b64decode(text) for text in plan["firsts"]]
        self.open = 0

    def due(self, number: int) -> float:
        """The first ones quickly, and then as many as the server closes, at the pace of requests."""
        count = self.plan["connections"]
        return min(number, count) / self.plan["opening_rate"] + max(number - count, 0) / self.plan["rate"]

    async def worker(self):
        async for number in self.paced():
            try:
                connection = await self.connected()
                closed = asyncio.get_running_loop().create_future()
                transport, _ = await asyncio.get_running_loop().create_connection(
                    lambda: Unread(closed), sock=connection, **self.tls_options())
            except (OSError, EOFError, ssl.SSLError):
                self.counts["unreachable"] += 1
                await asyncio.sleep(RETRY)
                continue
            self.counts["opened"] += 1
            self.open += 1
            self.counts["open at once"] = max(self.counts["open at once"], self.open)
            try:
                transport.write(self.firsts[number % len(self.firsts)].replace(NUMBER, b"%08d" % number))
                await self.hold(transport, closed)
            finally:
                self.open -= 1
                transport.abort()

    async def hold(self, transport, closed: asyncio.Future):
        """Until the server closes."""
        while not closed.done():
            await asyncio.wait([closed], timeout=self.plan["drip_every"] or None)
            if not closed.done():
                transport.write(b"a")
        self.counts["closed"] += 1


class Pipelines(Part):
    """Asks on and on, as fast as the server takes the questions."""

    def __init__(self, plan: dict, end: float):
        super().__init__(plan, end)
        question = base64.b64decode(plan["question"])
        self.questions = question * ((64 << 10) // len(question))

    def due(self, number: int) -> float:
        return number / self.plan["opening_rate"]

    async def worker(self):
        async for _ in self.paced():
            try:
                reader, writer = await asyncio.open_connection(sock=await self.connected(), **self.tls_options())
                self.counts["opened"] += 1
                async with asyncio.TaskGroup() as group:
                    group.create_task(self.drop(reader))
                    group.create_task(self.ask(writer))
            except* (OSError, EOFError, ssl.SSLError):
                self.counts["closed"] += 1
                await asyncio.sleep(RETRY)

    async def ask(self, writer):
        while True:
            writer.write(self.questions)
            await writer.drain()
            self.counts["sent"] += 1

    @staticmethod
    async def drop(reader):
        while await reader.read(64 << 10):
            pass
        raise EOFError


class Unread(asyncio.Protocol):
    def __init__(self, closed: asyncio.Future):
        self.closed = closed

    def connection_made(self, transport):
        self.transport = transport

    def data_received(self, data):
        self.transport.pause_reading()

    def connection_lost(self, error):
        if not self.closed.done():
            self.closed.set_result(None)


KINDS = {"requests": Requests, "connections": Connections, "pipelines": Pipelines}


async def flood(plan: dict) -> list[dict]:
    end = time.monotonic() + plan["seconds"]
    parts = [KINDS[part["kind"]](part, end) for part in plan["parts"]]
    tasks = [asyncio.create_task(part.run()) for part in parts]
    done, pending = await asyncio.wait(tasks, timeout=plan["seconds"])
    for task in pending:
        task.cancel()
    await asyncio.gather(*pending, return_exceptions=True)
    for task in done:
        task.result()
    return [dict(part.counts) for part in parts]


def main():
    # Others are measured beside this.
    os.nice(10)
    files = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (files, files))
    plan = json.load(sys.stdin)
    for part in plan["parts"]:
        assert part["host"].startswith("127."), "this program floods this machine alone"
        part["connections"] = min(part["connections"], files // len(plan["parts"]) - 100)
    print(json.dumps(asyncio.run(flood(plan))))


if __name__ == "__main__":
    main()
