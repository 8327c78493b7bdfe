"""SIGTERM ends a service after it has finished what it accepted."""

import signal
import threading

import pytest
import requests

from support import program
from support.account import VIDEO, Account
from support.envelope import result
from support.keys import quick_public_jwk
from support.raw import Connection, request
from support.service import Service


def wait_until_nobody_listens(service):
    while True:
        try:
            Connection(service).socket.close()
        except ConnectionError:
            return


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_requests_in_flight_are_finished_and_the_exit_status_is_0(data, number):
    credential = program.make_credential(data, "acme")
    service = Service(data)
    path = f"/client/v4/accounts/acme/stream/{VIDEO}/token"
    connections = [Connection(service) for _ in range(8)]
    for connection in connections:
        # The first answer shows that the connection was accepted; half of the second request is under way.
        connection.send(request("GET", "/healthz"))
        assert connection.answer()[0] == 200
        connection.send(request("POST", path, f"Authorization: Bearer {credential}", "Content-Length: 2", body=b"{"))
    assert requests.get(f"{service.url}/healthz", timeout=60).status_code == 200
    service.process.send_signal(number)
    wait_until_nobody_listens(service)
    for connection in connections:
        connection.send(b"}")
    assert [connection.answer()[0] for connection in connections] == [200] * 8
    service.finish()


def test_under_load_every_request_is_answered_or_never_begun(data):
    credential = program.make_credential(data, "acme")
    service = Service(data)
    created, unsure = [], []
    begun = threading.Event()

    def work(name):
        account = Account(service, "acme", credential)
        for number in range(10_000):
            id = f"{name}-{number}"
            try:
                result(account.import_key(jwk=quick_public_jwk(id)))
            except requests.RequestException:
                unsure.append(id)
                return
            created.append(id)
            if len(created) > 40:
                begun.set()

    threads = [threading.Thread(target=work, args=[name]) for name in range(4)]
    for thread in threads:
        thread.start()
    assert begun.wait(60)
    service.stop()
    for thread in threads:
        thread.join()
    with Service(data) as again:
        listed = Account(again, "acme", credential).keys()
        assert set(created) <= set(listed) <= set(created) | set(unsure)


def test_idle_connections_do_not_hold_up_the_end(data):
    service = Service(data)
    with Connection(service) as idle, Connection(service) as used:
        used.send(request("GET", "/healthz"))
        assert used.answer()[0] == 200
        service.stop()
        assert idle.is_closed() and used.is_closed()


def test_after_a_restart_keys_credentials_and_the_service_key_are_what_they_were(data):
    with Service(data) as first:
        credential = first.wait_for(r"export STREAMSIGN_API_TOKEN=(\S+)").group(1)
        id = first.wait_for(r"STREAMSIGN_ACCOUNT=(\S+)").group(1)
        account = Account(first, id, credential)
        result(account.token())
        keys, jwks = account.keys(), account.jwks().json()
    with Service(data) as second:
        account = Account(second, id, credential)
        result(account.token())
        assert (account.keys(), account.jwks().json()) == (keys, jwks)
        assert "STREAMSIGN_API_TOKEN" not in second.output
