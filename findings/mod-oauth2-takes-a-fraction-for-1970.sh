#!/usr/bin/env bash
# Guess: an expiry with a fraction of a second, which RFC 7519 (2, NumericDate) allows, is the same time to each verifier, to the
#        second.
# Seen:  mod_oauth2 3.3.1 for Apache (Debian 12) reads 0 and answers 401: "JWT expired 1796032636 seconds ago". A fraction of zero
#        (1796036266.0) is enough. PyJWT 2.15.1 writes and reads such times, and Crypt::JWT 0.034 (Perl) reads them.
# Why:   time.time() + 3600 is such a time, and so is the result of most divisions. Signer and tests agree, and the gate refuses
#        each token as long expired, so that people look for a wrong clock. Sign whole seconds.
set -euo pipefail
temporary=$(mktemp -d)
apache=
trap '[[ -z $apache ]] || { kill "$apache"; wait "$apache" || true; }; rm -rf "$temporary"' EXIT
cd "$temporary"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check 'PyJWT==2.15.1' 'cryptography==50.0.2'
apt-get download -q apache2-bin=2.4.71-1~deb12u1 libapr1 libaprutil1 libapache2-mod-oauth2=3.3.1-1 liboauth2-0=1.4.5.4-1 \
    liboauth2-apache0=1.4.5.4-1 libcjose0=0.6.2.1-1+deb12u2 libhiredis0.14 libmemcached11 libhashkit2 libjansson4=2.14-2 \
    libcrypt-jwt-perl=0.034-1 libcryptx-perl=0.077-1+b1 &>log || { cat log; exit 1; }
for package in *.deb; do dpkg-deb -x "$package" .; done
libraries=$(dirname "$PWD"/usr/lib/*/liboauth2.so.0)
cat >tokens.py <<'PYTHON'
import json, socket, time
import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
pem = key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
open("public.pem", "wb").write(pem)
jwk = jwt.algorithms.RSAAlgorithm.to_jwk(key.public_key(), as_dict=True)
jwk = json.dumps({name: jwk[name] for name in ("kty", "n", "e")} | {"kid": "ours"})
now = int(time.time())
for name, expires in (("whole", now + 3600), ("fraction", now + 3600.25), ("zero", now + 3600.0)):
    token = jwt.encode({"sub": "video", "exp": expires}, key, "RS256", headers={"kid": "ours"})
    open(name, "w").write(token)
    assert jwt.decode(token, pem, algorithms=["RS256"])["exp"] == expires
print("PyJWT", jwt.__version__, "reads all")
with socket.socket() as free:
    free.bind(("127.0.0.1", 0))
    port = free.getsockname()[1]
open("port", "w").write(str(port))
open("apache.conf", "w").write(f"""
ServerRoot .
ServerName gate
PidFile apache.pid
ErrorLog errors
LoadModule mpm_event_module usr/lib/apache2/modules/mod_mpm_event.so
LoadModule authn_core_module usr/lib/apache2/modules/mod_authn_core.so
LoadModule authz_core_module usr/lib/apache2/modules/mod_authz_core.so
LoadModule authz_user_module usr/lib/apache2/modules/mod_authz_user.so
LoadModule oauth2_module usr/lib/apache2/modules/mod_oauth2.so
Listen 127.0.0.1:{port}
DocumentRoot media
<Location />
    AuthType oauth2
    OAuth2TokenVerify jwk '{jwk}'
    Require valid-user
</Location>
""")
PYTHON
venv/bin/python tokens.py
cat >read.pl <<'PERL'
use Crypt::JWT 'decode_jwt';
for my $name (qw(whole fraction zero)) {
    my ($token, $key) = map { scalar `cat $_` } $name, 'public.pem';
    decode_jwt(token => $token, key => \$key, accepted_alg => 'RS256', verify_exp => 1);
}
print "Crypt::JWT $Crypt::JWT::VERSION reads all\n";
PERL
PERL5LIB=$(echo usr/lib/*-linux-gnu/perl5/*):usr/share/perl5 perl read.pl
mkdir media
chmod 755 . media # Apache reads files as another account than root.
echo video >media/video.mp4
LD_LIBRARY_PATH=$libraries usr/sbin/apache2 -DFOREGROUND -d "$PWD" -f apache.conf & apache=$!
for ((try = 0; try < 100; try++)); do curl -s -o answer "http://127.0.0.1:$(cat port)/" && break || sleep 0.1; done
for name in whole fraction zero; do
    curl -sS -o answer -w "mod_oauth2, $name: %{http_code}\\n" -H "Authorization: Bearer $(cat "$name")" \
        "http://127.0.0.1:$(cat port)/video.mp4"
done | tee seen
grep -o 'JWT expired [0-9]* seconds ago' errors
diff seen - <<'EXPECTED'
mod_oauth2, whole: 200
mod_oauth2, fraction: 401
mod_oauth2, zero: 401
EXPECTED
