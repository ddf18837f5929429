"""Who signed a PDF with a digital certificate, when, and whether anything changed since.

The library pyHanko reads and checks the signatures; without it nothing is said. Whether the certificate's issuer may
issue certificates in Viet Nam is not judged: the chain is told as it stands in the file.
"""

import io
from datetime import datetime
from typing import Any, NamedTuple

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm

try:
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext
except ImportError:  # an installation that checks no signatures
    PdfFileReader = None


class Signature(NamedTuple):
    """One signature of a PDF.

    :param moment: when it was made: by a time stamp in the file, else as the signer's computer had it
    :param chain: issuers named in the file, from the signer's certificate upwards
    :param is_intact: nothing was changed since, but for later signatures
    :param false_issuer: whose certificate lies in the file, named as issuer, and did not issue the one below it
    """

    signer: str
    organisation: str
    moment: datetime | None
    is_stamped: bool
    chain: tuple[str, ...]
    is_intact: bool
    false_issuer: str = ""


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
    )


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
