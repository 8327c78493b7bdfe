"""The data folder of a node, which holds its master key alone."""

import stat

import pytest
from nodes.cluster import keys_on
from nodes.database import Database
from support import program


def test_a_folder_that_is_not_there_is_made_as_for_a_single_machine(cluster):
    cluster.data.rmdir()
    keys_on(cluster.node())
    assert stat.S_IMODE(cluster.data.stat().st_mode) == 0o700
    assert stat.S_IMODE((cluster.data / "master.key").stat().st_mode) == 0o600


@pytest.mark.parametrize("command", [
    ["credential", "create", "--account", "a", "--role", "read"], ["credential", "list"], ["store", "check"],
    ["serve", "--api", "127.0.0.1:0"]])
def test_an_empty_database_beside_a_master_key_is_not_a_first_start(cluster, command):
    cluster.node()
    refused = program.run(*command, "--data", cluster.data, env={"STREAMSIGN_DATABASE_URL": Database().url})
    assert refused.returncode == 2 and "this store has never had a master key" in refused.stderr
    assert refused.stdout == ""
