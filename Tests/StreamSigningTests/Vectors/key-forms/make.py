#!/usr/bin/env python3
"""Makes forms.json: every form of a key that people bring, from the tools that write it.

usage: make.py >forms.json

Needs openssl 3, ssh-keygen, puttygen, jose (latchset), keytool and javac (JDK 17), base64 and xxd, and of PyPI
cryptography, jwcrypto, joserfc, authlib, python-jose, jwskate, PyJWT and pycryptodome. All keys are test keys, made anew.

A row has
  form, from        what it is and which tool or habit it comes from
  content           the bytes, in base64
  key               the RFC 7638 thumbprint of the key that must come out; absent if it is refused
  half              private or public
  id                the id that the text itself gives, if any
  pick              an id that has to be given, because there are several keys
  code, says        of what is refused: the code of the error, and a part of its reason
  makes             the file that the command in the reason writes; `key` is then the key in it. The password of
                    what has one is `changeit`.
  passes_over       how many keys of a set cannot be used
"""
import base64
import hashlib
import json
import os
import subprocess
import sys
import tempfile

from authlib.jose import JsonWebKey
from Crypto.PublicKey import RSA as pycryptodome
from cryptography.hazmat.primitives import serialization as s
from cryptography.hazmat.primitives.asymmetric import rsa
from joserfc.jwk import RSAKey
from jose import jwk as python_jose
from jwcrypto import jwk as jwcrypto
from jwskate import Jwk
from jwt.algorithms import RSAAlgorithm

rows = []
work = tempfile.TemporaryDirectory()
os.chdir(work.name)


def run(*command, input=None, **options):
    return subprocess.run(command, input=input, check=True, capture_output=True, **options).stdout


def write(name, content):
    with open(name, "wb") as file:
        file.write(content if isinstance(content, bytes) else content.encode())
    return name


def url(number, size=None):
    size = size or (number.bit_length() + 7) // 8
    return base64.urlsafe_b64encode(number.to_bytes(size, "big")).rstrip(b"=").decode()


def lines(data, width, end="\n"):
    text = base64.b64encode(data).decode()
    return end.join(text[place:place + width] for place in range(0, len(text), width)) + end


class Key:
    def __init__(self, private):
        self.private = private
        self.public = private.public_key()
        numbers = private.private_numbers()
        public = numbers.public_numbers
        self.pkcs1 = self.pem(s.PrivateFormat.TraditionalOpenSSL)
        self.pkcs8 = self.pem(s.PrivateFormat.PKCS8)
        self.spki = self.public.public_bytes(s.Encoding.PEM, s.PublicFormat.SubjectPublicKeyInfo).decode()
        self.rsa_public = self.public.public_bytes(s.Encoding.PEM, s.PublicFormat.PKCS1).decode()
        self.numbers = {"n": public.n, "e": public.e, "d": numbers.d, "p": numbers.p, "q": numbers.q,
                        "dp": numbers.dmp1, "dq": numbers.dmq1, "qi": numbers.iqmp}
        self.jwk = {"kty": "RSA"} | {name: url(number) for name, number in self.numbers.items()}
        self.public_jwk = {name: self.jwk[name] for name in ("kty", "n", "e")}
        canonical = json.dumps({name: self.jwk[name] for name in ("e", "kty", "n")}, separators=(",", ":"))
        self.thumbprint = base64.urlsafe_b64encode(hashlib.sha256(canonical.encode()).digest()).rstrip(b"=").decode()

    def pem(self, format):
        return self.private.private_bytes(s.Encoding.PEM, format, s.NoEncryption()).decode()


def load(pem):
    return Key(s.load_pem_private_key(pem.encode() if isinstance(pem, str) else pem, None))


def from_jwk(jwk):
    return Key(RSAAlgorithm.from_jwk(json.dumps(jwk)))


def add(form, origin, content, key=None, half="private", **more):
    content = content if isinstance(content, bytes) else content.encode()
    row = {"form": form, "from": origin, "half": half, **more}
    if key:
        row["key"] = key.thumbprint
    rows.append(row | {"content": base64.b64encode(content).decode()})


def der(pem):
    return base64.b64decode("".join(pem.strip().splitlines()[1:-1]))


key = load(run("openssl", "genrsa", "2048"))
other = load(run("openssl", "genrsa", "2048"))
write("key.pem", key.pkcs8)
write("public.pem", key.spki)
ID = "5f1c93e07b6a4d28a0c4e95b31d7f602"
body = "".join(key.pkcs8.splitlines()[1:-1])

# PEM, as tools write it.
add("PKCS#1 PEM", "openssl rsa -traditional", run("openssl", "rsa", "-traditional", "-in", "key.pem"), key)
add("PKCS#8 PEM", "openssl pkey", run("openssl", "pkey", "-in", "key.pem"), key)
add("PKCS#8 PEM", "pyca/cryptography", key.pkcs8, key)
add("PKCS#8 PEM", "pycryptodome", pycryptodome.import_key(key.pkcs1).export_key(pkcs=8), key)
add("SPKI PEM", "openssl pkey -pubout", run("openssl", "pkey", "-pubout", "-in", "key.pem"), key, "public")
add("PKCS#1 public PEM", "openssl rsa -RSAPublicKey_out",
    run("openssl", "rsa", "-RSAPublicKey_out", "-in", "key.pem"), key, "public")
add("PKCS#8 PEM of version 1", "RFC 5958 writers", "-----BEGIN PRIVATE KEY-----\n" + lines(der(key.pkcs8).replace(b"\x02\x01\x00", b"\x02\x01\x01", 1), 64)
    + "-----END PRIVATE KEY-----\n", key)

# DER, and base64 of it.
add("PKCS#1 DER", "openssl rsa -outform DER",
    run("openssl", "rsa", "-traditional", "-outform", "DER", "-in", "key.pem"), key)
add("PKCS#8 DER", "openssl pkcs8 -topk8 -nocrypt -outform DER",
    run("openssl", "pkcs8", "-topk8", "-nocrypt", "-outform", "DER", "-in", "key.pem"), key)
add("SPKI DER", "openssl pkey -pubout -outform DER", der(key.spki), key, "public")
add("PKCS#1 public DER", "openssl rsa -RSAPublicKey_out -outform DER", der(key.rsa_public), key, "public")
add("DER with a line end after it", "an editor, or echo", der(key.pkcs8) + b"\n", key)
add("base64 of PKCS#8 DER in lines of 64", "openssl base64", run("openssl", "base64", input=der(key.pkcs8)), key)
add("base64 of PKCS#8 DER in lines of 76", "base64", run("base64", input=der(key.pkcs8)), key)
add("base64 of PKCS#8 DER on one line", "base64 -w0", run("base64", "-w0", input=der(key.pkcs8)), key)
add("base64 of PKCS#8 DER in lines of 76 with CR LF", "Java's MIME encoder", lines(der(key.pkcs8), 76, "\r\n"), key)
add("base64 of PKCS#1 DER", "base64", run("base64", input=der(key.pkcs1)), key)
add("base64 of SPKI DER without padding", "JavaScript's base64 helpers",
    base64.b64encode(der(key.spki)).rstrip(b"="), key, "public")
add("base64url of PKCS#8 DER", "base64.urlsafe_b64encode", base64.urlsafe_b64encode(der(key.pkcs8)), key)
add("base64url of PKCS#8 DER without padding", "Go's RawURLEncoding",
    base64.urlsafe_b64encode(der(key.pkcs8)).rstrip(b"="), key)
java = """
import java.nio.file.*; import java.security.*; import java.security.interfaces.*; import java.security.spec.*;
import java.util.*;
public class Forms {
    public static void main(String[] a) throws Exception {
        byte[] der = Files.readAllBytes(Path.of("key.der"));
        var key = (RSAPrivateCrtKey) KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(der));
        var half = KeyFactory.getInstance("RSA").generatePublic(
            new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent()));
        var url = Base64.getUrlEncoder().withoutPadding();
        var out = new StringBuilder("{\\"kty\\":\\"RSA\\"");
        java.math.BigInteger[] numbers = {key.getModulus(), key.getPublicExponent(), key.getPrivateExponent(),
            key.getPrimeP(), key.getPrimeQ(), key.getPrimeExponentP(), key.getPrimeExponentQ(), key.getCrtCoefficient()};
        String[] names = {"n", "e", "d", "p", "q", "dp", "dq", "qi"};
        for (int i = 0; i < names.length; i++)
            out.append(",\\"").append(names[i]).append("\\":\\"").append(url.encodeToString(numbers[i].toByteArray())).append('"');
        Files.writeString(Path.of("java.jwk"), out.append("}"));
        Files.writeString(Path.of("java.private"), Base64.getEncoder().encodeToString(key.getEncoded()));
        Files.writeString(Path.of("java.public"), Base64.getMimeEncoder().encodeToString(half.getEncoded()));
    }
}
"""
write("key.der", der(key.pkcs8))
write("Forms.java", java)
run("javac", "Forms.java")
run("java", "Forms")
add("base64 of getEncoded()", "Java 17, private key", open("java.private", "rb").read(), key)
add("MIME base64 of getEncoded()", "Java 17, public key", open("java.public", "rb").read(), key, "public")

# Encodings and line ends.
add("PEM with a UTF-8 byte order mark", "Notepad", b"\xef\xbb\xbf" + key.pkcs8.encode(), key)
add("PEM in UTF-16, little-endian", "PowerShell 5's >", "\ufeff".encode("utf-16-le") + key.pkcs8.encode("utf-16-le"), key)
add("PEM in UTF-16, big-endian", "iconv -t UTF-16", "\ufeff".encode("utf-16-be") + key.pkcs8.encode("utf-16-be"), key)
add("PEM with CR LF", "Windows", key.pkcs8.replace("\n", "\r\n"), key)
add("PEM with CR", "old Macintosh editors", key.pkcs8.replace("\n", "\r"), key)
add("PEM with spaces for its line ends", "an unquoted variable in a shell", key.pkcs8.strip().replace("\n", " "), key)
add("PEM with nothing for its line ends", "tr -d '\\n'", key.pkcs8.replace("\n", ""), key)
add("PEM with \\n in two characters", "a .env file", key.pkcs8.strip().replace("\n", "\\n"), key)
add("PEM with \\r\\n in four characters", "a .env file from Windows", key.pkcs8.strip().replace("\n", "\\r\\n"), key)
add("PEM with \\n escaped twice", "JSON inside JSON", key.pkcs8.strip().replace("\n", "\\\\n"), key)
add("PEM escaped as .NET escapes JSON", "System.Text.Json, without the quotes",
    key.pkcs8.strip().replace("\n", "\\n").replace("+", "\\u002B").replace("=", "\\u003d"), key)
add("PEM escaped as PHP escapes JSON", "json_encode, without the quotes",
    key.pkcs8.strip().replace("\n", "\\n").replace("/", "\\/"), key)
add("PEM as a JSON string", "terraform output -json NAME", json.dumps(key.pkcs8), key)
add("PEM in double quotes", "a .env file", f'"{key.pkcs8}"', key)
add("PEM in single quotes", "a shell script", f"'{key.pkcs8.strip()}'", key)
add("PEM behind a variable's name", "a .env file", 'STREAM_KEY="' + key.pkcs8.strip().replace("\n", "\\n") + '"\n', key)
add("PEM indented", "a YAML block", "key: |\n" + "".join(f"    {line}\n" for line in key.pkcs8.splitlines()), key)
add("PEM with blank lines inside", "a YAML folded string", key.pkcs8.replace("\n", "\n\n"), key)
add("PEM in lines of 76", "phpseclib, mail",
    "-----BEGIN PRIVATE KEY-----\n" + lines(der(key.pkcs8), 76) + "-----END PRIVATE KEY-----", key)
add("PKCS#8 labelled RSA PRIVATE KEY", "Go's pem.Encode with the wrong type",
    key.pkcs8.replace(" PRIVATE", " RSA PRIVATE"), key)
add("PKCS#1 labelled PRIVATE KEY", "an edited first line", key.pkcs1.replace("RSA ", ""), key)
add("SPKI labelled RSA PUBLIC KEY", "Go's x509.MarshalPKIXPublicKey with the wrong type",
    key.spki.replace(" PUBLIC", " RSA PUBLIC"), key, "public")

# A key and what is beside it.
run("openssl", "req", "-new", "-x509", "-key", "key.pem", "-subj", "/CN=video.example", "-days", "3650", "-out", "cert.pem")
run("openssl", "req", "-new", "-key", "key.pem", "-subj", "/CN=video.example", "-out", "request.pem")
run("openssl", "pkcs12", "-export", "-in", "cert.pem", "-inkey", "key.pem", "-name", "stream", "-passout", "pass:",
    "-keypbe", "NONE", "-certpbe", "NONE", "-out", "key.p12")
certificate = open("cert.pem").read()
add("PEM with bag attributes and the certificate", "openssl pkcs12 -nodes",
    run("openssl", "pkcs12", "-in", "key.p12", "-nodes", "-passin", "pass:"), key)
add("certificate, then the key", "HAProxy's crt file", certificate + key.pkcs8, key)
add("key, then a chain of certificates", "nginx, certbot", key.pkcs1 + certificate * 3, key)
add("private key and its public key", "cat", key.pkcs8 + key.spki, key)
add("public key, then the private key", "cat", key.spki + key.pkcs1, key)

# JWK.
for origin, jwk in {
    "jwcrypto": json.loads(jwcrypto.JWK.from_pem(key.pkcs8.encode()).export()),
    "joserfc": RSAKey.import_key(key.pkcs8).as_dict(private=True),
    "Authlib": JsonWebKey.import_key(key.pkcs8, {"kty": "RSA"}).as_dict(is_private=True),
    "python-jose": {name: value.decode() if isinstance(value, bytes) else value
                    for name, value in python_jose.construct(key.pkcs8, "RS256").to_dict().items()},
    "jwskate": dict(Jwk.from_pem(key.pkcs8)),
    "PyJWT": json.loads(RSAAlgorithm.to_jwk(key.private)),
}.items():
    add("JWK", origin, json.dumps(jwk), key, **({"id": jwk["kid"]} if jwk.get("kid") else {}))
add("public JWK", "PyJWT", RSAAlgorithm.to_jwk(key.public), key, "public")
latchset = json.loads(run("jose", "jwk", "gen", "-i", '{"alg":"RS256"}'))
add("JWK", "jose jwk gen (latchset)", json.dumps(latchset), from_jwk(latchset))
add("public JWK", "jose jwk pub (latchset)", run("jose", "jwk", "pub", "-i", "-", input=json.dumps(latchset).encode()),
    from_jwk(latchset), "public")
add("JWK of n, e and d", "hand-written code", json.dumps({name: key.jwk[name] for name in ("kty", "n", "e", "d")}), key)
add("JWK with a byte order mark", "Visual Studio", b"\xef\xbb\xbf" + json.dumps(key.jwk).encode(), key)
add("JWK in UTF-16", "PowerShell 5's >", "\ufeff".encode("utf-16-le") + json.dumps(key.jwk | {"kid": "kid-é"}).encode("utf-16-le"),
    key, id="kid-é")
add("JWK as a JSON string", "a secret manager", json.dumps(json.dumps(key.jwk)), key)
add("base64 of a JWK", "Stream's jwk", base64.b64encode(json.dumps(key.jwk | {"kid": ID}).encode()), key, id=ID)
add("base64url of a JWK without padding", "an environment variable",
    base64.urlsafe_b64encode(json.dumps(key.jwk).encode()).rstrip(b"="), key)
add("JWK with leading zeros", "Java 17, BigInteger.toByteArray", open("java.jwk", "rb").read(), key)
add("JWK with numbers of fixed length", "Azure Key Vault (AAEAAQ)", json.dumps(
    {name: url(number, {"n": 256, "e": 4, "d": 256}.get(name, 128)) for name, number in key.numbers.items()}
    | {"kty": "RSA", "kid": ID}), key, id=ID)
add("public JWK with null members", "System.Text.Json", json.dumps(
    key.public_jwk | dict.fromkeys(["kid", "use", "alg", "key_ops", "d", "p", "q", "dp", "dq", "qi", "oth", "x5c"])),
    key, "public")
add("public JWK with empty members", "Microsoft.IdentityModel", json.dumps(
    key.public_jwk | {"kid": "", "use": "", "alg": "", "d": "", "key_ops": [], "oth": [], "x5c": []}), key, "public")
add("private JWK with empty members", "hand-written code", json.dumps(key.jwk | {"key_ops": [], "oth": [], "use": None}), key)

# Stream's answers.
stream = {"id": ID, "pem": base64.b64encode(key.pkcs1.encode()).decode(),
          "jwk": base64.b64encode(json.dumps(key.jwk | {"kid": ID}).encode()).decode(), "created": "2026-11-28T12:00:00Z"}
add("the API's answer", "Stream", json.dumps({"result": stream, "success": True, "errors": [], "messages": []}), key, id=ID)
add("the API's result", "Stream", json.dumps(stream), key, id=ID)
add("the API's pem", "Stream", stream["pem"], key)
add("the API's pem in lines of 76", "Stream, base64", lines(key.pkcs1.encode(), 76), key)
add("the API's result with its jwk as an object", "an SDK", json.dumps(stream | {"jwk": key.jwk}), key, id=ID)
add("the API's result without its jwk", "a database column", json.dumps(stream | {"jwk": None}), key, id=ID)

# What other services put around a key.
add("signing key", "Mux", json.dumps({"data": {"id": ID, "private_key": stream["pem"], "created_at": "1764331200"}}), key,
    id=ID)
add("az keyvault key show", "Azure Key Vault", json.dumps({"attributes": {"enabled": True}, "key": {
    "kid": "https://v.vault.azure.net/keys/k/1", "kty": "RSA-HSM", "n": key.jwk["n"], "e": "AAEAAQ", "d": None,
    "keyOps": ["sign", "verify"], "key_ops": ["encrypt", "decrypt", "sign", "verify"]}}), key, "public",
    id="https://v.vault.azure.net/keys/k/1")
add("terraform output -json", "Terraform", json.dumps({"stream_key": {"sensitive": True, "type": "string", "value": key.pkcs1},
    "region": {"sensitive": False, "type": "string", "value": "eu-west-1"}}), key)
add("terraform output -json of an object", "Terraform", json.dumps({"stream_key": {"sensitive": True, "type": [
    "object", {"id": "string", "pem": "string", "jwk": "string"}], "value": stream}}), key, id=ID)
run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", "ed25519")
write("openssh", key.pkcs8)
os.chmod("openssh", 0o600)
run("ssh-keygen", "-q", "-p", "-N", "", "-P", "", "-f", "openssh")
openssh = open("openssh").read()
add("tls_private_key, every output", "Terraform", json.dumps({name: {"sensitive": True, "type": "string", "value": value}
    for name, value in {"private_key_pem": key.pkcs1, "private_key_pem_pkcs8": key.pkcs8, "public_key_pem": key.spki,
                        "private_key_openssh": openssh}.items()}), key)
add("service account", "Google", json.dumps({"type": "service_account", "private_key_id": ID, "private_key": key.pkcs8,
    "client_email": "a@b.example", "client_id": "1"}), key, id=ID)
add("kubectl get secret -o json", "Kubernetes", json.dumps({"apiVersion": "v1", "kind": "Secret", "data": {
    "tls.crt": base64.b64encode(certificate.encode()).decode(), "tls.key": base64.b64encode(key.pkcs8.encode()).decode()}}), key)
add("get-secret-value", "AWS Secrets Manager", json.dumps({"ARN": "arn:aws:secretsmanager:x", "Name": "stream",
    "SecretString": json.dumps({"pem": stream["pem"]})}), key)
add("get-public-key", "AWS KMS", json.dumps({"KeyId": "arn:aws:kms:x", "PublicKey": base64.b64encode(der(key.spki)).decode(),
    "KeySpec": "RSA_2048", "KeyUsage": "SIGN_VERIFY", "SigningAlgorithms": ["RSASSA_PKCS1_V1_5_SHA_256"]}), key, "public")
add("keys versions get-public-key", "Google Cloud KMS", json.dumps({"pem": key.spki, "pemCrc32c": "1",
    "algorithm": "RSA_SIGN_PKCS1_2048_SHA256", "name": "projects/p/locations/l"}), key, "public")
add("GET /realms/NAME", "Keycloak", json.dumps({"realm": "r", "public_key": base64.b64encode(der(key.spki)).decode(),
    "token-service": "https://k.example/"}), key, "public")
add("the keys of a realm", "Keycloak", json.dumps({"active": {"RS256": "a"}, "keys": [
    {"kid": "a", "type": "RSA", "algorithm": "RS256", "use": "SIG", "publicKey": base64.b64encode(der(key.spki)).decode(),
     "certificate": base64.b64encode(der(certificate)).decode()}]}), key, "public", id="a")
add("kv get -format=json", "HashiCorp Vault", json.dumps({"data": {"data": {"pem": key.pkcs8}, "metadata": {"version": 1}}}), key)
add("read transit/keys/NAME", "HashiCorp Vault", json.dumps({"data": {"type": "rsa-2048", "keys": {
    "1": {"name": "rsa-2048", "public_key": key.spki}}}}), key, "public")

# Sets.
signing = key.public_jwk | {"kid": "a", "use": "sig", "alg": "RS256"}
second = other.public_jwk | {"kid": "b"}
elliptic = {"kty": "EC", "kid": "ec", "crv": "P-256", "x": "AA", "y": "AA"}
add("JWKS of one key", "joserfc", json.dumps({"keys": [key.jwk | {"kid": "a"}]}), key, id="a")
add("JWKS with keys of other types", "an identity provider", json.dumps({"keys": [elliptic, signing, other.public_jwk
    | {"kid": "enc", "use": "enc"}, {"kty": "AKP", "alg": "ML-DSA-44", "pub": "AA", "kid": "pq"}]}), key, "public", id="a",
    passes_over=3)
add("JWKS with a damaged key", "a truncated column", json.dumps({"keys": [second | {"n": "AQAB=="}, signing]}), key, "public",
    id="a", passes_over=1)
add("JWKS with a small key", "an old rotation", json.dumps({"keys": [signing, second | {"n": "AQAB"}]}), key, "public",
    id="a", passes_over=1)
add("JWKS with one key twice", "a rotation that was repeated", json.dumps({"keys": [signing, signing]}), key, "public", id="a")
add("JWKS of several keys", "an identity provider", json.dumps({"keys": [second, signing]}), key, "public", id="a", pick="a")
add("JWKS of several private keys", "jose jwk gen (latchset)", json.dumps({"keys": [other.jwk | {"kid": "b"},
    key.jwk | {"kid": "a"}]}), key, id="a", pick="a")
add("a list of public keys", "a service of one's own", json.dumps({"data": [{"id": "a", "public_key": key.spki},
    {"id": "b", "public_key": other.spki}]}), key, "public", id="a", pick="a")

# What is not a key.
run("openssl", "pkcs12", "-export", "-in", "cert.pem", "-inkey", "key.pem", "-name", "stream", "-passout", "pass:changeit",
    "-out", "password.p12")
run("keytool", "-importkeystore", "-srckeystore", "password.p12", "-srcstoretype", "PKCS12", "-srcstorepass", "changeit",
    "-destkeystore", "key.jks", "-deststoretype", "JKS", "-deststorepass", "changeit", "-noprompt")
add("Java key store", "keytool -deststoretype JKS", open("key.jks", "rb").read(), key, code="key_unsupported",
    says="a Java key store", makes="key.pem")
add("PKCS#12", "openssl pkcs12 -export", open("password.p12", "rb").read(), key, code="key_unsupported", says="PKCS#12",
    makes="key.pem")
run("keytool", "-genkeypair", "-keyalg", "RSA", "-keysize", "2048", "-alias", "a", "-dname", "CN=video.example", "-storetype",
    "PKCS12", "-storepass", "changeit", "-keystore", "generated.p12")
add("PKCS#12", "keytool -genkeypair", open("generated.p12", "rb").read(), load(run("openssl", "pkcs12", "-in", "generated.p12",
    "-nocerts", "-nodes", "-passin", "pass:changeit")), code="key_unsupported", says="PKCS#12", makes="key.pem")
add("ssh-rsa line", "ssh-keygen -y", run("ssh-keygen", "-y", "-f", "openssh"), key, "public", code="key_unsupported",
    says="an OpenSSH public key", makes="public.pem")
write("key.pub", run("ssh-keygen", "-y", "-f", "openssh"))
add("SSH2 public key", "ssh-keygen -e", run("ssh-keygen", "-e", "-f", "key.pub"), key, "public", code="key_unsupported",
    says="an SSH2 public key", makes="public.pem")
add("OpenSSH private key", "ssh-keygen", openssh, key, code="key_unsupported", says="an OpenSSH private key", makes="key.pem")
add("SPKI PEM", "ssh-keygen -e -m PKCS8", run("ssh-keygen", "-e", "-m", "PKCS8", "-f", "key.pub"), key, "public")
add("PKCS#1 public PEM", "ssh-keygen -e -m PEM", run("ssh-keygen", "-e", "-m", "PEM", "-f", "key.pub"), key, "public")
add("Ed25519 line", "ssh-keygen -t ed25519", open("ed25519.pub").read(), code="key_unsupported", says="an SSH key of another type",
    half="public")
add("OpenSSH private key of Ed25519", "ssh-keygen -t ed25519", open("ed25519").read(), code="key_unsupported",
    says="an SSH key of another type")
run("puttygen", "openssh", "-O", "private", "-o", "key.ppk")
add("PuTTY private key", "puttygen", open("key.ppk").read(), key, code="key_unsupported", says="a PuTTY key", makes="key.pem")
names = {"n": "Modulus", "e": "Exponent", "p": "P", "q": "Q", "dp": "DP", "dq": "DQ", "qi": "InverseQ", "d": "D"}
add("RSAKeyValue", ".NET's ToXmlString", "<RSAKeyValue>" + "".join(
    f"<{name}>{base64.b64encode(key.numbers[member].to_bytes((key.numbers[member].bit_length() + 7) // 8, 'big')).decode()}</{name}>"
    for member, name in names.items()) + "</RSAKeyValue>", key, code="key_unsupported", says="an XML key of .NET", makes="key.jwk")
add("encrypted PKCS#8", "openssl pkcs8 -topk8", run("openssl", "pkcs8", "-topk8", "-in", "key.pem", "-passout", "pass:changeit"), key,
    code="key_encrypted", says="openssl pkey", makes="key.pem")
add("encrypted PKCS#1", "openssl rsa -traditional -aes256", run("openssl", "rsa", "-traditional", "-aes256", "-in", "key.pem",
    "-passout", "pass:changeit"), key, code="key_encrypted", says="openssl pkey", makes="key.pem")
add("encrypted PKCS#8 DER", "openssl pkcs8 -topk8 -outform DER", run("openssl", "pkcs8", "-topk8", "-outform", "DER", "-in", "key.pem",
    "-passout", "pass:changeit"), key, code="key_encrypted", says="openssl pkey", makes="key.pem")
add("certificate", "openssl req -x509", certificate, key, "public", code="key_unsupported", says="a certificate", makes="public.pem")
add("certificate in DER", "openssl x509 -outform DER", der(certificate), key, "public", code="key_unsupported",
    says="a certificate", makes="public.pem")
add("certificate request", "openssl req -new", open("request.pem").read(), key, "public", code="key_unsupported",
    says="a certificate request", makes="public.pem")
add("PKCS#7", "openssl crl2pkcs7", run("openssl", "crl2pkcs7", "-nocrl", "-certfile", "cert.pem"), key, "public",
    code="key_unsupported", says="PKCS#7", makes="public.pem")
for form, command in {
    "elliptic-curve key": ("ecparam", "-name", "prime256v1", "-genkey"),
    "elliptic-curve key in PKCS#8": ("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"),
    "Ed25519 key": ("genpkey", "-algorithm", "ED25519"),
    "RSASSA-PSS key": ("genpkey", "-algorithm", "RSA-PSS", "-pkeyopt", "rsa_keygen_bits:2048"),
}.items():
    add(form, " ".join(("openssl",) + command), run("openssl", *command), code="key_unsupported",
        says={"RSASSA-PSS key": "RSASSA-PSS", "Ed25519 key": "an Ed25519"}.get(form, "an elliptic-curve key"))
add("small key", "openssl genrsa 1024", run("openssl", "genrsa", "1024"), code="key_unsupported", says="fewer than 2048 bits")
add("elliptic-curve JWK", "jose jwk gen (latchset)", run("jose", "jwk", "gen", "-i", '{"alg":"ES256"}'), code="key_unsupported",
    says="an elliptic-curve key")
add("Ed25519 JWK", "jwcrypto", jwcrypto.JWK.generate(kty="OKP", crv="Ed25519").export(), code="key_unsupported",
    says="a key of an Edwards or Montgomery curve")
add("shared secret", "jose jwk gen (latchset)", run("jose", "jwk", "gen", "-i", '{"alg":"HS256"}'), code="key_unsupported",
    says="a secret for HMAC")
add("HTML", "a sign-in page", "<!DOCTYPE html>\n<html><title>Sign in</title></html>", code="key_unsupported", says="an HTML page")
add("XML", "an error of S3", '<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>', code="key_unsupported", says="XML, not a key")
add("nothing", "a failed redirect", "", code="key_malformed", says="empty")
add("a line end", "a failed redirect", "\n", code="key_malformed", says="empty")
write("payload", "{}")
jws = run("jose", "jws", "sig", "-I", "payload", "-k", "-", input=json.dumps(latchset).encode())
add("JWS in JSON serialization", "jose jws sig (latchset)", jws, code="key_unsupported", says="a JWS in JSON serialization")
add("token", "jose jws sig -c (latchset)", run("jose", "jws", "sig", "-c", "-I", "payload", "-k", "-",
    input=json.dumps(latchset).encode()), code="key_unsupported", says="a token, not a key")
add("OpenPGP key", "gpg --armor --export", "-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nmQENBF0=\n=abcd\n-----END PGP PUBLIC KEY BLOCK-----\n",
    code="key_unsupported", says="an OpenPGP key")
add("an array of JWKs", "a program's own format", json.dumps([key.public_jwk]), code="key_malformed", says='{"keys":[…]}', half="public")
add("the API's list", "Stream", json.dumps({"result": [{"id": ID, "created": "2026"}], "success": True}), code="key_malformed",
    says="only the answer to a create")
add("PEM that is cut off", "a truncated column", key.pkcs8[:900], code="key_malformed", says="END line is missing")
add("PEM without some of its base64", "a lost line", key.pkcs8.replace(body[:64] + "\n", body[:61] + "\n"), code="key_malformed",
    says="characters of its body are missing")
add("PEM with a backslash and damage", "an edited file", key.pkcs8.replace(body[:10], body[:8] + "\\!"), code="key_malformed",
    says="a character that base64 does not have")
add("PKCS#8 of version 2", "nobody", "-----BEGIN PRIVATE KEY-----\n"
    + lines(der(key.pkcs8).replace(b"\x02\x01\x00", b"\x02\x01\x02", 1), 64) + "-----END PRIVATE KEY-----\n",
    code="key_unsupported", says="neither 0 nor 1")
add("two private keys", "cat", key.pkcs8 + other.pkcs8, code="key_ambiguous", says="different keys")
add("two keys in two members", "Terraform", json.dumps({"a_pem": key.pkcs8, "b_pem": other.pkcs8}), code="key_ambiguous",
    says="different keys")
add("JWKS of several keys, none of them named", "an identity provider", json.dumps({"keys": [second, signing]}),
    code="key_ambiguous", says="say which by its id (b, a)", half="public")
add("JWKS of several keys, another one named", "an identity provider", json.dumps({"keys": [second, signing]}),
    code="key_ambiguous", says="has no key c", half="public", pick="c")
add("JWKS of other types alone", "an identity provider", json.dumps({"keys": [elliptic, {"kty": "oct", "k": "AA"}]}),
    code="key_unsupported", says="none of the 2 keys", half="public")
add("UTF-16 without a byte order mark", "an editor", key.pkcs8.encode("utf-16-le"), code="key_malformed", says="NUL bytes")
add("JSON without a key", "another file", '{"hello":"there"}', code="key_malformed", says="no key in this JSON")
add("base64 of something else", "another file", base64.b64encode(b"hello there, this is no key at all"), code="key_malformed",
    says="neither PEM")

print("[")
print(",\n".join(json.dumps(row, ensure_ascii=False) for row in rows))
print("]")
print(f"{len(rows)} forms", file=sys.stderr)
