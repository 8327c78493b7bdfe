"""Three nodes for the tests that leave them as they were; those that harm nodes or the database have their own."""

import pytest

from nodes.cluster import STALENESS, Cluster, Node
from nodes.database import SERVER
from nodes.ending import ENDINGS


def pytest_collection_modifyitems():
    assert SERVER, "there is no STREAMSIGN_TEST_DATABASE_URL: run scripts/with-postgresql scripts/acceptance"


@pytest.fixture(scope="session")
def shared_cluster(tmp_path_factory):
    with Cluster(tmp_path_factory.mktemp("cluster")) as cluster:
        yield cluster


@pytest.fixture(scope="session")
def nodes(shared_cluster) -> list[Node]:
    return [shared_cluster.node() for _ in range(3)]


@pytest.fixture
def staleness() -> int:
    return STALENESS


@pytest.fixture
def cluster(tmp_path, staleness):
    with Cluster(tmp_path, staleness=staleness) as cluster:
        yield cluster


@pytest.fixture(params=ENDINGS, ids=lambda ending: ending.code)
def ending(request):
    return request.param
