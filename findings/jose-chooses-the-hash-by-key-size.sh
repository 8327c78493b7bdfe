#!/usr/bin/env bash
# Guess: `jose jws sig` of latchset signs RS256 with any RSA key that names no algorithm, as is usual for RSA.
# Seen:  jose 11 (Debian 12) does so with small keys only. With 3,072 bits it signs RS384, with 4,096 RS512.
# Why:   a bigger key is a common answer to "make it stronger". The same command line then makes tokens that each verifier
#        which takes RS256 alone has to refuse. Put "alg":"RS256" into the JWK.
set -euo pipefail
temporary=$(mktemp -d)
trap 'rm -rf "$temporary"' EXIT
cd "$temporary"
apt-get download -q jose=11-2+deb12u1 libjose0=11-2+deb12u1 libjansson4=2.14-2 &>log || { cat log; exit 1; }
for package in *.deb; do dpkg-deb -x "$package" .; done
LD_LIBRARY_PATH=$(dirname "$(find "$PWD/usr/lib" -name 'libjose.so.0' -print -quit)")
export LD_LIBRARY_PATH
dpkg-deb -f jose_*.deb Package Version
for bits in 2048 2560 3072 4096; do
    usr/bin/jose jwk gen -i "{\"kty\":\"RSA\",\"bits\":$bits}" -o key.jwk
    ! grep -q '"alg"' key.jwk
    printf '{"sub":"video"}' | usr/bin/jose jws sig -I- -k key.jwk -c -o token
    printf '%s %s\n' "$bits" "$(cut -d . -f 1 token | usr/bin/jose b64 dec -i-)"
done | tee seen
diff seen - <<'EXPECTED'
2048 {"alg":"RS256"}
2560 {"alg":"RS256"}
3072 {"alg":"RS384"}
4096 {"alg":"RS512"}
EXPECTED
