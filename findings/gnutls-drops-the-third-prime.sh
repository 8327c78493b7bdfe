#!/usr/bin/env bash
# Guess: a program that knows RSA keys of two primes only refuses one of three (RFC 8017, OtherPrimeInfos), or works with it.
# Seen:  GnuTLS 3.7.9 (Debian 12) reads the key, shows two primes, and fails when it signs. OpenSSL 3.0 signs with it.
# Why:   certtool --key-info takes such a key for a good one, so the error comes with the first request, not when the key is
#        installed. Make keys of two primes.
set -euo pipefail
temporary=$(mktemp -d)
trap 'rm -rf "$temporary"' EXIT
cd "$temporary"
packages=(openssl libssl3 gnutls-bin=3.7.9-2+deb12u7 libgnutls30 libgnutls-dane0 libtasn1-6 libnettle8 libhogweed6 libp11-kit0
    libidn2-0 libunistring2 libunbound8 libevent-2.1-7 libopts25 libprotobuf-c1)
apt-get download -q "${packages[@]}" &>log || { cat log; exit 1; }
for package in *.deb; do dpkg-deb -x "$package" root; done
libraries=$(find root -name '*.so.*' -printf '%h\n' | sort -u | paste -sd :)
run() { LD_LIBRARY_PATH=$libraries "root/usr/bin/$1" "${@:2}"; }
run openssl version
run certtool --version | head -n 1
for primes in 2 3; do
    run openssl genrsa -traditional -primes "$primes" -out key.pem 3072 2>/dev/null
    echo "$primes primes, OpenSSL signs: $(run openssl dgst -sha256 -sign key.pem -out signature key.pem &>log && echo yes || echo no)"
    run certtool --key-info --infile key.pem >shown 2>log && read=yes || read=no
    echo "$primes primes, GnuTLS reads: $read, shows $(grep -c '^prime[0-9]:' shown)"
    run certtool --generate-self-signed --load-privkey key.pem --template /dev/stdin --outfile certificate.pem \
        <<<'cn = "name"' &>log && signs=yes || signs=no
    echo "$primes primes, GnuTLS signs: $signs"
done | tee seen
diff seen - <<'EXPECTED'
2 primes, OpenSSL signs: yes
2 primes, GnuTLS reads: yes, shows 2
2 primes, GnuTLS signs: yes
3 primes, OpenSSL signs: yes
3 primes, GnuTLS reads: yes, shows 2
3 primes, GnuTLS signs: no
EXPECTED
