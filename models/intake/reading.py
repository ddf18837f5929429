"""How a file becomes rows: its tables are found, each heading is a column, each row a line."""

import hashlib

from odoo.exceptions import UserError

from ...engine.vietnamese import search_key
from ...office.problems import OfficeError
from ...office.words import get_fields
from ..mixin.office_error import explain

DECISION = ["default_number", "default_date", "default_signer"]


def read_file(record):
    """Find the tables of the file; make a column for each heading and a line for each row."""
    content = record._get_content()
    tables = _find_tables(record, content)
    # sudo: emulation.import.line - nothing of them is stored, checked above
    record.line_ids.sudo()._with_seal().unlink()
    _set_columns(record, tables)
    titles = _set_defaults(record, tables)
    record.env["emulation.import.line"]._insert(record, _iterate_lines(record, tables, titles))
    digest = hashlib.sha256(content if isinstance(content, bytes) else content.encode()).hexdigest()
    record._write_protected({"sha256": digest})


def _find_tables(record, content):
    from ...office.reader import read, read_pasted
    from ...office.table import find_all
    from ...office.vocabulary import KINDS

    try:
        sheets = read(content) if isinstance(content, bytes) else read_pasted(content)
        tables = find_all(sheets, KINDS[record.kind], record.include_hidden, record.header_row or None)
        if not tables:
            raise OfficeError("no_table")
    except OfficeError as error:
        raise UserError(explain(record.env, error)) from error
    return tables


def _set_columns(record, tables):
    """Keep what the officer said of headings that are there again; recall or guess the others."""
    headings = {}
    for table in tables:
        for place, heading in enumerate(table.headings):
            samples = headings.setdefault(heading.key, (heading, []))[1]
            samples += [row.cells[place] for row in table.rows[:200]]
    old = {column.key: column.field_name for column in record.column_ids}
    fields_found = _guess_fields(record, headings, old)
    record.column_ids._with_seal().unlink()
    values = [
        {
            "import_id": record.id,
            "sequence": sequence,
            "key": key,
            "heading": heading.text,
            "sample": _get_sample(samples),
            "year": heading.year or 0,
            "field_name": fields_found.get(key, False),
        }
        for sequence, (key, (heading, samples)) in enumerate(headings.items())
    ]
    record.env["emulation.import.column"]._create_protected(values)


def _get_sample(samples):
    from ...office.sheet import text_of

    texts = dict.fromkeys(filter(None, map(text_of, samples[:50])))
    return " · ".join(list(texts)[:3])


def _guess_fields(record, headings, old):
    """Return {key of a heading: field}, by what was said before, by the words, by what the cells hold."""
    from ...office import headings as names
    from ...office.vocabulary import KINDS

    memory = record.env["emulation.import.memory"]._recall(record.company_id, "heading", record.kind)
    found = {key: memory[key].field_name for key in headings if key in memory}
    found |= {key: field for key, field in old.items() if key in headings}
    main = record._kind_model()._year_field
    columns = [(key, heading.text, heading.year) for key, (heading, _samples) in headings.items()]
    sides = record._kind_model()._get_sides(record, [column for column in columns if column[0] not in found])
    if main and len(sides) > 1:
        found |= dict.fromkeys(sides, main)
    taken = set(found.values())
    synonyms = {field: words for field, words in KINDS[record.kind].items() if field not in taken}
    rest = [key for key in headings if key not in found]
    assigned = names.assign([headings[key][0].text for key in rest], synonyms)
    found |= {rest[column]: field for column, (field, _score) in assigned.items()}
    rest = [key for key in rest if key not in found]
    recognise = {
        field: test
        for field, test in record._kind_model()._get_recognisers(record).items()
        if field not in found.values()
    }
    columns = {number: headings[key][1] for number, key in enumerate(rest)}
    return found | {
        rest[n]: field for n, field in names.guess_by_content(columns, list(columns), recognise).items()
    }


def _set_defaults(record, tables):
    """Take year, award and decision from the titles, where a column does not say them and nobody else did.

    What all tables share is said once for the whole list; what their titles say differently is put over the
    rows of each: returns {field: text} for each table.
    """
    lines = list(dict.fromkeys(line for table in tables for line in table.above))
    vals = {"above": "\n".join(lines[:40]), "left_out": _describe_left_out(record, tables)}
    said = _read_titles(record, tables)
    own = [{} for _table in tables]
    for name, fields_of in (
        ("year", ["default_year"]),
        ("award", ["default_award_id"]),
        ("decision", DECISION),
    ):
        values = [title[name] for title in said]
        if record[fields_of[0]]:
            continue
        if len(set(filter(None, values))) == 1:
            value = next(filter(None, values))
            vals |= dict(zip(fields_of, value if name == "decision" else (value,), strict=True))
        for place, value in enumerate(values if len(set(filter(None, values))) > 1 else ()):
            own[place] |= _write_title(record, name, value) if value else {}
    record._write_protected(vals)
    return own


def _read_titles(record, tables):
    """Return for each table what its titles say; in a document the titles hold until another says otherwise."""
    from ...office.headings import find_title_year
    from ...office.values import read_decision

    model, said = record._kind_model(), []
    for table in tables:
        cited = [read_decision(line) for line in table.titles if not search_key(line).startswith("can cu")]
        cited = [found for found in cited if found and found.date and _is_decision(found.number)]
        award = model._find_award_in(record, " ".join(table.titles))
        title = {
            "year": find_title_year([*table.titles, table.name]),
            "award": award.id if award else None,
            "decision": tuple(cited[0]) if len(cited) == 1 else None,
        }
        before = said[-1] if said and table.follows else {}
        said.append({name: value or before.get(name) for name, value in title.items()})
    return said


def _is_decision(number):
    """A title may name the law and the proposal too: a decision has QĐ in its number, or no letters at all."""
    key = search_key(number or "")
    return bool(key) and ("qd" in key or key.isdecimal())


def _write_title(record, name, value):
    """Return {field: text} of what a title says, as a cell of a row would say it."""
    if name == "award":
        return {"award": record.env["emulation.award"].browse(value).code}
    if name == "year":
        return {"year": str(value)}
    number, day, issuer = value
    known = get_fields(record.kind)
    field = next((field for field in ("decision", "recognition", "source") if field in known), None)
    text = f"{number} ngày {day:%d/%m/%Y}" + (f" của {issuer}" if issuer else "")
    return {field: text} if field else {}


def _describe_left_out(record, tables):
    labels = {
        "hidden": record.env._("hidden or filtered rows"),
        "headings": record.env._("repeated headings"),
        "totals": record.env._("totals"),
        "sections": record.env._("headings between the rows"),
        "struck": record.env._("rows struck through"),
        "notes": record.env._("notes between the rows"),
        "below": record.env._("rows from the signatures on"),
        "tables": record.env._("tables without known headings"),
        "hidden_sheets": record.env._("hidden sheets"),
        "pictures": record.env._("pages that are pictures"),
    }
    counts = {}
    for table in tables:
        for why, number in table.left_out.items():
            counts[why] = counts.get(why, 0) + number
    return ", ".join(f"{labels[why]}: {number}" for why, number in counts.items()) or False


def _iterate_lines(record, tables, titles):
    """Yield a line for each row, and for each column where they stand side by side."""
    sequence = 0
    multiple = len({table.name for table in tables}) > 1
    model = record._kind_model()
    mapping, sides = record._get_mapping()
    matrix = sides if len(sides) > 1 else {}
    for table, title in zip(tables, titles, strict=True):
        keys = [heading.key for heading in table.headings]
        for row in table.rows:
            raw = _get_raw(keys, row)
            texts = {field: raw.get(key, "") for field, key in mapping.items()}
            over = _put_title(title, row, texts)
            for year_key in [key for key in matrix if raw.get(key)] or ([] if matrix else [False]):
                main = {model._year_field: raw[year_key]} if year_key else {}
                for part in model._split_row(record, texts | main):
                    sequence += 1
                    yield sequence, table.name if multiple else "", row, raw, year_key, over | part


def _put_title(title, row, texts):
    """Return what the title of a table says of a row that does not say it itself, nor a heading above it."""
    if not title:
        return {}
    from ...office.awards import find_award
    from ...office.headings import find_title_year

    said = {
        "year": texts.get("year") or texts.get("period") or find_title_year(row.sections),
        "award": texts.get("award") or any(find_award(section, {}) for section in row.sections),
        "decision": texts.get("decision") or texts.get("decision_number"),
        "recognition": texts.get("recognition") or texts.get("recognition_number"),
    }
    return {name: text for name, text in title.items() if not said.get(name, texts.get(name))}


def _get_raw(keys, row):
    from ...office.sheet import text_of

    texts = {}
    for key, cell in zip(keys, row.cells, strict=True):
        # A real date stays apart from a text that only looks like one.
        text = f"{cell:%Y-%m-%d}" if hasattr(cell, "year") else text_of(cell)
        if text:
            texts[key] = text
    return texts
