"""Looking for secrets where none may be."""

import base64
from pathlib import Path


def files_of(folder) -> dict[str, bytes]:
    """Every file that a service keeps, except its master key."""
    return {path.name: path.read_bytes() for path in Path(folder).iterdir() if path.name != "master.key"}


def forms_of(secret: bytes) -> list[bytes]:
    """How bytes may be written: raw, hexadecimal, and base64 in either alphabet at every offset in a longer text."""
    forms = [secret, secret.hex().encode(), secret.hex().upper().encode()]
    for offset in range(3):
        encoded = base64.b64encode(b"\0" * offset + secret)
        # The first and last quadruple depend on what stands beside the secret.
        inner = encoded[4 if offset else 0 : -4]
        forms += [inner, inner.replace(b"+", b"-").replace(b"/", b"_")]
    return forms


def found(secrets: dict[str, bytes], places: dict[str, bytes]) -> list[str]:
    """`name in place` for each secret of at least 16 bytes that is found anywhere."""
    return [
        f"{name} in {place}"
        for name, secret in secrets.items()
        for place, content in places.items()
        if any(form in content for form in forms_of(secret))
    ]
