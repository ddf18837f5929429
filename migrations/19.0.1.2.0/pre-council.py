"""Votes that are open during the upgrade are held again; comments get their state."""


def migrate(cr, version):
    if not version:
        return
    # Ballots of an open vote lie there in clear, or blank: they are destroyed unread.
    cr.execute(
        """
        DELETE FROM emulation_ballot b USING emulation_session_item i, emulation_session s
         WHERE i.id = b.item_id AND s.id = i.session_id AND (s.state IN ('draft', 'open', 'cancelled')
                                                             OR b.choice IS NULL)
        """
    )
    cr.execute(
        "UPDATE emulation_session_attendance a SET has_voted = FALSE FROM emulation_session s "
        "WHERE s.id = a.session_id AND s.state = 'open'"
    )
    cr.execute("UPDATE emulation_session SET state = 'draft', opened_on = NULL WHERE state = 'open'")
    cr.execute("ALTER TABLE emulation_publication_comment ADD COLUMN IF NOT EXISTS state varchar")
    cr.execute(
        "UPDATE emulation_publication_comment "
        "SET state = CASE WHEN is_handled THEN 'handled' ELSE 'received' END WHERE state IS NULL"
    )
