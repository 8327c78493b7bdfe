"""Who asks for what with which token, and what has to come of it, whoever enforces it."""

import time
from dataclasses import dataclass, field
from typing import Callable

from support.account import VIDEO

from .signer import Signer, tampered, unsigned
from .site import MANIFEST, OTHER_VIDEO

DOWNLOAD = "downloads/default.mp4"
UNITED_KINGDOM = ("127.0.0.2", "GB")
FRANCE = ("127.0.0.3", "FR")
NOWHERE = ("127.0.0.4", None)


def country(action: str, *codes: str) -> dict:
    return {"type": "ip.geoip.country", "action": action, "country": list(codes)}


def address(action: str, *networks: str) -> dict:
    return {"type": "ip.src", "action": action, "ip": list(networks)}


BLOCK_ANY = {"type": "any", "action": "block"}
ALLOW_GB = [country("allow", "GB"), BLOCK_ANY]
ALLOW_ADDRESS = [address("allow", "127.0.0.2/32"), BLOCK_ANY]


@dataclass(frozen=True)
class Case:
    name: str
    token: Callable[[Signer], str]
    status: int = 200
    denial: str | None = None
    viewer: tuple[str, str | None] = UNITED_KINGDOM
    path: str = MANIFEST
    headers: dict = field(default_factory=dict)

    def __str__(self):
        return self.name

    @property
    def as_forwarded(self) -> dict[str, str]:
        """What a proxy that the gate trusts says of the viewer."""
        address, country = self.viewer
        return {"X-Forwarded-For": address} | ({"CF-IPCountry": country} if country else {})


def plain(**claims):
    return lambda signer: signer.token(**claims)


def ago(seconds: float) -> Callable[[Signer], str]:
    return lambda signer: signer.token(exp=int(time.time() - seconds))


PLAYED = [
    Case("a good token plays", plain()),
    Case("a part of a segment", plain(), 206, path="manifest/segment-0-2.m4s", headers={"Range": "bytes=100-199"}),
    Case("a query changes nothing", plain(), path=MANIFEST + "?quality=1"),
    Case("the right country", plain(accessRules=ALLOW_GB)),
    Case("the right address", plain(accessRules=ALLOW_ADDRESS)),
    Case("an unlisted country under a rule about addresses", plain(accessRules=ALLOW_ADDRESS[:1]), viewer=NOWHERE),
    Case("a download that is allowed", plain(downloadable=True), path=DOWNLOAD),
    Case("a file that is not there", plain(), 404, path="manifest/nothing.m4s"),
    Case("a folder", plain(), 404, path="manifest"),
]

REFUSED = [
    Case("expired", ago(60), 401, "expired"),
    Case("not yet valid", lambda signer: signer.token(nbf=int(time.time()) + 600), 401, "not_yet_valid"),
    Case("the wrong country", plain(accessRules=ALLOW_GB), 403, "blocked_by_rule", FRANCE),
    Case("an unknown country", plain(accessRules=ALLOW_GB), 403, "country_unknown", NOWHERE),
    Case("the wrong address", plain(accessRules=ALLOW_ADDRESS), 403, "blocked_by_rule", FRANCE),
    Case("no download", plain(), 403, "download_not_allowed", path=DOWNLOAD),
    Case("no download, spelt otherwise", plain(), 403, "download_not_allowed", path="%64ownloads/default.mp4"),
    Case("downloads as a text", plain(downloadable="true"), 401, "claims_malformed", path=DOWNLOAD),
    Case("no end", plain(exp=None), 401, "expiry_missing"),
    Case("milliseconds", lambda signer: signer.token(exp=int(time.time() * 1000)), 401, "claims_malformed"),
    Case("a rule of an unknown kind", plain(accessRules=[{"type": "moon", "action": "block"}]), 401, "rules_malformed"),
    Case("a critical header", plain(header={"crit": ["moon"], "moon": 1}), 401, "critical_header_unsupported"),
    Case("another key id in the header", plain(header={"kid": "other"}), 401, "key_id_mismatch"),
    Case("another key", plain(kid="other", header={"kid": "other"}), 401, "key_unknown"),
    Case("a changed signature", lambda signer: tampered(signer.token()), 401, "signature_invalid"),
    Case("no signature", lambda signer: unsigned(VIDEO, signer.id), 401, "algorithm_not_allowed"),
    Case("half a token", lambda signer: signer.token().rpartition(".")[0], 401, "token_malformed"),
]

BARE = Case("a bare video id", lambda signer: VIDEO, 401, "token_missing")
"""A text that no token can be: `explain` has no checks to show of it."""

OTHERS = Case("the token of a video that is not here", plain(video=OTHER_VIDEO[::-1]), 404)
