"""The badge is what the specification asks for; its signature is checked by another hand than the one that made it."""

import base64
import json
import struct
import zlib
from datetime import date

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from printing import badge

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PRIVATE = base64.urlsafe_b64encode(bytes(range(32))).rstrip(b"=").decode()
ISSUER = badge.Issuer("https://tdkt.example.vn/emulation/issuers/1", "Sở Công Thương tỉnh Lai Châu")
BADGE = badge.Badge(
    "https://tdkt.example.vn/emulation/verify/abc",
    "Nguyễn Thị An",
    "Lao động tiên tiến",
    "https://tdkt.example.vn/emulation/awards/1",
    "0001/2026",
    "Quyết định số 12/QĐ-SCT",
    date(2026, 1, 5),
)
ADDRESS = "https://tdkt.example.vn/emulation/keys/fa1d.jwk"


def parts_of(token):
    head, claims, signature = token.split(".")
    decode = lambda text: base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))  # noqa: E731
    return (
        json.loads(decode(head)),
        json.loads(decode(claims)),
        decode(signature),
        f"{head}.{claims}".encode(),
    )


def test_the_credential_has_what_the_specification_requires():
    found = badge.get_credential(BADGE, ISSUER)
    assert found["@context"] == badge.CONTEXTS
    assert found["type"] == ["VerifiableCredential", "OpenBadgeCredential"]
    assert found["validFrom"] == "2026-01-05T00:00:00Z"
    achievement = found["credentialSubject"]["achievement"]
    assert {"id", "type", "name", "description", "criteria"} <= achievement.keys()
    assert found["issuer"]["id"].startswith("https://")


def test_the_signature_is_of_this_text():
    token = badge.sign(badge.get_credential(BADGE, ISSUER), PRIVATE, ADDRESS)
    head, claims, signature, signed = parts_of(token)
    KEY.public_key().verify(signature, signed)
    assert head == {"alg": "EdDSA", "typ": "JWT", "kid": ADDRESS}
    assert claims["iss"] == ISSUER.address
    assert claims["jti"] == BADGE.address
    assert claims["credentialSubject"]["identifier"][0]["identityHash"] == "Nguyễn Thị An"
    with pytest.raises(InvalidSignature):
        KEY.public_key().verify(signature, signed + b"x")


def test_a_baked_picture_is_a_picture_with_the_badge_in_it():
    def chunk(kind, content):
        return (
            struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        )

    picture = badge.PNG_HEAD + chunk(b"IHDR", bytes(13)) + chunk(b"IEND", b"")
    baked = badge.bake(picture, "a.b.c")
    place, found = len(badge.PNG_HEAD), {}
    while place < len(baked):
        (length,) = struct.unpack(">I", baked[place : place + 4])
        kind, content = baked[place + 4 : place + 8], baked[place + 8 : place + 8 + length]
        check = baked[place + 8 + length : place + 12 + length]
        assert check == struct.pack(">I", zlib.crc32(kind + content))
        found[kind] = content
        place += 12 + length
    assert list(found) == [b"IHDR", b"iTXt", b"IEND"]
    assert found[b"iTXt"] == b"openbadgecredential\0\0\0\0\0a.b.c"
    with pytest.raises(ValueError, match="PNG"):
        badge.bake(b"GIF", "x")
