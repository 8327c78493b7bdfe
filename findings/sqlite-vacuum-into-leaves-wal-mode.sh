#!/usr/bin/env bash
# Guess: a copy made with VACUUM INTO has the journal mode of the database, as WAL mode is a lasting property of the file.
# Seen:  SQLite 3.54.1 (PyPI apsw 3.54.1.0) writes a copy in rollback mode. The copy of the backup API stays in WAL mode. In
#        rollback mode an open reader blocks the writer; in WAL mode it does not.
# Why:   a key store that is restored from such a backup works, until a long read (a list, an export) makes the deletion of a
#        key fail with "database is locked". Set the mode at each opening, not only when the file is made.
set -euo pipefail
temporary=$(mktemp -d)
trap 'rm -rf "$temporary"' EXIT
cd "$temporary"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check 'apsw==3.54.1.0'
venv/bin/python - <<'PYTHON'
import apsw

print("SQLite", apsw.sqlite_lib_version())
store = apsw.Connection("store.db")
for statement in ("PRAGMA journal_mode = WAL", "PRAGMA user_version = 7", "CREATE TABLE keys(id)",
                  "INSERT INTO keys VALUES (1), (2)", "VACUUM INTO 'vacuum.db'"):
    store.execute(statement).fetchall()
with apsw.Connection("backup.db") as target, target.backup("main", store, "main") as copying:
    copying.step()

def delete_during_read(path):
    reader, writer = apsw.Connection(path), apsw.Connection(path)
    mode = reader.pragma("journal_mode")
    rows = iter(reader.execute("SELECT id FROM keys"))
    next(rows)
    try:
        writer.execute("DELETE FROM keys WHERE id = 2")
        result = "deleted"
    except apsw.BusyError as error:
        result = str(error)
    print(f"    {path}: user_version {reader.pragma('user_version')}, {mode}, {result}")
    return reader.pragma("user_version"), mode, result

assert delete_during_read("store.db") == (7, "wal", "deleted")
assert delete_during_read("backup.db") == (7, "wal", "deleted")
version, mode, result = delete_during_read("vacuum.db")
assert (version, mode) == (7, "delete") and "database is locked" in result
PYTHON
