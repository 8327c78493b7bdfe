"""A revocation has the promise of a deletion: in force on every node within a second, or the node refuses."""

import time

from nodes.cluster import FedGate, Node
from nodes.times import seen_before_the_end
from gate.signer import Signer
from support import program
from support.envelope import result
from support.waiting import eventually, seconds_until, wait_until, within


class Viewer:
    """Somebody with a token of a key that stays good."""

    def __init__(self, signer: Signer, name: str):
        self.name = name
        self.token = signer.token(jti=f"jti-{name}", viewer=name, iat=int(time.time()) - 10)

    def revocation(self, kind: str) -> dict:
        return {"token": {"token": f"jti-{self.name}"}, "viewer": {"viewer": self.name}}[kind]


def viewers_on(here: Node, *others) -> tuple[Viewer, Viewer]:
    """One to keep and one to revoke, known to all."""
    signer = Signer(here.account, f"key-{time.monotonic_ns()}")
    good, doomed = Viewer(signer, "good"), Viewer(signer, f"doomed-{time.monotonic_ns()}")
    for node in (here, *others):
        eventually(lambda: [node.play(viewer.token) for viewer in (good, doomed)] == ["allowed"] * 2)
    return good, doomed


def revoke(node: Node, body, wait: str | None = None):
    return result(node.account.call("POST", "/revocations", json=body, params={"wait": wait} if wait else None))


def lift(node: Node, id: str, wait: str | None = None):
    result(node.account.call("DELETE", f"/revocations/{id}", params={"wait": wait} if wait else None))


def test_it_stops_the_viewer_and_nobody_else_and_lets_in_again(nodes):
    def seconds_to_spread(kind: str) -> float:
        good, doomed = viewers_on(*nodes)
        made = revoke(nodes[0], doomed.revocation(kind))
        assert nodes[0].play(doomed.token) == f"{kind}_revoked"
        ended = seconds_until(lambda: all(node.play(doomed.token) == f"{kind}_revoked" for node in nodes))
        assert [node.play(good.token) for node in nodes] == ["allowed"] * 3
        lift(nodes[1], made["id"])
        assert nodes[1].play(doomed.token) == "allowed"
        return max(ended, seconds_until(lambda: all(node.play(doomed.token) == "allowed" for node in nodes)))

    for kind in ("token", "viewer"):
        within(1, lambda: seconds_to_spread(kind))


def test_who_waits_for_the_nodes_need_not_wait_any_more(nodes):
    for _ in range(5):
        good, doomed = viewers_on(*nodes)
        made = revoke(nodes[0], [{"token": f"noise {number}"} for number in range(500)] + [doomed.revocation("viewer")],
                      wait="nodes")
        assert [node.play(doomed.token) for node in nodes] == ["viewer_revoked"] * 3
        lift(nodes[2], made[-1]["id"], wait="nodes")
        assert [node.play(doomed.token) for node in nodes] == ["allowed"] * 3
        assert [node.play(good.token) for node in nodes] == ["allowed"] * 3


def test_everything_of_a_video_ends_that_was_signed_before(nodes):
    signer = Signer(nodes[0].account, f"key-{time.monotonic_ns()}")
    now = int(time.time())
    early, late, timeless = (signer.token(video="film", iat=iat) for iat in (now - 60, now - 30, None))
    for node in nodes:
        eventually(lambda: node.gate.session.get(f"{node.gate.url}/{late}/x", timeout=30).status_code == 404)
    made = revoke(nodes[0], {"video": "film", "issuedBefore": now - 30}, wait="nodes")
    for node in nodes:
        answers = [
            node.gate.session.get(f"{node.gate.url}/{token}/manifest/video.m3u8", timeout=30)
            for token in (early, late, timeless)]
        denials = [answer.headers.get("X-Stream-Signing-Denial") for answer in answers]
        assert denials == ["video_revoked", None, "video_revoked"]
    lift(nodes[0], made["id"])


def test_a_gate_without_a_database_obeys_it(cluster):
    node = cluster.node()
    good, early = viewers_on(node)
    first = revoke(node, early.revocation("viewer"))
    with FedGate(cluster, node.service.url) as gate:
        assert [gate.play(viewer.token) for viewer in (good, early)] == ["allowed", "viewer_revoked"]
        made = revoke(node, good.revocation("token"))
        eventually(lambda: gate.play(good.token) == "token_revoked")
        lift(node, made["id"])
        eventually(lambda: gate.play(good.token) == "allowed")
        lift(node, first["id"])
        eventually(lambda: gate.play(early.token) == "allowed")


def test_it_ends_by_itself_and_leaves_a_follower_nothing_to_miss(cluster):
    """The store forgets what has ended some minutes ago, whatever else has happened since."""
    here, there = cluster.node(), cluster.node()
    good, doomed = viewers_on(here, there)
    seen, end = seen_before_the_end(
        lambda end: revoke(here, doomed.revocation("viewer") | {"until": end}, wait="nodes"),
        lambda: [node.play(doomed.token) for node in (here, there)])
    assert seen == ["viewer_revoked"] * 2
    wait_until(end)
    assert [node.play(doomed.token) for node in (here, there)] == ["allowed"] * 2
    # As if that had been a while ago.
    cluster.database.sql("UPDATE revocation SET until = until - 600000000")
    eventually(lambda: cluster.database.sql("SELECT count(*) FROM revocation") == "0", 30, every=0.2)
    assert int(cluster.database.sql("SELECT count(*) FROM change WHERE kind = 'ended'")) == 1
    late = cluster.node()
    with FedGate(cluster, here.service.url) as gate:
        assert [each.play(doomed.token) for each in (late, gate)] == ["allowed"] * 2
        made = revoke(here, good.revocation("viewer"), wait="nodes")
        eventually(lambda: gate.play(good.token) == "viewer_revoked")
        assert [node.play(good.token) for node in (here, there, late)] == ["viewer_revoked"] * 3
        lift(here, made["id"])


def test_a_copy_of_the_store_has_them_too(cluster, tmp_path):
    here = cluster.node()
    _, doomed = viewers_on(here)
    made = revoke(here, [doomed.revocation("viewer") | {"reason": "why"}, {"token": "t"}])
    lift(here, made[1]["id"])
    here.service.stop()
    environment = {"STREAMSIGN_DATABASE_URL": cluster.database.url}
    assert "2 revocations" in program.output("store", "check", env=environment)
    copied = program.output(
        "store", "copy", "--from", cluster.database.url, "--to", f"sqlite:{tmp_path / 'copy'}", env=environment)
    assert copied.startswith("verified: ") and "2 revocations" in copied
    assert "2 revocations" in program.output("store", "check", "--data", tmp_path / "copy")
