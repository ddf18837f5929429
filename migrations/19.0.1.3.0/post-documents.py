"""A campaign's letter was the campaign itself; it becomes a document of its own, in the state it had."""

from odoo import SUPERUSER_ID, api
from odoo.tools import SQL, sql

# Columns of the campaign that its document takes over.
SAME = ("number", "symbol", "issue_date", "place", "signer_id", "signer_capacity", "signer_on_behalf")
SAME += ("signer_title", "recipient_lines", "abstract", "document_attachment_id", "document_sha256")
PRINTED = ("number", "issue_date", "signer_id", "recipient_lines", "document_attachment_id")


def migrate(cr, version):
    if not sql.column_exists(cr, "emulation_campaign", "launch_document_kind"):
        return
    env = api.Environment(cr, SUPERUSER_ID, {})
    done = {document.campaign_id.id for document in env["emulation.campaign.document"].search([])}
    bases = read_bases(env)
    for row in read_letters(env):
        if row["id"] not in done:
            keep_letter(env, row, bases.get(row["id"], []))


def read_letters(env):
    """Return what was filled in of the letters of the campaigns."""
    filled = SQL(" OR ").join(SQL("%s IS NOT NULL", SQL.identifier(name)) for name in PRINTED)
    columns = SQL(", ").join(map(SQL.identifier, ("id", "launch_document_kind", "letter_sent_date", *SAME)))
    return env.execute_query_dict(SQL("SELECT %s FROM emulation_campaign WHERE %s", columns, filled))


def read_bases(env):
    if not sql.table_exists(env.cr, "emulation_campaign_emulation_legal_document_rel"):
        return {}
    rows = env.execute_query(
        SQL(
            "SELECT emulation_campaign_id, array_agg(emulation_legal_document_id)"
            " FROM emulation_campaign_emulation_legal_document_rel GROUP BY 1"
        )
    )
    return dict(rows)


def keep_letter(env, row, bases):
    """A letter whose PDF was stored has left the house, as it was; the others are drafts."""
    values = {name: row[name] for name in SAME}
    is_issued = bool(row["document_attachment_id"])
    document = env["emulation.campaign.document"]._create_protected(
        [
            {
                **{name: value for name, value in values.items() if value is not None},
                "campaign_id": row["id"],
                "kind": row["launch_document_kind"] or "letter",
                "legal_basis_ids": bases,
                "sent_date": row["letter_sent_date"],
                "state": "issued" if is_issued else "draft",
            }
        ]
    )
    if is_issued:
        env.cr.execute(
            SQL(
                "UPDATE ir_attachment SET res_model = %s, res_id = %s WHERE id = %s",
                document._name,
                document.id,
                row["document_attachment_id"],
            )
        )
