"""One service with its gate for all tests; those that delete keys have keys of their own."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from gate.browser import Browser
from gate.other_origin import OtherOrigin
from gate.proxies import Apache, Caddy, Envoy, HAProxy, MediaServer, Nginx, TrafficServer, Varnish
from gate.signer import Signer
from gate.signer import passing_signer as signer_that_passes
from gate.site import Site
from support.keys import CustomerKey


@pytest.fixture(scope="session")
def public_folder():
    """Not in pytest's folder, which each session that begins closes to all other users: some servers are not root, and look into
    their folders again and again."""
    with TemporaryDirectory(prefix="streamsign-") as folder:
        yield Path(folder)


@pytest.fixture(scope="session")
def site(public_folder) -> Site:
    folder = public_folder / "site"
    folder.mkdir()
    site = Site(folder)
    with site.service:
        yield site
        assert site.service.is_alive(), site.service.output


@pytest.fixture(scope="session")
def customer_key() -> CustomerKey:
    return CustomerKey()


@pytest.fixture(scope="session")
def signer(site, customer_key) -> Signer:
    return Signer(site.account, "signer", customer_key)


@pytest.fixture
def passing_signer(site) -> Signer:
    return signer_that_passes(site.account)


@pytest.fixture(scope="session")
def nginx(site, tmp_path_factory) -> Nginx:
    with Nginx(tmp_path_factory.mktemp("nginx"), site.port, site.media) as nginx:
        yield nginx


@pytest.fixture(scope="session")
def media_server(site, tmp_path_factory) -> MediaServer:
    with MediaServer(tmp_path_factory.mktemp("media-server"), site.media) as server:
        yield server


@pytest.fixture(scope="session")
def haproxy(site, media_server, tmp_path_factory) -> HAProxy:
    with HAProxy(tmp_path_factory.mktemp("haproxy"), site.port, media_server.port) as haproxy:
        yield haproxy


@pytest.fixture(scope="session")
def caddy(site, tmp_path_factory) -> Caddy:
    with Caddy(tmp_path_factory.mktemp("caddy"), site.port, site.media) as caddy:
        yield caddy


@pytest.fixture(scope="session")
def older_caddy(site, tmp_path_factory) -> Caddy:
    """Debian's."""
    with Caddy(tmp_path_factory.mktemp("older-caddy"), site.port, site.media, "/usr/bin/caddy") as caddy:
        yield caddy


@pytest.fixture(scope="session")
def varnish(site, media_server, tmp_path_factory) -> Varnish:
    with Varnish(tmp_path_factory.mktemp("varnish"), site.port, media_server.port) as varnish:
        yield varnish


@pytest.fixture(scope="session")
def traffic_server(site, media_server, tmp_path_factory) -> TrafficServer:
    with TrafficServer(tmp_path_factory.mktemp("traffic-server"), site.port, media_server.port) as server:
        yield server


@pytest.fixture(scope="session")
def apache(site, public_folder) -> Apache:
    folder = public_folder / "apache"
    folder.mkdir()
    with Apache(folder, site.port, site.media) as apache:
        yield apache


@pytest.fixture(scope="session")
def envoy(site, media_server, tmp_path_factory) -> Envoy:
    with Envoy(tmp_path_factory.mktemp("envoy"), site.port, media_server.port) as envoy:
        yield envoy


@pytest.fixture(scope="session")
def chromium() -> Browser:
    with Browser() as browser:
        yield browser


@pytest.fixture
def browser(chromium) -> Browser:
    chromium.reset()
    return chromium


@pytest.fixture(scope="session")
def elsewhere():
    """The address of a page of another origin."""
    with OtherOrigin() as other:
        yield other.url
