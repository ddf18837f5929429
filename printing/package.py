"""An office file is a zip archive of parts: what opening a broken one raises, and a Word file opened."""

import io
import zipfile
import zlib
from lzma import LZMAError
from typing import Any

from docx import Document
from lxml.etree import XMLSyntaxError

# Of an archive or a part that is broken (a checksum, a place in the file, what is packed in it), cut short, packed in
# an unknown way or locked by a password.
DAMAGED = (
    *(zipfile.BadZipFile, zlib.error, LZMAError, OSError, ValueError),
    *(EOFError, NotImplementedError, RuntimeError),
)


def open_word(content: bytes) -> Any:
    """Return a Word file, all its parts read.

    :raises ValueError: the file is no readable Word file

    >>> open_word(b"PK")
    Traceback (most recent call last):
    ValueError: File is not a zip file
    """
    try:
        return Document(io.BytesIO(content))
    except (KeyError, AttributeError, XMLSyntaxError, *DAMAGED) as error:
        raise ValueError(str(error)) from error
