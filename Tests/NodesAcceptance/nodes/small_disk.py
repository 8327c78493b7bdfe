"""A disk that is really full."""

import errno
import secrets
import subprocess
from pathlib import Path

from nodes.database import CONTROL, SERVER, Database, psql


class SmallDisk:
    """A file system of its own for one database. Where it is full, the kernel says so when a table or an index needs one
    more page, and PostgreSQL passes it on (53100). A trigger that says the same would say it before the write and not in
    the midst of it, and PostgreSQL has no quotas. The log that PostgreSQL writes ahead is elsewhere: without room for that
    it ends, and tests of its end there are already.

    Its constructor raises PermissionError for whoever may not mount.
    """

    MEBIBYTES = 40
    """Room for a database, which has 8 when it is empty, and for some thousand keys."""

    def __init__(self):
        server = Path(CONTROL).parent
        self._name = "small_" + secrets.token_hex(6)
        self.folder = server / self._name
        self._mount((server / "data").stat())
        psql(SERVER, f"CREATE TABLESPACE {self._name} LOCATION '{self.folder}'")
        self.database = Database(tablespace=self._name)

    def _mount(self, owner):
        self.folder.mkdir()
        options = f"size={self.MEBIBYTES}m,mode=700,uid={owner.st_uid},gid={owner.st_gid}"
        mount = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", options, self._name, self.folder], capture_output=True, text=True)
        if mount.returncode != 0:
            self.folder.rmdir()
            raise PermissionError(mount.stderr.strip())

    def fill(self):
        """Leaves not one page."""
        with open(self.folder / "others", "ab", buffering=0) as file:
            try:
                while file.write(bytes(4096)):
                    pass
            except OSError as error:
                assert error.errno == errno.ENOSPC

    def forget_the_catalogue(self):
        """As after a change of the system tables, by autovacuum for instance: the next session writes this file before it does
        anything."""
        for file in self.folder.glob("PG_*/*/pg_internal.init"):
            file.unlink()

    def clear(self):
        (self.folder / "others").unlink()

    def close(self):
        psql(SERVER, f"DROP DATABASE {self.database.name} WITH (FORCE)")
        psql(SERVER, f"DROP TABLESPACE {self._name}")
        subprocess.run(["umount", self.folder], check=True)
        self.folder.rmdir()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
