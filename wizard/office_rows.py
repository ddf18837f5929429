"""The rows of the largest table of an office file, for dialogs that read a list of known columns."""

import base64

from odoo.exceptions import UserError


def read_rows(env, data, kind, required):
    """Return [(row number, {column: cell})] of a file; a column the file does not have is not in the row.

    :param data: the file as a binary field holds it
    :param str kind: which headings to look for (``office.vocabulary.KINDS``)
    :param dict required: {column: heading} of those that must be there
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
        raise UserError(env["emulation.import"]._explain(error)) from error
    table = max(filter(None, tables), key=lambda table: len(table.rows), default=None)
    found = names.assign([heading.text for heading in table.headings], KINDS[kind]) if table else {}
    columns = {field: place for place, (field, _score) in found.items()}
    if missing := [heading for name, heading in required.items() if name not in columns]:
        raise UserError(env._("Columns are missing: %(missing)s.", missing=", ".join(missing)))
    return [(row.number, {name: row.cells[place] for name, place in columns.items()}) for row in table.rows]


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
