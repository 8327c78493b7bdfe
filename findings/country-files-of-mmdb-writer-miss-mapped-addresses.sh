#!/usr/bin/env bash
# Guess: a country database for IPv4 and IPv6 also finds an IPv4 viewer under "::ffff:81.2.69.160", which is what a dual-stack
#        socket reports.
# Seen:  MaxMind's GeoIP2-Country-Test does. One that mmdb-writer 0.2.7 (PyPI) makes with ipv4_compatible=True finds 81.2.69.160
#        alone: the option puts IPv4 under ::/96, with no alias at ::ffff:0:0/96. The readers agree: maxminddb 3.2.0 (Python and
#        C), maxminddb-rust 0.8.0 and Debian's mmdblookup 1.7.1. If the mapped network is inserted as well, all find it.
# Why:   a gate that knew the country with MaxMind's file knows none with its owner's, without an error, and a rule that admits
#        countries then refuses each IPv4 viewer. Turn mapped addresses into IPv4 before the look-up, or insert both networks.
set -euo pipefail
temporary=$(mktemp -d)
trap 'rm -rf "$temporary"' EXIT
cd "$temporary"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check 'mmdb-writer==0.2.7' 'netaddr==1.3.0' 'maxminddb==3.2.0' \
    'maxminddb-rust==0.8.0'
# MaxMind's test databases are in the source package.
venv/bin/pip download --quiet --disable-pip-version-check --no-deps --no-binary maxminddb 'maxminddb==3.2.0'
tar -xzf maxminddb-3.2.0.tar.gz --strip-components=4 maxminddb-3.2.0/tests/data/test-data/GeoIP2-Country-Test.mmdb
apt-get download -q mmdb-bin=1.7.1-1 libmaxminddb0=1.7.1-1 &>log || { cat log; exit 1; }
for package in *.deb; do dpkg-deb -x "$package" .; done
libraries=$(dirname "$PWD"/usr/lib/*/libmaxminddb.so.0)
cat >databases.py <<'PYTHON'
import sys
import maxminddb
import maxminddb_rust
from mmdb_writer import MMDBWriter
from netaddr import IPSet

if sys.argv[1:] == ["write"]:
    for name, networks in (("own", ["81.2.69.160/27"]), ("own-with-mapped", ["81.2.69.160/27", "::ffff:81.2.69.160/123"])):
        writer = MMDBWriter(ip_version=6, ipv4_compatible=True, database_type="GeoIP2-Country", languages=["en"])
        for network in networks:
            writer.insert_network(IPSet([network]), {"country": {"iso_code": "GB"}})
        writer.to_db_file(name + ".mmdb")
    sys.exit()
readers = {
    "Python": lambda path: maxminddb.open_database(path, maxminddb.MODE_MEMORY),
    "C": lambda path: maxminddb.open_database(path, maxminddb.MODE_MMAP_EXT),
    "Rust": maxminddb_rust.open_database,
}
path, address = sys.argv[1:]
for name, opened in readers.items():
    with opened(path) as database:
        found = database.get(address)
        print(f" {name} {found['country']['iso_code'] if found else '-'}", end="")
PYTHON
venv/bin/python databases.py write
for database in GeoIP2-Country-Test own own-with-mapped; do
    for address in 81.2.69.160 ::ffff:81.2.69.160; do
        echo -n "$database, $address:"
        venv/bin/python databases.py "$database.mmdb" "$address"
        country=$(LD_LIBRARY_PATH=$libraries usr/bin/mmdblookup --file "$database.mmdb" --ip "$address" country iso_code 2>&1) ||
            grep -q 'Could not find an entry for this IP address' <<<"$country"
        country=$(sed -n 's/^ *"\(..\)" <utf8_string>$/\1/p' <<<"$country")
        echo " mmdblookup ${country:--}"
    done
done >seen
cat seen
diff seen - <<'EXPECTED'
GeoIP2-Country-Test, 81.2.69.160: Python GB C GB Rust GB mmdblookup GB
GeoIP2-Country-Test, ::ffff:81.2.69.160: Python GB C GB Rust GB mmdblookup GB
own, 81.2.69.160: Python GB C GB Rust GB mmdblookup GB
own, ::ffff:81.2.69.160: Python - C - Rust - mmdblookup -
own-with-mapped, 81.2.69.160: Python GB C GB Rust GB mmdblookup GB
own-with-mapped, ::ffff:81.2.69.160: Python GB C GB Rust GB mmdblookup GB
EXPECTED
