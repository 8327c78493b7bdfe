#!/usr/bin/env bash
# Guess: a dump of text and numbers is plain SQL, which each SQLite 3 restores, as its file format is one since 2004.
# Seen:  sqlite3 3.54.1 (PyPI apsw 3.54.1.0) writes text that has line breaks as unistr('...\u000a...'), a function that 3.40.1
#        (Debian 12) does not have. There, the rows with keys in PEM are left out, and all others are restored and committed.
# Why:   a store that is restored on an older server opens and has all its videos, and has lost just its keys. Only the exit
#        status and a line for each key say so. Dump with -escape off, or copy the file with VACUUM INTO.
set -euo pipefail
temporary=$(mktemp -d)
trap 'rm -rf "$temporary"' EXIT
cd "$temporary"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check 'apsw==3.54.1.0' 'cryptography==50.0.2'
apt-get download -q sqlite3=3.40.1-2+deb12u2 libsqlite3-0=3.40.1-2+deb12u2 libreadline8 libtinfo6 &>log || { cat log; exit 1; }
for package in *.deb; do dpkg-deb -x "$package" root; done
libraries=$(find "$PWD/root" -name '*.so.*' -printf '%h\n' | sort -u | paste -sd :)
new=$(venv/bin/python -c 'import apsw.sqlite_extra; print(apsw.sqlite_extra.path("sqlite3_shell"))')
old() { LD_LIBRARY_PATH=$libraries root/usr/bin/sqlite3 "$@"; }
echo "new $("$new" --version | cut -d ' ' -f 1), old $(old --version | cut -d ' ' -f 1)"
venv/bin/python - <<'PYTHON'
import apsw
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

database = apsw.Connection("keys.db")
database.execute("CREATE TABLE keys (id TEXT PRIMARY KEY, created INTEGER, pem TEXT);"
                 "CREATE TABLE videos (id TEXT PRIMARY KEY, key TEXT)")
for name in ("first", "second"):
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    database.execute("INSERT INTO keys VALUES (?, 1767225600, ?)", (name, pem.decode()))
    database.execute("INSERT INTO videos VALUES (?, ?)", (f"video of {name}", name))
database.execute("INSERT INTO keys VALUES ('deleted', 1767225600, NULL)")
PYTHON
"$new" keys.db .dump >dump.sql
"$new" -escape off keys.db .dump >unescaped.sql
old keys.db .dump >old.sql
count() { "$1" "$2" "SELECT (SELECT count(*) FROM keys) || ' rows, ' || (SELECT count(pem) FROM keys) || ' keys, ' ||
    (SELECT count(*) FROM videos) || ' videos'"; }
{
    "$new" new.db <dump.sql
    echo "new to new: $(count "$new" new.db)"
    old from-new.db <dump.sql 2>errors && status=0 || status=$?
    echo "new to old: $(count old from-new.db), exit status $status"
    grep -o 'no such function: .*' errors
    old unescaped.db <unescaped.sql
    echo "new to old, -escape off: $(count old unescaped.db)"
    "$new" from-old.db <old.sql
    echo "old to new: $(count "$new" from-old.db)"
} | tee seen
diff seen - <<'EXPECTED'
new to new: 3 rows, 2 keys, 2 videos
new to old: 1 rows, 0 keys, 2 videos, exit status 1
no such function: unistr
no such function: unistr
new to old, -escape off: 3 rows, 2 keys, 2 videos
old to new: 3 rows, 2 keys, 2 videos
EXPECTED
