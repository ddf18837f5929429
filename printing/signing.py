"""Sign what a certificate says, so that anybody can check it without the server (docs/verify-offline.md).

A printed code is a number: version, key, token and the printed texts, packed, then an Ed25519 signature. A key is
named by the hash of itself and of its agency, so that a signed code says who issued it. What is signed are the texts
themselves, not how they are packed.

Codes of version 1 (URL-safe base64, keys without an agency) stay readable for ever; none is made any more.
"""

import base64
import hashlib
import zlib
from collections.abc import Mapping
from dataclasses import astuple, dataclass
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

SIGNATURE_LENGTH = 64
TOKEN_LENGTH = 12
OLD_KEY_ID_LENGTH, KEY_ID_LENGTH = 4, 8
SEPARATOR = "\x1f"
LONGEST_TEXT = 4096  # bytes: more is not a certificate
LONGEST_CODE = 2500  # digits: more does not fit into a QR code
# What a signature is for is signed with it: a list can never pass for a certificate, nor the other way round.
CERTIFICATE_PURPOSE = b"emulation-certificate-2\0"
STATUS_PURPOSE = b"emulation-status-1\0"
EXCHANGE_PURPOSE = b"emulation-exchange-1\0"


@dataclass(frozen=True)
class Statement:
    """What is printed on a certificate and signed: all texts, the date as ``YYYY-MM-DD``."""

    token: str
    number: str
    name: str
    award: str
    decision: str
    date: str


@dataclass(frozen=True)
class PublicKey:
    """A public key and the agency that signs with it; no agency for a key of version 1."""

    public: str
    agency: str = ""

    @property
    def name(self) -> str:
        """The short name of the key, in hex.

        >>> PublicKey("A" * 43).name, PublicKey("A" * 43, "Sở Công Thương").name
        ('66687aad', 'fa1d5d7c14975bc5')
        """
        length = KEY_ID_LENGTH if self.agency else OLD_KEY_ID_LENGTH
        return self._hash()[:length].hex()

    @property
    def fingerprint(self) -> str:
        """What two people compare on the telephone: the name and as much again, in groups of four.

        >>> PublicKey("A" * 43, "Sở Công Thương").fingerprint
        'fa1d 5d7c 1497 5bc5 fe95 74c1 bdf7 faca'
        """
        digits = self._hash()[: 2 * KEY_ID_LENGTH].hex()
        return " ".join(digits[place : place + 4] for place in range(0, len(digits), 4))

    def _hash(self) -> bytes:
        return hashlib.sha256(_decode(self.public) + self.agency.encode()).digest()


@dataclass(frozen=True)
class _Code:
    """A code taken apart, not yet believed: its head, its texts as they are packed, its signature."""

    head: bytes
    packed: bytes
    signature: bytes

    @property
    def is_old(self) -> bool:
        return self.head[:1] == b"\x01"

    @property
    def key(self) -> str:
        return self.head[1 : 1 + (OLD_KEY_ID_LENGTH if self.is_old else KEY_ID_LENGTH)].hex()

    @property
    def token(self) -> str:
        return self.open()[1].token if self.is_old else _encode(self.head[-TOKEN_LENGTH:])

    def open(self) -> tuple[bytes, Statement]:
        """Return what is signed, as bytes and as texts.

        :raises ValueError: the texts cannot be unpacked
        """
        try:
            if self.is_old:
                return self.head + self.packed, Statement(*self.packed.decode().split(SEPARATOR))
            number, date, name, award, decision = _unpack(self.packed).decode().split(SEPARATOR)
        except (TypeError, zlib.error) as error:
            raise ValueError("not packed as a code is") from error
        statement = Statement(_encode(self.head[-TOKEN_LENGTH:]), number, name, award, decision, date)
        return _message(self.key, statement), statement


def _encode(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _decode(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)


@lru_cache(maxsize=1)
def words() -> bytes:
    """Return what texts are packed with. It never changes: codes on paper could not be unpacked any more."""
    return (Path(__file__).parent / "words_2.txt").read_bytes()


def new_key() -> tuple[str, str]:
    """Make a key pair.

    :return: ``(private, public)``, each as URL-safe base64 of 32 bytes

    >>> [len(part) for part in new_key()]
    [43, 43]
    """
    private = Ed25519PrivateKey.generate()
    return _encode(private.private_bytes_raw()), public_of(_encode(private.private_bytes_raw()))


def public_of(private: str) -> str:
    """Return the public half of a private key.

    :raises ValueError: this is no private key
    """
    key = Ed25519PrivateKey.from_private_bytes(_decode(private)).public_key()
    return _encode(key.public_bytes(Encoding.Raw, PublicFormat.Raw))


def new_token() -> str:
    """Return the unguessable name of a certificate."""
    import secrets

    return secrets.token_urlsafe(TOKEN_LENGTH)


def sign(statement: Statement, private: str, agency: str) -> str:
    """Sign what a certificate says; return the code to print, figures only.

    :param private: private key of the agency
    :param agency: name of the issuing body
    :raises ValueError: it would not be read again: too long, or a separator in a text

    >>> private, public = new_key()
    >>> key = PublicKey(public, "Sở Công Thương")
    >>> said = Statement("Zm9yIGEgdGVzdCBv", "0001/2026", "Nguyễn Thị Ánh", "Giấy khen", "05/QĐ-SCT", "2026-11-20")
    >>> code = sign(said, private, key.agency)
    >>> check(code, {key.name: key}) == ("valid", said)
    True
    >>> code.isdigit() and len(code) < 300
    True
    """
    key = PublicKey(public_of(private), agency)
    head = b"\x02" + bytes.fromhex(key.name) + _decode(statement.token)
    signature = Ed25519PrivateKey.from_private_bytes(_decode(private)).sign(_message(key.name, statement))
    number = int.from_bytes(head + _pack(_texts(statement)) + signature, "big")
    code = str(number) if number < 10**LONGEST_CODE else ""
    if check(code, {key.name: key}) != ("valid", statement):  # on paper it would be for ever
        raise ValueError("what is signed cannot be read again")
    return code


def _texts(statement: Statement) -> bytes:
    _token, number, name, award, decision, date = astuple(statement)
    return SEPARATOR.join((number, date, name, award, decision)).encode()


def _message(key: str, statement: Statement) -> bytes:
    return CERTIFICATE_PURPOSE + bytes.fromhex(key) + _decode(statement.token) + _texts(statement)


def _pack(texts: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15, 9, zdict=words())
    return packer.compress(texts) + packer.flush()


def _unpack(data: bytes) -> bytes:
    unpacker = zlib.decompressobj(-15, zdict=words())
    texts = unpacker.decompress(data, LONGEST_TEXT)
    if not unpacker.eof or unpacker.unused_data:
        raise ValueError("not packed as a code is")
    return texts


def _read(code: str) -> _Code:
    """Take a code apart.

    :raises ValueError: this is no code of this addon
    """
    is_number = code.isascii() and code.isdigit()
    if is_number and len(code) > LONGEST_CODE:
        raise ValueError("too long")
    number = int(code) if is_number else 0
    data = number.to_bytes((number.bit_length() + 7) // 8, "big") if is_number else _decode(code)
    version, key = (b"\x02", KEY_ID_LENGTH + TOKEN_LENGTH) if is_number else (b"\x01", OLD_KEY_ID_LENGTH)
    if data[:1] != version or len(data) <= 1 + key + SIGNATURE_LENGTH:
        raise ValueError("not a code")
    return _Code(data[: 1 + key], data[1 + key : -SIGNATURE_LENGTH], data[-SIGNATURE_LENGTH:])


def get_token(code: str) -> str:
    """Return the token a code speaks of, believed or not; empty when it cannot be read.

    >>> get_token("12345"), get_token("không")
    ('', '')
    """
    try:
        return _read(code).token
    except ValueError:
        return ""


def get_key_name(code: str) -> str:
    """Return the name of the key a code says it is signed with; empty when it cannot be read."""
    try:
        return _read(code).key
    except ValueError:
        return ""


def get_mark(code: str) -> str:
    """Return the name that what a code says goes by in a list of what a stolen key had really signed.

    :raises ValueError: this is no code of this addon
    """
    return hashlib.sha256(_read(code).open()[0]).hexdigest()[:32]


def check(code: str, keys: Mapping[str, PublicKey]) -> tuple[str, Statement | None]:
    """Check a code.

    :param code: what ``sign`` gave, or a code of version 1
    :param keys: the agency's keys by name, old ones included
    :return: ``(verdict, statement)``; verdict ``valid``, ``altered`` (the signature does not fit), ``unknown_key``
        (also for a key that is not the one its name says) or ``unreadable``; the statement only when valid

    >>> private, public = new_key()
    >>> said = Statement("Zm9yIGEgdGVzdCBv", "1", "An", "GK", "05", "2026-11-20")
    >>> code, key = sign(said, private, "Sở A"), PublicKey(public, "Sở A")
    >>> check(code[:-1] + str(int(code[-1]) ^ 1), {key.name: key})[0]
    'altered'
    >>> check(code, {})[0], check(code, {key.name: PublicKey(public, "Sở B")})[0], check("không", {})[0]
    ('unknown_key', 'unknown_key', 'unreadable')
    """
    try:
        read = _read(code)
    except ValueError:
        return "unreadable", None
    key = keys.get(read.key)
    if not key or not _is_named(key, read.key):
        return "unknown_key", None
    try:
        message, statement = read.open()
    except ValueError:
        return "altered", None
    is_signed = _is_signed(message, read.signature, key.public)
    return ("valid", statement) if is_signed else ("altered", None)


def _is_named(key: PublicKey, name: str) -> bool:
    """Return whether a key is the one its name says; what is no key at all is not."""
    try:
        return key.name == name
    except ValueError:
        return False


def _is_signed(message: bytes, signature: bytes, public: str) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(_decode(public)).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def status_mark(token: str) -> str:
    """Give the name a certificate goes by in a public list: nobody can find its page or its holder from it.

    >>> status_mark("t0ken")
    'b46c09677343261f0b439a472422225e'
    """
    return hashlib.sha256(token.encode()).hexdigest()[:32]


def sign_status(text: str, private: str) -> str:
    """Sign the text of a list of certificates no longer in force.

    >>> private, public = new_key()
    >>> signature = sign_status("{}", private)
    >>> [_is_text_signed(STATUS_PURPOSE, text, signature, public) for text in ("{}", "[]")]
    [True, False]
    """
    return _sign_text(STATUS_PURPOSE, text, private)


def sign_exchange(text: str, private: str) -> str:
    """Sign what one agency hands to another (docs/exchange.md).

    >>> private, public = new_key()
    >>> signature = sign_exchange("{}", private)
    >>> is_exchange_signed("{}", signature, public), is_exchange_signed("{ }", signature, public)
    (True, False)
    >>> is_exchange_signed("{}", sign_status("{}", private), public)
    False
    """
    return _sign_text(EXCHANGE_PURPOSE, text, private)


def is_exchange_signed(text: str, signature: str, public: str) -> bool:
    """Return whether the text of a file is what the holder of the key signed."""
    return _is_text_signed(EXCHANGE_PURPOSE, text, signature, public)


def _sign_text(purpose: bytes, text: str, private: str) -> str:
    return _encode(Ed25519PrivateKey.from_private_bytes(_decode(private)).sign(purpose + text.encode()))


def _is_text_signed(purpose: bytes, text: str, signature: str, public: str) -> bool:
    try:
        return _is_signed(purpose + text.encode(), _decode(signature), public)
    except ValueError:
        return False
