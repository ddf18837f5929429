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
import zlib
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

OLD_NAMES = ("code", "number", "name", "award", "decision", "date")
NAMES = ("number", "date", "name", "award", "decision")
CERTIFICATE_PURPOSE = b"emulation-certificate-2\0"
STATUS_PURPOSE = b"emulation-status-1\0"
ANSWERS = {
    "suspended": "SUSPENDED: the issuing body was examining it on",
    "revoked": "REVOKED: the award had been cancelled by",
    "replaced": "REPLACED: another certificate stood in its place on",
}


class NotGenuine(Exception):
    """Why a code proves nothing; ``status`` is the exit status."""

    def __init__(self, answer, status=1):
        super().__init__(answer)
        self.status = status


@dataclass
class Code:
    """A code taken apart."""

    key: str
    message: bytes
    signature: bytes
    facts: dict


def decode(text):
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)


def is_signed(key, signature, message):
    try:
        Ed25519PublicKey.from_public_bytes(decode(key)).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def read_keys(content):
    """Return ``{key id: key}`` of a file, leaving out keys that are not the ones their ids say.

    The id of a key is the beginning of the SHA-256 of the key and of the agency's name: nobody can put another key,
    or another agency, under it.
    """
    if not isinstance(content, dict):
        raise NotGenuine("UNREADABLE: this is no file of keys.", 2)
    listed = content.get("keys")
    if not isinstance(listed, list):  # a file saved from an older server
        listed = [{"id": name, "key": key, "agency": ""} for name, key in content.items()]
    return {key["id"]: key for key in listed if is_named(key)}


def is_named(key):
    """Return whether a key is the one its id says; what cannot be read is not."""
    try:
        digest = hashlib.sha256(decode(key["key"]) + key["agency"].encode()).digest()
        return digest[: 8 if key["agency"] else 4].hex() == key["id"]
    except (AttributeError, KeyError, TypeError, ValueError):
        return False


def get_body(key):
    """Return what tells one issuing body from another: a renamed one has keys under several names."""
    return key.get("body", key.get("agency"))


def read_code(text, words):
    """Take the text of a QR code apart."""
    try:
        parts = urlsplit(text)
        last = parts.path.rsplit("/", 1)[-1]
        if last.isascii() and last.isdigit():
            return read_number(int(last), words)
        return read_old(decode(parse_qs(parts.query).get("p", [text])[0]), parts.path and last)
    except (ValueError, zlib.error) as error:
        raise NotGenuine(
            "UNREADABLE: this is not a signed code, or the file of keys is older than it.", 2
        ) from error


def read_number(number, words):
    """Version 2: 8 bytes key, 12 bytes code, the packed texts, 64 bytes signature."""
    data = number.to_bytes((number.bit_length() + 7) // 8, "big")
    if data[:1] != b"\x02" or len(data) <= 85:
        raise ValueError("not of version 2")
    unpacker = zlib.decompressobj(-15, zdict=words)
    texts = unpacker.decompress(data[21:-64], 4096)
    if not unpacker.eof or unpacker.unused_data:
        raise ValueError("not packed as a code is")
    facts = dict(zip(NAMES, texts.decode().split("\x1f"), strict=True))
    facts["code"] = base64.urlsafe_b64encode(data[9:21]).decode()
    return Code(data[1:9].hex(), CERTIFICATE_PURPOSE + data[1:21] + texts, data[-64:], facts)


def read_old(data, address):
    """Version 1: 4 bytes key, the texts, 64 bytes signature; the code stands in the address as well."""
    message = data[:-64]
    if len(message) < 6 or message[0] != 1:
        raise ValueError("not of version 1")
    facts = dict(zip(OLD_NAMES, message[5:].decode().split("\x1f"), strict=True))
    if address and facts["code"] != address:
        raise NotGenuine("MISMATCH: the address and the signed facts are of two certificates.")
    return Code(message[1:5].hex(), message, data[-64:], facts)


def check(code, keys):
    """Return the answer for a genuine code; raise ``NotGenuine`` for any other."""
    if code.key not in keys:
        raise NotGenuine(
            "UNKNOWN KEY: none of the issuing bodies in the file ever used the key of this code."
        )
    key = keys[code.key]
    if not is_signed(key["key"], code.signature, code.message):
        raise NotGenuine("ALTERED: the signature does not fit the facts.")
    if key.get("trial"):
        raise NotGenuine("TRIAL: signed in a copy of the register, for trying out.")
    lines = [f"  {name}: {value}" for name, value in code.facts.items()]
    issuer = [f"  issued by: {key['agency']}"] if key["agency"] else []
    return "\n".join(["GENUINE. Compare with the paper:", *lines, *issuer])


def find_list(code, lists, keys):
    """Return the content of the list of the body that issued the certificate; its signature is checked."""
    try:
        contents = [read_list(entry, keys) for entry in lists]
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise false_list() from error
    for signer, content in contents:
        # An agency speaks for its own certificates only, whatever its list says.
        if code.key in content["keys"] and get_body(signer) == get_body(keys[code.key]):
            return content
    raise NotGenuine("NO LIST: the lists are not of the body that issued this certificate.")


def read_list(entry, keys):
    """Return ``(key that signed, content)`` of a list.

    A key signs none once it was retired: an old one that was found again cannot bring a paper back into force.
    """
    signer, text = keys.get(entry["key"], {}), entry["list"]
    message = STATUS_PURPOSE + text.encode()
    is_trusted = not signer.get("stolen") and not signer.get("trial")
    if not is_trusted or not is_signed(signer["key"], decode(entry["signature"]), message):
        raise false_list()
    content = json.loads(text)
    if signer.get("retired") and content["date"] > signer["retired"]:
        raise false_list()
    return signer, content


def false_list():
    return NotGenuine(
        "FALSE LIST: the list of certificates no longer in force is not the issuing body's, or newer than "
        "the file of keys."
    )


def check_stolen(code, key, content):
    """Somebody else may sign with a stolen key: only a signed list tells what the issuing body had signed."""
    since = (content or {}).get("stolen", {}).get(code.key) or key.get("stolen")
    if not since:
        return
    if content is None:
        raise NotGenuine(
            f"STOLEN KEY since {since}: only the issuing body's list tells whether it is genuine."
        )
    if hashlib.sha256(code.message).hexdigest()[:32] not in content.get("genuine", []):
        raise NotGenuine(f"STOLEN KEY since {since}: the issuing body never signed this certificate.")


def check_status(code, content):
    """Return ``(exit status, answer)``: was a genuine certificate in force when the list was made?"""
    mark = hashlib.sha256(code.facts["code"].encode()).hexdigest()[:32]
    for state, answer in ANSWERS.items():
        if mark in content[state]:
            return 3, f"{answer} {content['date']}."
    return 0, f"IN FORCE on {content['date']}."


def load(path):
    """Return what a file saved from the server holds."""
    try:
        with open(path, encoding="utf-8") as file:
            return json.load(file)
    except (OSError, ValueError) as error:
        raise NotGenuine(f"UNREADABLE: {path} is not a file that the server gave.", 2) from error


def main(arguments):
    """Print the answer; return the exit status."""
    try:
        content = load(arguments[0])
        keys = read_keys(content)
        code = read_code(arguments[1], str(content.get("words", "")).encode())
        answer = check(code, keys)
        found = find_list(code, load(arguments[2]), keys) if len(arguments) == 3 else None
        check_stolen(code, keys[code.key], found)
        print(answer)
        status, answer = check_status(code, found) if found else (0, "")
        print(answer)
    except NotGenuine as refusal:
        print(refusal)
        return refusal.status
    return status


if __name__ == "__main__":
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1:]))
