"""How the text of an administrative document is counted off and joined: letters of points, names inside a sentence.

Plain Python, no Odoo.
"""

from collections.abc import Iterable

# Points are lettered in the Vietnamese order (Decree 30/2020/NĐ-CP, Annex I), without f, j, w, z.
LETTERS = "abcdđeghiklmnopqrstuvxy"
# Names of campaigns begin with one of these words, a common noun; any other first word is a name or an abbreviation.
COMMON_NOUNS = frozenset(
    "phong thi cuộc đợt kế chương hội cao chiến tháng tuần ngày năm công việc tổ sơ tổng báo kết lễ chuyên".split()
)


def letter(place: int) -> str:
    """Return the letter of a point; after *y* come *aa*, *ab* and so on.

    :param place: 0 for the first

    >>> "".join(letter(place) for place in range(7)), letter(22), letter(23), letter(24)
    ('abcdđeg', 'y', 'aa', 'ab')
    """
    round_, rest = divmod(place, len(LETTERS))
    return (letter(round_ - 1) if round_ else "") + LETTERS[rest]


def roman(number: int) -> str:
    """Return a Roman figure, as parts of a plan bear it.

    >>> [roman(number) for number in (1, 4, 9, 14, 40)]
    ['I', 'IV', 'IX', 'XIV', 'XL']
    """
    text = ""
    for value, sign in (
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ):
        times, number = divmod(number, value)
        text += sign * times
    return text


def mark(style: str, place: int) -> str:
    """Return what stands before a point.

    :param style: ``number`` (1.), ``letter`` (a)), ``roman`` (I.), ``dash`` (-) or ``none``
    :param place: 0 for the first of its row

    >>> [mark(style, 4) for style in ("number", "letter", "roman", "dash", "none")]
    ['5.', 'đ)', 'V.', '-', '']
    """
    return {
        "number": f"{place + 1}.",
        "letter": f"{letter(place)})",
        "roman": f"{roman(place + 1)}.",
        "dash": "-",
        "none": "",
    }[style]


def inside_sentence(name: str) -> str:
    """Return a title as it stands inside a sentence: only a common noun loses its capital.

    >>> inside_sentence("Phong trào thi đua năm 2022"), inside_sentence("PTTĐ năm 2022")
    ('phong trào thi đua năm 2022', 'PTTĐ năm 2022')
    >>> inside_sentence("Lào Cai đoàn kết"), inside_sentence("")
    ('Lào Cai đoàn kết', '')
    """
    first = name.split(" ", 1)[0]
    is_common = first[1:] == first[1:].lower() and first.lower() in COMMON_NOUNS
    return name[:1].lower() + name[1:] if is_common else name


def end_sentence(text: str, sign: str = ".") -> str:
    """Return a line that ends with one sign, whatever it ended with.

    >>> end_sentence("Theo dõi, đôn đốc;"), end_sentence("Đã xong."), end_sentence("Thế à?"), end_sentence(" ")
    ('Theo dõi, đôn đốc.', 'Đã xong.', 'Thế à?', '')
    """
    text = text.strip()
    if not text or text[-1] in "?!…":
        return text
    return text.rstrip(" .;,:") + sign


def marks(rows: Iterable[tuple[int, str]]) -> list[str]:
    """Return what stands before each point of a text; a row of points starts anew below each new point above it.

    :param rows: (level, style) of each point in the order of the text; level 1 is the outermost

    >>> marks([(1, "number"), (2, "letter"), (2, "letter"), (1, "number"), (2, "letter"), (1, "none")])
    ['1.', 'a)', 'b)', '2.', 'a)', '']
    """
    counts: dict[int, int] = {}
    found = []
    for level, style in rows:
        counts = {known: count for known, count in counts.items() if known <= level}
        found.append(mark(style, counts.get(level, 0)))
        if style != "none":
            counts[level] = counts.get(level, 0) + 1
    return found


def end_lines(lines: Iterable[str]) -> list[str]:
    """Return the lines of a list, each with a semicolon, the last with a full stop.

    >>> end_lines(["Luật A;", "Chỉ thị B"]), end_lines([])
    (['Luật A;', 'Chỉ thị B.'], [])
    """
    bare = [line.rstrip(" .;") for line in lines]
    return [f"{line};" for line in bare[:-1]] + [f"{line}." for line in bare[-1:]]
