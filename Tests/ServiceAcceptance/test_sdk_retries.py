"""The SDK repeats requests on its own, creates too: no answer of ours may turn that into a second key."""

import cloudflare
import httpx
import pytest

from support import program
from support.account import Account
from support.keys import quick_public_jwk
from support.service import Service


class Counting(httpx.HTTPTransport):
    """Remembers the status of every answer."""

    def __init__(self):
        super().__init__()
        self.statuses = []

    def handle_request(self, request):
        answer = super().handle_request(request)
        self.statuses.append(answer.status_code)
        return answer


def counting_sdk(account, **options):
    transport = Counting()
    client = cloudflare.DefaultHttpxClient(transport=transport)
    return account.sdk(http_client=client, **options), transport.statuses


def test_a_conflict_is_not_repeated(account, name):
    jwk = quick_public_jwk(name)
    sdk, statuses = counting_sdk(account)
    sdk.stream.keys.create(account_id=account.id, extra_body={"jwk": jwk})
    with pytest.raises(cloudflare.ConflictError) as error:
        sdk.stream.keys.create(account_id=account.id, extra_body={"jwk": jwk})
    assert error.value.errors[0].code == 20001
    assert statuses == [200, 409]
    assert account.keys() == [name]


def test_a_throttled_create_comes_through_later_and_makes_one_key(data):
    credential = program.make_credential(data, "acme")
    with Service(data, "--rate-limit", "1") as service:
        sdk, statuses = counting_sdk(Account(service, "acme", credential))
        # Two requests are allowed at once, and one a second after them: a busy machine may take longer for each anyway.
        ids = []
        while 429 not in statuses:
            ids.append(f"k{len(ids):03}")
            sdk.stream.keys.create(account_id="acme", extra_body={"jwk": quick_public_jwk(ids[-1])})
        assert statuses.count(200) == len(ids) and set(statuses) == {200, 429}
        listed = sdk.stream.keys.get(account_id="acme")
        assert [key.id for key in listed] == ids


def test_a_full_account_is_told_so_once(data):
    credential = program.make_credential(data, "acme")
    with Service(data, "--keys-per-account", "1") as service:
        sdk, statuses = counting_sdk(Account(service, "acme", credential))
        sdk.stream.keys.create(account_id="acme")
        with pytest.raises(cloudflare.PermissionDeniedError) as error:
            sdk.stream.keys.create(account_id="acme")
        assert error.value.errors[0].code == 20002
        assert statuses == [200, 403]
