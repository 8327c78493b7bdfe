"""Who may do what, as the SDK sees it."""

import cloudflare
import pytest
import requests

from support.envelope import refusal


def test_email_and_key_are_as_good_as_a_bearer(account):
    sdk = cloudflare.Cloudflare(
        api_email="somebody@example.com", api_key=account.credential, base_url=account.service.api)
    assert sdk.stream.token.create("video", account_id=account.id).token
    assert len(list(sdk.stream.keys.get(account_id=account.id))) == 1


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Authorization": "Bearer wrong"},
        {"Authorization": "Bearer "},
        {"Authorization": "Basic {good}"},
        {"X-Auth-Email": "a@example.com", "X-Auth-Key": "wrong"},
        {"X-Auth-User-Service-Key": "{good}"},
        {"Authorization": "Bearer wrong", "X-Auth-Key": "{good}"},
    ],
)
def test_without_a_good_credential_everything_is_401(account, headers):
    headers = {name: value.replace("{good}", account.credential) for name, value in headers.items()}
    for method, path in [("GET", "/keys"), ("POST", "/keys"), ("DELETE", "/keys/x"), ("POST", "/x/token")]:
        answer = requests.request(method, account.url + path, headers=headers, timeout=60)
        refusal(answer, 401, 10000)
        assert answer.headers["www-authenticate"] == "Bearer"


def test_the_sdk_raises_an_authentication_error_with_our_code(account):
    with pytest.raises(cloudflare.AuthenticationError) as error:
        account.sdk(api_token="ss_wrong").stream.keys.create(account_id=account.id)
    assert [item.code for item in error.value.errors] == [10000]


def test_a_read_credential_lists_and_does_nothing_else(account):
    sdk = account.sdk(api_token=account.read_credential())
    key = account.sdk().stream.keys.create(account_id=account.id)
    assert [item.id for item in sdk.stream.keys.get(account_id=account.id)] == [key.id]
    for attempt in (
        lambda: sdk.stream.keys.create(account_id=account.id),
        lambda: sdk.stream.keys.delete(key.id, account_id=account.id),
        lambda: sdk.stream.token.create("video", account_id=account.id),
    ):
        with pytest.raises(cloudflare.PermissionDeniedError) as error:
            attempt()
        assert error.value.errors[0].code == 9109
    assert account.keys() == [key.id]


def test_somebody_elses_account_looks_like_one_that_does_not_exist(account, other_account):
    answers = []
    for id in (other_account.id, "f" * 32):
        with pytest.raises(cloudflare.PermissionDeniedError) as error:
            account.sdk().stream.keys.get(account_id=id)
        answers.append(error.value.errors)
    assert answers[0] == answers[1] and answers[0][0].code == 9109
