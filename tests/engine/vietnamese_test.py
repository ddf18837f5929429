"""Words, dates and sorting. The oracle spells numbers by another method than the engine: every group of
three digits in full, then trimmed by rules on the text; and a reader turns words back into numbers.
"""

import datetime
import random
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import vietnamese

NAMES = "không một hai ba bốn năm sáu bảy tám chín".split()
UNITS = ["", "nghìn", "triệu", "tỷ", "nghìn tỷ", "triệu tỷ"]
LETTERS = st.text(st.sampled_from("aăâbcdđeêghiklmnoôơpqrstuưvxyàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệ AĐƠ"), max_size=12)


def oracle(number):
    """Spell by reading every group in full ("không trăm linh …"), then trimming by textual rules."""
    if number < 0:
        return "âm " + oracle(-number)
    text = str(number)
    text = text.zfill(-(-len(text) // 3) * 3)
    groups = [text[start : start + 3] for start in range(0, len(text), 3)]
    parts = []
    for position, (hundreds, tens, unit) in enumerate(groups):
        if hundreds + tens + unit == "000":
            continue
        full = f"{NAMES[int(hundreds)]} trăm {NAMES[int(tens)]} mươi {NAMES[int(unit)]}"
        for old, new in (
            ("không mươi không", ""),
            ("không mươi", "linh"),
            ("mươi không", "mươi"),
            (" một mươi", " mười"),
            ("mươi một", "mươi mốt"),
            ("mươi năm", "mươi lăm"),
            ("mười năm", "mười lăm"),
        ):
            full = full.replace(old, new)
        parts.append((len(groups) - 1 - position, full.strip()))
    if not parts:
        return "không"
    if parts[0][0] == len(groups) - 1:
        first = parts[0][1].removeprefix("không trăm ").removeprefix("linh ")
        parts[0] = (parts[0][0], first)
    words = []
    for index, (power, full) in enumerate(parts):
        name = UNITS[power]
        # "tỷ" is said once for all the billions: one thousand two hundred billion.
        if power > 3 and any(other >= 3 for other, _words in parts[index + 1 :]):
            name = name.removesuffix(" tỷ")
        words += [full, name]
    return " ".join(" ".join(words).split())


def read_back(words):
    """Turn words back into the number."""
    if words.startswith("âm "):
        return -read_back(words.removeprefix("âm "))
    values = dict(zip(NAMES, range(10), strict=True)) | {"mốt": 1, "lăm": 5, "linh": 0, "mười": 10}
    billions = group = total = digit = 0
    for word in words.split():
        if word in values:
            group, digit = group + digit, values[word]
        elif word == "mươi":
            digit *= 10
        elif word == "trăm":
            digit *= 100
        elif word in ("nghìn", "triệu"):
            total, group, digit = total + (group + digit) * {"nghìn": 10**3, "triệu": 10**6}[word], 0, 0
        elif word == "tỷ":
            billions, total, group, digit = (billions + total + group + digit) * 10**9, 0, 0, 0
        else:
            raise AssertionError(word)
    return billions + total + group + digit


def test_every_number_to_99_999():
    for number in range(100_000):
        words = vietnamese.integer_in_words(number)
        assert words == oracle(number), number
        assert read_back(words) == number


def test_random_numbers_to_10_to_the_15():
    generator = random.Random(20261120)
    for _turn in range(20_000):
        number = generator.randrange(10 ** generator.randint(5, 15))
        words = vietnamese.integer_in_words(number)
        assert words == oracle(number), number
        assert read_back(words) == number


def test_round_numbers():
    for power in range(16):
        for factor in (1, 2, 5, 15, 21, 105):
            for extra in (0, 1, 5, 15, 1_000, 5_000_000):
                number = factor * 10**power + extra
                assert vietnamese.integer_in_words(number) == oracle(number), number


@given(st.integers(min_value=-(10**15), max_value=10**15))
def test_words_read_back(number):
    words = vietnamese.integer_in_words(number)
    assert read_back(words) == number
    assert words == " ".join(words.split()) == words.lower()


@given(st.integers(min_value=1))
def test_negative_numbers(number):
    assert vietnamese.integer_in_words(-number) == "âm " + vietnamese.integer_in_words(number)


def test_amounts():
    assert vietnamese.amount_in_words(2_340_000.0) == "Hai triệu ba trăm bốn mươi nghìn đồng"
    assert vietnamese.amount_in_words(1_010_005) == "Một triệu không trăm mười nghìn không trăm linh năm đồng"
    assert vietnamese.amount_in_words(4_000_000) == "Bốn triệu đồng"


@pytest.mark.parametrize("number", [1.5, float("inf"), float("nan"), None, "một"])
def test_only_whole_numbers(number):
    with pytest.raises(ValueError):
        vietnamese.amount_in_words(number)


def test_other_languages_are_left_to_num2words():
    assert vietnamese.amount_in_language(21_000, "fr_FR") == "Vingt et un mille dong"
    assert vietnamese.amount_in_language(21_000, "tlh") == "Twenty-one thousand dong"
    assert vietnamese.amount_in_language(1_005, "vi") == "Một nghìn không trăm linh năm đồng"
    with pytest.raises(ValueError):
        vietnamese.amount_in_language(1.5, "en")


@given(st.dates())
def test_dates(date):
    words = vietnamese.administrative_date(date).split()
    assert datetime.date(int(words[5]), int(words[3]), int(words[1])) == date
    assert len(words[1]) == 2
    assert words[3].startswith("0") == (date.month < 3)


@given(st.integers(0, 500), st.integers(1, 500), st.integers(0, 4))
def test_percentages_round_half_up(numerator, denominator, digits):
    text = vietnamese.percentage(numerator, denominator, digits)
    assert "." not in text or numerator >= 10 * denominator
    value = text.removesuffix("%").replace(".", "")
    whole, _comma, fraction = value.partition(",")
    scaled = int(whole + fraction.ljust(digits, "0"))
    assert abs(scaled * denominator - numerator * 100 * 10**digits) * 2 <= denominator
    assert not fraction.endswith("0")


@given(st.integers())
def test_figures_read_back(amount):
    assert int(vietnamese.format_amount(amount).replace(".", "")) == amount


@given(st.text())
def test_search_key_is_stable(text):
    key = vietnamese.search_key(text)
    assert vietnamese.search_key(key) == key
    assert vietnamese.search_key(unicodedata.normalize("NFD", text)) == key


def test_every_vietnamese_letter_searches_as_plain():
    tones = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
    for letter in [*(vowel + tone for vowel in "aăâeêioôơuưy" for tone in tones), "đ"]:
        for form in (letter, unicodedata.normalize("NFC", letter), letter.upper()):
            assert vietnamese.search_key(form) in tuple("aeiouyd")


@given(st.lists(LETTERS), st.randoms())
def test_sorting_does_not_depend_on_the_first_order(names, generator):
    shuffled = names[:]
    generator.shuffle(shuffled)
    for key in (vietnamese.sort_key, vietnamese.collation_key):
        assert sorted(map(key, names)) == sorted(map(key, shuffled))


@given(st.lists(st.text(), min_size=2))
def test_any_text_can_be_sorted(names):
    sorted(names, key=vietnamese.sort_key)
    sorted(names, key=vietnamese.collation_key)


def test_names_by_given_name():
    names = ["Phạm Thị Hạnh", "Đỗ Văn Đạt", "Bùi Thị Hà", "Vũ Dũng", "Nguyễn Thị Hà", "Lê Văn Ân", "Trần An"]
    assert sorted(names, key=vietnamese.sort_key) == [
        "Trần An",
        "Lê Văn Ân",
        "Vũ Dũng",
        "Đỗ Văn Đạt",
        "Bùi Thị Hà",
        "Nguyễn Thị Hà",
        "Phạm Thị Hạnh",
    ]


@given(st.text())
def test_clean_lines_stay_as_they_are(text):
    line = vietnamese.clean_line(text)
    assert vietnamese.clean_line(line) == line
    assert vietnamese.clean_line(unicodedata.normalize("NFD", text)) == line
    assert vietnamese.search_key(line) == vietnamese.search_key(text)
    assert unicodedata.is_normalized("NFC", line)


@given(st.text())
def test_clean_texts_stay_as_they_are(text):
    clean = vietnamese.clean_text(text)
    assert vietnamese.clean_text(clean) == clean
    assert vietnamese.search_key(clean) == vietnamese.search_key(text)


def test_one_name_however_it_was_typed():
    name = "Đỗ Thị H'Đào Niê"
    forms = [
        unicodedata.normalize("NFD", name),
        name.replace("Đ", "\u00d0"),
        name.replace("Đ", "\u0189"),
        name.replace("'", "\u2019"),
        name.replace("'", "\u02bc"),
        name.replace("'", "`"),
        name.replace(" ", "\u00a0"),
        f"\ufeff{name}\u200b",
        name.replace("Thị", "Th\u00adị"),
        f"  {name.replace(' ', '   ')}\t",
    ]
    for form in forms:
        assert vietnamese.clean_line(form) == name
        assert vietnamese.search_key(form) == "do thi hdao nie"
        assert vietnamese.sort_key(form) == vietnamese.sort_key(name)


def test_look_alikes_sort_after_d():
    names = ["Dũng", "\u00d0ức", "\u0189ức Hùng", "Giang", "Zung"]
    assert sorted(names, key=vietnamese.collation_key) == names
