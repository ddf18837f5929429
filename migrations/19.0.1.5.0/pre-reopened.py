"""A campaign that was reopened never ended by itself again: it has a month from now, and longer with a reason."""


def migrate(cr, version):
    cr.execute(
        "SELECT FROM information_schema.columns"
        " WHERE table_name = 'emulation_campaign' AND column_name = 'is_reopened'"
    )
    if cr.rowcount:
        cr.execute("ALTER TABLE emulation_campaign ADD COLUMN IF NOT EXISTS reopened_until date")
        cr.execute(
            "UPDATE emulation_campaign SET reopened_until = CURRENT_DATE + 30"
            " WHERE is_reopened AND state = 'launched'"
        )
