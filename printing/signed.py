"""Who signed a PDF with a digital certificate, when, and whether anything changed since.

The library pyHanko reads and checks the signatures; without it nothing is said. Whether the certificate's issuer may
issue certificates in Viet Nam is not judged: the chain is told as it stands in the file.
"""

import io
from datetime import UTC, datetime
from typing import Any, NamedTuple

import pikepdf
from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm

try:
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext
except ImportError:  # an installation that checks no signatures
    PdfFileReader = None

# What signing adds to the catalogue of a file; whatever else is new there may change what is seen.
SIGNING = frozenset({"/AcroForm", "/DSS", "/Extensions", "/MarkInfo", "/Metadata", "/Perms", "/Version"})


class Signature(NamedTuple):
    """One signature of a PDF.

    :param moment: when it was made: by a time stamp in the file, else as the signer's computer had it
    :param chain: issuers named in the file, from the signer's certificate upwards
    :param is_intact: nothing was changed since, but for later signatures
    :param false_issuer: whose certificate lies in the file, named as issuer, and did not issue the one below it
    :param valid_other: first and last day (ISO) of the signer's certificate, where it was signed outside of them; empty
        where it was valid then
    """

    signer: str
    organisation: str
    moment: datetime | None
    is_stamped: bool
    chain: tuple[str, ...]
    is_intact: bool
    false_issuer: str = ""
    valid_other: tuple[str, ...] = ()


def can_read() -> bool:
    """Tell whether this installation can check signatures."""
    return PdfFileReader is not None


def read_signatures(content: bytes) -> list[Signature] | None:
    """Return the signatures of a PDF in the order they were made; None: the file, or one of them, cannot be read.

    >>> read_signatures(b"no PDF")
    """
    try:
        reader = PdfFileReader(io.BytesIO(content), strict=False)
        return [_read(found) for found in reader.embedded_regular_signatures]
    except Exception:
        return None


def holds(content: bytes, issued: bytes) -> bool:
    """Tell whether a file begins with another one and shows the same pages, with signatures on them at most.

    What is added behind a PDF may draw other pages in place of those before, and be signed like that.

    >>> holds(b"%PDF-1.7 and more", b"%PDF-1.7")
    False
    """
    if not issued or not content.startswith(issued):
        return False
    try:
        return _read_pages(content) == _read_pages(issued)
    except Exception:
        return False


def _read_pages(content: bytes) -> tuple[set[str], bytes]:
    """Return what else the catalogue says, and the pages with all they draw, without signatures."""
    with pikepdf.open(io.BytesIO(content)) as pdf, pikepdf.new() as bare, io.BytesIO() as output:
        for page in pdf.pages:
            _take_off_signatures(page.obj)
            bare.pages.append(page)
        bare.save(
            output,
            deterministic_id=True,
            compress_streams=False,
            stream_decode_level=pikepdf.StreamDecodeLevel.none,
        )
        return set(pdf.Root.keys()) - SIGNING, output.getvalue()


def _take_off_signatures(page: Any) -> None:
    if "/Annots" in page:
        others = [found for found in page.Annots if not _is_signature(found)]
        del page.Annots
        if others:
            page.Annots = pikepdf.Array(others)


def _is_signature(annotation: Any) -> bool:
    """Tell whether an annotation shows a signature that was made; its field may be the one above."""
    fields = [annotation, *([annotation.Parent] if "/Parent" in annotation else [])]
    return any(field.get("/FT") == "/Sig" for field in fields) and any("/V" in field for field in fields)


def _read(found: Any) -> Signature:
    # Nothing is fetched: a file of strangers shall not make this server ask strangers.
    context = ValidationContext(allow_fetching=False, trust_roots=[])
    status = validate_pdf_signature(found, signer_validation_context=context)
    stamped = status.timestamp_validity.timestamp if status.timestamp_validity else None
    subject = found.signer_cert.subject.native
    return Signature(
        signer=_join(subject.get("common_name")),
        organisation=_join(subject.get("organization_name")),
        moment=stamped or status.signer_reported_dt,
        is_stamped=bool(stamped),
        chain=_get_chain(found),
        false_issuer=_find_false_issuer(found),
        is_intact=bool(status.intact and status.valid and status.docmdp_ok),
        valid_other=_list_other_days(found.signer_cert, stamped or status.signer_reported_dt),
    )


def _list_other_days(certificate: Any, moment: datetime | None) -> tuple[str, ...]:
    """Return the first and last day of a certificate that was not valid at a moment; without one, is not now."""
    start, end = certificate.not_valid_before, certificate.not_valid_after
    if start <= (moment or datetime.now(UTC)) <= end:
        return ()
    return start.date().isoformat(), end.date().isoformat()


def _get_chain(found: Any) -> tuple[str, ...]:
    """Return the issuers, as far as the certificates in the file lead."""
    known = {one.subject.dump(): one for one in found.other_embedded_certs}
    chain: list[str] = []
    current = found.signer_cert
    while current is not None and len(chain) <= len(known):
        chain.append(_join(current.issuer.native.get("common_name") or current.issuer.human_friendly))
        is_last = current.issuer.dump() == current.subject.dump()
        current = None if is_last else known.get(current.issuer.dump())
    return tuple(dict.fromkeys(chain))


def _find_false_issuer(found: Any) -> str:
    """Return the name of an issuer whose certificate in the file did not sign the one it stands above."""
    known = {one.subject.dump(): one for one in found.other_embedded_certs}
    current, seen = found.signer_cert, set[bytes]()
    while current is not None and current.dump() not in seen:
        seen.add(current.dump())
        issuer = known.get(current.issuer.dump())
        if issuer is not None and not _is_issued_by(current, issuer):
            return _join(issuer.subject.native.get("common_name") or issuer.subject.human_friendly)
        current = issuer
    return ""


def _is_issued_by(certificate: Any, issuer: Any) -> bool:
    try:
        below, above = (x509.load_der_x509_certificate(one.dump()) for one in (certificate, issuer))
        below.verify_directly_issued_by(above)
    except (ValueError, TypeError, InvalidSignature, UnsupportedAlgorithm):
        return False
    return True


def _join(name: Any) -> str:
    return ", ".join(name) if isinstance(name, list) else name or ""
