#!/usr/bin/env python3
"""Check the QR code of a certificate without the server (docs/verify-offline.md).

    verify_certificate.py KEYS.json TEXT_OF_THE_QR_CODE [STATUS.json]

KEYS.json is what ``/emulation/keys.json`` gave once; STATUS.json what ``/emulation/status.json`` gave lately: with it
the answer says whether the certificate was still in force then. Needs only the ``cryptography`` package.
Exit status: 0 genuine (and in force), 1 not genuine, 2 cannot be read, 3 genuine but no longer in force.
"""

import base64
import hashlib
import json
import sys
from urllib.parse import parse_qs, urlsplit

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

NAMES = ("code", "number", "name", "award", "decision", "date")
STATUS_PURPOSE = b"emulation-status-1\0"
ANSWERS = {
    "suspended": "SUSPENDED: the issuing body was examining it on",
    "revoked": "REVOKED: the award had been cancelled by",
    "replaced": "REPLACED: another certificate stood in its place on",
}


def decode(text):
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)


def is_signed(key, signature, message):
    try:
        Ed25519PublicKey.from_public_bytes(decode(key)).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def check(text, keys):
    """Return ``(exit status, message, facts, key id)`` for the text of a QR code; facts only of a genuine one."""
    parts = urlsplit(text)
    payload = parse_qs(parts.query).get("p", [text])[0]
    try:
        data = decode(payload)
    except ValueError:
        return 2, "UNREADABLE: this is not a signed code.", None, None
    message, signature = data[:-64], data[-64:]
    if len(message) < 6 or message[0] != 1:
        return 2, "UNREADABLE: this is not a signed code.", None, None
    key_id = message[1:5].hex()
    if key_id not in keys:
        return 1, "UNKNOWN KEY: the issuing body never used the key of this code.", None, key_id
    if not is_signed(keys[key_id], signature, message):
        return 1, "ALTERED: the signature does not fit the facts.", None, key_id
    facts = dict(zip(NAMES, message[5:].decode().split("\x1f"), strict=True))
    if parts.path and facts["code"] != parts.path.rsplit("/", 1)[-1]:
        return 1, "MISMATCH: the address and the signed facts are of two certificates.", None, key_id
    lines = [f"  {name}: {value}" for name, value in facts.items()]
    return 0, "\n".join(["GENUINE. Compare with the paper:", *lines]), facts, key_id


def check_status(facts, key_id, lists, keys):
    """Return ``(exit status, message)``: was a genuine certificate in force when the lists were made?"""
    for entry in lists:
        text = entry["list"].encode()
        if not is_signed(keys.get(entry["key"], ""), decode(entry["signature"]), STATUS_PURPOSE + text):
            return 1, "FALSE LIST: the list of certificates no longer in force is not the issuing body's."
        content = json.loads(text)
        if key_id not in content["keys"]:
            continue
        mark = hashlib.sha256(facts["code"].encode()).hexdigest()[:32]
        for state, answer in ANSWERS.items():
            if mark in content[state]:
                return 3, f"{answer} {content['date']}."
        return 0, f"IN FORCE on {content['date']}."
    return 1, "NO LIST: the lists are not of the body that issued this certificate."


def main(arguments):
    """Print the answer; return the exit status."""
    with open(arguments[0], encoding="utf-8") as file:
        keys = json.load(file)
    status, answer, facts, key_id = check(arguments[1], keys)
    print(answer)
    if status == 0 and len(arguments) == 3:
        with open(arguments[2], encoding="utf-8") as file:
            status, answer = check_status(facts, key_id, json.load(file), keys)
        print(answer)
    return status


if __name__ == "__main__":
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1:]))
