#!/usr/bin/env bash
# Guess: a JOSE library that is given an RSA key and no algorithm signs with RS256, the one that RFC 7518 recommends for RSA and
#        that every verifier has, whatever form the key has.
# Seen:  erlang-jose 1.11.5 (Debian 12) signs with PS256 if the key is a PEM, or a JWK without `alg`, and with RS256 if the JWK
#        says so. It leaves `kid` out each time. Without a JSON library, which Debian's package does not ask for, it does not run.
# Why:   the same key as PEM and as JWK makes tokens that are refused and tokens that are not. Name the algorithm and the id.
set -euo pipefail
temporary=$(mktemp -d)
trap 'rm -rf "$temporary"' EXIT
cd "$temporary"
apt-get download -q erlang-jose=1.11.5-1 erlang-jiffy erlang-base erlang-crypto erlang-public-key erlang-asn1 &>log ||
    { cat log; exit 1; }
for package in *.deb; do dpkg-deb -x "$package" .; done
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check 'jwcrypto==1.6.1'
venv/bin/python - <<'PYTHON'
import json
from jwcrypto import jwk

key = jwk.JWK.generate(kty="RSA", size=2048, kid="ours")
open("key.pem", "wb").write(key.export_to_pem(private_key=True, password=None))
json.dump(key.export(as_dict=True), open("plain.jwk", "w"))
json.dump(key.export(as_dict=True) | {"use": "sig", "alg": "RS256"}, open("rs256.jwk", "w"))
PYTHON
cat >sign.erl <<'ERLANG'
-module(sign).
-export([main/0]).

show(Name, Key) ->
    {_, Token} = jose_jws:compact(jose_jwt:sign(Key, #{<<"sub">> => <<"video">>, <<"exp">> => 1893456000})),
    [First | _] = binary:split(Token, <<".">>),
    {ok, Header} = jose_base64url:decode(First),
    io:format("~s ~s~n", [Name, Header]).

main() ->
    {ok, _} = application:ensure_all_started(jose),
    show("key.pem", jose_jwk:from_pem_file("key.pem")),
    [show(Name, jose_jwk:from_file(Name)) || Name <- ["plain.jwk", "rs256.jwk"]],
    halt().
ERLANG
export ROOTDIR=$PWD/usr/lib/erlang EMU=beam PROGNAME=erl
BINDIR=$(echo "$ROOTDIR"/erts-*/bin)
export BINDIR
"$BINDIR/erlexec" -boot "$ROOTDIR/bin/start_clean" -noshell -noinput -eval 'compile:file("sign.erl"), sign:main().' | tee seen
diff seen - <<'EXPECTED'
key.pem {"alg":"PS256","typ":"JWT"}
plain.jwk {"alg":"PS256","typ":"JWT"}
rs256.jwk {"alg":"RS256","typ":"JWT"}
EXPECTED
