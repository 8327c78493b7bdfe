#!/usr/bin/env bash
# Guess: a program that is asked for an RSA key of an odd number of bits makes one, or says that it does not.
# Seen:  cryptography 50.0.2 and OpenSSL 3.0 make a key of one bit less, and say nothing. GnuTLS 3.7.9 makes what was asked for.
# Why:   a rule that wants "more than 2048 bits" is not met by a key that was made with 2049, and a check of the size after the
#        command is the only way to learn of it.
set -euo pipefail
temporary=$(mktemp -d)
trap 'rm -rf "$temporary"' EXIT
cd "$temporary"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check 'cryptography==50.0.2'
packages=(openssl libssl3 gnutls-bin libgnutls30 libgnutls-dane0 libtasn1-6 libnettle8 libhogweed6 libp11-kit0 libidn2-0
    libunistring2 libunbound8 libevent-2.1-7 libopts25 libprotobuf-c1)
apt-get download -q "${packages[@]}" &>log || { cat log; exit 1; }
for package in *.deb; do dpkg-deb -x "$package" root; done
libraries=$(find root -name '*.so.*' -printf '%h\n' | sort -u | paste -sd :)
run() { LD_LIBRARY_PATH=$libraries "root/usr/bin/$@"; }
run openssl version
run certtool --version | head -n 1
for bits in 2048 2049 3071; do
    venv/bin/python - "$bits" <<'PYTHON'
import sys
from cryptography.hazmat.primitives.asymmetric import rsa
size = rsa.generate_private_key(public_exponent=65537, key_size=int(sys.argv[1])).public_key().public_numbers().n.bit_length()
print("cryptography", sys.argv[1], size)
PYTHON
    run openssl genrsa -out key.pem "$bits" 2>/dev/null
    echo "OpenSSL $bits $(run openssl rsa -in key.pem -noout -text | sed -nE 's/.*Private-Key: \(([0-9]+) bit.*/\1/p')"
    run certtool --generate-privkey --key-type rsa --bits "$bits" --outfile key.pem 2>/dev/null
    echo "GnuTLS $bits $(run openssl rsa -in key.pem -noout -text | sed -nE 's/.*Private-Key: \(([0-9]+) bit.*/\1/p')"
done | tee seen
diff seen - <<'EXPECTED'
cryptography 2048 2048
OpenSSL 2048 2048
GnuTLS 2048 2048
cryptography 2049 2048
OpenSSL 2049 2048
GnuTLS 2049 2049
cryptography 3071 3070
OpenSSL 3071 3070
GnuTLS 3071 3071
EXPECTED
