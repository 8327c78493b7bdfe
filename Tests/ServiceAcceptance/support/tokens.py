"""A look into tokens."""

import base64
import json

from .envelope import result


def header(token: str) -> dict:
    return json.loads(base64.urlsafe_b64decode(token.split(".")[0] + "=="))


def key_id(answer) -> str:
    """The id of the key that signed what a token request answers."""
    return header(result(answer)["token"])["kid"]
