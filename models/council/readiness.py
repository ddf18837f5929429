"""What must hold before the vote of a session is opened; each check returns its texts."""


def list_missing_parts(session):
    texts = []
    if not session.item_ids and not session.review_ids:
        texts.append(session.env._("The agenda is empty."))
    if not session.chair_id or not session.secretary_id:
        texts.append(session.env._("Name the chair and the secretary."))
    return texts


def list_without_account(session):
    """Who votes electronically needs an own account; where nothing is voted on, nobody does."""
    if not session.item_ids:
        return []
    rows = session.attendance_ids.filtered(
        lambda row: row._is_voter and not row.uses_paper and not row.user_id
    )
    if not rows:
        return []
    return [
        session.env._("Without an account, so on paper: %(names)s.", names=", ".join(rows.mapped("name")))
    ]


def list_missing_quorum(session):
    if session._has_quorum():
        return []
    return [session.env._("No quorum: %(numbers)s", numbers=session.quorum_text)]


def list_not_votable(session):
    bad = session.item_ids.commendation_id._get_cannot_vote_reason()
    return [
        f"{item.commendation_id.display_name}: {bad[item.commendation_id.id]}"
        for item in session.item_ids
        if item.commendation_id.id in bad
    ]


def list_unpublished(session):
    """An award that asks for it is published before the vote (Decree 152/2025/NĐ-CP, Article 44(2))."""
    proposals, day = session.item_ids.commendation_id, session._get_local(session.date_start).date()
    reasons = session.env["emulation.publication"]._get_not_ready_reasons(proposals, day)
    return [
        f"{proposal.display_name}: {reasons[proposal.id]}" for proposal in proposals if proposal.id in reasons
    ]


def list_wrong_way(session):
    """Where the award asks for a secret ballot, no show of hands."""
    if session.ballot_way != "hands":
        return []
    rules = session.env["emulation.award.rule"]._get_of(session.item_ids.commendation_id)
    return [
        session.env._("%(item)s: the award asks for a secret ballot.", item=commendation.display_name)
        for commendation, rule in rules.items()
        if rule.secret_ballot
    ]


def list_missing_codes(session):
    """A box of the counting board needs the codes of two of its members, neither of them a candidate."""
    if not session._is_board_box() or not session.item_ids:
        return []
    return session.teller_ids._list_missing_codes()


# In the order in which it is told.
CHECKS = (
    list_missing_parts,
    list_without_account,
    list_missing_quorum,
    list_not_votable,
    list_wrong_way,
    list_unpublished,
    list_missing_codes,
)


def list_faults(session):
    """Return every reason why the vote of a session cannot be opened."""
    return [text for check in CHECKS for text in check(session)]
