#!/usr/bin/env bash
# Guess: a private key in PKCS#8 may have attributes (RFC 5958), such as a name, and a library that does not know them passes over
#        them.
# Seen:  CryptX 0.077 (Perl, Debian 12) refuses the file: "The input was longer than expected". OpenSSL 3.0 and cryptography 50.0.2
#        read it, and write it without the attributes.
# Why:   a key that carries a name works in one service and not in another, and the message points at nothing. Let OpenSSL rewrite
#        it: openssl pkey -in KEY -out NEW.
set -euo pipefail
temporary=$(mktemp -d)
trap 'rm -rf "$temporary"' EXIT
cd "$temporary"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check 'cryptography==50.0.2'
apt-get download -q libcryptx-perl=0.077-1+b1 openssl libssl3 &>log || { cat log; exit 1; }
for package in *.deb; do dpkg-deb -x "$package" .; done
openssl() { LD_LIBRARY_PATH=$(echo usr/lib/*-linux-gnu) usr/bin/openssl "$@"; }
openssl version
venv/bin/python - <<'PYTHON'
import base64
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

def sized(tag, content):
    length = len(content).to_bytes((len(content).bit_length() + 7) // 8 or 1, "big")
    return bytes([tag]) + (length if len(content) < 128 else bytes([0x80 | len(length)]) + length) + content

key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
plain = key.private_bytes(serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
assert plain[:2] == b"\x30\x82"
# friendlyName (1.2.840.113549.1.9.20), a set of one BMPString, in [0] at the end of the sequence.
name = sized(0x06, bytes.fromhex("2a864886f70d010914")) + sized(0x31, sized(0x1E, "playback".encode("utf-16-be")))
named = sized(0x30, plain[4:] + sized(0xA0, sized(0x30, name)))
for path, der in (("plain.pem", plain), ("named.pem", named)):
    text = base64.encodebytes(der).decode().replace("\n", "")
    lines = "\n".join(text[start:start + 64] for start in range(0, len(text), 64))
    open(path, "w").write(f"-----BEGIN PRIVATE KEY-----\n{lines}\n-----END PRIVATE KEY-----\n")
PYTHON
for file in plain.pem named.pem; do
    openssl pkey -in "$file" -noout && echo "OpenSSL $file read"
    venv/bin/python -c "
from cryptography.hazmat.primitives.serialization import load_pem_private_key
load_pem_private_key(open('$file', 'rb').read(), None)" && echo "cryptography $file read"
    PERL5LIB=$(echo usr/lib/*-linux-gnu/perl5/*) perl -MCrypt::PK::RSA -e '
        print "CryptX $ARGV[0] ", eval { Crypt::PK::RSA->new($ARGV[0]); 1 } ? "read" : $@ =~ s/ at .*//sr, "\n"' "$file"
done | tee seen
openssl pkey -in named.pem -out rewritten.pem
cmp plain.pem rewritten.pem
diff <(sed 's/FATAL: rsa_import[a-z_0-9]* failed: //' seen) - <<'EXPECTED'
OpenSSL plain.pem read
cryptography plain.pem read
CryptX plain.pem read
OpenSSL named.pem read
cryptography named.pem read
CryptX named.pem The input was longer than expected.
EXPECTED
