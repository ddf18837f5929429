"""The handbooks name what is on the screen, in both languages alike, and every link leads somewhere."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

HOME = Path(__file__).resolve().parents[2]
BOOKS = HOME / "docs" / "handbooks"
PAGES = sorted(path.name for path in (BOOKS / "vi").glob("*.md"))


@pytest.fixture(scope="module")
def said():
    """Return ``{English: Vietnamese}`` of the screens; tags around a text are not read."""
    with (HOME / "i18n" / "vi.po").open("rb") as file:
        catalogue = read_po(file, locale="vi")
    return {plain(one.id): plain(one.string) for one in catalogue if one.id}


def plain(text):
    return re.sub(r"<[^>]+>", "", text).strip()


def read_sections(language, page):
    """Return, for each section of a page, the words of the screen that it names, in their order."""
    text = (BOOKS / language / page).read_text(encoding="utf-8")
    return [
        [word for bold in re.findall(r"\*\*(.+?)\*\*", section) for word in bold.split(" ▸ ")]
        for section in re.split(r"^## ", text, flags=re.MULTILINE)
    ]


def list_links():
    pages = [*BOOKS.glob("*/*.md"), *BOOKS.glob("*.md"), *(HOME / "docs").glob("*.md"), HOME / "README.md"]
    return [
        (path.relative_to(HOME).as_posix(), link)
        for path in sorted(pages)
        for link in re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8"))
        # an archive comes without pictures (.gitattributes)
        if not link.endswith(".png") or (HOME / "docs/images").is_dir()
    ]


def test_every_handbook_is_there_in_both_languages():
    assert PAGES
    assert sorted(path.name for path in (BOOKS / "en").glob("*.md")) == PAGES
    index = (BOOKS / "README.md").read_text(encoding="utf-8")
    assert [page for page in PAGES if f"(vi/{page})" not in index or f"(en/{page})" not in index] == []


@pytest.mark.parametrize("page", PAGES)
def test_every_word_of_the_screen_is_on_a_screen(page, said):
    named = [word for section in read_sections("en", page) for word in section]
    assert named
    assert [word for word in named if word not in said] == []


@pytest.mark.parametrize("page", PAGES)
def test_both_languages_name_the_same_screens(page, said):
    english, vietnamese = read_sections("en", page), read_sections("vi", page)
    expected = [sorted(said.get(word, word) for word in section) for section in english]
    assert [sorted(section) for section in vietnamese] == expected


@pytest.mark.parametrize("page", PAGES)
def test_both_languages_have_the_same_steps_and_pictures(page):
    marks = r"^(?:\d+\.|\*|\||##) |(?<=\]\()\S+\.png"
    english, vietnamese = (
        re.findall(marks, (BOOKS / language / page).read_text(encoding="utf-8"), re.MULTILINE)
        for language in ("en", "vi")
    )
    assert english == vietnamese


@pytest.mark.parametrize(("page", "link"), list_links())
def test_every_link_leads_to_a_file(page, link):
    assert (HOME / page).parent.joinpath(link).exists()
