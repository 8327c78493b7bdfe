"""What must stand in the configurations of servers that cannot be run here: that they can be read, where they ask, and that they
refuse when nobody answers."""

import re
from xml.etree import ElementTree

import yaml

from support import program

EXAMPLES = program.ROOT / "Examples"


def documents(path: str) -> list[dict]:
    return list(yaml.safe_load_all((EXAMPLES / path).read_text()))


def test_istio():
    mesh, allow, deny = documents("Envoy/istio.yaml")
    provider = mesh["spec"]["meshConfig"]["extensionProviders"][0]
    asked = provider["envoyExtAuthzHttp"]
    assert asked["pathPrefix"] == "/authorize" and asked["failOpen"] is False and asked["statusOnError"] == "503"
    assert asked["includeRequestHeadersInCheck"] == ["x-forwarded-for"]
    assert set(asked["headersToUpstreamOnAllow"]) == {"x-stream-signing-account", "x-stream-signing-video"}
    assert allow["spec"]["action"] == "CUSTOM" and allow["spec"]["provider"]["name"] == provider["name"]
    asked_about, others = (policy["spec"]["rules"][0]["to"][0]["operation"] for policy in (allow, deny))
    assert deny["spec"]["action"] == "DENY" and asked_about["hosts"] == others["hosts"]
    # A host with a port is another name to Istio, and a request that is not asked about could name a folder.
    assert [f"{host}:*" for host in asked_about["hosts"][::2]] == asked_about["hosts"][1::2]
    assert set(asked_about["methods"]) | {"OPTIONS"} == set(others["notMethods"])


def test_the_gateway_api():
    route, = documents("Envoy/gateway-api.yaml")
    asked, preflights = route["spec"]["rules"]
    assert {match["method"] for match in asked["matches"]} == {"GET", "HEAD"}
    question = asked["filters"][0]["externalAuth"]
    assert question["protocol"] == "HTTP" and question["http"]["path"] == "/authorize"
    assert question["http"]["allowedHeaders"] == ["X-Forwarded-For"]
    assert [match["method"] for match in preflights["matches"]] == ["OPTIONS"] and "filters" not in preflights


def test_traefik():
    configuration, = documents("Traefik/dynamic.yaml")
    http = configuration["http"]
    question = http["middlewares"]["gate"]["forwardAuth"]
    assert question["address"].endswith("/authorize") and question["trustForwardHeader"] is False
    assert question["preserveLocationHeader"] is True
    # An empty list would pass on every field of the viewer's.
    assert question["authRequestHeaders"] == ["Accept"]
    for name, router in http["routers"].items():
        if router["service"] == "media":
            assert "gate" in router.get("middlewares", []) or "OPTIONS" in router["rule"], name
    assert "GET" in http["routers"]["media"]["rule"] and "HEAD" in http["routers"]["media"]["rule"]


def test_mediamtx():
    settings, = documents("MediaServers/mediamtx.yml")
    assert settings["authMethod"] == "http" and settings["authHTTPAddress"].endswith("/admission/mediamtx/ACCOUNT")
    excluded = {rule["action"] for rule in settings["authHTTPExclude"]}
    assert not excluded & {"read", "playback"}
    # Where one may publish unasked, nobody else can reach it.
    assert all(settings[name].startswith("127.0.0.1:") for name in ("rtspAddress", "rtmpAddress"))
    assert settings["webrtc"] is False and settings["srt"] is False


def test_ovenmediaengine():
    webhooks = ElementTree.parse(EXAMPLES / "MediaServers/ovenmediaengine.xml").getroot()
    assert webhooks.findtext("ControlServerUrl").endswith("/admission/ovenmediaengine/ACCOUNT")
    assert {"webrtc", "llhls", "srt"} <= set(webhooks.findtext("Enables/Publishers").split(","))
    assert not webhooks.findtext("Enables/Providers")


def test_srs():
    text = re.sub(r"#.*", "", (EXAMPLES / "MediaServers/srs.conf").read_text())
    assert text.count("{") == text.count("}")
    for hook in ("on_play", "on_stop"):
        assert re.search(rf"{hook} http://127\.0\.0\.1:8788/admission/srs/ACCOUNT;", text)
    assert re.search(r"security \{\s+enabled on;\s+allow publish 127\.0\.0\.1;\s+allow play all;\s+\}", text)
    assert "srs_log_file /dev/null;" in text
