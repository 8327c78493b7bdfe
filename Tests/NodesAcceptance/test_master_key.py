"""A new master key for nodes that run."""

import shutil
import threading

from nodes.journal import UNUSABLE
from support import program
from support.account import Account, wait_until_known
from support.envelope import refusal, result
from support.tokens import key_id
from support.waiting import eventually


def rotate(*flags, **environment) -> str:
    """What the command says."""
    rotated = program.run("master-key", "rotate", *flags, env=environment)
    assert rotated.returncode == 0, rotated.stderr
    return rotated.stderr


def account_of_its_own(cluster, id: str, *nodes) -> list[Account]:
    """One that has no key yet, as each node sees it."""
    credential = program.output(
        "credential", "create", "--account", id, "--role", "write",
        env={"STREAMSIGN_DATABASE_URL": cluster.database.url}).strip()
    for node in nodes:
        wait_until_known(node.service, id, credential)
    return [Account(node.service, id, credential) for node in nodes]


def test_nodes_sign_on_while_it_changes(cluster):
    nodes = [cluster.node() for _ in range(3)]
    token = result(nodes[0].account.token())["token"]
    opened, *unopened = account_of_its_own(cluster, "second", *nodes)
    other = key_id(opened.token())
    kept = cluster.data / "kept.key"
    shutil.copy(cluster.data / "master.key", kept)
    ended, answers = threading.Event(), {node: [] for node in nodes}

    def ask(node):
        account = Account(node.service, node.account.id, node.account.credential)
        while not ended.is_set():
            answers[node].append(account.token())

    clients = [threading.Thread(target=ask, args=(node,)) for node in nodes]
    for client in clients:
        client.start()
    here = ("--data", cluster.data, "--database-url", cluster.database.url)
    said = rotate(*here)
    again = rotate(STREAMSIGN_DATA=str(cluster.data), STREAMSIGN_DATABASE_URL=cluster.database.url)
    counts = {node: len(answers[node]) for node in nodes}
    eventually(lambda: all(len(answers[node]) > counts[node] + 1 for node in nodes), 10)
    ended.set()
    for client in clients:
        client.join()
    assert "sealed 2 keys again" in said and "sealed 2 keys again" in again
    assert {key_id(answer) for all in answers.values() for answer in all} == {key_id(nodes[0].account.token())}
    # Nodes that open a key for the first time, long after they have read the master key.
    assert [key_id(account.token()) for account in unopened] == [other] * 2
    for node in nodes:
        assert node.play(token) == "allowed"
        assert node.play(result(node.account.token())["token"]) == "allowed"
    # A node that starts now, and one that comes with yesterday's key.
    late = cluster.node()
    assert late.play(result(late.account.token())["token"]) == "allowed"
    stale = program.run(
        "serve", "--data", cluster.data, "--master-key-file", kept, "--api", "127.0.0.1:0",
        env={"STREAMSIGN_DATABASE_URL": cluster.database.url})
    assert stale.returncode == 2 and "is not the one in use" in stale.stderr


def test_machines_with_files_of_their_own_are_given_it_while_they_run(cluster):
    cluster.node().service.stop()
    files = [cluster.data / f"{name}.key" for name in ("first", "second")]
    for file in files:
        shutil.copy(cluster.data / "master.key", file)
    first, second = nodes = [cluster.node(None, "--master-key-file", file) for file in files]
    token = result(first.account.token())["token"]
    eventually(lambda: second.play(token) == "allowed")
    rotate("--data", cluster.data, "--database-url", cluster.database.url, "--master-key-file", files[0])
    # Who has not got it opens nothing and seals nothing; the gate goes on, which needs no secret.
    mine, theirs = account_of_its_own(cluster, "newcomer", *nodes)
    refusal(theirs.token(), 500, UNUSABLE)
    result(mine.token())
    refusal(theirs.token(), 500, UNUSABLE)
    assert second.play(token) == "allowed"
    shutil.copy(files[0], files[1])
    assert key_id(theirs.token()) == key_id(mine.token())
    assert key_id(second.account.token()) == key_id(first.account.token())
    assert all(node.play(token) == "allowed" for node in nodes)
