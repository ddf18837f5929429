"""A certificate as an Open Badge 3.0: a verifiable credential (W3C) that any wallet or validator can read.

The credential is signed as a compact JWT (RFC 7519, EdDSA of RFC 8037); whoever checks it fetches the public key from
the address in its head. Baked into a picture it travels as an ordinary PNG.
"""

import base64
import json
import struct
import zlib
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

CONTEXTS = [
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
]
KEYWORD = b"openbadgecredential"  # of the chunk of a baked picture (Open Badges 3.0, 5.3)
PNG_HEAD = b"\x89PNG\r\n\x1a\n"
HEADER_LENGTH = 25  # of a PNG's first chunk


@dataclass(frozen=True)
class Issuer:
    """The agency: the address its profile is published at, its name, its web site or an empty text."""

    address: str
    name: str
    site: str = ""


@dataclass(frozen=True)
class Badge:
    """What the credential says: the address the certificate is checked at, and the texts printed on it."""

    address: str
    recipient: str
    award: str
    award_address: str
    number: str
    decision: str
    issued: date


def get_profile(issuer: Issuer) -> dict[str, object]:
    """Return the profile of the issuing body, as it is published.

    >>> get_profile(Issuer("https://example.vn/emulation/issuers/1", "Sở Công Thương"))["type"]
    ['Profile']
    """
    profile: dict[str, object] = {"id": issuer.address, "type": ["Profile"], "name": issuer.name}
    return {**profile, "url": issuer.site} if issuer.site else profile


def get_credential(badge: Badge, issuer: Issuer) -> dict[str, object]:
    """Return the credential, unsigned."""
    criteria = f"Theo {badge.decision}." if badge.decision else badge.award
    achievement = {
        "id": badge.award_address,
        "type": ["Achievement"],
        "name": badge.award,
        "description": badge.award,
        "criteria": {"narrative": criteria},
    }
    subject = {
        # A name of the subject within this credential; it leads nowhere and joins with nothing.
        "id": f"{badge.address}#recipient",
        "type": ["AchievementSubject"],
        "identifier": [
            {
                "type": "IdentityObject",
                "identityHash": badge.recipient,
                "identityType": "name",
                "hashed": False,
            }
        ],
        "licenseNumber": badge.number,
        "achievement": achievement,
    }
    return {
        "@context": CONTEXTS,
        "id": badge.address,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": badge.award,
        "issuer": get_profile(issuer),
        "validFrom": _get_moment(badge.issued).isoformat().replace("+00:00", "Z"),
        "credentialSubject": subject,
    }


def sign(credential: dict[str, object], private_key: str, key_address: str) -> str:
    """Return the credential as a compact JWT.

    :param private_key: 32 bytes, URL-safe base64 without padding
    :param key_address: where the public key is published, as a JWK
    """
    issuer, subject = credential["issuer"], credential["credentialSubject"]
    head = {"alg": "EdDSA", "typ": "JWT", "kid": key_address}
    claims = {
        **credential,
        "iss": issuer["id"] if isinstance(issuer, dict) else issuer,
        "jti": credential["id"],
        "sub": subject["id"] if isinstance(subject, dict) else subject,
        "nbf": int(datetime.fromisoformat(str(credential["validFrom"])).timestamp()),
    }
    signed = b".".join(_encode(json.dumps(part, ensure_ascii=False).encode()) for part in (head, claims))
    key = Ed25519PrivateKey.from_private_bytes(_decode(private_key))
    return b".".join((signed, _encode(key.sign(signed)))).decode()


def get_jwk(name: str, public_key: str) -> dict[str, str]:
    """Return a public key as a JSON web key.

    >>> get_jwk("fa1d", "A" * 43)["crv"]
    'Ed25519'
    """
    return {"kty": "OKP", "crv": "Ed25519", "x": public_key, "kid": name, "alg": "EdDSA", "use": "sig"}


def bake(picture: bytes, token: str) -> bytes:
    """Return a PNG with a signed credential in it.

    :raises ValueError: the picture is no PNG
    """
    if not picture.startswith(PNG_HEAD):
        raise ValueError("not a PNG")
    text = KEYWORD + b"\0\0\0\0\0" + token.encode()
    chunk = struct.pack(">I", len(text)) + b"iTXt" + text + struct.pack(">I", zlib.crc32(b"iTXt" + text))
    after_header = len(PNG_HEAD) + HEADER_LENGTH
    return picture[:after_header] + chunk + picture[after_header:]


def _get_moment(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _encode(content: bytes) -> bytes:
    return base64.urlsafe_b64encode(content).rstrip(b"=")


def _decode(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
