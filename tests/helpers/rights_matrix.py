"""Who may do what to whose commendation, said once more and apart from the code under test.

``is_allowed`` is the lawyer's reading of docs/workflow.md; the tests compare the product with it for
every role × verb × state × scope.
"""

ROLES = (
    "proposer",
    "sub_head",
    "head",
    "other_head",
    "council",
    "officer",
    "admin",
    "portal",
    "foreign_officer",
)
VERBS = ("submit", "endorse", "appraise", "return", "reject", "withdraw", "take_back")
STATES = (
    "draft",
    "submitted",
    "endorsed",
    "appraised",
    "voted",
    "forwarded",
    "granted",
    "rejected",
    "withdrawn",
    "revoked",
)
SCOPES = ("own", "sub_unit", "unit", "other_unit", "other_company")

OPEN = ("submitted", "endorsed", "appraised")
HEADED = {"sub_head": ("sub_unit",), "head": ("sub_unit", "unit"), "other_head": ("other_unit",)}
# Nobody stands above these two, so their own proposals go to the officer at once.
TOP_HEADS = ("head", "other_head")


def needs_endorsement(role, scope):
    return scope != "other_company" and not (scope == "own" and role in TOP_HEADS)


def is_proposer(role, scope):
    """Proposals in the company are the proposer's, those of the other company its officer's."""
    return role == ("foreign_officer" if scope in ("other_company",) else "proposer")


def is_officer(role, scope):
    if scope == "own":
        return False
    return role == "foreign_officer" if scope == "other_company" else role in ("officer", "admin")


def is_allowed(role, verb, state, scope):
    if verb == "submit":
        return state == "draft" and is_proposer(role, scope)
    if verb == "withdraw":
        return state in ("draft", *OPEN) and is_proposer(role, scope)
    if verb == "take_back":
        return state == "submitted" and is_proposer(role, scope)
    if verb == "endorse":
        return state == "submitted" and scope in HEADED.get(role, ())
    if verb == "return" and state == "submitted" and scope in HEADED.get(role, ()):
        return True
    if not is_officer(role, scope):
        return False
    if verb == "appraise":
        return state == "endorsed" or (state == "submitted" and not needs_endorsement(role, scope))
    return state in (*OPEN, "voted", "forwarded") if verb == "reject" else state in OPEN


def can_read(role, state, scope):
    """Who sees the record at all (all staff see the register of awards, not the dossier behind each)."""
    if role == "portal":
        return False
    if scope == "other_company" or role == "foreign_officer":
        return scope == "other_company" and role == "foreign_officer"
    if scope == "own" or role in ("proposer", "officer", "admin"):
        return True
    if role == "council":
        return state in ("appraised", "voted", "forwarded", "granted")
    return state != "draft" and scope in HEADED.get(role, ())


def cases():
    """Yield every (role, verb, state, scope) that can exist."""
    for role in ROLES:
        for scope in SCOPES:
            if scope == "own" and role == "foreign_officer":
                continue  # has no post in either company
            for state in STATES:
                if state == "endorsed" and not needs_endorsement(role, scope):
                    continue  # such a proposal never is
                for verb in VERBS:
                    yield role, verb, state, scope
