"""What somebody did to the files of a store: `store check` finds it, and nothing that is lost is taken for a first start."""

import sqlite3

import pytest

from support import program
from support.account import open_account
from support.envelope import result
from support.keys import quick_public_jwk
from support.service import Service


@pytest.fixture
def folder(data):
    """A store with keys, credentials and a sealed key, at rest."""
    with Service(data) as service:
        account = open_account(service, "acme")
        result(account.import_key(jwk=quick_public_jwk("mine")))
        result(account.import_key(jwk=quick_public_jwk("other")))
        result(account.token())
        result(open_account(service, "second").token())
    program.make_credential(data, "acme", "read")
    assert program.run("store", "check", "--data", data).returncode == 0
    return data


def edit(folder, sql: str):
    with sqlite3.connect(folder / "stream-signing.sqlite") as database:
        assert database.execute(sql).rowcount > 0
    database.close()


@pytest.mark.parametrize("sql, said", [
    ("UPDATE signing_key SET public_key = (SELECT public_key FROM signing_key WHERE id = 'other') WHERE id = 'mine'",
     "the key mine of the account acme is not the one that was stored"),
    ("UPDATE signing_key SET sealed = randomblob(length(sealed)) WHERE account = 'acme' AND sealed IS NOT NULL",
     "the private half of acme's key"),
    ("UPDATE signing_key SET sealed = x'00' WHERE account = 'acme' AND sealed IS NOT NULL", "is not a sealed key"),
    ("UPDATE credential SET role = 'write' WHERE role = 'read'", "was changed in the database"),
    ("UPDATE credential SET hash = randomblob(32) WHERE role = 'read'", "was changed in the database"),
    ("UPDATE credential SET account = 'second' WHERE role = 'read'", "is good for second, and was made for acme"),
    ("UPDATE credential SET version = 1, role = 'write' WHERE role = 'read'", "was changed in the database"),
    ("UPDATE credential SET role = 'admin' WHERE role = 'read'", "table credential, row '"),
    ("UPDATE signing_key SET id = '1111' WHERE id = 'mine'", "acme's key 1111 was not added by this program"),
    ("UPDATE signing_key SET sealed = NULL WHERE account = 'acme' AND sealed IS NOT NULL",
     "the private half of acme's key"),
    ("UPDATE signing_key SET created = created + 1 WHERE id = 'mine'", "another time of creation"),
    ("INSERT INTO key_state (key, enabled) VALUES (2, 0)", "has a state without a change"),
    ("INSERT INTO compacted_count VALUES ('acme', 4)", "the database counts 4"),
])
def test_an_edit_is_found_and_not_copied(folder, tmp_path, sql, said):
    edit(folder, sql)
    checked = program.run("store", "check", "--data", folder)
    assert checked.returncode == 2 and said in checked.stderr and checked.stdout == ""
    copied = program.run("store", "copy", "--from", f"sqlite:{folder}", "--to", f"sqlite:{tmp_path / 'copy'}")
    assert copied.returncode == 2 and said in copied.stderr and "verified" not in copied.stdout + copied.stderr
    assert not (tmp_path / "copy").exists()


def test_every_edit_is_a_line(folder):
    edit(folder, "UPDATE signing_key SET created = created + 1 WHERE id = 'mine'")
    edit(folder, "UPDATE credential SET role = 'write' WHERE role = 'read'")
    (folder / "master.key").write_text("no key\n")
    checked = program.run("store", "check", "--data", folder)
    assert checked.returncode == 2 and len(checked.stderr.splitlines()) == 3, checked.stderr
    assert "master key" in checked.stderr


def test_a_copy_without_the_master_key_does_not_call_sealed_keys_verified(folder, tmp_path):
    (folder / "master.key").rename(tmp_path / "kept.key")
    copied = program.output("store", "copy", "--from", f"sqlite:{folder}", "--to", f"sqlite:{tmp_path / 'one'}")
    assert "2 sealed keys were not verified" in copied and "verified:" not in copied
    checked = program.run("store", "check", "--data", folder)
    assert checked.returncode == 0 and "2 sealed keys were not opened" in checked.stderr
    copied = program.output("store", "copy", "--from", f"sqlite:{folder}", "--to", f"sqlite:{tmp_path / 'two'}",
                            "--master-key-file", tmp_path / "kept.key")
    assert copied.startswith("verified:")


def test_one_bad_sealed_half_does_not_keep_the_others_from_a_new_master_key(folder):
    edit(folder, "UPDATE signing_key SET sealed = randomblob(100) WHERE account = 'acme' AND sealed IS NOT NULL")
    rotated = program.run("master-key", "rotate", "--data", folder)
    assert rotated.returncode == 0, rotated.stderr
    assert "sealed 1 key again" in rotated.stderr and "did not open" in rotated.stderr
    with Service(folder) as service:
        result(open_account(service, "second").token())


def test_a_service_key_without_its_private_half_is_followed_by_another(folder):
    edit(folder, "UPDATE signing_key SET sealed = NULL WHERE account = 'acme' AND sealed IS NOT NULL")
    with Service(folder) as service:
        account = open_account(service, "acme")
        before = set(account.keys())
        result(account.token())
        assert len(set(account.keys()) - before) == 1 and before < set(account.keys())


@pytest.mark.parametrize("is_missing", [True, False])
def test_a_lost_database_beside_a_master_key_is_not_a_first_start(folder, is_missing):
    database, key = folder / "stream-signing.sqlite", (folder / "master.key").read_bytes()
    kept = database.read_bytes()
    database.unlink()
    if not is_missing:
        database.touch(mode=0o600)
    for command in (["serve", "--api", "127.0.0.1:0"], ["credential", "create", "--account", "a", "--role", "read"],
                    ["store", "check"], ["master-key", "rotate"]):
        refused = program.run(*command, "--data", folder)
        assert refused.returncode == 2 and "its database is missing or empty" in refused.stderr, command
        assert refused.stdout == "" and "credential" not in refused.stderr
    assert (folder / "master.key").read_bytes() == key and database.exists() != is_missing
    database.write_bytes(kept)
    database.chmod(0o600)
    with Service(folder) as service:
        assert "made account" not in service.output


def test_a_store_that_is_not_the_master_keys_is_not_a_first_start(folder, tmp_path):
    """A database with something in it, and a master key that it does not know."""
    other = tmp_path / "other"
    program.make_credential(other, "acme")
    (other / "master.key").write_bytes((folder / "master.key").read_bytes())
    (other / "master.key").chmod(0o600)
    for command in (["serve", "--api", "127.0.0.1:0"], ["master-key", "rotate"]):
        refused = program.run(*command, "--data", other)
        assert refused.returncode == 2 and "has never had a master key" in refused.stderr
