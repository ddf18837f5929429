"""The rows of the largest table of an office file, for dialogs that read a list of known columns."""

import base64

from odoo.exceptions import UserError

from ..models.mixin.office_error import explain


def read_rows(env, data, kind, required, *, optional=False):
    """Return [(row number, {column: cell})] of a file; a column the file does not have is not in the row.

    :param data: the file as a binary field holds it
    :param str kind: which headings to look for (``office.vocabulary.KINDS``)
    :param dict required: {column: heading} of those that must be there
    :param optional: a file without such a table has no rows
    :raises UserError: the file cannot be read, or a column is missing
    """
    from ..office import headings as names
    from ..office.problems import OfficeError
    from ..office.reader import read
    from ..office.table import find_table
    from ..office.vocabulary import KINDS

    try:
        tables = [find_table(sheet, KINDS[kind]) for sheet in read(base64.b64decode(data or b""))]
    except OfficeError as error:
        raise UserError(explain(env, error)) from error
    found = [(table, _find_columns(table, KINDS[kind], names)) for table in filter(None, tables)]
    whole = [(table, columns) for table, columns in found if required.keys() <= columns.keys()]
    if optional and not whole:
        return []
    table, columns = max(whole or found, key=lambda pair: len(pair[0].rows), default=(None, {}))
    if missing := [heading for name, heading in required.items() if name not in columns]:
        raise UserError(env._("Columns are missing: %(missing)s.", missing=", ".join(missing)))
    return [(row.number, {name: row.cells[place] for name, place in columns.items()}) for row in table.rows]


def _find_columns(table, known, names):
    """Return {column: place} of the headings that are understood."""
    found = names.assign([heading.text for heading in table.headings], known)
    return {field: place for place, (field, _score) in found.items()}


def refuse(env, problems):
    """Refuse the whole file, naming every bad row.

    :param problems: [(row number, [what is wrong])]
    :raises UserError: there is any
    """
    lines = [
        env._("Row %(row)s: %(found)s", row=number, found=", ".join(found))
        for number, found in sorted(problems, key=lambda problem: problem[0])
        if found
    ]
    if lines:
        raise UserError(env._("Nothing was imported:") + "\n" + "\n".join(lines))
