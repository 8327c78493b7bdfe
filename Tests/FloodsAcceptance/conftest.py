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


class Current:
    """The place of the rows that come now. A fixture with a parameter would make one for each row."""

    KINDS = {"SQLite": places.alone, "PostgreSQL": places.nodes, "TLS": places.encrypted}

    def __init__(self, key: DearKey, tmp_path_factory):
        self._key = key
        self._folders = tmp_path_factory
        self._name = None
        self._stack = ExitStack()

    def named(self, name: str) -> places.Place:
        # What a service that ended has to say comes with the row that finds it ended.
        if name != self._name or not all(service.is_alive() for service in self._place.services):
            self._name = None
            self._stack.close()
            self._place = self.KINDS[name](self._folders.mktemp("place"), self._stack, self._key)
            self._name = name
        return self._place

    def close(self):
        self._stack.close()


@pytest.fixture(scope="session")
def current(dear_key, tmp_path_factory):
    current = Current(dear_key, tmp_path_factory)
    yield current
    current.close()


@pytest.fixture
def place(request, current) -> places.Place:
    """The one whose name the row says."""
    return current.named(request.param)
