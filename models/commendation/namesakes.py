"""Who may be the same recipient, found by indexes however long an agency's history is."""

from odoo.fields import Domain
from odoo.tools import SQL

from ...engine import duplicates
from ..mixin.emulation_recipient_mixin import RECIPIENT_TYPES

TYPES = [name for name, _label in RECIPIENT_TYPES]
PARTY = "partner"
# No letter of a key comes after it.
LAST = "\U0010ffff"


def get_domain(commendations):
    """Return the domain of commendations that may be of the same recipients: the very same, or of the same name,
    whatever its accents and the order of its words; for outside parties, whose names somebody typed, also of nearly
    the same name.
    """
    # sudo: emulation.commendation - keys to compare with, nothing leaves
    records = commendations.sudo()
    same = Domain("recipient_key", "in", list(set(records.mapped("recipient_key"))))
    named = Domain("name_key", "in", list(set(records.mapped("name_key")))) & Domain(
        "recipient_type", "in", TYPES
    )
    return same | named | Domain("id", "in", find_near(records))


def find_near(commendations):
    """Return the ids of commendations whose name begins or ends like one of these, a letter more or less.

    One of the two must be of an outside party. What is found is compared letter by letter afterwards.
    """
    asked = {
        (record.company_id.id, kind, record.name_key)
        for record in commendations
        if record.name_key
        for kind in (TYPES if record.recipient_type == PARTY else [PARTY])
    }
    if not asked:
        return []
    rows = [(company, kind, len(key), *duplicates.ends(key)) for company, kind, key in asked]
    # The ends of a range, not LIKE: an index serves it also where the pattern comes out of a row.
    columns = [list(column) for column in zip(*rows, strict=True)]
    query = SQL(
        """
        WITH asked AS (
            SELECT * FROM unnest(%s::int[], %s::varchar[], %s::int[], %s::varchar[], %s::varchar[])
                       AS names(company_id, recipient_type, size, head, tail))
        SELECT c.id FROM asked
          JOIN emulation_commendation c
            ON c.company_id = asked.company_id AND c.recipient_type = asked.recipient_type
           AND c.name_key ~>=~ asked.head AND c.name_key ~<=~ (asked.head || %s)
           AND length(c.name_key) BETWEEN asked.size - 1 AND asked.size + 1
         UNION
        SELECT c.id FROM asked
          JOIN emulation_commendation c
            ON c.company_id = asked.company_id AND c.recipient_type = asked.recipient_type
           AND reverse(c.name_key) ~>=~ asked.tail AND reverse(c.name_key) ~<=~ (asked.tail || %s)
           AND length(c.name_key) BETWEEN asked.size - 1 AND asked.size + 1
        """,
        *columns,
        LAST,
        LAST,
    )
    commendations.env["emulation.commendation"].flush_model(["company_id", "recipient_type", "name_key"])
    return [row[0] for row in commendations.env.execute_query(query)]
