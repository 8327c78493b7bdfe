"""The data folder of a node, which holds its master key alone."""

import stat

from nodes.cluster import keys_on


def test_a_folder_that_is_not_there_is_made_as_for_a_single_machine(cluster):
    cluster.data.rmdir()
    keys_on(cluster.node())
    assert stat.S_IMODE(cluster.data.stat().st_mode) == 0o700
    assert stat.S_IMODE((cluster.data / "master.key").stat().st_mode) == 0o600
