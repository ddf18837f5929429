"""What kind of file a piece of evidence is, also where it was spoilt on the way."""

import io
import zipfile

import pytest

from printing import evidence


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_an_archive_spoilt_at_any_byte_is_known_or_nothing(method):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        archive.writestr("mimetype", evidence.OPEN_DOCUMENT["odt"])
        archive.writestr("content.xml", "<content/>")
    content = buffer.getvalue()
    assert evidence.identify(content) == ("odt", evidence.OPEN_DOCUMENT["odt"])
    known = set()
    for place in range(len(content)):
        spoilt = bytearray(content)
        spoilt[place] ^= 0xFF
        known.add(evidence.identify(bytes(spoilt))[0])
    assert known == {"odt", None}
