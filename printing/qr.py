"""QR codes (ISO/IEC 18004) drawn as one SVG path; the library ``qrcode`` works out the modules.

Error correction level M: 15 % of a code may be stained. Letters are stored as bytes, a long run of figures at the end
three figures in ten bits. The mask is fixed: any of the eight can be read, and comparing them all is most of the
time a code takes.

>>> size, path = svg_path("https://example.org")
>>> size, path[:13]  # the upper edge of the first corner mark
(25, 'M0 0h7v1h-7zM')
"""

import re
from functools import lru_cache

import qrcode
from qrcode.util import MODE_8BIT_BYTE, MODE_NUMBER, QRData

MASK = 2
QUIET = 4  # white modules around the code
RUN = re.compile("1+")
FIGURES = re.compile(r"^(.*?)(\d{20,})$", re.DOTALL)


def draw(text: str) -> list[str]:
    """Return the rows of modules from the top, each a text in which ``1`` is dark; no quiet zone.

    :raises ValueError: the text is longer than a QR code holds (2,331 bytes)
    """
    letters, figures = _split(text)
    code = _prepare(letters, figures, _smallest_version(len(letters.encode()), len(figures)))
    code.make(fit=False)
    return ["".join("1" if dark else "0" for dark in row) for row in code.modules]


def get_module(text: str, width: float) -> float:
    """Return how wide a module is, in mm, when the code and its quiet zone are printed as wide as said.

    >>> round(get_module("https://example.org", 29.7), 2)
    0.9
    """
    letters, figures = _split(text)
    version = _smallest_version(len(letters.encode()), len(figures))
    return width / (17 + 4 * version + 2 * QUIET)


def _split(text: str) -> tuple[str, str]:
    found = FIGURES.match(text)
    return (found[1], found[2]) if found else (text, "")


def _prepare(letters: str, figures: str, version: int | None) -> qrcode.QRCode:
    code = qrcode.QRCode(
        version, error_correction=qrcode.constants.ERROR_CORRECT_M, border=0, mask_pattern=MASK
    )
    if letters:
        code.add_data(QRData(letters.encode(), mode=MODE_8BIT_BYTE))
    if figures:
        code.add_data(QRData(figures.encode(), mode=MODE_NUMBER))
    return code


@lru_cache(maxsize=256)
def _smallest_version(letters: int, figures: int) -> int:
    """Return the version that holds so much: looking for it is a third of the time a code takes."""
    return int(_prepare("x" * letters, "1" * figures, None).best_fit())


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
