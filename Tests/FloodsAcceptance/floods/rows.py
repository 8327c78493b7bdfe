"""Every way of flooding that there is, a row each. To add one, write what it sends, and where."""

import json
import secrets
import time
from dataclasses import dataclass
from typing import Callable

from floods import inputs
from floods.flood import RATE, SECONDS, SPEED, Connections, Part, Pipelines, Requests, Server, at_each
from floods.inputs import BODY, MARK, as_json, bearer, message
from floods.places import BYSTANDER, FLOODER, PROXY, Place
from gate.site import MANIFEST
from support.account import VIDEO


@dataclass(frozen=True)
class Flood:
    name: str
    parts: Callable[[Place], list[Part]]

    def __str__(self):
        return self.name


MORE_THAN_THERE_ARE_PLACES = 5000
"""By default a listener has 4,096."""


def posts(path: str, body: Callable[[Place], bytes], rate: float = RATE):
    """One request with each of the flooder's credentials in turn, so that one credential's share is not all that is sent."""

    def parts(place: Place) -> list[Part]:
        content = body(place)
        return [Requests(place.api, [
            [message("POST", place.flooder.path + path, bearer(credential), body=content)]
            for credential in place.flooder.credentials], rate)]

    return parts


def gets(path: str):
    def parts(place: Place) -> list[Part]:
        return [Requests(place.api, [
            [message("GET", place.flooder.path + path, bearer(credential))]
            for credential in place.flooder.credentials])]

    return parts


def imports_and_deletions(bits: int, query: str = "", rate: float = RATE):
    def parts(place: Place) -> list[Part]:
        return [Requests(place.api, [
            inputs.import_and_delete(credential, FLOODER, bits, query) for credential in place.flooder.credentials], rate)]

    return parts


def largest_token_request(_: Place) -> bytes:
    return as_json(accessRules=inputs.long_rules(), downloadable=True)


def request_with_a_key(place: Place) -> bytes:
    return as_json(id=place.flooder.key_id, pem=inputs.as_json(**place.flooder.key.bare_jwk).decode())


def largest_explanation(place: Place) -> bytes:
    token = place.flooder.key.token(place.flooder.key_id, accessRules=inputs.many_rules())
    return as_json(token=token, video=VIDEO, path=MANIFEST, address="198.51.100.1", country="FR")


def many_members(place: Place) -> list[Part]:
    body = inputs.many_members()
    return [Requests(place.api, [
        [message("POST", f"{place.flooder.path}{path}", bearer(credential), body=body)]
        for path in ("/keys", f"/{VIDEO}/token", "/explain") for credential in place.flooder.credentials])]


def thousand_revocations(_: Place) -> bytes:
    """They end by themselves soon after the flood, and their memory is back then."""
    until = int(time.time() + SECONDS) + 4
    return json.dumps([
        {"token": f"{MARK}-{secrets.token_hex(16)}", "until": until, "reason": "r" * 200} for _ in range(1000)]).encode()


def renamed_keys(place: Place) -> list[Part]:
    path = f"{place.flooder.path}/keys/{place.flooder.key_id}"
    return [Requests(place.api, [
        [message("PATCH", path, bearer(credential), body=as_json(name="n" * 92 + MARK))]
        for credential in place.flooder.credentials])]


def key_sets_while_they_change(place: Place) -> list[Part]:
    return [*imports_and_deletions(4096, rate=40)(place), *anonymous_gets(f"{place.flooder.path}/keys/jwks.json")(place)]


def anonymous_gets(*paths: str, fields: list[str] = [], fresh: bool = False):
    def parts(place: Place) -> list[Part]:
        return [Requests(place.api, [[message("GET", path, *fields)] for path in paths], fresh=fresh)]

    return parts


def key_sets_nobody_takes(place: Place) -> list[Part]:
    return [Connections(place.api, 1200, [message("GET", f"{place.flooder.path}/keys/jwks.json")])]


def refused_requests(place: Place) -> list[Part]:
    """Each with as large a head as there may be, by who has no credential or none for that."""
    head = inputs.large_head()
    keys = f"{place.flooder.path}/keys"
    wrong, right = bearer("ss_" + secrets.token_urlsafe(32)), bearer(place.flooder.credentials[0])
    return [Requests(place.api, [
        [message("GET", keys, *head)],
        [message("GET", keys, wrong, *head)],
        [message("POST", keys, wrong, *head, body=bytes(BODY))],
        [message("DELETE", f"{keys}/{place.flooder.key_id}", wrong)],
        [message("GET", f"/client/v4/accounts/{BYSTANDER}/stream/keys", right, *head)],
        [message("POST", f"/client/v4/accounts/{BYSTANDER}/stream/{VIDEO}/token", right, body=bytes(BODY))],
        [message("DELETE", f"{keys}/" + "%41" * 2500, right)],
        [message("GET", f"/client/v4/accounts/x{MARK}/stream/keys/jwks.json")],
        [message("GET", f"/{MARK}" + "/x" * 5000)],
        [message("GET", "/client/v4/feed?after=0", right)],
    ])]


def feeds_from_the_start(place: Place) -> list[Part]:
    return [Requests(place.api, [[message("GET", "/client/v4/feed?after=0", bearer(place.feed_credential))]])]


def long_polls(place: Place) -> list[Part]:
    question = message("GET", "/client/v4/feed?after=999999999&wait=10", bearer(place.feed_credential))
    latest = message("GET", "/client/v4/feed?after=0&wait=10", bearer(place.feed_credential))
    return [Connections(place.api, 1000, [question, latest])]


def bodies_that_never_end(place: Place) -> list[Part]:
    firsts = [
        message("POST", f"{place.flooder.path}{path}", bearer(credential), body=b" " * BODY)[:-4096]
        for path in ("/keys", "/explain") for credential in place.flooder.credentials]
    return [Connections(place.api, 1000, firsts, drip_every=0.5)]


def unfinished_head() -> bytes:
    return message("GET", "/healthz", *inputs.large_head())[:-4] + b"\r\nX-Last: "


def heads_that_never_end(place: Place) -> list[Part]:
    return [Connections(place.api, 1000, [unfinished_head()], drip_every=0.5)]


def silence(place: Place) -> list[Part]:
    return [Connections(place.api, MORE_THAN_THERE_ARE_PLACES, [b""])]


def silence_of_many_addresses(server: Server) -> list[Part]:
    return [Connections(server, MORE_THAN_THERE_ARE_PLACES // 8, [b""], source=f"127.0.0.{number}")
            for number in range(70, 78)]


def answers_nobody_takes(place: Place) -> list[Part]:
    keys = [message("GET", f"{place.flooder.path}/keys", bearer(credential)) for credential in place.flooder.credentials]
    return [Connections(place.api, 200, [key * 100 for key in keys] + [message("GET", "/metrics") * 500])]


def pipelines(*servers: Server) -> list[Part]:
    return [Pipelines(server, round(600 * SPEED), message("GET", "/healthz")) for server in servers]


OF_THE_API = [
    Flood("sets of keys without primes", posts("/keys", lambda place: place.flooder.key.set_without_primes)),
    Flood("keys without primes", posts("/keys", lambda place: as_json(jwk=as_json(**place.flooder.key.bare_jwk).decode()))),
    Flood("keys of 8192 bits", posts(
        "/keys", lambda _: as_json(jwk=as_json(**inputs.bare_jwk_of_8192_bits()).decode()))),
    Flood("large keys imported and deleted", imports_and_deletions(4096)),
    Flood("deletions that wait for every node", imports_and_deletions(2048, "?wait=nodes")),
    Flood("keys made", posts("/keys", lambda _: b"")),
    Flood("lists of a thousand keys", gets("/keys")),
    Flood("keys renamed", renamed_keys),
    # A thousand at a time: 20 of them a second are more than anybody has to revoke.
    Flood("revocations by the thousand", posts("/revocations", thousand_revocations, rate=20)),
    Flood("lists of revocations", gets("/revocations?limit=1000")),
    Flood("tokens with long rules", posts(f"/{VIDEO}/token", largest_token_request)),
    Flood("tokens signed by a key in the request", posts(f"/{VIDEO}/token", request_with_a_key)),
    Flood("explanations", posts("/explain", largest_explanation)),
    Flood("bodies of many members", many_members),
    Flood("key sets while they change", key_sets_while_they_change),
    Flood("key sets that nobody takes", key_sets_nobody_takes),
    Flood("requests without a right", refused_requests),
    Flood("probes and metrics", anonymous_gets("/readyz", "/metrics", "/inspector", "/healthz", fresh=True)),
    Flood("feeds from the start", feeds_from_the_start),
    Flood("long polls", long_polls),
    Flood("bodies that never end", bodies_that_never_end),
    Flood("heads that never end", heads_that_never_end),
    Flood("silent connections", silence),
    Flood("silent connections from many addresses", lambda place: silence_of_many_addresses(place.api)),
    Flood("answers that nobody takes", answers_nobody_takes),
    Flood("requests that wait for no answer", lambda place: pipelines(place.api)),
]


def plays(paths: Callable[[Place], list[str]], *fields: str, fresh: bool = False):
    def parts(place: Place) -> list[Part]:
        turns = [[message("GET", path, *fields)] for path in paths(place)]
        return at_each(place.gates, lambda gate: Requests(gate, turns, fresh=fresh))

    return parts


def says(beginnings: Callable[[Place], list[bytes]], connections: int, drip_every: float = 0.0):
    def parts(place: Place) -> list[Part]:
        firsts = beginnings(place)
        return at_each(place.gates, lambda gate: Connections(gate, connections, firsts, drip_every))

    return parts


def forged_tokens(place: Place) -> list[str]:
    """Under the flooder's key, which is expensive to check, and under one of the other account's, which all its URLs name."""
    flooder = place.flooder
    own = flooder.key.token(flooder.key_id, accessRules=inputs.many_rules())
    return [f"/{inputs.forged(token)}/{MANIFEST}" for token in (own, flooder.other_token)]


def pages_of_forged_tokens(place: Place) -> list[str]:
    return [path.replace(MANIFEST, page) for path in forged_tokens(place) for page in ("watch", "iframe")]


def malformed_tokens(place: Place) -> list[str]:
    return [f"/{token}/{MANIFEST}" for token in inputs.malformed_tokens(place.flooder.key_id)]


def new_tokens(place: Place) -> list[str]:
    """Good ones that nobody has seen before."""
    flooder = place.flooder
    rules = inputs.long_rules(addresses=10)
    # Signing takes longer than verifying: in a long flood, these come round again.
    return [f"/{flooder.key.token(flooder.key_id, nbf=number, accessRules=rules)}/{MANIFEST}"
            for number in range(300)]


def forged_tokens_through_a_proxy(place: Place) -> list[Part]:
    turns = [[message("GET", "/authorize", f"X-Original-URI: {path}", "X-Forwarded-For: 198.51.100.66")]
             for path in forged_tokens(place)]
    return at_each(place.gates, lambda gate: Requests(gate, turns, source=PROXY))


def large_file(place: Place) -> str:
    return f"/{place.flooder.key.token(place.flooder.key_id)}/manifest/large.m4s"


def files_nobody_takes(place: Place) -> list[bytes]:
    return [message("GET", large_file(place))]


def ranges(place: Place) -> list[Part]:
    many = "Range: bytes=" + ",".join(f"{number * 2}-{number * 2}" for number in range(1500))
    turns = [[message("GET", large_file(place), field)] for field in (many, "Range: bytes=0-65535", "Range: bytes=-1")]
    return at_each(place.gates, lambda gate: Requests(gate, turns))


def nothing_that_is_http(_: Place) -> list[bytes]:
    return [b"PROXY TCP4 198.51.100.1 203.0.113.1 50000 443\r\n" * 100, b"\r\n\r\n\0\x0d\x0a\x51\x55\x49\x54\x0a\x21\x11\0\x0c",
            inputs.client_hello(), b"\xff" * (16 << 10), b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", b"GET / HTTP/1.1\r\nHost\r\n\r\n"]


OF_THE_GATE = [
    Flood("forged tokens", plays(forged_tokens)),
    Flood("pages of forged tokens", plays(pages_of_forged_tokens)),
    Flood("malformed tokens", plays(malformed_tokens, fresh=True)),
    Flood("new tokens", plays(new_tokens)),
    Flood("forged tokens through a proxy", forged_tokens_through_a_proxy),
    Flood("files that nobody takes", says(files_nobody_takes, 1000)),
    Flood("ranges of a file", ranges),
    Flood("PROXY lines and other things that are not HTTP", says(nothing_that_is_http, 200)),
    Flood("heads that never end at the gate", says(lambda _: [unfinished_head()], 1000, drip_every=0.5)),
    Flood("refusals that nobody takes", says(lambda place: [message("GET", forged_tokens(place)[1]) * 200], 200)),
    Flood("requests that wait for no answer at the gate", lambda place: pipelines(*place.gates)),
    Flood("silent connections to the gate", says(lambda _: [b""], MORE_THAN_THERE_ARE_PLACES)),
    Flood("silent connections from many addresses to the gate", lambda place: [
        part for gate in place.gates for part in silence_of_many_addresses(gate)]),
]


def silence_at_the_probes(place: Place) -> list[Part]:
    return [Connections(place.status, MORE_THAN_THERE_ARE_PLACES, [b""])]


OF_A_GATE_WITHOUT_AN_API = [Flood("silent connections to where probes ask", silence_at_the_probes)]


def handshakes(place: Place) -> list[Part]:
    question = [[message("GET", "/healthz")]]
    return at_each([place.api, *place.gates], lambda server: Requests(server, question, fresh=True, tls=True))


def half_handshakes(place: Place) -> list[Part]:
    return [Connections(place.gates[0], MORE_THAN_THERE_ARE_PLACES, [inputs.client_hello()])]


def no_handshakes(place: Place) -> list[Part]:
    return [Connections(place.api, MORE_THAN_THERE_ARE_PLACES, [b"", b"\x16\x03\x01"])]


OF_TLS = [
    Flood("handshakes", handshakes),
    Flood("handshakes that stop in the middle", half_handshakes),
    Flood("handshakes that never begin", no_handshakes),
]
