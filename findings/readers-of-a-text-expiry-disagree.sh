#!/usr/bin/env bash
# Guess: `exp` as decimal text, which Stream's token endpoint writes and RFC 7519 does not know, is refused by every library as a
#        claim of the wrong type, and never read as another time.
# Seen:  PyJWT 2.15.1 and python-jose 3.5.0 accept it. joserfc 1.8.0 and Authlib 1.9.10 refuse it. jwcrypto 1.6.1 raises TypeError
#        and jwskate 0.12.2 AttributeError, which a program that catches their own errors does not catch. libjwt 1.10.2 reads 0,
#        with no error.
# Why:   a verifier that was tried with tokens of its own fails with Stream's: with an answer of 500, or by taking each token for
#        one of 1970. Tokens of this package have numbers.
set -euo pipefail
temporary=$(mktemp -d)
trap 'rm -rf "$temporary"' EXIT
cd "$temporary"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check 'Authlib==1.9.10' 'jwskate==0.12.2' 'python-jose==3.5.0' \
    'joserfc==1.8.0' 'jwcrypto==1.6.1' 'PyJWT==2.15.1' 'cryptography==50.0.2'
venv/bin/pip freeze | grep -iE '^(authlib|jwskate|python-jose|joserfc|jwcrypto|pyjwt)='
apt-get download -q libjwt-dev=1.10.2-1+deb12u1 libjwt0=1.10.2-1+deb12u1 libjansson4 libb64-0d &>log || { cat log; exit 1; }
for package in *.deb; do dpkg-deb -x "$package" .; done
cat >read.py <<'PYTHON'
import base64, json, time, warnings
warnings.simplefilter("ignore")
import jwt as pyjwt
from authlib.jose import JsonWebKey, JsonWebToken
from jose import jwt as python_jose
from joserfc import jwt as joserfc
from joserfc.jwk import RSAKey
from jwcrypto import jwk, jws, jwt as jwcrypto
from jwskate import Jwk, SignedJwt

key = jwk.JWK.generate(kty="RSA", size=2048, kid="ours", use="sig", alg="RS256")
public = json.loads(key.export_public())
open("public.pem", "wb").write(key.export_to_pem())

def token(expires):
    signed = jws.JWS(json.dumps({"sub": "video", "exp": expires}))
    signed.add_signature(key, protected=json.dumps({"alg": "RS256", "kid": "ours"}))
    return signed.serialize(compact=True)

def with_pyjwt(token):
    pyjwt.decode(token, pyjwt.PyJWK.from_dict(public), algorithms=["RS256"])

def with_python_jose(token):
    python_jose.decode(token, public, algorithms=["RS256"])

def with_joserfc(token):
    joserfc.JWTClaimsRegistry().validate(joserfc.decode(token, RSAKey.import_key(public), algorithms=["RS256"]).claims)

def with_authlib(token):
    JsonWebToken(["RS256"]).decode(token, JsonWebKey.import_key(public)).validate()

def with_jwcrypto(token):
    jwcrypto.JWT(jwt=token, key=jwk.JWK.from_json(json.dumps(public)), algs=["RS256"])

def with_jwskate(token):
    SignedJwt(token).validate(key=Jwk(public), alg="RS256")

expires = int(time.time()) + 3600
open("number", "w").write(token(expires))
open("text", "w").write(token(str(expires)))
for verify in (with_pyjwt, with_python_jose, with_joserfc, with_authlib, with_jwcrypto, with_jwskate):
    verify(token(expires))
    try:
        verify(token(str(expires)))
        seen = "accepted"
    except Exception as error:
        seen = type(error).__name__
    print(f"{verify.__name__[5:]}: {seen}")
PYTHON
cat >read.c <<'C'
#include <errno.h>
#include <jwt.h>
#include <stdio.h>
#include <string.h>

static int contents(const char *path, char *text) {
    FILE *file = fopen(path, "r");
    size_t count = file ? fread(text, 1, 8191, file) : 0;
    text[count] = 0;
    return (int)count;
}

int main(void) {
    static char key[8192], token[8192];
    int length = contents("public.pem", key);
    for (int index = 0; index < 2; index++) {
        const char *name = index ? "text" : "number";
        jwt_t *jwt = NULL;
        contents(name, token);
        int failure = jwt_decode(&jwt, token, (unsigned char *)key, length);
        errno = 0;
        long expires = failure ? -1 : jwt_get_grant_int(jwt, "exp");
        printf("libjwt, a %s: %s, error %d\n", name, expires > 0 ? "the time" : expires ? "refused" : "0", errno);
    }
}
C
venv/bin/python read.py | tee seen
library=$(dirname usr/lib/*/libjwt.so.0)
cc -Iusr/include read.c -o read -L"$library" -Wl,-rpath-link,"$library" -l:libjwt.so.0
LD_LIBRARY_PATH=$library ./read | tee -a seen
diff seen - <<'EXPECTED'
pyjwt: accepted
python_jose: accepted
joserfc: InvalidClaimError
authlib: InvalidClaimError
jwcrypto: TypeError
jwskate: AttributeError
libjwt, a number: the time, error 0
libjwt, a text: 0, error 0
EXPECTED
