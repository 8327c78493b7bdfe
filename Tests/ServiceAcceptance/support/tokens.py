"""A look into tokens."""

import base64
import json

from .envelope import result


def header(token: str) -> dict:
    return part(token, 0)


def claims(token: str) -> dict:
    return part(token, 1)


def part(token: str, number: int) -> dict:
    return json.loads(base64.urlsafe_b64decode(token.split(".")[number] + "=="))


def key_id(answer) -> str:
    """The id of the key that signed what a token request answers."""
    return header(result(answer)["token"])["kid"]
