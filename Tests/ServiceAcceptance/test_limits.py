"""How many keys and requests an account may have, and that bad requests cost no memory."""

import threading
from contextlib import ExitStack

from support import program
from support.account import VIDEO, Account, open_account
from support.envelope import refusal, result
from support.keys import quick_public_jwk
from support.raw import Connection, is_refused_or_closed, request
from support.service import Service


def test_an_account_has_as_many_keys_as_it_may_and_not_one_more(data):
    credential = program.make_credential(data, "acme")
    with Service(data, "--keys-per-account", "3") as service:
        account = Account(service, "acme", credential)
        for number in range(3):
            result(account.import_key(jwk=quick_public_jwk(f"k{number}")))
        for refused in (account.import_key(jwk=quick_public_jwk("k3")), account.call("POST", "/keys"), account.token()):
            refusal(refused, 403, 20002)
        result(account.delete("k1"))
        result(account.token())
        refusal(account.import_key(jwk=quick_public_jwk("k3")), 403, 20002)
        assert len(account.keys()) == 3 and "k3" not in account.keys()
        other = open_account(service, "other")
        result(other.import_key(jwk=quick_public_jwk("k3")))


def test_the_limit_holds_when_creates_come_at_once(data):
    credential = program.make_credential(data, "acme")
    with Service(data, "--keys-per-account", "5") as service:
        codes = []

        def work(name):
            account = Account(service, "acme", credential)
            codes.extend(account.import_key(jwk=quick_public_jwk(f"{name}-{i}")).status_code for i in range(4))

        threads = [threading.Thread(target=work, args=[name]) for name in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert codes.count(200) == 5 and codes.count(403) == 19
        assert len(Account(service, "acme", credential).keys()) == 5


def test_too_many_requests_of_one_credential_are_429_and_harm_no_other(data):
    credential, other = program.make_credential(data, "acme"), program.make_credential(data, "acme")
    with Service(data, "--rate-limit", "2") as service:
        account = Account(service, "acme", credential)
        answers = [account.call("GET", "/keys") for _ in range(30)]
        throttled = [answer for answer in answers if answer.status_code == 429]
        assert throttled and answers[0].status_code == 200
        for answer in throttled:
            refusal(answer, 429, 20009)
            assert 1 <= int(answer.headers["retry-after"]) <= 2
        assert Account(service, "acme", other).call("GET", "/keys").status_code == 200


def test_readers_who_take_nothing_share_one_copy_of_a_key_set(account):
    service = account.service
    for number in range(900):
        result(account.import_key(jwk=quick_public_jwk(f"{account.id}-{number}")))
    whole = account.jwks()
    assert len(whole.content) > 400_000
    before = service.resident_kilobytes
    with ExitStack() as open_connections:
        for _ in range(200):
            reader = open_connections.enter_context(Connection(service))
            reader.send(request("GET", f"/client/v4/accounts/{account.id}/stream/keys/jwks.json"))
        assert account.jwks().content == whole.content
        assert service.resident_kilobytes - before < 32_000


def test_thousands_of_bad_requests_leave_memory_as_it_was(account):
    service = account.service
    authorization = f"Authorization: Bearer {account.credential}"
    path = f"/client/v4/accounts/{account.id}/stream/{VIDEO}/token"
    big = b'{"x":"' + b"y" * 60000
    bad = [
        request("GET", "/nowhere/" + "x" * 4000),
        request("POST", path, "Content-Length: 2", "Authorization: Bearer x", body=b"{}"),
        request("POST", path, authorization, f"Content-Length: {len(big)}", body=big),
        request("POST", path, authorization, "Content-Length: 3000", body=b"[" * 3000),
        request("POST", path, authorization, "Content-Length: 2", "Content-Type: image/png", body=b"{}"),
        request("PUT", "/healthz"),
    ]
    hangups = [request("GET", "/x", *(f"X-{i}: y" for i in range(300))), b"\0" * 100, bad[2][:5000]]

    def round():
        with Connection(service) as connection:
            for one in bad * 10:
                connection.send(one)
                if not is_refused_or_closed(answer := connection.answer()) or answer is None:
                    break
        for one in hangups:
            with Connection(service) as connection:
                connection.send(one)

    for _ in range(10):
        round()
    before = service.resident_kilobytes
    for _ in range(50):
        round()
    assert service.resident_kilobytes - before < 16_000
    assert service.is_alive()
