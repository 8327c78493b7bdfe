"""OxyJWT's own loop, for a benchmark: answers each line on stdin, `sign` or `verify`, with operations per second.

usage: oxyjwt_peer.py KEY.pem PUBLIC.pem CLAIMS.json KEY-ID SECONDS
"""
import json
import sys
import time
from pathlib import Path

import oxyjwt

private_key, public_key, claims = (Path(path).read_text() for path in sys.argv[1:4])
key_id, seconds = sys.argv[4], float(sys.argv[5])
claims = json.loads(claims)
# Parsed once, as a program that cares for its speed does.
encoding = oxyjwt.EncodingKey.from_rsa_pem(private_key.encode())
decoding = oxyjwt.DecodingKey.from_rsa_pem(public_key.encode())
header = {"kid": key_id}
# The times of the claims are fixed, and those of the machine are not.
options = {"verify_exp": False, "verify_nbf": False}


def sign():
    return oxyjwt.encode(claims, encoding, algorithm="RS256", headers=header)


token = sign()


def verify():
    if oxyjwt.decode(token, decoding, algorithms=["RS256"], options=options)["sub"] != claims["sub"]:
        sys.exit("oxyjwt read another video")


for line in sys.stdin:
    operation, batch = {"sign": (sign, 20), "verify": (verify, 200)}[line.strip()]
    done, start = 0, time.perf_counter()
    while (elapsed := time.perf_counter() - start) < seconds:
        for _ in range(batch):
            operation()
        done += batch
    print(done / elapsed, flush=True)
