"""How wide a text is in the fonts this addon ships: the same answer on every machine."""

from functools import lru_cache
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "static/fonts"


@lru_cache(maxsize=16)
def font(file_name):
    """Return a shipped font, by file name without extension, as reportlab knows it."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    pdfmetrics.registerFont(TTFont(file_name, str(FOLDER / f"{file_name}.ttf")))
    return pdfmetrics.getFont(file_name)


def count_lines(text, file_name, size, room, spacing=0.0):
    """Return how many lines a text takes.

    :param float size: of the letters, in points
    :param float room: width of the box, in points
    :param float spacing: between letters, in points
    :return: number of lines; 99 when a single word is wider than the box
    """
    measure = font(file_name).stringWidth
    lines, used = 1, 0.0
    for word in text.split():
        width = measure(word, size) + spacing * len(word)
        if width > room:
            return 99
        space = measure(" ", size) + spacing if used else 0
        # Printers place letters on whole pixels: a line may come out a little wider than it should.
        if used + space + width > room * 0.985:
            lines, used = lines + 1, width
        else:
            used += space + width
    return lines
