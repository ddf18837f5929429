"""What cells mean: dates, numbers, years, periods, decisions, as Vietnamese offices write them.

Each function returns None for an empty cell and raises ``ValueError`` for what cannot be read.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from .letters import clean_line, search_key
from .sheet import Cell, is_empty, text_of

FIRST_YEAR, LAST_YEAR = 1900, 2200
# Day 0 of Excel, which takes 1900 for a leap year.
EXCEL_ORIGIN = date(1899, 12, 30)
SERIALS = range(3_654, 109_574)  # 1910 to 2199
YEAR = re.compile(r"(?<!\d)(19\d\d|20\d\d|21\d\d)(?!\d)")
PARTS = re.compile(r"(?<!\d)(\d{1,4})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{4}|\d{2})(?!\d)")
WORDS = re.compile(r"(?<!\d)(\d{1,2})\s*thang\s*(\d{1,2})\s*nam\s*(\d{4})")
ISO = re.compile(r"(\d{4})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{1,2})")
# A number of a document: figures, a stroke, and letters with strokes, points and hyphens after it.
NUMBER = re.compile(r"(\d+[a-zđ]?)\s*/\s*((?:\d{4}\s*/\s*)?[a-zđ][\wđĐ.&]*(?:\s*-\s*[a-zđ][\wđĐ.&]*)*)", re.I)
# A number without its symbol: "Quyết định số 12 ngày …".
BARE_NUMBER = re.compile(r"\b(?:số|so)\s*:?\s*(\d+)(?![\d/])", re.I)
ISSUER = re.compile(r"\b(?:của|cua)\s+(.+?)(?:\)|;|,?\s*\b(?:ngày|ngay)\b|$)", re.I)
ISSUED = re.compile(r"(?:ngày|ng\.)\s*([\d/.\- ]{6,12}|\d{1,2}\s*tháng\s*\d{1,2}\s*năm\s*\d{4})", re.I)


def read_text(value: Cell) -> str | None:
    """Return a cell as one clean line.

    >>> read_text("  Nguyễn\\nVăn  An "), read_text(12.0), read_text(None)
    ('Nguyễn Văn An', '12', None)
    """
    return None if is_empty(value) else clean_line(text_of(value)) or None


def read_lines(value: Cell) -> str | None:
    """Return a cell as it was typed, line by line.

    >>> read_lines(" Lấy số cuối kỳ. \\n Ghi rõ  nguồn."), read_lines("")
    ('Lấy số cuối kỳ.\\nGhi rõ nguồn.', None)
    """
    if is_empty(value):
        return None
    return "\n".join(filter(None, map(clean_line, text_of(value).splitlines()))) or None


def read_date(value: Cell, day_first: bool = True) -> date | None:
    """Return a date: a date cell, a serial number of Excel, d/m/Y, m/d/Y, Y-m-d or words.

    :param bool day_first: False where the column writes the month first
    :raises ValueError: it is no date, or it is two

    >>> [str(read_date(value)) for value in ("5/1/2020", "05-01-20", 43835, "2020-01-05", "Ngày 05 tháng 01 năm 2020")]
    ['2020-01-05', '2020-01-05', '2020-01-05', '2020-01-05', '2020-01-05']
    >>> str(read_date("1/25/2020", day_first=False)), read_date(" ")
    ('2020-01-25', None)
    >>> read_date("31/02/2020")
    Traceback (most recent call last):
    ValueError: 31/02/2020
    >>> read_date("05/01/2020, 06/01/2020")
    Traceback (most recent call last):
    ValueError: 05/01/2020, 06/01/2020
    """
    if is_empty(value):
        return None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = text_of(value)
    key = search_key(text)
    parts = None if len(set(PARTS.findall(key))) > 1 else _split_date(key, day_first)
    if isinstance(parts, date):
        return parts
    if parts is None:
        raise ValueError(text)
    try:
        return date(*parts)
    except ValueError as error:
        raise ValueError(text) from error


def _split_date(text: str, day_first: bool) -> date | tuple[int, ...] | None:
    """Return a date, or (year, month, day), or None."""
    serial = text.removesuffix(".0")
    if serial.isdecimal() and int(serial) in SERIALS and len(serial) == 5:
        return EXCEL_ORIGIN + timedelta(days=int(serial))
    if found := WORDS.search(text):
        return tuple(map(int, found.groups()))[::-1]
    if found := ISO.search(text):
        return tuple(map(int, found.groups()))
    if found := PARTS.search(text):
        first, second, year = map(int, found.groups())
        year += 2000 if year < 70 else 1900 if year < 100 else 0
        return (year, second, first) if day_first else (year, first, second)
    return None


def month_comes_first(values: Iterable[Cell]) -> bool:
    """Tell whether a column of dates written as text puts the month first.

    :param values: cells
    :return: True if one can only be read so and none can only be read the other way

    >>> month_comes_first(["1/5/2020", "3/25/2020"]), month_comes_first(["1/5/2020"]), month_comes_first(["25/3/2020"])
    (True, False, False)
    """
    first, second = 0, 0
    for value in values:
        found = PARTS.search(value) if isinstance(value, str) and not ISO.search(value) else None
        if found:
            first = max(first, int(found[1]))
            second = max(second, int(found[2]))
    return second > 12 >= first


def may_be_swapped(values: Sequence[Cell]) -> bool:
    """Tell whether a program took the days of a column for months: it holds texts like 25/3/2020, which the
    program could not read, beside real dates whose days all could be months.

    >>> may_be_swapped(["25/3/2020", date(2020, 5, 1)]), may_be_swapped(["25/3/2020", date(2020, 5, 14)])
    (True, False)
    """
    texts = [found for value in values if isinstance(value, str) and (found := PARTS.search(value))]
    dates = [value for value in values if isinstance(value, date)]
    return bool(dates) and any(int(text[1]) > 12 for text in texts) and all(day.day <= 12 for day in dates)


def read_year(value: Cell) -> int | None:
    """Return a year: 2020, "Năm 2020", a date of that year.

    >>> read_year("năm 2020"), read_year(2020.0), read_year(date(2020, 5, 1)), read_year("")
    (2020, 2020, 2020, None)
    >>> read_year("2019-2020")
    Traceback (most recent call last):
    ValueError: 2019-2020
    """
    if is_empty(value):
        return None
    if isinstance(value, date):
        return value.year
    years = {int(year) for year in YEAR.findall(text_of(value))}
    if len(years) != 1:
        raise ValueError(text_of(value))
    return years.pop()


def read_period(value: Cell) -> tuple[date, date] | None:
    """Return the first and the last day of a period.

    >>> [str(day) for day in read_period("Năm 2020")]
    ['2020-01-01', '2020-12-31']
    >>> [str(day) for day in read_period("giai đoạn 2016 - 2020")]
    ['2016-01-01', '2020-12-31']
    >>> [str(day) for day in read_period("Năm học 2019-2020")]
    ['2019-08-01', '2020-07-31']
    >>> [str(day) for day in read_period("từ 01/6/2019 đến 31/5/2020")]
    ['2019-06-01', '2020-05-31']
    """
    if is_empty(value):
        return None
    if isinstance(value, date):
        return date(value.year, 1, 1), date(value.year, 12, 31)
    text = search_key(text_of(value))
    days = [day for found in PARTS.finditer(text) if (day := read_date(found[0]))]
    if len(days) == 2 and days[0] <= days[1]:
        return days[0], days[1]
    years = [int(year) for year in YEAR.findall(text)]
    if not years or len(years) > 2 or years[0] > years[-1] or days:
        raise ValueError(text_of(value))
    if "nam hoc" in text and len(years) == 2:
        return date(years[0], 8, 1), date(years[1], 7, 31)
    return date(years[0], 1, 1), date(years[-1], 12, 31)


def read_number(value: Cell) -> float | None:
    """Return a number: 1.234,5 and 1,234.5 and 1 234; a comma alone stands before a fraction, a point alone with three
    figures after it between thousands.

    >>> [read_number(value) for value in ("1.234,5", "1,234.5", "1 234 đ", "9,5", "10", 7, "80%", "1.234.567", "1.250")]
    [1234.5, 1234.5, 1234.0, 9.5, 10.0, 7.0, 80.0, 1234567.0, 1250.0]
    >>> read_number("mười")
    Traceback (most recent call last):
    ValueError: mười
    """
    if is_empty(value):
        return None
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        if value != value or abs(value) >= 1e15:
            raise ValueError(str(value))
        return float(value)
    text = re.sub(r"(?:đồng|điểm|vnđ|vnd|đ|%|\s)", "", clean_line(text_of(value)).lower())
    points, commas = text.count("."), text.count(",")
    if points and commas:
        last = "," if text.rindex(",") > text.rindex(".") else "."
        text = text.replace("." if last == "," else ",", "").replace(",", ".")
    elif commas == 1:
        text = text.replace(",", ".")
    elif commas or points > 1 or re.fullmatch(r"-?[1-9]\d{0,2}\.\d{3}", text):
        text = text.replace(",", "").replace(".", "")
    if not re.fullmatch(r"-?\d{1,15}(?:\.\d+)?", text):
        raise ValueError(text_of(value))
    return float(text)


def read_identity(value: Cell) -> str | None:
    """Return an identity number as figures; a zero that a spreadsheet cut off at the front is given back.

    >>> read_identity("001 085 000 123"), read_identity(1085000123.0), read_identity("012345678")
    ('001085000123', '001085000123', '012345678')
    """
    if is_empty(value):
        return None
    text = re.sub(r"[\s.\-']", "", clean_line(text_of(value)))
    if not text.isdecimal() or len(text) > 12:
        raise ValueError(text_of(value))
    if len(text) in (8, 9):
        return text.zfill(9)
    if len(text) in (10, 11, 12):
        return text.zfill(12)
    raise ValueError(text_of(value))


def read_sex(value: Cell) -> str | None:
    """Return ``male`` or ``female``.

    >>> read_sex("Nữ"), read_sex("x"), read_sex(None)
    ('female', None, None)
    """
    words = {"nam": "male", "ong": "male", "male": "male", "m": "male"}
    words |= {"nu": "female", "ba": "female", "female": "female", "f": "female"}
    return words.get(search_key(text_of(value)))


class DecisionText(NamedTuple):
    """A decision as lists cite it: number with symbol, date, who signed."""

    number: str | None
    date: date | None
    issuer: str | None


def read_decision(value: Cell) -> DecisionText | None:
    """Return what a text says of a decision.

    >>> read_decision("Số 12/QĐ-SNV ngày 05/01/2021 của Giám đốc Sở Nội vụ")
    DecisionText(number='12/QĐ-SNV', date=datetime.date(2021, 1, 5), issuer='Giám đốc Sở Nội vụ')
    >>> read_decision("QĐ 345/2019/QĐ-UBND"), read_decision("(Kèm theo Quyết định)")
    (DecisionText(number='345/2019/QĐ-UBND', date=None, issuer=None), None)
    >>> read_decision("Quyết định số 15/QĐ-SNV ngày 08 tháng 01 năm 2020").date
    datetime.date(2020, 1, 8)
    >>> read_decision("số 12 của Giám đốc Sở ngày 5/1/2021")
    DecisionText(number='12', date=datetime.date(2021, 1, 5), issuer='Giám đốc Sở')
    """
    text = read_text(value)
    if not text:
        return None
    number = NUMBER.search(text)
    issued = ISSUED.search(text) or PARTS.search(text)
    issuer = ISSUER.search(text)
    if not number and not issued:
        return None
    day = None
    if issued:
        try:
            day = read_date(issued[1] if issued.re is ISSUED else issued[0])
        except ValueError:
            day = None
    bare = BARE_NUMBER.search(text)
    return DecisionText(
        _write_number(number) if number else bare[1] if bare else None,
        day,
        (issuer and issuer[1].strip(" .,")) or None,
    )


def _write_number(found: re.Match[str]) -> str:
    symbol = re.sub(r"\s+", "", found[2])
    return f"{found[1]}/{symbol}"


def split_decisions(value: Cell) -> list[str]:
    """Return the numbers of the decisions a cell names, each once.

    >>> split_decisions("12/QĐ-SNV ngày 05/01/2021\\n13 / QĐ-SNV; 12/QĐ-SNV"), split_decisions("số 12")
    (['12/QĐ-SNV', '13/QĐ-SNV'], [])
    """
    return list(dict.fromkeys(map(_write_number, NUMBER.finditer(text_of(value)))))


def read_code(value: Cell) -> str | None:
    """Return a code exactly as the sheet shows it: 1.10 is not 1.1.

    >>> from office.sheet import Shown
    >>> read_code(Shown(1.1, "1.10")), read_code(1.1), read_code("A1 ")
    ('1.10', '1.1', 'A1')
    """
    return read_text(value)
