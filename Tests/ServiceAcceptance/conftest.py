"""One service for the tests that need nothing special of it, and an account of its own for each of them."""

import concurrent.futures
import secrets

import pytest

from support import program
from support.account import Account, wait_until_known
from support.keys import CustomerKey
from support.service import Service


class Accounts:
    """Makes accounts in batches, so that not every test waits until the service has learnt of its credential."""

    def __init__(self, data):
        self.data = data
        self.service = None
        self.spare = self.make()

    def make(self) -> list[tuple[str, str]]:
        ids = [secrets.token_hex(16) for _ in range(24)]
        with concurrent.futures.ThreadPoolExecutor(3) as pool:
            return list(zip(ids, pool.map(lambda id: program.make_credential(self.data, id), ids)))

    def take(self) -> Account:
        if not self.spare:
            self.spare = self.make()
            for id, credential in self.spare:
                wait_until_known(self.service, id, credential)
        return Account(self.service, *self.spare.pop())


@pytest.fixture(scope="session")
def accounts(tmp_path_factory):
    accounts = Accounts(tmp_path_factory.mktemp("shared") / "data")
    with Service(accounts.data) as service:
        accounts.service = service
        yield accounts
        assert service.is_alive(), service.output


@pytest.fixture(scope="session")
def service(accounts) -> Service:
    return accounts.service


@pytest.fixture
def account(accounts) -> Account:
    return accounts.take()


@pytest.fixture
def other_account(accounts) -> Account:
    return accounts.take()


@pytest.fixture(scope="session")
def guest(accounts) -> Account:
    """An account for requests that change nothing."""
    return accounts.take()


@pytest.fixture
def name() -> str:
    """An id that no other test imports: ids are unique over all accounts."""
    return "key-" + secrets.token_hex(6)


@pytest.fixture
def data(tmp_path):
    return tmp_path / "data"


@pytest.fixture(scope="session")
def customer_key() -> CustomerKey:
    return CustomerKey()


@pytest.fixture(scope="session")
def other_customer_key() -> CustomerKey:
    return CustomerKey()
