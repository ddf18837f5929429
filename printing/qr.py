"""QR codes (ISO/IEC 18004) drawn as one SVG path; the library ``qrcode`` works out the modules.

Byte mode, error correction level L. The mask is fixed: any of the eight can be read, and comparing them all is
most of the time a code takes.

>>> size, path = svg_path("https://example.org")
>>> size, path[:13]  # the upper edge of the first corner mark
(25, 'M0 0h7v1h-7zM')
"""

import re
from functools import lru_cache

import qrcode
from qrcode.util import MODE_8BIT_BYTE, QRData

MASK = 2
RUN = re.compile("1+")


def draw(text: str) -> list[str]:
    """Return the rows of modules from the top, each a text in which ``1`` is dark; no quiet zone.

    :raises ValueError: the text is longer than a QR code holds (2,953 bytes)
    """
    data = text.encode()
    code = _prepare(data, _smallest_version(len(data)))
    code.make(fit=False)
    return ["".join("1" if dark else "0" for dark in row) for row in code.modules]


def _prepare(data: bytes, version: int | None) -> qrcode.QRCode:
    code = qrcode.QRCode(
        version, error_correction=qrcode.constants.ERROR_CORRECT_L, border=0, mask_pattern=MASK
    )
    code.add_data(QRData(data, mode=MODE_8BIT_BYTE))
    return code


@lru_cache(maxsize=256)
def _smallest_version(length: int) -> int:
    """Return the version that holds so many bytes: looking for it is a third of the time a code takes."""
    return int(_prepare(b"x" * length, None).best_fit())


def svg_path(text: str) -> tuple[int, str]:
    """Return ``(modules a side, SVG path)``: one path of horizontal runs, one unit a module.

    :raises ValueError: the text is longer than a QR code holds
    """
    rows = draw(text)
    runs = (
        f"M{run.start()} {y}h{len(run[0])}v1h-{len(run[0])}z"
        for y, row in enumerate(rows)
        for run in RUN.finditer(row)
    )
    return len(rows), "".join(runs)
