"""Draw the certificate frames of static/src/certificate: our own geometry, no emblem of any state.

Run from the root of the repository: ``python3 tools/assets/frames.py``. All lengths are millimetres on a page of
297 × 210, which scales to A3; each colour is one path, so that printing a thousand pages stays quick.
"""

import math
import re
from decimal import Decimal
from pathlib import Path

WIDTH, HEIGHT = 297, 210
OUT = Path(__file__).resolve().parents[2] / "static/src/certificate"


def number(value):
    return f"{value:.2f}".rstrip("0").rstrip(".")


def polygon(points):
    return "M" + "L".join(f"{number(x)} {number(y)}" for x, y in points) + "Z"


def polar(x, y, radius, angle):
    return x + radius * math.sin(angle), y - radius * math.cos(angle)


def star(x, y, outer, inner, rays, turn=0.0):
    step = math.pi / rays
    return polygon(polar(x, y, outer if i % 2 == 0 else inner, turn + i * step) for i in range(2 * rays))


def circle(x, y, radius):
    left, right = number(x - radius), number(x + radius)
    r, y = number(radius), number(y)
    return f"M{left} {y}A{r} {r} 0 1 1 {right} {y}A{r} {r} 0 1 1 {left} {y}Z"


def ring(x, y, outer, inner):
    return circle(x, y, outer) + circle(x, y, inner)


def rectangle(inset, thickness):
    """A rectangular rule around the page, as two rectangles filled even-odd."""
    a, b = inset, inset + thickness
    return polygon([(a, a), (WIDTH - a, a), (WIDTH - a, HEIGHT - a), (a, HEIGHT - a)]) + polygon(
        [(b, b), (WIDTH - b, b), (WIDTH - b, HEIGHT - b), (b, HEIGHT - b)]
    )


def petal(x, y, length, breadth, angle):
    """A pointed petal from its foot at (x, y)."""
    tip = polar(x, y, length, angle)
    sides = []
    for side in (-1, 1):
        near = polar(x, y, length * 0.30, angle + side * math.atan2(breadth, length * 0.30))
        far = polar(x, y, length * 0.72, angle + side * math.atan2(breadth * 0.92, length * 0.72))
        sides.append((near, far))
    (a, b), (c, d) = sides
    points = [number(value) for point in (a, b, tip, d, c) for value in point]
    foot = f"{number(x)} {number(y)}"
    return "M{f}C{} {} {} {} {} {}C{} {} {} {} {f}Z".format(*points, f=foot)


def lotus(x, y, size):
    """A lotus in profile: outer petals first."""
    outer = "".join(
        petal(x, y, size * length, size * 0.17, angle) for angle, length in ((-1.25, 0.92), (1.25, 0.92))
    )
    middle = "".join(petal(x, y, size * 0.98, size * 0.18, angle) for angle in (-0.72, 0.72))
    inner = "".join(petal(x, y, size * 1.02, size * 0.17, angle) for angle in (-0.3, 0.3)) + petal(
        x, y, size * 1.1, size * 0.17, 0
    )
    return outer, middle, inner


def along(inset, corner, step):
    """Points of a band's middle line at an even step, corners left free: (x, y, angle of the outside)."""
    for length, place in (
        (WIDTH - 2 * corner, lambda t: (corner + t, inset, 0.0)),
        (WIDTH - 2 * corner, lambda t: (corner + t, HEIGHT - inset, math.pi)),
        (HEIGHT - 2 * corner, lambda t: (inset, corner + t, -math.pi / 2)),
        (HEIGHT - 2 * corner, lambda t: (WIDTH - inset, corner + t, math.pi / 2)),
    ):
        count = round(length / step)
        for index in range(count):
            yield place((index + 0.5) * length / count)


def saw(inset, corner, step, height, inward=True):
    """A row of triangles, as on the rims of bronze drums."""
    path = ""
    for x, y, out in along(inset, corner, step):
        turn = out + math.pi if inward else out
        tip = polar(x, y, height, turn)
        a = polar(x, y, step * 0.5, out + math.pi / 2)
        b = polar(x, y, step * 0.5, out - math.pi / 2)
        path += polygon([a, tip, b])
    return path


def corners(inset):
    return [(x, y) for x in (inset, WIDTH - inset) for y in (inset, HEIGHT - inset)]


def relative(data):
    """Return path data with each point told from the one before: the same drawing, packed half as large.

    Differences of decimals are exact, so that nothing moves.

    >>> relative("M148.5 80.08L150.87 101.63L162.35 83.24ZM10 112A38 38 0 1 0 30.5 112")
    'M148.5 80.08l2.37 21.55 11.48-18.39ZM10 112a38 38 0 1 0 20.5 0'
    """
    found, x, y, last = "", Decimal(0), Decimal(0), ""
    for command, text in re.findall(r"([MLCAZ])([^MLCAZ]*)", data):
        values = [Decimal(value) for value in re.findall(r"-?[\d.]+", text)]
        if command == "M":
            start = values
        elif command == "Z":
            (x, y), found, last = start, found + "Z", "Z"
            continue
        ahead = values[:5] if command == "A" else []
        points = values[len(ahead) :]
        if command != "M":
            points = [value - (y if place % 2 else x) for place, value in enumerate(points)]
        x, y = values[-2:]
        letter = "M" if command == "M" else command.lower()
        written = shorten([*ahead, *points])
        if letter != last:
            found += letter + written
        else:
            found += written if written.startswith("-") else f" {written}"
        last = letter
    return found


def shorten(values):
    """Write numbers with as few characters as can be.

    >>> shorten([Decimal("0.50"), Decimal("-0.05"), Decimal("12.00")])
    '.5-.05 12'
    """
    text = ""
    for value in values:
        written = re.sub(r"^(-?)0\.", r"\1.", format(value.normalize(), "f")) if value else "0"
        text += written if not text or written.startswith("-") else f" {written}"
    return text


def path(colour, data, rule="evenodd"):
    return f'<path fill="{colour}" fill-rule="{rule}" d="{relative(data)}"/>'


def page(*parts):
    body = "\n".join(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'width="{WIDTH}mm" height="{HEIGHT}mm" preserveAspectRatio="none">\n{body}\n</svg>\n'
    )


def paper(colour):
    return f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{colour}"/>'


def sunburst(x, y, size, rays=14):
    """The heart of a drum: a star of rays in rings of saw teeth and dots."""
    data = star(x, y, size * 0.42, size * 0.14, rays)
    data += ring(x, y, size * 0.50, size * 0.475) + ring(x, y, size * 0.56, size * 0.545)
    for index in range(48):
        turn = index * math.tau / 48
        tip = polar(x, y, size * 0.67, turn)
        data += polygon([polar(x, y, size * 0.58, turn - 0.05), tip, polar(x, y, size * 0.58, turn + 0.05)])
    data += ring(x, y, size * 0.70, size * 0.685)
    for index in range(36):
        data += circle(*polar(x, y, size * 0.75, index * math.tau / 36), size * 0.022)
    return data + ring(x, y, size * 0.815, size * 0.80) + ring(x, y, size * 0.86, size * 0.835)


def emblem(x, y, size, star_colour, petal_colours, ray_colour):
    """A five-pointed star rising over a lotus, rays behind it: ours, not a national emblem."""
    rays = "".join(
        polygon(
            [
                polar(x, y, size * 0.62, turn - 0.03),
                polar(x, y, size * (1.0 if index % 2 else 0.86), turn),
                polar(x, y, size * 0.62, turn + 0.03),
            ]
        )
        for index in range(-9, 10)
        for turn in [index * math.pi / 19]
    )
    outer, middle, inner = lotus(x, y + size * 0.92, size * 0.62)
    return [
        '<g id="emblem">',  # left out where an agency prints its own
        path(ray_colour, rays),
        path(star_colour, star(x, y, size * 0.52, size * 0.205, 5)),
        path(petal_colours[0], outer, "nonzero"),
        path(petal_colours[1], middle, "nonzero"),
        path(petal_colours[2], inner, "nonzero"),
        "</g>",
    ]


def lotus_frame():
    gold, deep, pale, cream = "#c39a3b", "#8c6a1d", "#f3e6c4", "#fffdf7"
    red = "#b01e23"
    rules = rectangle(9, 0.9) + rectangle(11, 0.3) + rectangle(19.6, 0.3) + rectangle(21, 0.7)
    vines, buds = "", ""
    for index, (x, y, out) in enumerate(along(15.4, 27, 6.2)):
        side = 0 if index % 2 else math.pi
        vines += petal(*polar(x, y, 2.6, out + side + math.pi), 5.4, 1.15, out + side)
        buds += circle(*polar(x, y, 2.3, out + side + math.pi), 0.62)
    flowers = [[], [], []]
    for x, y in corners(16.2):
        turn_x = 1 if x < WIDTH / 2 else -1
        turn_y = 1 if y < HEIGHT / 2 else -1
        for layer, spread, length in ((0, 1.5, 9.2), (1, 0.95, 10.2), (2, 0.42, 11.2)):
            base = math.atan2(turn_x, -turn_y)
            for angle in (-spread, spread):
                flowers[layer].append(petal(x - turn_x * 4.6, y - turn_y * 4.6, length, 1.9, base + angle))
        flowers[2].append(petal(x - turn_x * 4.6, y - turn_y * 4.6, 12.4, 2.0, math.atan2(turn_x, -turn_y)))
    blanks = "".join(circle(x, y, 9.3) for x, y in corners(16.2))
    halo = sunburst(WIDTH / 2, 112, 74)
    return page(
        paper(cream),
        path("#fbf4e2", halo),
        path(gold, rules),
        path(pale, "".join(polygon([(12, 12), (12, 12), (12, 12)]))),
        path(deep, vines, "nonzero"),
        path(red, buds, "nonzero"),
        path(cream, blanks, "nonzero"),
        path(gold, "".join(ring(x, y, 9.3, 8.8) for x, y in corners(16.2))),
        path(deep, "".join(flowers[0]), "nonzero"),
        path(gold, "".join(flowers[1]), "nonzero"),
        path(red, "".join(flowers[2]), "nonzero"),
        *emblem(WIDTH / 2, 33, 11, red, (deep, gold, "#e0bd62"), gold),
    )


def drum_frame():
    gold, deep, red, cream = "#c8992e", "#7d1217", "#b3181e", "#fffcf4"
    band = rectangle(8, 14.5)
    light = (
        rectangle(9.2, 0.45)
        + rectangle(20.9, 0.45)
        + saw(10.4, 25.5, 3.0, 2.1)
        + saw(20.2, 25.5, 3.0, 2.1, False)
    )
    for index, (x, y, out) in enumerate(along(15.25, 25.5, 5.6)):
        light += ring(x, y, 2.15, 1.7) + ring(x, y, 1.15, 0.75) + circle(x, y, 0.3)
        if index % 1 == 0:
            a, b = polar(x, y, 2.0, out + math.pi / 2 + 0.5), polar(x, y, 3.9, out + math.pi / 2 - 0.28)
            c, d = polar(x, y, 3.9, out + math.pi / 2 - 0.40), polar(x, y, 2.0, out + math.pi / 2 + 0.25)
            light += polygon([a, b, c, d])
    squares = "".join(
        polygon([(x - 8.2, y - 8.2), (x + 8.2, y - 8.2), (x + 8.2, y + 8.2), (x - 8.2, y + 8.2)])
        for x, y in corners(16.2)
    )
    suns = "".join(sunburst(x, y, 8.6, 12) for x, y in corners(16.2))
    return page(
        paper(cream),
        path("#fbf1df", sunburst(WIDTH / 2, 112, 76)),
        path(red, band),
        path(deep, squares, "nonzero"),
        path("#f0cf7a", light),
        path("#f5da8c", suns),
        path(gold, rectangle(6.4, 0.8) + rectangle(23.3, 0.5)),
        *emblem(WIDTH / 2, 35, 11.5, red, ("#8f6a1a", gold, "#e3bf60"), gold),
    )


def title_frame():
    blue, gold, red, cream = "#1f4e79", "#bb9137", "#b3181e", "#fdfdfb"
    rules = rectangle(8, 1.2) + rectangle(10.2, 0.35) + rectangle(20.8, 0.35)
    waves, dots = "", ""
    for x, y, out in along(15.6, 26, 4.4):
        for radius in (2.2, 1.45, 0.7):
            waves += half_ring(x, y, radius, out)
        dots += circle(*polar(x, y, 3.2, out + math.pi / 2 - 0.78), 0.35)
    knots = "".join(
        star(x, y, 7.4, 3.6, 8, math.pi / 8) + ring(x, y, 8.4, 7.9) + star(x, y, 3.0, 1.2, 5)
        for x, y in corners(15.8)
    )
    return page(
        paper(cream),
        path("#f1f4f7", sunburst(WIDTH / 2, 112, 74)),
        path(blue, waves, "nonzero"),
        path(gold, dots, "nonzero"),
        path(gold, rules),
        path(cream, "".join(circle(x, y, 8.6) for x, y in corners(15.8)), "nonzero"),
        path(gold, knots),
        *emblem(WIDTH / 2, 34, 11, red, (blue, "#3b76ab", "#86aecd"), gold),
    )


def half_ring(x, y, radius, out, thickness=0.32):
    """A half circle open to the inside: a scale of the wave pattern."""
    ends = [
        polar(x, y, r, out + side * math.pi / 2)
        for r, side in ((radius, -1), (radius, 1), (radius - thickness, 1), (radius - thickness, -1))
    ]
    a, b, c, d = [f"{number(p[0])} {number(p[1])}" for p in ends]
    r, s = number(radius), number(radius - thickness)
    return f"M{a}A{r} {r} 0 0 1 {b}L{c}A{s} {s} 0 0 0 {d}Z"


def flag_frame():
    red, dark, gold, light = "#c8161d", "#a50f16", "#f2c230", "#ffe58a"
    fringe = ""
    for x, y, out in along(6.6, 6.6, 1.9):
        a, b = polar(x, y, 0.62, out + math.pi / 2), polar(x, y, 0.62, out - math.pi / 2)
        tip = polar(x, y, 5.4, out)
        fringe += polygon([a, polar(*tip, 0.4, out + math.pi / 2), polar(*tip, 0.4, out - math.pi / 2), b])
    inner = polygon([(6.6, 6.6), (WIDTH - 6.6, 6.6), (WIDTH - 6.6, HEIGHT - 6.6), (6.6, HEIGHT - 6.6)])
    ornament = saw(13.4, 24, 3.4, 2.2)
    for x, y, _out in along(18, 24, 5.2):
        ornament += ring(x, y, 1.5, 1.1) + circle(x, y, 0.42)
    ears = "".join(
        petal(
            WIDTH / 2 + side * (19 + index * 1.2),
            60 - index * 5.0,
            5.6,
            0.95,
            side * (0.25 + index * 0.06) + turn,
        )
        for side in (-1, 1)
        for index in range(7)
        for turn in (0, side * 0.75)
    )
    return page(
        paper("#ffffff"),
        path(gold, fringe, "nonzero"),
        path(red, inner),
        path(dark, sunburst(WIDTH / 2, 108, 82)),
        path(gold, rectangle(8.6, 1.1) + rectangle(11, 0.4) + rectangle(21.2, 0.4)),
        path(gold, ornament),
        path(light, "".join(sunburst(x, y, 8.4, 12) for x, y in corners(17.2))),
        path(gold, ears, "nonzero"),
        path(gold, star(WIDTH / 2, 43, 14, 5.5, 5)),
    )


if __name__ == "__main__":
    for name, draw in {
        "lotus": lotus_frame,
        "drum": drum_frame,
        "wave": title_frame,
        "flag": flag_frame,
    }.items():
        (OUT / f"{name}.svg").write_text(draw(), encoding="utf-8")
