"""Which key signs at the token endpoint: one that comes along, or the account's own."""

import concurrent.futures

from support.account import VIDEO
from support.envelope import refusal, result
from support.keys import encode
from support.tokens import key_id


def test_a_key_that_comes_along_signs(account):
    key = result(account.call("POST", "/keys"))
    assert key_id(account.token(id=key["id"], pem=key["pem"])) == key["id"]
    assert account.keys() == [key["id"]], "no key of the service's own was needed"


def test_an_imported_key_signs_when_its_private_half_comes_along(account, customer_key, name):
    result(account.import_key(pem=customer_key.public_pem, id=name))
    for pem in (customer_key.pem, customer_key.pkcs8, encode(customer_key.pem)):
        assert key_id(account.token(id=name, pem=pem)) == name


def test_a_pem_that_is_not_of_the_named_key_is_refused_at_pem(account, customer_key, other_customer_key, name):
    result(account.import_key(pem=customer_key.public_pem, id=name))
    for pem in (other_customer_key.pem, customer_key.public_pem, customer_key.pem[:-100], "nonsense", ""):
        error = refusal(account.token(id=name, pem=encode(pem)), 400, 10005, "/pem")
        assert "-----" not in error["message"] and not (pem[40:60] and pem[40:60] in error["message"])


def test_a_key_that_is_not_listed_is_refused_at_id(account, other_account, customer_key, name):
    result(other_account.import_key(pem=customer_key.public_pem, id=name))
    for id in (name, "never", "", "bad id", "é" * 50):
        refusal(account.token(id=id, pem=customer_key.pem), 400, 10005, "/id")


def test_a_deleted_key_signs_no_more(account):
    key = result(account.call("POST", "/keys"))
    result(account.delete(key["id"]))
    refusal(account.token(id=key["id"], pem=key["pem"]), 400, 10005, "/id")


def test_a_deleted_key_of_the_service_is_replaced(account):
    first = key_id(account.token())
    assert key_id(account.token()) == first and account.keys() == [first]
    result(account.delete(first))
    second = key_id(account.token())
    assert second != first and account.keys() == [second]


def test_tokens_asked_for_at_once_share_one_key(account):
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        ids = set(pool.map(lambda _: key_id(account.token()), range(24)))
    assert list(ids) == account.keys()


def test_any_name_of_a_video_without_a_dot_or_slash_is_signed(account):
    for video in ("v", "A-b_9", VIDEO):
        assert result(account.call("POST", f"/{video}/token"))["token"]
    for video in ("a.b", "x" * 600, "%2e", "é"):
        assert account.call("POST", f"/{video}/token").status_code in (400, 404)
