"""The ballot box of a secret vote: sealed envelopes that nobody opens without all keys of the box.

Decree 152/2025/NĐ-CP, Article 33(5), asks for votes by ballot and leaves the way of voting to the agency.

An envelope is sealed once for each key: X25519 with a key pair used for this envelope only, HKDF-SHA256 and
AES-256-GCM. Two keys therefore mean two envelopes, one in the other, and both keys are needed. All envelopes
of a vote are equally long, whatever was chosen. Primitives of ``cryptography`` only; nothing is stored here.
"""

import hashlib
import secrets
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

LABEL = b"hr_emulation ballot box 1"
KEY_LENGTH = 32
# The key of a layer encrypts one message and is gone: a fixed nonce is never used twice with it.
NONCE = bytes(12)
# Letters and digits that are not mistaken for one another when read from paper: no I, L, O, U.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 20
MISREAD = str.maketrans("OIL", "011")


class BoxError(ValueError):
    """The box cannot be opened with these keys, or an envelope was tampered with."""


def new_key() -> bytes:
    """Make a private key.

    >>> len(new_key())
    32
    """
    return bytes(X25519PrivateKey.generate().private_bytes_raw())


def get_public(private: bytes) -> bytes:
    """Return the public key, with which envelopes are sealed.

    >>> get_public(bytes(32)).hex()[:16]
    '2fe57da347cd6243'
    """
    return bytes(X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw())


def get_fingerprint(public: bytes) -> str:
    """Return the name of a public key: it tells which key it is and gives nothing away.

    >>> get_fingerprint(bytes(32))
    '66687aadf862bd776c8fc18b8e9f8e20'
    """
    return hashlib.sha256(public).hexdigest()[:32]


def new_code() -> str:
    """Draw a code of 100 random bits for a member of the counting board to keep.

    >>> code = new_code()
    >>> len(code), code.count("-"), code == new_code()
    (24, 4, False)
    """
    drawn = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
    return "-".join(drawn[start : start + 4] for start in range(0, CODE_LENGTH, 4))


def key_of_code(code: str) -> bytes:
    """Return the private key that belongs to a code, however it was typed.

    The code is random and long, so a slow derivation would add nothing.

    >>> key_of_code("7Q4M-0000-1111-ABCD-EFGH") == key_of_code(" 7q4m OOOO iLil abcd efgh ")
    True
    """
    typed = "".join(sign for sign in code.upper().translate(MISREAD) if sign.isalnum())
    return _stretch(typed.encode(), b" code")


def pack(marks: Sequence[str | None], options: Sequence[str]) -> bytes:
    """Write a ballot: one byte for each item of the agenda; no mark where the member has no vote.

    >>> pack(["no", None, "yes"], ("yes", "no"))
    b'\\x02\\x00\\x01'
    """
    return bytes(0 if mark is None else 1 + options.index(mark) for mark in marks)


def unpack(ballot: bytes, options: Sequence[str]) -> list[str | None]:
    """Read a ballot.

    :raises BoxError: it holds what is no mark

    >>> unpack(pack(["no", None, "yes"], ("yes", "no")), ("yes", "no"))
    ['no', None, 'yes']
    """
    if any(mark > len(options) for mark in ballot):
        raise BoxError("A ballot holds something that is no mark.")
    return [options[mark - 1] if mark else None for mark in ballot]


def seal(message: bytes, publics: Sequence[bytes], context: bytes) -> bytes:
    """Seal a message for all these keys.

    :param bytes context: what the envelope belongs to; it opens nowhere else

    >>> first, second = new_key(), new_key()
    >>> envelope = seal(b"a choice", [get_public(first), get_public(second)], b"vote 7")
    >>> unseal(envelope, [first, second], b"vote 7")
    b'a choice'
    >>> unseal(envelope, [first], b"vote 7")  # doctest: +IGNORE_EXCEPTION_DETAIL
    Traceback (most recent call last):
    ...
    BoxError: An envelope does not open with these keys.
    """
    for public in publics:
        message = _wrap(message, public, context)
    return message


def unseal(envelope: bytes, privates: Sequence[bytes], context: bytes) -> bytes:
    """Open an envelope with the keys it was sealed for, in the same order.

    :raises BoxError: a wrong key, another vote, or an envelope that was changed
    """
    for private in reversed(privates):
        envelope = _unwrap(envelope, private, context)
    return envelope


def _wrap(message: bytes, public: bytes, context: bytes) -> bytes:
    own = new_key()
    own_public = get_public(own)
    key = _agree(own, public, own_public + public)
    return own_public + bytes(AESGCM(key).encrypt(NONCE, message, context))


def _unwrap(envelope: bytes, private: bytes, context: bytes) -> bytes:
    own_public, sealed = envelope[:KEY_LENGTH], envelope[KEY_LENGTH:]
    try:
        key = _agree(private, own_public, own_public + get_public(private))
        return bytes(AESGCM(key).decrypt(NONCE, sealed, context))
    except (InvalidTag, ValueError) as error:
        raise BoxError("An envelope does not open with these keys.") from error


def _agree(private: bytes, public: bytes, both: bytes) -> bytes:
    """Return the key that only the holders of either private key can compute, for this pair of public keys."""
    own = X25519PrivateKey.from_private_bytes(private)
    return _stretch(own.exchange(X25519PublicKey.from_public_bytes(public)), both)


def _stretch(secret: bytes, purpose: bytes) -> bytes:
    return bytes(HKDF(SHA256(), KEY_LENGTH, salt=None, info=LABEL + purpose).derive(secret))


def count(
    envelopes: Iterable[bytes],
    privates: Sequence[bytes],
    context: bytes,
    items: Sequence[int],
    options: Sequence[str],
) -> Mapping[tuple[int, str], int]:
    """Shuffle the envelopes, open them and count the marks of each item.

    Only sums leave: no ballot can be told from another afterwards.

    :param items: the items of the agenda, in the order in which ballots were written
    :return: {(item, option): number}
    :raises BoxError: an envelope does not open, or lies in the box twice

    >>> key = new_key()
    >>> box = [seal(pack([mark], ("yes", "no")), [get_public(key)], b"vote 7") for mark in ("yes", "no", "yes")]
    >>> sorted(count(box, [key], b"vote 7", [31], ("yes", "no")).items())
    [((31, 'no'), 1), ((31, 'yes'), 2)]
    >>> count([*box, box[0]], [key], b"vote 7", [31], ("yes", "no"))  # doctest: +IGNORE_EXCEPTION_DETAIL
    Traceback (most recent call last):
    ...
    BoxError: An envelope lies in the box twice.
    """
    shuffled = list(envelopes)
    if len(set(shuffled)) != len(shuffled):
        raise BoxError("An envelope lies in the box twice.")
    secrets.SystemRandom().shuffle(shuffled)
    counts: Counter[tuple[int, str]] = Counter()
    for envelope in shuffled:
        marks = unpack(unseal(envelope, privates, context), options)
        if len(marks) != len(items):
            raise BoxError("A ballot is not of this agenda.")
        counts.update((item, mark) for item, mark in zip(items, marks, strict=True) if mark)
    return counts
