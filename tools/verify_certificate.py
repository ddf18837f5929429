#!/usr/bin/env python3
"""Check the QR code of a certificate without the server (docs/verify-offline.md).

    verify_certificate.py KEYS.json TEXT_OF_THE_QR_CODE

KEYS.json is what ``/emulation/keys.json`` gave once. Needs only the ``cryptography`` package.
Exit status: 0 genuine, 1 not genuine, 2 cannot be read.
"""

import base64
import json
import sys
from urllib.parse import parse_qs, urlsplit

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

NAMES = ("code", "number", "name", "award", "decision", "date")


def decode(text):
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)


def check(text, keys):
    """Return ``(status, message)`` for the text of a QR code."""
    parts = urlsplit(text)
    payload = parse_qs(parts.query).get("p", [text])[0]
    try:
        data = decode(payload)
    except ValueError:
        return 2, "UNREADABLE: this is not a signed code."
    message, signature = data[:-64], data[-64:]
    if len(message) < 6 or message[0] != 1:
        return 2, "UNREADABLE: this is not a signed code."
    key = keys.get(message[1:5].hex())
    if not key:
        return 1, "UNKNOWN KEY: the issuing body never used the key of this code."
    try:
        Ed25519PublicKey.from_public_bytes(decode(key)).verify(signature, message)
    except InvalidSignature:
        return 1, "ALTERED: the signature does not fit the facts."
    facts = dict(zip(NAMES, message[5:].decode().split("\x1f"), strict=True))
    if parts.path and facts["code"] != parts.path.rsplit("/", 1)[-1]:
        return 1, "MISMATCH: the address and the signed facts are of two certificates."
    lines = [f"  {name}: {value}" for name, value in facts.items()]
    return 0, "\n".join(["GENUINE. Compare with the paper:", *lines])


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    with open(sys.argv[1], encoding="utf-8") as file:
        known_keys = json.load(file)
    status, answer = check(sys.argv[2], known_keys)
    print(answer)
    sys.exit(status)
