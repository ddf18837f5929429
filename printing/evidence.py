"""What a file of evidence is, told from its content and never from its name."""

import io
import zipfile

from .package import DAMAGED

PDF, PNG, JPEG = "application/pdf", "image/png", "image/jpeg"
OFFICE = {
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "word/"),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xl/"),
}
OPEN_DOCUMENT = {
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
}
FileKind = tuple[str, str] | tuple[None, None]
MAGIC_NAMES = ("pdf", "png", "jpg", "jpeg", "docx", "xlsx", "odt", "ods")


def identify(content: bytes) -> FileKind:
    """Return (extension, media type) of a file by what it contains; (None, None) if it is nothing we take.

    :param content: the whole file

    >>> identify(b"%PDF-1.7 ...")
    ('pdf', 'application/pdf')
    >>> identify(b"<html><script>")
    (None, None)
    """
    if content.startswith(b"%PDF-"):
        return "pdf", PDF
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png", PNG
    if content.startswith(b"\xff\xd8\xff"):
        return "jpg", JPEG
    if content.startswith(b"PK\x03\x04"):
        return _identify_archive(content)
    return None, None


def _identify_archive(content: bytes) -> FileKind:
    """Tell an office document from any other archive; one with macros is none of them."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
            if any(name.lower().endswith("vbaproject.bin") for name in names):
                return None, None
            if "mimetype" in names:
                kind = archive.open("mimetype").read(100).decode("ascii", "replace").strip()
                return next(
                    ((name, kind) for name, known in OPEN_DOCUMENT.items() if known == kind), (None, None)
                )
            if "[Content_Types].xml" in names:
                for extension, (media_type, folder) in OFFICE.items():
                    if any(name.startswith(folder) for name in names):
                        return extension, media_type
    except DAMAGED:
        return None, None  # not an archive, or a broken one
    return None, None
