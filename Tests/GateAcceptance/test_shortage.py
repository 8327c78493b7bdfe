"""More viewers than the machine has room for: they wait or are sent away, and the service goes on."""

import resource

from gate.signer import Signer
from gate.site import MANIFEST, Site
from support.raw import Connection, request

FILES = 512


def test_idle_connections_do_not_use_up_the_files(tmp_path):
    """With a shell's usual limit on open files, which is far below the default of `connections`."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (FILES, hard))
    try:
        site = Site(tmp_path)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    with site.service:
        token = Signer(site.account, "signer").token()
        idle = [Connection(site) for _ in range(FILES + 100)]
        try:
            with Connection(site, timeout=10) as viewer:
                viewer.send(request("GET", f"/{token}/{MANIFEST}"))
                answer = viewer.answer()
                assert answer is not None and answer[0] == 200, site.service.output
            assert site.service.is_alive(), site.service.output
        finally:
            for connection in idle:
                connection.socket.close()
