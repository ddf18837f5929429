"""Rights are updated from now on, as are the texts that users may change: what they changed is kept field by field."""

from odoo.tools import SQL


def migrate(cr, version):
    cr.execute(
        "UPDATE ir_model_data SET noupdate = FALSE WHERE module = 'hr_emulation'"
        " AND model IN ('ir.rule', 'mail.template', 'emulation.absence.type', 'emulation.legal.document',"
        " 'emulation.decision.template', 'emulation.decision.article')"
    )
    _shorten_keys(cr)


def _shorten_keys(cr):
    """A number without a symbol had a stroke behind its key; two that are printed alike stay as they are."""
    cr.execute(
        "SELECT table_name FROM information_schema.columns"
        " WHERE column_name = 'number_key' AND table_name LIKE 'emulation%'"
    )
    for (table,) in cr.fetchall():
        cr.execute(
            SQL(
                """
                UPDATE %(table)s d SET number_key = rtrim(d.number_key, '/')
                 WHERE d.number_key LIKE '%%/'
                   AND NOT EXISTS (SELECT FROM %(table)s o
                                    WHERE o.company_id = d.company_id AND o.number_key = rtrim(d.number_key, '/'))
                """,
                table=SQL.identifier(table),
            )
        )
