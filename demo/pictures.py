"""Pictures of the demo, drawn here: a photograph would be somebody's."""

import io

from PIL import Image, ImageDraw

SIZE = (640, 360)
WALL, FLOOR, WOOD, DARK = "#f4ead5", "#c9b28f", "#9c6b3c", "#4a3524"
RED, YELLOW, BLUE, WHITE = "#c8102e", "#ffd54a", "#2f5d8a", "#ffffff"
SKIN = "#e0ac84"
CLOTHES = ("#35618f", "#5b8a5a", "#8a4f6d", "#6a6f8c", "#b0773e")


def draw_launch():
    """Return a hall in which a campaign is launched: stage, speaker, and people in rows, seen from behind."""
    picture, pen = _begin()
    pen.rectangle((90, 30, 550, 80), fill=RED)
    for x in range(125, 520, 30):
        pen.rectangle((x, 50, x + 18, 60), fill=YELLOW)
    pen.rectangle((60, 170, 580, 215), fill=WOOD)
    _draw_person(pen, 320, 95, 17, CLOTHES[0])
    pen.rectangle((285, 135, 355, 180), fill=DARK)
    for row, (y, size) in enumerate(((235, 13), (275, 16), (325, 20))):
        for place, x in enumerate(range(60 - 12 * row, 620, 52 + 6 * row)):
            _draw_person(pen, x, y, size, CLOTHES[(place + row) % len(CLOTHES)], from_behind=True)
    return _finish(picture)


def draw_counter():
    """Return the counter of a one-stop office: a clerk, a citizen, a paper between them."""
    picture, pen = _begin()
    pen.rectangle((70, 25, 570, 70), fill=BLUE)
    for x in range(110, 520, 26):
        pen.rectangle((x, 43, x + 16, 52), fill=WHITE)
    for x in (90, 240, 390):
        pen.rectangle((x, 95, x + 110, 165), outline=DARK, width=3, fill="#e3eef5")
    _draw_person(pen, 225, 120, 26, CLOTHES[1])
    pen.rectangle((60, 215, 580, 320), fill=WOOD)
    pen.rectangle((45, 203, 595, 220), fill=DARK)
    pen.rectangle((345, 150, 420, 203), fill=DARK)
    pen.rectangle((350, 155, 415, 195), fill="#9cc3dd")
    pen.polygon(((275, 195), (325, 195), (335, 205), (265, 205)), fill=WHITE)
    _draw_person(pen, 470, 165, 34, CLOTHES[2], from_behind=True)
    return _finish(picture)


def _begin():
    picture = Image.new("RGB", SIZE, WALL)
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 215, *SIZE), fill=FLOOR)
    return picture, pen


def _draw_person(pen, x, y, size, clothes, *, from_behind=False):
    """Draw head and shoulders around a point, the head ``size`` wide to each side."""
    pen.rounded_rectangle(
        (x - 1.6 * size, y + size, x + 1.6 * size, y + 4 * size), radius=int(1.2 * size), fill=clothes
    )
    pen.ellipse((x - size, y - size, x + size, y + size), fill=DARK)
    if not from_behind:
        pen.pieslice((x - size, y - size, x + size, y + size), start=-10, end=190, fill=SKIN)


def _finish(picture):
    """Return the file: few colours make a picture of some thousand bytes."""
    file = io.BytesIO()
    picture.quantize(32).save(file, "PNG", optimize=True)
    return file.getvalue()
