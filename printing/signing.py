"""Sign what a certificate says, so that anybody can check it without the server.

A compact payload: version, key id, the printed facts, an Ed25519 signature; URL-safe base64 without padding.
See docs/verify-offline.md.
"""

import base64
import binascii
import hashlib
from collections.abc import Mapping
from dataclasses import astuple, dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

VERSION = b"\x01"
KEY_ID_LENGTH = 4
SIGNATURE_LENGTH = 64
SEPARATOR = "\x1f"
# What a signature is for is signed with it: a list can never pass for a certificate, nor the other way round.
STATUS_PURPOSE = b"emulation-status-1\0"


@dataclass(frozen=True)
class Statement:
    """What is printed on a certificate and signed: all texts, the date as ``YYYY-MM-DD``."""

    token: str
    number: str
    name: str
    award: str
    decision: str
    date: str


def _encode(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _decode(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)


def new_key() -> tuple[str, str]:
    """Make a key pair.

    :return: ``(private, public)``, each as URL-safe base64 of 32 bytes

    >>> [len(part) for part in new_key()]
    [43, 43]
    """
    private = Ed25519PrivateKey.generate()
    public = private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    return _encode(private.private_bytes_raw()), _encode(public)


def key_id(public: str) -> str:
    """Give the short name of a public key: the first bytes of its SHA-256, in hex.

    >>> key_id("A" * 43)
    '66687aad'
    """
    return hashlib.sha256(_decode(public)).digest()[:KEY_ID_LENGTH].hex()


def sign(facts: Statement, private: str) -> str:
    """Sign facts.

    :param facts: what the certificate says
    :param private: private key

    >>> private, public = new_key()
    >>> facts = Statement("t0ken", "0001/2026", "Nguyễn Thị Ánh", "Giấy khen", "05/QĐ-SCT", "2026-11-20")
    >>> check(sign(facts, private), {key_id(public): public}) == ("valid", facts)
    True
    """
    key = Ed25519PrivateKey.from_private_bytes(_decode(private))
    public = _encode(key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw))
    message = VERSION + bytes.fromhex(key_id(public)) + SEPARATOR.join(astuple(facts)).encode()
    return _encode(message + key.sign(message))


def check(payload: str, public_keys: Mapping[str, str]) -> tuple[str, Statement | None]:
    """Check a payload.

    :param payload: what ``sign`` gave
    :param public_keys: ``{key id: public key}`` of the agency, old ones included
    :return: ``(verdict, facts)``; verdict ``valid``, ``altered`` (the signature does not fit), ``unknown_key``
        or ``unreadable``; facts only when valid

    >>> private, public = new_key()
    >>> good = sign(Statement("t", "1", "An", "GK", "05", "2026-11-20"), private)
    >>> bad = good[:30] + ("A" if good[30] != "A" else "B") + good[31:]
    >>> check(bad, {key_id(public): public})[0]
    'altered'
    >>> check(good, {})[0], check("không", {})[0]
    ('unknown_key', 'unreadable')
    """
    try:
        data = _decode(payload)
    except (binascii.Error, ValueError):
        return "unreadable", None
    message, signature = data[:-SIGNATURE_LENGTH], data[-SIGNATURE_LENGTH:]
    head = len(VERSION) + KEY_ID_LENGTH
    if len(message) <= head or not message.startswith(VERSION):
        return "unreadable", None
    public = public_keys.get(message[len(VERSION) : head].hex())
    if not public:
        return "unknown_key", None
    try:
        Ed25519PublicKey.from_public_bytes(_decode(public)).verify(signature, message)
        return "valid", Statement(*message[head:].decode().split(SEPARATOR))
    except (InvalidSignature, UnicodeDecodeError, TypeError):
        return "altered", None


def status_mark(token: str) -> str:
    """Give the name a certificate goes by in a public list: nobody can find its page or its holder from it.

    >>> status_mark("t0ken")
    'b46c09677343261f0b439a472422225e'
    """
    return hashlib.sha256(token.encode()).hexdigest()[:32]


def sign_status(text: str, private: str) -> str:
    """Sign the text of a list of certificates no longer in force.

    >>> private, _public = new_key()
    >>> len(_decode(sign_status("{}", private)))
    64
    """
    return _encode(
        Ed25519PrivateKey.from_private_bytes(_decode(private)).sign(STATUS_PURPOSE + text.encode())
    )
