"""Signatures of PDFs, made here with certificates of our own, then read back and tampered with."""

import io
from datetime import UTC, datetime, timedelta

import pikepdf
import pytest
from asn1crypto import keys
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import SigFieldSpec
from pyhanko_certvalidator.registry import SimpleCertificateStore

from printing import signed


def make_name(common, organisation):
    parts = [(NameOID.COMMON_NAME, common), (NameOID.ORGANIZATION_NAME, organisation)]
    return x509.Name([x509.NameAttribute(kind, text) for kind, text in parts])


def make_certificate(subject, issuer, key, issuer_key, *, is_authority, age=timedelta(0)):
    now = datetime.now(UTC) - age
    builder = x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(key.public_key())
    builder = builder.serial_number(x509.random_serial_number()).not_valid_before(now - timedelta(days=1))
    builder = builder.not_valid_after(now + timedelta(days=365))
    builder = builder.add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
    return builder.sign(issuer_key, hashes.SHA256())


@pytest.fixture(scope="module")
def signer():
    authority, own = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    above = make_name("Tổ chức chứng thực thử", "Cơ quan thử nghiệm")
    me = make_name("Trần Văn Bình", "Sở Thử nghiệm")
    root = make_certificate(above, above, authority, authority, is_authority=True)
    mine = make_certificate(me, above, own, authority, is_authority=False)
    load = lambda one: asn1.Certificate.load(one.public_bytes(serialization.Encoding.DER))  # noqa: E731
    private = own.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return signers.SimpleSigner(
        signing_cert=load(mine),
        signing_key=keys.PrivateKeyInfo.load(private),
        cert_registry=SimpleCertificateStore.from_certs([load(root)]),
    )


@pytest.fixture(scope="module")
def plain():
    with pikepdf.new() as made, io.BytesIO() as output:
        page = made.add_blank_page(page_size=(99, 99))
        page.Contents = made.make_stream(b"BT (05 nguoi) Tj ET")
        made.save(output)
        return output.getvalue()


def sign(content, signer, field="Signature1", box=None):
    output = io.BytesIO()
    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    signers.sign_pdf(
        writer,
        signers.PdfSignatureMetadata(field_name=field),
        signer=signer,
        output=output,
        new_field_spec=SigFieldSpec(field, box=box) if box else None,
    )
    return output.getvalue()


def add(content, change):
    """Return a PDF with a change of its first page added behind it."""
    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    page, _resources = writer.find_page_for_modification(0)
    change(writer, page.get_object())
    writer.mark_update(page)
    output = io.BytesIO()
    writer.write(output)
    return output.getvalue()


@pytest.fixture(scope="module")
def once(plain, signer):
    return sign(plain, signer)


def test_who_signed_and_when(once):
    (found,) = signed.read_signatures(once)
    assert (found.signer, found.organisation) == ("Trần Văn Bình", "Sở Thử nghiệm")
    assert found.chain == ("Tổ chức chứng thực thử",)
    assert found.is_intact
    assert not found.is_stamped
    assert abs(datetime.now(UTC) - found.moment) < timedelta(hours=1)


def make_signer(name, age):
    """Return who signs with a certificate of its own that began so long ago and lasts a year."""
    key = ec.generate_private_key(ec.SECP256R1())
    mine = make_certificate(name, name, key, key, is_authority=False, age=age)
    private = key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return signers.SimpleSigner(
        signing_cert=asn1.Certificate.load(mine.public_bytes(serialization.Encoding.DER)),
        signing_key=keys.PrivateKeyInfo.load(private),
        cert_registry=SimpleCertificateStore(),
    )


def test_a_certificate_that_had_expired_is_told_with_its_days(plain):
    name = make_name("Người lạ", "Nơi khác")
    (old,) = signed.read_signatures(sign(plain, make_signer(name, timedelta(days=2000))))
    end = datetime.now(UTC) - timedelta(days=2000) + timedelta(days=365)
    assert old.valid_other[1] == end.date().isoformat()
    (good,) = signed.read_signatures(sign(plain, make_signer(name, timedelta(days=300))))
    assert good.valid_other == ()


def test_an_issuer_that_did_not_issue_is_named(plain, signer):
    own, other = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    load = lambda one: asn1.Certificate.load(one.public_bytes(serialization.Encoding.DER))  # noqa: E731
    above = make_name("Cơ quan có tiếng", "Nhà nước")
    famous = make_certificate(above, above, other, other, is_authority=True)
    mine = make_certificate(make_name("Kẻ mạo danh", "Không rõ"), above, own, own, is_authority=False)
    private = own.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    forger = signers.SimpleSigner(
        signing_cert=load(mine),
        signing_key=keys.PrivateKeyInfo.load(private),
        cert_registry=SimpleCertificateStore.from_certs([load(famous)]),
    )
    (found,) = signed.read_signatures(sign(plain, forger))
    assert (found.chain, found.false_issuer) == (("Cơ quan có tiếng",), "Cơ quan có tiếng")
    assert signed.read_signatures(sign(plain, signer))[0].false_issuer == ""


def test_a_second_signature_leaves_the_first_one_whole(once, signer):
    assert [found.is_intact for found in signed.read_signatures(sign(once, signer, "Signature2"))] == [
        True,
        True,
    ]


def test_a_changed_byte_is_seen(once):
    changed = once.replace(b"[ 0 0 99 99 ]", b"[ 0 0 98 99 ]")
    assert changed != once
    assert [found.is_intact for found in signed.read_signatures(changed)] == [False]


def test_what_is_laid_over_later_is_seen(once):
    changed = add(once, turn)
    assert [found.is_intact for found in signed.read_signatures(changed)] == [False]


# ---------- What was signed ----------


def turn(_writer, page):
    page["/Rotate"] = generic.NumberObject(90)


def write_another(writer, page):
    page["/Contents"] = writer.add_object(generic.StreamObject(stream_data=b"BT (50 nguoi) Tj ET"))


def lay_over(writer, page):
    box = generic.ArrayObject(generic.NumberObject(side) for side in (0, 0, 99, 99))
    parts = {"/Type": "/Annot", "/Subtype": "/FreeText"}
    note = generic.DictionaryObject(
        {generic.NameObject(key): generic.NameObject(parts[key]) for key in parts}
    )
    note[generic.NameObject("/Rect")] = box
    note[generic.NameObject("/Contents")] = generic.TextStringObject("50 người")
    page["/Annots"] = generic.ArrayObject([writer.add_object(note)])


def lay_an_unsigned_field_over(writer, page):
    lay_over(writer, page)
    field = page["/Annots"][0].get_object()
    field[generic.NameObject("/Subtype")] = generic.NameObject("/Widget")
    field[generic.NameObject("/FT")] = generic.NameObject("/Sig")


def test_a_signed_file_holds_what_it_begins_with(plain, once, signer):
    assert signed.holds(plain, plain) and signed.holds(once, plain)
    assert signed.holds(sign(plain, signer, box=(5, 5, 60, 20)), plain)
    assert signed.holds(sign(once, signer, "Signature2", box=(5, 5, 60, 20)), plain)
    assert not signed.holds(once, b"") and not signed.holds(plain, once)


@pytest.mark.parametrize("change", [turn, write_another, lay_over, lay_an_unsigned_field_over])
def test_what_was_changed_before_it_was_signed_is_not_what_it_begins_with(plain, signer, change):
    content = sign(add(plain, change), signer)
    assert content.startswith(plain)
    assert [found.is_intact for found in signed.read_signatures(content)] == [True]
    assert not signed.holds(content, plain)


def test_without_signatures_none_are_told(plain):
    assert signed.read_signatures(plain) == []


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"\x00" * 100])
def test_what_is_no_pdf_has_no_answer(content):
    assert signed.read_signatures(content) is None


def test_a_signature_cut_short_is_no_good_one(once):
    found = signed.read_signatures(once[: len(once) // 2])
    assert not found or not any(one.is_intact for one in found)
