"""The badge is what the specification asks for; its signature is checked by another hand than the one that made it."""

import base64
import json
import struct
import zlib
from datetime import date
from pathlib import Path

import jsonschema
import openbadgeslib
import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from joserfc import jwk, jwt
from joserfc.errors import JoseError
from openbadgeslib.ob3 import OB3VerificationError, OB3Verifier
from pyld import jsonld

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


# ----------------------------------------------------------------------------------------------------
# Other hands: a library of the field; a processor of linked data with a verifier of tokens, neither of which shares a
# line with the first; and the specification's own requirements as a schema
# ----------------------------------------------------------------------------------------------------

TEXT = {"type": "string", "minLength": 1}
ADDRESS_TYPE = {"type": "string", "pattern": "^https://[^ ]+$"}
MOMENT = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$"}


def types(*names):
    """Return the schema of a ``type`` that must hold these names."""
    return {"type": "array", "allOf": [{"contains": {"const": name}} for name in names]}


# What Open Badges 3.0 (1EdTech) and Verifiable Credentials 2.0 (W3C) require of an achievement credential and of the
# claims of its JWT, in our own words.
SCHEMA = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "required": [
        "@context",
        "id",
        "type",
        "issuer",
        "validFrom",
        "credentialSubject",
        "iss",
        "jti",
        "sub",
        "nbf",
    ],
    "properties": {
        "@context": {
            "type": "array",
            "minItems": 2,
            "prefixItems": [
                {"const": "https://www.w3.org/ns/credentials/v2"},
                {"pattern": r"^https://purl\.imsglobal\.org/spec/ob/v3p0/context-3\.0\.\d+\.json$"},
            ],
        },
        "id": ADDRESS_TYPE,
        "type": types("VerifiableCredential", "OpenBadgeCredential"),
        "name": TEXT,
        "issuer": {
            "type": "object",
            "required": ["id", "type", "name"],
            "properties": {"id": ADDRESS_TYPE, "type": types("Profile"), "name": TEXT},
        },
        "validFrom": MOMENT,
        "nbf": {"type": "integer"},
        "credentialSubject": {
            "type": "object",
            "required": ["type", "achievement"],
            "anyOf": [{"required": ["id"]}, {"required": ["identifier"]}],
            "properties": {
                "id": ADDRESS_TYPE,
                "type": types("AchievementSubject"),
                "identifier": {
                    "type": "array",
                    "minItems": 1,
                    "items": {
                        "type": "object",
                        "required": ["type", "identityHash", "identityType", "hashed"],
                        "properties": {
                            "type": {"const": "IdentityObject"},
                            "identityHash": TEXT,
                            "hashed": {"type": "boolean"},
                        },
                    },
                },
                "achievement": {
                    "type": "object",
                    "required": ["id", "type", "name", "description", "criteria"],
                    "properties": {
                        "id": ADDRESS_TYPE,
                        "type": types("Achievement"),
                        "name": TEXT,
                        "description": TEXT,
                        "criteria": {"type": "object", "minProperties": 1},
                    },
                },
            },
        },
    },
}


def sign_it(**changed):
    """Return the signed badge; a change makes it a wrong one."""
    return badge.sign({**badge.get_credential(BADGE, ISSUER), **changed}, PRIVATE, ADDRESS)


def verify(token, key=KEY):
    public = serialization.PublicFormat.SubjectPublicKeyInfo
    pem = key.public_key().public_bytes(serialization.Encoding.PEM, public)
    return OB3Verifier(pem).verify(token)


def test_a_library_of_the_field_accepts_it():
    found = verify(sign_it())
    assert found.achievement.name == "Lao động tiên tiến"
    assert found.issuer.name == "Sở Công Thương tỉnh Lai Châu"
    assert found.identifiers[0].identity_hash == "Nguyễn Thị An"
    picture = badge.bake((Path(__file__).parents[2] / "static/src/portal/badge.png").read_bytes(), sign_it())
    assert verify(OB3Verifier.extract_token_from_png(picture)).id == BADGE.address


@pytest.mark.parametrize(
    "token",
    [
        sign_it()[:-4] + "AAAA",
        sign_it(type=["VerifiableCredential"]),
        sign_it(validFrom="2999-01-01T00:00:00Z"),
    ],
    ids=["forged", "no badge", "not yet"],
)
def test_the_library_refuses_what_is_wrong(token):
    with pytest.raises(OB3VerificationError):
        verify(token)
    with pytest.raises(OB3VerificationError):
        verify(sign_it(), Ed25519PrivateKey.from_private_bytes(bytes(32)))


def test_it_has_all_the_specification_asks_for():
    _head, claims, _signature, _signed = parts_of(sign_it())
    validator = jsonschema.Draft202012Validator(SCHEMA)
    validator.check_schema(SCHEMA)
    assert not [error.message for error in validator.iter_errors(claims)]
    assert claims["sub"] == claims["credentialSubject"]["id"]
    for path in ("issuer", "credentialSubject", "validFrom", "iss", "sub"):
        assert list(validator.iter_errors({name: claims[name] for name in claims if name != path}))


# The contexts as their bodies publish them, from the copies a library carries: no test asks the network.
COPIES = Path(openbadgeslib.__file__).parent / "ob3" / "contexts"
CONTEXTS = {
    "https://www.w3.org/ns/credentials/v2": "credentials-v2.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json": "ob-v3p0-context-3.0.3.json",
}
VOCABULARY = "https://purl.imsglobal.org/spec/vc/ob/vocab.html#"


def expand(credential):
    """Return (the credential with every term as its full address, the terms no context knows)."""
    unknown = []

    def load(address, _options):
        document = json.loads((COPIES / CONTEXTS[address]).read_text())
        return {"contextUrl": None, "documentUrl": address, "document": document}

    options = {"documentLoader": load}
    (found,) = jsonld.expand(credential, options, on_property_dropped=unknown.append)
    return found, unknown


def test_a_processor_of_linked_data_knows_every_term():
    found, unknown = expand(badge.get_credential(BADGE, ISSUER))
    assert not unknown
    assert found["@type"][1] == f"{VOCABULARY}OpenBadgeCredential"
    (subject,) = found["https://www.w3.org/2018/credentials#credentialSubject"]
    (achievement,) = subject[f"{VOCABULARY}achievement"]
    assert achievement["https://schema.org/name"] == [{"@value": "Lao động tiên tiến"}]
    assert subject[f"{VOCABULARY}licenseNumber"] == [{"@value": "0001/2026"}]
    (issuer,) = found["https://www.w3.org/2018/credentials#issuer"]
    assert issuer["@id"] == ISSUER.address


def test_the_processor_names_what_no_specification_has():
    credential = badge.get_credential(BADGE, ISSUER)
    credential["credentialSubject"]["achievement"]["motto"] = "x"
    assert expand(credential)[1] == ["motto"]
    with pytest.raises(jsonld.JsonLdError):
        expand(
            {**credential, "@context": [*badge.CONTEXTS, {"VerifiableCredential": "https://example.vn/x"}]}
        )


def read_token(token, key=KEY):
    """Return the claims of a token as a verifier reads them by the key that is published for it."""
    public = base64.urlsafe_b64encode(key.public_key().public_bytes_raw()).rstrip(b"=").decode()
    return jwt.decode(token, jwk.import_key(badge.get_jwk("fa1d", public)), algorithms=["EdDSA"])


@pytest.mark.filterwarnings(
    "ignore:EdDSA is deprecated"
)  # RFC 9864 names Ed25519 since; wallets know the older name
def test_a_verifier_of_tokens_accepts_it_by_the_published_key():
    found = read_token(sign_it())
    assert found.header["kid"] == ADDRESS
    assert found.claims["iss"] == found.claims["issuer"]["id"] == ISSUER.address
    jwt.JWTClaimsRegistry(iss={"essential": True}, sub={"essential": True}).validate(found.claims)


@pytest.mark.filterwarnings("ignore:EdDSA is deprecated")
def test_the_verifier_refuses_what_is_wrong():
    for token, key in (
        (sign_it()[:-4] + "AAAA", KEY),
        (sign_it(), Ed25519PrivateKey.from_private_bytes(bytes(32))),
    ):
        with pytest.raises(JoseError):
            read_token(token, key)
    early = read_token(sign_it(validFrom="2999-01-01T00:00:00Z"))
    with pytest.raises(JoseError):
        jwt.JWTClaimsRegistry().validate(early.claims)
