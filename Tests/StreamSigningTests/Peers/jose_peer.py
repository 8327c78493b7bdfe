"""A second opinion: PyJWT and joserfc, asked through JSON on stdin and answering through JSON on stdout.

{"do": "verify", "jwk": {...}, "pem": "...", "tokens": [token, ...]}
    -> {"pyjwt": [claims or null, ...], "joserfc": [claims or null, ...]}
{"do": "sign", "jwk": {...}, "pem": "...", "tokens": [[header, claims], ...]}
    -> {"pyjwt": [token, ...], "joserfc": [token, ...]}
{"do": "thumbprint", "jwk": {...}}
    -> {"joserfc": thumbprint}
"""

import json
import sys

import jwt
from joserfc import jws
from joserfc.jwk import RSAKey


def verify_pyjwt(pem, token):
    # Times are this project's own business: the peers are asked about form and signature.
    off = {"verify_exp": False, "verify_nbf": False, "verify_iat": False, "verify_sub": False}
    try:
        return jwt.decode(token, pem, algorithms=["RS256"], options=off)
    except jwt.PyJWTError:
        return None


def verify_joserfc(jwk, token):
    try:
        return json.loads(jws.deserialize_compact(token, RSAKey.import_key(jwk), algorithms=["RS256"]).payload)
    except Exception:
        return None


def answer(question):
    jwk, pem = question["jwk"], question.get("pem")
    if question["do"] == "verify":
        tokens = question["tokens"]
        return {
            "pyjwt": [verify_pyjwt(pem, token) for token in tokens],
            "joserfc": [verify_joserfc(jwk, token) for token in tokens],
        }
    if question["do"] == "sign":
        key = RSAKey.import_key(jwk)
        return {
            "pyjwt": [jwt.encode(claims, pem, algorithm="RS256", headers=header) for header, claims in question["tokens"]],
            "joserfc": [
                jws.serialize_compact({"alg": "RS256", **header}, json.dumps(claims), key, algorithms=["RS256"])
                for header, claims in question["tokens"]
            ],
        }
    return {"joserfc": RSAKey.import_key(jwk).thumbprint()}


json.dump(answer(json.load(sys.stdin)), sys.stdout)
