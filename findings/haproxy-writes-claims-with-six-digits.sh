#!/usr/bin/env bash
# Guess: jwt_payload_query without a type gives a number of the payload as text, digit for digit.
# Seen:  HAProxy 2.6.12 (Debian 12) gives six significant digits: exp 1767225600 becomes 1.76723e+09, which is
#        4,400 seconds later. With 'int' all digits are there.
# Why:   an expiry in a log line or in a field for the origin looks right at a glance and is wrong by up to 83 minutes;
#        a numeric id of a viewer loses its end, and different viewers become one.
set -euo pipefail
temporary=$(mktemp -d)
haproxy=
trap '[[ -z $haproxy ]] || kill "$haproxy"; rm -rf "$temporary"' EXIT
cd "$temporary"
apt-get download -q haproxy=2.6.12-1+deb12u4 liblua5.3-0=5.3.6-2 \
    libopentracing-c-wrapper0=1.1.3-3+b1 libopentracing1=1.6.0-4 &>log ||
    { cat log; exit 1; }
for package in *.deb; do dpkg-deb -x "$package" .; done
LD_LIBRARY_PATH=$(dirname "$(find "$PWD/usr/lib" -name 'liblua5.3.so.0' -print -quit)")
export LD_LIBRARY_PATH
usr/sbin/haproxy -v | sed -n 1p
# Not a signed token: the query reads the payload of any.
encode() { base64 -w 0 | tr '+/' '-_' | tr -d =; }
token=$(printf '{"alg":"RS256"}' | encode).$(printf '{"exp":1767225600,"viewer":20261128}' | encode).AAAA
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
    http-after-response set-header expiry '%[var(txn.token),jwt_payload_query("$.exp")]'
    http-after-response set-header expiry-int '%[var(txn.token),jwt_payload_query("$.exp","int")]'
    http-after-response set-header viewer '%[var(txn.token),jwt_payload_query("$.viewer")]'
CONFIGURATION
SOCKET=$PWD/socket usr/sbin/haproxy -db -f haproxy.cfg &
haproxy=$!
until [[ -S socket ]]; do kill -0 "$haproxy"; sleep 0.1; done
curl -sS -o answer -D fields --unix-socket socket -H "Authorization: Bearer $token" http://gate/
tr -d '\r' <fields | grep -E '^(expiry|viewer)' | tee seen
diff seen - <<'EXPECTED'
expiry: 1.76723e+09
expiry-int: 1767225600
viewer: 2.02611e+07
EXPECTED
