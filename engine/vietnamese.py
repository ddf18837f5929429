"""Vietnamese as administrative documents write it: numbers and amounts in words, dates, ranks,
percentages, sorting and accent-free searching.

``num2words`` is wrong for thousands of Vietnamese numbers (1005, 2 005 000, every negative one), so Vietnamese is
spelled here and other languages are left to it.
"""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date as Date
from decimal import Decimal
from functools import cache

DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
BILLION = 10**9
Whole = int | float | Decimal  # Odoo keeps money in floats: a whole number is asked for, whatever its type

# The Vietnamese alphabet, with f, j, w and z (foreign names) at their Latin places.
ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
LETTER_ORDER = {letter: order for order, letter in enumerate(ALPHABET, start=1)}
# Dictionary order of tones: level, huyền, hỏi, ngã, sắc, nặng.
TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}

# Letters that look like Đ and are another: the Icelandic and the African one, which converted fonts leave behind.
LOOK_ALIKES = {"\u00d0": "Đ", "\u0189": "Đ", "\u00f0": "đ", "\u0256": "đ"}
# What keyboards, Word and converters write for an apostrophe (H'Hen) and for a hyphen.
APOSTROPHES = "\u2018\u2019\u201b\u02bc\u02b9\u02bb\u2032\u00b4`\uff07"
HYPHENS = "\u2010\u2011\u2212\ufe63\uff0d"
DASHES = HYPHENS + "\u2012\u2013\u2014\u2015"
QUOTES = "'\"\u201c\u201d\u201e\u00ab\u00bb"
# Zero-width letters, byte order marks, soft hyphens and marks of direction: nobody sees them.
INVISIBLE = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]")
CONTROL = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff]"
)  # halves of letters too: no database takes them
TEXT_TABLE = str.maketrans(LOOK_ALIKES)
LINE_TABLE = str.maketrans({**LOOK_ALIKES, **dict.fromkeys(APOSTROPHES, "'"), **dict.fromkeys(HYPHENS, "-")})
NAME_TABLE = str.maketrans({**dict.fromkeys(APOSTROPHES + QUOTES, ""), **dict.fromkeys(DASHES, "-")})
KEY_TABLE = {**NAME_TABLE, ord("đ"): "d"}


# How a word is sorted: 0 and its value for a number, 1 and the places of its letters for a word; tones; the word.
WordKey = tuple[int, tuple[int, ...], tuple[int, ...], str]


# ----------------------------------------------------------------------------------------------------
# Numbers
# ----------------------------------------------------------------------------------------------------


def _tens_in_words(tens: int, unit: int) -> str:
    """Spell two digits of which ``tens`` is not zero.

    >>> _tens_in_words(1, 5), _tens_in_words(2, 1), _tens_in_words(2, 4), _tens_in_words(3, 0)
    ('mười lăm', 'hai mươi mốt', 'hai mươi bốn', 'ba mươi')
    """
    words = "mười" if tens == 1 else f"{DIGITS[tens]} mươi"
    if not unit:
        return words
    if unit == 5:
        return f"{words} lăm"
    if unit == 1 and tens > 1:
        return f"{words} mốt"
    return f"{words} {DIGITS[unit]}"


def _group_in_words(group: int, leading: bool) -> str:
    """Spell a group of three digits; a group that does not lead the number names its empty hundreds.

    >>> _group_in_words(5, leading=True), _group_in_words(5, leading=False)
    ('năm', 'không trăm linh năm')
    """
    hundreds, rest = divmod(group, 100)
    words = [] if leading and not hundreds else [f"{DIGITS[hundreds]} trăm"]
    if rest >= 10:
        words.append(_tens_in_words(*divmod(rest, 10)))
    elif rest:
        words.append(f"linh {DIGITS[rest]}" if words else DIGITS[rest])
    return " ".join(words)


def _below_billion_in_words(number: int, leading: bool) -> str:
    """Spell 1…999,999,999; groups that are zero are left out."""
    words: list[str] = []
    for size, name in ((10**6, "triệu"), (10**3, "nghìn"), (1, "")):
        group = number // size % 1000
        if group:
            words.append(_group_in_words(group, leading and not words))
            if name:
                words.append(name)
    return " ".join(words)


def _positive_in_words(number: int) -> str:
    """Spell any integer above zero: billions are counted with the same words ("một nghìn tỷ")."""
    billions, rest = divmod(number, BILLION)
    if not billions:
        return _below_billion_in_words(rest, leading=True)
    words = f"{_positive_in_words(billions)} tỷ"
    return f"{words} {_below_billion_in_words(rest, leading=False)}" if rest else words


def _as_integer(number: Whole) -> int:
    """Take an int, or a float or Decimal that holds a whole number (Odoo keeps money in floats).

    :raises ValueError: the number has a fraction, is infinite or is not a number
    """
    try:
        integer = int(number)
    except (OverflowError, TypeError) as error:
        raise ValueError(f"not a whole number: {number!r}") from error
    if integer != number:
        raise ValueError(f"not a whole number: {number!r}")
    return integer


def integer_in_words(number: Whole) -> str:
    """Spell an integer in Vietnamese, in lower case.

    :param number: any integer, negative ones included
    :raises ValueError: the number is not whole

    >>> integer_in_words(2_340_000)
    'hai triệu ba trăm bốn mươi nghìn'
    >>> [integer_in_words(n) for n in (0, 5, 10, 15, 21, 24)]
    ['không', 'năm', 'mười', 'mười lăm', 'hai mươi mốt', 'hai mươi bốn']
    >>> [integer_in_words(n) for n in (65, 71, 105, 111)]
    ['sáu mươi lăm', 'bảy mươi mốt', 'một trăm linh năm', 'một trăm mười một']

    A group after the first names its empty hundreds; a group of zeros is silent:

    >>> integer_in_words(1005), integer_in_words(1015)
    ('một nghìn không trăm linh năm', 'một nghìn không trăm mười lăm')
    >>> integer_in_words(2_005_000)
    'hai triệu không trăm linh năm nghìn'
    >>> integer_in_words(10_020_000), integer_in_words(10_000_005)
    ('mười triệu không trăm hai mươi nghìn', 'mười triệu không trăm linh năm')
    >>> integer_in_words(10**12), integer_in_words(10**15 + 1)
    ('một nghìn tỷ', 'một triệu tỷ không trăm linh một')
    >>> integer_in_words(-5)
    'âm năm'
    """
    number = _as_integer(number)
    if not number:
        return DIGITS[0]
    return f"âm {_positive_in_words(-number)}" if number < 0 else _positive_in_words(number)


def amount_in_words(amount: Whole) -> str:
    """Spell an amount of money as a decision writes it.

    :param amount: đồng, a whole number
    :raises ValueError: the amount is not whole

    >>> amount_in_words(2_340_000)
    'Hai triệu ba trăm bốn mươi nghìn đồng'
    >>> amount_in_words(0), amount_in_words(-1_000)
    ('Không đồng', 'Âm một nghìn đồng')
    """
    words = integer_in_words(amount)
    return f"{words[0].upper()}{words[1:]} đồng"


def amount_in_language(amount: Whole, language: str) -> str:
    """Spell an amount of money in the language of its reader, for parallel texts: awards to foreigners are in the
    law (Decree 152/2025/NĐ-CP, Article 48(4)). English where the language is unknown to ``num2words``.

    :param amount: đồng, a whole number
    :param language: a language code such as ``en``, ``en_US`` or ``vi``
    :raises ValueError: the amount is not whole

    >>> amount_in_language(2_340_000, "en"), amount_in_language(710_000, "vi_VN")
    ('Two million, three hundred and forty thousand dong', 'Bảy trăm mười nghìn đồng')
    """
    if language.split("_", maxsplit=1)[0].lower() == "vi":
        return amount_in_words(amount)
    from num2words import num2words

    number = _as_integer(amount)
    try:
        words = num2words(number, lang=language)
    except NotImplementedError:
        words = num2words(number, lang="en")
    return f"{words[0].upper()}{words[1:]} dong"


def format_amount(amount: Whole) -> str:
    """Write whole đồng in figures, a point between thousands.

    :param amount: đồng, a whole number
    :raises ValueError: the amount is not whole

    >>> format_amount(2_340_000), format_amount(-710_000.0), format_amount(0)
    ('2.340.000', '-710.000', '0')
    """
    return f"{_as_integer(amount):,}".replace(",", ".")


def format_decimal(number: Decimal | float | str, digits: int | None = None) -> str:
    """Write a number in figures: a comma before the fraction, a point between thousands, no needless zeros.

    :param number: int, Decimal, str or float (a float is taken as it prints)
    :param digits: at most this many digits after the comma, halves rounded away from zero; None keeps all

    >>> format_decimal(0.3), format_decimal('1.50'), format_decimal(1234.5), format_decimal(12)
    ('0,3', '1,5', '1.234,5', '12')
    >>> format_decimal('66.6666', 2), format_decimal('-0.004', 2)
    ('66,67', '0')
    """
    number = Decimal(str(number))
    if digits is not None:
        number = number.quantize(Decimal(1).scaleb(-digits), rounding="ROUND_HALF_UP")
    whole, _dot, fraction = f"{number:,f}".partition(".")
    fraction = fraction.rstrip("0")
    whole = whole.replace(",", ".")
    return f"{whole},{fraction}" if fraction else ("0" if whole == "-0" else whole)


def format_count(number: int) -> str:
    """Write how many in figures as a sentence does: two digits at least, a point between thousands.

    >>> format_count(5), format_count(12), format_count(1545)
    ('05', '12', '1.545')
    """
    return f"{number:02,}".replace(",", ".")


def with_measure(figure: str, measure: str | None) -> str:
    """Write a figure with what it counts: a sign of per cent follows at once, a word after a space.

    :param figure: as ``format_decimal`` writes it

    >>> with_measure("98,5", "%"), with_measure("12", "buổi"), with_measure("3", None)
    ('98,5%', '12 buổi', '3')
    """
    unit = (measure or "").strip()
    return f"{figure}{unit}" if unit[:1] in ("%", "‰") else f"{figure} {unit}".strip()


def join_words(words: Iterable[str]) -> str:
    """Return words as one enumeration.

    >>> join_words(["02 cá nhân", "01 tập thể", "03 hộ gia đình"]), join_words(["02 cá nhân", "01 tập thể"])
    ('02 cá nhân, 01 tập thể và 03 hộ gia đình', '02 cá nhân và 01 tập thể')
    >>> join_words([])
    ''
    """
    *before, last = [*words] or [""]
    return f"{', '.join(before)} và {last}" if before else last


def percentage(numerator: int, denominator: int, digits: int = 2) -> str:
    """Write a share in per cent, with a comma and without needless zeros, rounded half up exactly.

    :param numerator: part
    :param denominator: whole
    :param digits: digits after the comma
    :raises ZeroDivisionError: nothing to take a share of

    >>> percentage(13, 14), percentage(1, 2), percentage(2, 3, digits=0), percentage(14, 14)
    ('92,86%', '50%', '67%', '100%')
    """
    scale = 10**digits
    hundredths = (2 * 100 * scale * numerator + denominator) // (2 * denominator)
    return f"{format_decimal(Decimal(hundredths) / scale)}%"


# ----------------------------------------------------------------------------------------------------
# Dates
# ----------------------------------------------------------------------------------------------------


def administrative_date(date: Date) -> str:
    """Write a date as administrative documents do: a zero before days below 10 and before months 1 and 2
    (Decree 30/2020/NĐ-CP, Annex I).

    :param date: the date

    >>> administrative_date(Date(2026, 1, 5)), administrative_date(Date(2026, 3, 20))
    ('ngày 05 tháng 01 năm 2026', 'ngày 20 tháng 3 năm 2026')
    """
    month = f"{date.month:02}" if date.month < 3 else f"{date.month}"
    return f"ngày {date.day:02} tháng {month} năm {date.year}"


def short_date(date: Date) -> str:
    """Write a date in figures, with a zero where one could be added by hand: days below 10, months 1 and 2.

    >>> short_date(Date(2024, 6, 28)), short_date(Date(2026, 1, 5))
    ('28/6/2024', '05/01/2026')
    """
    month = f"{date.month:02}" if date.month < 3 else f"{date.month}"
    return f"{date.day:02}/{month}/{date.year}"


# ----------------------------------------------------------------------------------------------------
# Searching and sorting
# ----------------------------------------------------------------------------------------------------


def drop_unstorable(text: str) -> str:
    """Leave out what no database stores and no page shows: control signs and broken halves of letters.

    >>> drop_unstorable("<p>a" + chr(0) + "b" + chr(0xD800) + "c</p>")
    '<p>abc</p>'
    """
    return CONTROL.sub("", text)


def clean_line(text: str) -> str:
    """Write a name, a code or a number with the letters it is meant to have, however it was typed or pasted:
    composed letters, Đ for what looks like it, one apostrophe, one hyphen, plain single spaces, nothing invisible.

    :param text: any text; what is not a text is returned as it is

    >>> clean_line('\\u00d0\\u00f4\\u0303\\u200b\\u00a0 Thi\\u0323 \\u00d0a\\u0300o ')
    'Đỗ Thị Đào'
    >>> clean_line('H\\u2019Hen  Ni\\u00ea'), clean_line('02\\u2011H\\u0110'), clean_line(False)
    ("H'Hen Niê", '02-HĐ', False)
    """
    if not isinstance(text, str):
        return text
    text = CONTROL.sub("", INVISIBLE.sub("", unicodedata.normalize("NFC", text))).translate(LINE_TABLE)
    return " ".join(unicodedata.normalize("NFC", text).split())


def clean_text(text: str) -> str:
    """Write a longer text with the letters it is meant to have; its lines, quotation marks and dashes stay.

    :param text: any text; what is not a text is returned as it is

    >>> clean_text('\\ufeffTa\\u0323i \\u00d0\\u00e0 N\\u1eb5ng \\u2013 \\u201ctốt\\u201d\\r\\nn\\u0103m 2026')
    'Tại Đà Nẵng – “tốt”\\nnăm 2026'
    """
    if not isinstance(text, str):
        return text
    text = CONTROL.sub("", INVISIBLE.sub("", text.replace("\r\n", "\n")))
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).translate(TEXT_TABLE))


def search_key(text: str | None) -> str:
    """Reduce a text to what a hurried person types: no accents, đ (and what looks like it) as d, lower case,
    no apostrophes or quotation marks, one kind of hyphen, nothing invisible, single spaces.

    :param text: any text; False and None are taken as empty

    >>> search_key('Lao  động\\u00a0tiên tiến'), search_key(None)
    ('lao dong tien tien', '')
    >>> search_key('\\u00d0\\u1ed7 Th\\u1ecb \\u0189\\u00e0o\\u200b')
    'do thi dao'
    >>> search_key('H\\u2019Hen') == search_key("H'HEN") == 'hhen'
    True

    Composed and decomposed letters give the same key:

    >>> search_key('đ\\u00f4\\u0323') == search_key('\\u0111\\u1ed9') == 'do'
    True
    """
    text = CONTROL.sub("", INVISIBLE.sub("", text or "")).translate(TEXT_TABLE)
    letters = unicodedata.normalize("NFD", text.casefold())
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(plain.translate(KEY_TABLE).split())


def name_key(text: str | None) -> str:
    """Reduce a name to what tells it from another: its letters with their accents, however it is written. Capitals,
    quotation marks and the letter that bears the tone (*thuý* or *thúy*) make no other name; another tone does.

    :param text: any text; False and None are taken as empty

    >>> name_key('HOÀNG  Thuý Hoà') == name_key('Hoàng Thúy Hòa')
    True
    >>> len({name_key(name) for name in ('Thu Thủy', 'Thu Thu\\u1ef7', 'Thu Thúy', 'Thu Thùy', 'Thu Thuy')})
    4
    >>> name_key('Đội “Xung kích”') == name_key('đội "xung kích"'), name_key('Dũng') == name_key('Đũng')
    (True, False)
    >>> name_key('Tân') == name_key('Tấn'), name_key('Hoa\\u0300') == name_key('Hoà'), name_key(None)
    (False, True, '')
    """
    letters = clean_line(text or "").casefold().translate(NAME_TABLE)
    return " ".join(map(_tone_last, letters.split()))


def _tone_last(word: str) -> str:
    """Write the tone of a word behind its letters.

    >>> _tone_last('thuý') == _tone_last('thúy') == 'thuy\\u0301'
    True
    """
    marks = unicodedata.normalize("NFD", word)
    letters = "".join(mark for mark in marks if mark not in TONES)
    return letters + "".join(mark for mark in marks if mark in TONES)


def initials(text: str | None) -> str:
    """Give the first letters of the words, as titles are abbreviated in speech.

    :param text: any text

    >>> initials('Lao động tiên tiến'), initials('Chiến sĩ thi đua Bộ, ban, ngành')
    ('ldtt', 'cstdbbn')
    """
    return "".join(word[0] for word in re.findall(r"[a-z0-9]+", search_key(text)))


@cache
def _letter_and_tone(letter: str) -> tuple[int, int]:
    """Split a lower-case letter into its place in the alphabet and its tone.

    >>> _letter_and_tone('ấ') == (LETTER_ORDER['â'], TONES['\\u0301'])
    True
    """
    decomposed = unicodedata.normalize("NFD", letter)
    tone = next((TONES[mark] for mark in decomposed if mark in TONES), 0)
    base = unicodedata.normalize("NFC", "".join(mark for mark in decomposed if mark not in TONES))
    # Letters of other scripts and accents unknown to Vietnamese come after the alphabet, in code point order.
    return LETTER_ORDER.get(base) or LETTER_ORDER.get(decomposed[0]) or len(ALPHABET) + ord(base[0]), tone


def _word_key(word: str) -> WordKey:
    """Key of one word: numbers before letters and by value; letters first, tones second, capitals last."""
    if word.isdecimal():
        return 0, (int(word),), (), word
    letters, tones = zip(*(_letter_and_tone(letter) for letter in word.lower()), strict=True)
    return 1, letters, tones, word


def collation_key(text: str | None) -> tuple[WordKey, ...]:
    """Key that sorts texts the Vietnamese way, syllable by syllable: letters as a ă â b c d đ e ê …,
    then tones as level, huyền, hỏi, ngã, sắc, nặng; numbers by value.

    :param text: any text; False and None sort first

    >>> sorted(['Đức', 'Dũng', 'Ân', 'An', 'Ánh', 'Anh', 'Zung', 'Ăn'], key=collation_key)
    ['An', 'Anh', 'Ánh', 'Ăn', 'Ân', 'Dũng', 'Đức', 'Zung']
    >>> sorted(['má', 'mạ', 'ma', 'mả', 'mã', 'mà'], key=collation_key)
    ['ma', 'mà', 'mả', 'mã', 'má', 'mạ']
    >>> sorted(['Zung', '\\u00d0ức', 'Dũng'], key=collation_key) == ['Dũng', '\\u00d0ức', 'Zung']
    True
    >>> sorted(['Phòng 10', 'Phòng 2', 'Phòng Hành chính'], key=collation_key)
    ['Phòng 2', 'Phòng 10', 'Phòng Hành chính']
    """
    words = re.findall(r"\d+|[^\W\d_]+", clean_line(text or ""))
    return tuple(_word_key(word) for word in words)


def sort_key(name: str | None) -> tuple[tuple[WordKey, ...], ...]:
    """Key that sorts persons by given name (the last word), then family name (the first), then middle names.

    :param name: full name in Vietnamese order

    >>> sorted(['Trần Thị Ánh', 'Nguyễn Văn Bình', 'Lê An', 'Nguyễn Thị An', 'Nguyễn An'], key=sort_key)
    ['Lê An', 'Nguyễn An', 'Nguyễn Thị An', 'Trần Thị Ánh', 'Nguyễn Văn Bình']
    """
    words = collation_key(name)
    return words[-1:], words[:1], words[1:-1]


def sort_text(name: str | None, is_person: bool = True) -> str:
    """Write ``sort_key`` (or ``collation_key``) as a text that a database sorts the same way, byte by byte.

    :param name: name of a person or, with ``is_person=False``, of anything else

    >>> names = ['Trần Thị Ánh', 'Nguyễn Văn Bình', 'Lê An', 'Nguyễn Thị An', 'Nguyễn An', 'Lê Ân', 'Phòng 10']
    >>> sorted(names, key=sort_text) == sorted(names, key=sort_key)
    True
    >>> sorted(['Tổ 10', 'Tổ 2', 'Đội 1'], key=lambda name: sort_text(name, is_person=False))
    ['Đội 1', 'Tổ 2', 'Tổ 10']
    """
    parts = sort_key(name) if is_person else (collation_key(name),)
    # A space ends a list and is lower than whatever may stand in it, so that the shorter goes first.
    return "".join("".join(map(_word_text, words)) + " " for words in parts)


def _word_text(key: WordKey) -> str:
    kind, letters, tones, word = key
    if kind == 0:
        return f"0{len(str(letters[0])):03d}{letters[0]} {word} "
    return f"1{''.join(map(_order_text, letters))} {''.join(map(str, tones))} {word} "


def _order_text(place: int) -> str:
    """Write the place of a letter: one character for the alphabet, ``~`` and seven digits for other scripts."""
    return chr(0x21 + place) if place < 0x50 else f"~{place:07d}"
