#!/usr/bin/env python3
"""Makes the databases beside this file, from networks that are reserved for documentation (RFC 5737, RFC 3849).

    python3 -m venv venv && venv/bin/pip install mmdb_writer==0.2.7 && venv/bin/python make.py
"""

from pathlib import Path

import mmdb_writer
from netaddr import IPSet

FOLDER = Path(__file__).parent
BUILT = 1_800_000_000
ENGLISH = {"en": "Nowhere in particular"}

COUNTRIES = {
    "192.0.2.0/25": {"country": {"iso_code": "GB", "names": ENGLISH}, "registered_country": {"iso_code": "US"}},
    "198.51.100.0/24": {"country": {"iso_code": "FR"}},
    "2001:db8:1::/48": {"country": {"iso_code": "IE"}},
    # In no country, whoever registered them.
    "203.0.113.0/26": {"registered_country": {"iso_code": "US"}},
    "203.0.113.64/26": {"country": {"names": ENGLISH}},
    # What a careful maker would not write.
    "203.0.113.128/27": {"country": {"iso_code": "GBR"}},
    "203.0.113.160/27": {"country": {"iso_code": "4!"}},
    "203.0.113.192/27": {"country": {"iso_code": 826}},
    "203.0.113.224/27": {"country": "GB"},
}


def write(name: str, type: str, networks: dict, ip_version: int = 6):
    # The writer stamps its files with the time.
    mmdb_writer.time.time = lambda: BUILT
    writer = mmdb_writer.MMDBWriter(
        ip_version, type, languages=["en"], description="stream-signing's tests", ipv4_compatible=ip_version == 6)
    for network, content in networks.items():
        writer.insert_network(IPSet([network]), content)
    writer.to_db_file(FOLDER / name)


write("countries.mmdb", "GeoLite2-Country", COUNTRIES)
write("newer.mmdb", "GeoLite2-Country", {"192.0.2.0/24": {"country": {"iso_code": "DE"}}})
write("ipv4.mmdb", "DBIP-Country-Lite", {"192.0.2.0/24": {"country": {"iso_code": "GB"}}}, ip_version=4)
write("networks.mmdb", "GeoLite2-ASN", {"192.0.2.0/24": {"autonomous_system_number": 64496}})
