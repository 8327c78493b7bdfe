"""An account of a running service, and ways to talk to it."""

import requests
from cloudflare import AsyncCloudflare, Cloudflare

from . import program
from .waiting import eventually

VIDEO = "ea95132c15732412d22c1476fa83f27a"


class Account:
    def __init__(self, service, id: str, credential: str):
        self.service = service
        self.id = id
        self.credential = credential
        self.session = requests.Session()
        self.url = f"{service.api}/accounts/{id}/stream"

    def read_credential(self) -> str:
        """A credential that may only list, once the service knows it."""
        credential = program.make_credential(self.service.data, self.id, "read")
        wait_until_known(self.service, self.id, credential)
        return credential

    def sdk(self, **options) -> Cloudflare:
        return Cloudflare(**({"api_token": self.credential, "base_url": self.service.api} | options))

    def async_sdk(self, **options) -> AsyncCloudflare:
        return AsyncCloudflare(**({"api_token": self.credential, "base_url": self.service.api} | options))

    def call(self, method: str, path: str, **options) -> requests.Response:
        headers = {"Authorization": f"Bearer {self.credential}"} | options.pop("headers", {})
        return self.session.request(method, self.url + path, headers=headers, timeout=60, **options)

    def keys(self) -> list[str]:
        return [key["id"] for key in self.call("GET", "/keys").json()["result"] or []]

    def import_key(self, **body) -> requests.Response:
        return self.call("POST", "/keys", json=body)

    def delete(self, id: str) -> requests.Response:
        return self.call("DELETE", f"/keys/{id}")

    def token(self, **body) -> requests.Response:
        return self.call("POST", f"/{VIDEO}/token", json=body)

    def jwks(self, **headers) -> requests.Response:
        return requests.get(f"{self.url}/keys/jwks.json", headers=headers, timeout=60)


def open_account(service, id: str) -> Account:
    credential = program.make_credential(service.data, id)
    wait_until_known(service, id, credential)
    return Account(service, id, credential)


def wait_until_known(service, account: str, credential: str, known: bool = True):
    """A service learns of credentials from other processes within a second; asking is the only way to know."""
    headers = {"Authorization": f"Bearer {credential}"}
    url = f"{service.api}/accounts/{account}/stream/keys"
    eventually(lambda: (requests.get(url, headers=headers, timeout=60).status_code == 200) == known)
