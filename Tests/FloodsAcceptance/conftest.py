"""The places that are flooded. They live as long as their rows."""

from contextlib import ExitStack

import pytest

from floods import places
from floods.inputs import DearKey
from nodes.database import SERVER


def pytest_collection_modifyitems():
    assert SERVER, "there is no STREAMSIGN_TEST_DATABASE_URL: run scripts/with-postgresql scripts/acceptance"


@pytest.fixture(scope="session")
def dear_key() -> DearKey:
    return DearKey()


@pytest.fixture(scope="module")
def place(request, dear_key, tmp_path_factory):
    """The one whose name the row says."""
    make = {
        "SQLite": places.alone,
        "PostgreSQL": places.nodes,
        "TLS": places.encrypted,
    }[request.param]
    with ExitStack() as stack:
        yield make(tmp_path_factory.mktemp("place"), stack, dear_key)
