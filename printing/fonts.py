"""The fonts this addon ships: how wide a text is in them, the same on every machine, and their CSS."""

import base64
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

STATIC = Path(__file__).parents[1] / "static"
FOLDER = STATIC / "fonts"
# Family: its files with their weight and style.
FONTS: Mapping[str, list[tuple[str, str, str]]] = {
    "Tinos": [
        ("Tinos-Regular", "normal", "normal"),
        ("Tinos-Bold", "bold", "normal"),
        ("Tinos-Italic", "normal", "italic"),
        ("Tinos-BoldItalic", "bold", "italic"),
    ],
    "Emulation Display": [
        ("EmulationDisplay-Bold", "bold", "normal"),
        ("EmulationDisplay-Italic", "normal", "italic"),
    ],
    "Great Vibes": [("GreatVibes-Regular", "normal", "normal")],
}


@lru_cache(maxsize=16)
def font(file_name: str) -> Any:
    """Return a shipped font, by file name without extension, as reportlab knows it."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    pdfmetrics.registerFont(TTFont(file_name, str(FOLDER / f"{file_name}.ttf")))
    return pdfmetrics.getFont(file_name)


def count_lines(text: str, file_name: str, size: float, room: float, spacing: float = 0.0) -> int | None:
    """Return how many lines a text takes; None when a single word is wider than the box.

    :param size: of the letters, in points
    :param room: width of the box, in points
    :param spacing: between letters, in points

    >>> count_lines("Giấy khen", "Tinos-Bold", 14, 200), count_lines("Giấy khen", "Tinos-Bold", 14, 40)
    (1, 2)
    >>> count_lines("Giấy khen", "Tinos-Bold", 14, 10)
    """
    lines = break_lines(text, file_name, size, room, spacing)
    return None if lines is None else max(len(lines), 1)


def break_lines(
    text: str, file_name: str, size: float, room: float, spacing: float = 0.0
) -> list[str] | None:
    """Return the lines a text is broken into; None when a single word is wider than the box.

    Lengths are those of :func:`count_lines`.

    >>> break_lines("Giấy khen", "Tinos-Bold", 14, 40), break_lines("", "Tinos-Bold", 14, 40)
    (['Giấy', 'khen'], [])
    """
    measure = font(file_name).stringWidth
    lines: list[str] = []
    used = 0.0
    for word in text.split():
        width = measure(word, size) + spacing * len(word)
        if width > room:
            return None
        space = measure(" ", size) + spacing if lines else 0
        # Printers place letters on whole pixels: a line may come out a little wider than it should.
        if lines and used + space + width <= room * 0.985:
            lines[-1] += f" {word}"
            used += space + width
        else:
            lines.append(word)
            used = width
    return lines


@lru_cache(maxsize=8)
def font_face_css(*families: str) -> str:
    """Return ``@font-face`` rules of the shipped fonts, each font as a data: URI.

    :raises KeyError: no such family is shipped

    >>> font_face_css("Great Vibes")[:75]
    "@font-face{font-family:'Great Vibes';font-weight:normal;font-style:normal;s"
    """
    rules = []
    for family in families:
        for file_name, weight, style in FONTS[family]:
            data = base64.b64encode((FOLDER / f"{file_name}.ttf").read_bytes()).decode()
            rules.append(
                f"@font-face{{font-family:'{family}';font-weight:{weight};font-style:{style};"
                f"src:url(data:font/ttf;base64,{data}) format('truetype')}}"
            )
    return "\n".join(rules)


@lru_cache(maxsize=8)
def style_sheet(name: str) -> str:
    """Return a style sheet of ``static/src/report``, by its name without extension."""
    return (STATIC / "src/report" / f"{name}.css").read_text(encoding="utf-8")
