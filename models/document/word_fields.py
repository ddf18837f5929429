"""The fields of every paper an agency may set in a Word file of its own: this list, and nothing else.

What a field holds is marked on the page of the paper (``data-field``, see ``printing/word_paper.py``) or given by its
record (``_get_word_values``, ``_get_word_lines``). ``docs/word-templates.md`` is written out of this file.
"""

from dataclasses import dataclass

from odoo.tools.translate import LazyTranslate

from ...printing import word_check
from ...printing.word_template import Fields

_lt = LazyTranslate(__name__)

TEXT, LINES, NAME, UNIT, POST, AWARD, TITLE, DATE, SHORT, MONEY = (
    "text",
    "lines",
    "name",
    "unit",
    "post",
    "award",
    "title",
    "date",
    "short",
    "money",
)


@dataclass(frozen=True)
class Meaning:
    """What a field holds, in words, and what kind of text that is."""

    text: LazyTranslate
    kind: str = SHORT


BLOCKS = {
    "body": Meaning(_lt("The whole text with its tables, in a paragraph of its own")),
    "annex": Meaning(_lt("The annex or further sheets, in a paragraph of their own")),
}
VALUES = {
    "acclaim": Meaning(_lt("Election and awards, a paragraph a line"), LINES),
    "activities": Meaning(_lt("Propaganda, inspections, exemplars, a line each"), LINES),
    "addressee": Meaning(_lt("Who it goes to, after “Kính gửi:”"), UNIT),
    "agency": Meaning(_lt("The agency, or the council or unit that met"), UNIT),
    "aims": Meaning(_lt("Purpose and requirements, a line each"), LINES),
    "appraisal": Meaning(_lt("Opinion of the appraisal"), TEXT),
    "articles": Meaning(_lt("“Điều 1. …”, an article a line"), LINES),
    "asked": Meaning(_lt("The body that is asked"), UNIT),
    "attendance": Meaning(_lt("Who was there and who was not, a line each"), LINES),
    "attendants": Meaning(_lt("Who was there for the unit"), TEXT),
    "author": Meaning(_lt("Author of the initiative"), NAME),
    "authority": Meaning(_lt("Who decides, above the legal bases"), POST),
    "award": Meaning(_lt("Award"), AWARD),
    "awards": Meaning(_lt("Titles and forms aimed at, a line each"), LINES),
    "abstract": Meaning(_lt("What the paper is about"), TITLE),
    "campaign": Meaning(_lt("Campaign"), TITLE),
    "cause": Meaning(_lt("Lost, damaged or misprinted"), TITLE),
    "chair": Meaning(_lt("Who chaired"), POST),
    "closed": Meaning(_lt("When it ended"), DATE),
    "closing": Meaning(_lt("Last paragraphs, a line each"), LINES),
    "conclusion": Meaning(_lt("Conclusion, a paragraph a line"), LINES),
    "count": Meaning(_lt("How many lines the list has")),
    "counted": Meaning(_lt("When votes were counted"), DATE),
    "criteria": Meaning(_lt("Criteria, a line each"), LINES),
    "day": Meaning(_lt("Day"), DATE),
    "decision": Meaning(_lt("Number of the decision on the award")),
    "decision_day": Meaning(_lt("Its date"), DATE),
    "discussion": Meaning(_lt("What was discussed, a paragraph a line"), LINES),
    "duties": Meaning(_lt("Who does what, a line each"), LINES),
    "electronic": Meaning(_lt("Votes cast electronically")),
    "exemplars": Meaning(_lt("Exemplars and their stories, a paragraph each"), LINES),
    "findings": Meaning(_lt("What is to be put right, a line each"), LINES),
    "first_day": Meaning(_lt("From"), DATE),
    "grades": Meaning(_lt("How many have which grade, a line each"), LINES),
    "handed_in": Meaning(_lt("Who handed in a report, who owes one"), TEXT),
    "issuer": Meaning(_lt("Who decided"), UNIT),
    "last_day": Meaning(_lt("Until"), DATE),
    "legal_bases": Meaning(_lt("“Căn cứ …”, a basis a line"), LINES),
    "lessons": Meaning(_lt("Lessons and what comes next, a paragraph a line"), LINES),
    "majority": Meaning(_lt("More than this share of the members must agree (%)")),
    "members": Meaning(_lt("How many may vote")),
    "missing": Meaning(_lt("Papers still missing, a line each"), LINES),
    "moment": Meaning(_lt("When, and where"), DATE),
    "name": Meaning(_lt("Full name of the person or the collective"), NAME),
    "names": Meaning(_lt("Names of those commended, a line each"), LINES),
    "needed": Meaning(_lt("How many must be there")),
    "number": Meaning(_lt("Number and symbol"), SHORT),
    "on_paper": Meaning(_lt("Votes on paper or by hand")),
    "opened": Meaning(_lt("When it began"), DATE),
    "opening": Meaning(_lt("First paragraph"), TEXT),
    "opinions": Meaning(_lt("Opinions of other bodies"), TEXT),
    "parent_agency": Meaning(_lt("The body above"), UNIT),
    "participation": Meaning(_lt("Who took part, a paragraph a line"), LINES),
    "pass_percent": Meaning(_lt("Share of the points that is enough (%)")),
    "passed": Meaning(_lt("How many are proposed")),
    "period": Meaning(_lt("Time of the achievement"), DATE),
    "place": Meaning(_lt("Where it took place"), TITLE),
    "place_date": Meaning(_lt("Place and date"), DATE),
    "pledge": Meaning(_lt("What is promised, a paragraph a line"), LINES),
    "position": Meaning(_lt("Post and unit"), POST),
    "present": Meaning(_lt("How many of them were there")),
    "proposals": Meaning(_lt("Proposed and given awards, a line each"), LINES),
    "proposer": Meaning(_lt("Who proposed"), NAME),
    "publications": Meaning(_lt("Result of the publication, a paragraph a line"), LINES),
    "reach": Meaning(_lt("Reach of the initiative")),
    "reason": Meaning(_lt("Reason"), TEXT),
    "recipients": Meaning(_lt("“Nơi nhận”, a line each"), LINES),
    "remarks": Meaning(_lt("Remarks, a line each"), LINES),
    "reviews": Meaning(_lt("What was reviewed, a paragraph a line"), LINES),
    "role": Meaning(_lt("Role in the council")),
    "scoring": Meaning(_lt("Scoring and ranking, a paragraph a line"), LINES),
    "secretary": Meaning(_lt("Secretary"), POST),
    "signer_1_name": Meaning(_lt("Name of the first who signs"), NAME),
    "signer_1_title": Meaning(_lt("Title of the first who signs"), POST),
    "signer_2_name": Meaning(_lt("Name of the second who signs"), NAME),
    "signer_2_title": Meaning(_lt("Title of the second who signs"), POST),
    "signer_name": Meaning(_lt("Name of who signs"), NAME),
    "signer_title": Meaning(_lt("Capacity and title of who signs, a line each"), LINES),
    "source": Meaning(_lt("“(Kèm theo …)”"), TITLE),
    "stage": Meaning(_lt("What the session was for"), TITLE),
    "summary": Meaning(_lt("Summary, a paragraph a line"), LINES),
    "targets": Meaning(_lt("Targets, a paragraph a line"), LINES),
    "team": Meaning(_lt("Who inspected"), TEXT),
    "tellers": Meaning(_lt("Counting board, a line each"), LINES),
    "text": Meaning(_lt("The text, a paragraph a line"), LINES),
    "there": Meaning(_lt("Papers that are there, a line each"), LINES),
    "title": Meaning(_lt("What kind of paper it is"), TITLE),
    "total": Meaning(_lt("Sum in đồng"), MONEY),
    "total_words": Meaning(_lt("Sum in words"), TEXT),
    "unit": Meaning(_lt("Unit"), UNIT),
    "until": Meaning(_lt("By which day an answer is asked for"), DATE),
    "voters": Meaning(_lt("How many voted")),
    "way": Meaning(_lt("Way of voting, or of the session"), TITLE),
    "work": Meaning(_lt("Activities, a line each"), LINES),
}
COLUMNS = {
    "agree": Meaning(_lt("Votes for")),
    "approved": Meaning(_lt("Approved")),
    "author": VALUES["author"],
    "average": Meaning(_lt("Average points")),
    "award": VALUES["award"],
    "before": Meaning(_lt("The round before")),
    "cast": Meaning(_lt("Ballots returned")),
    "comment": Meaning(_lt("Comment"), TEXT),
    "confirmed": Meaning(_lt("Sheets that are concluded")),
    "conflict": Meaning(_lt("Who did not vote on it"), TITLE),
    "count": Meaning(_lt("How many sheets")),
    "disagree": Meaning(_lt("Votes against")),
    "grade": Meaning(_lt("Grade")),
    "granted": Meaning(_lt("Awards given")),
    "group": Meaning(_lt("The heading it stands under"), AWARD),
    "index": Meaning(_lt("Running number")),
    "invalid": Meaning(_lt("Invalid ballots")),
    "issued": Meaning(_lt("Ballots handed out")),
    "levels": Meaning(_lt("Levels, where there are no points"), TITLE),
    "name": Meaning(_lt("Full name, or what it is called"), NAME),
    "note": Meaning(_lt("Note"), TITLE),
    "number": Meaning(_lt("Number in the register")),
    "own_points": Meaning(_lt("Points by self-scoring")),
    "part": Meaning(_lt("Part in the block"), TITLE),
    "percent": Meaning(_lt("Reached (%)")),
    "planned": Meaning(_lt("Figure planned")),
    "points": Meaning(_lt("Points")),
    "position": VALUES["position"],
    "rank": Meaning(_lt("Rank")),
    "rate": Meaning(_lt("Share of votes"), TITLE),
    "reach": VALUES["reach"],
    "reached": Meaning(_lt("Figure reached")),
    "registrations": Meaning(_lt("Registrations")),
    "result": Meaning(_lt("Result"), TITLE),
    "seat": Meaning(_lt("Seat")),
    "sum": Meaning(_lt("Prize money"), MONEY),
    "unit": VALUES["unit"],
    "valid": Meaning(_lt("Valid ballots")),
    "verified_points": Meaning(_lt("Points by verification")),
}

HEADING = "parent_agency agency"
DOCUMENT = f"{HEADING} number place_date title abstract legal_bases recipients signer_title signer_name"
MINUTES = f"{HEADING} number place_date title abstract recipients signer_1_title signer_1_name signer_2_title"
MINUTES += " signer_2_name chair secretary attendance discussion conclusion"
PERSON = f"{HEADING} title signer_name"


def _paper(values, body="body", own="", **lists):
    """Return the fields of a paper.

    :param values: names, parted by spaces
    :param body: blocks, parted by spaces
    :param own: values that differ among its copies, parted by spaces
    :param lists: the same of the lines of each list
    """
    return Fields(
        tuple(values.split()),
        {key: tuple(names.split()) for key, names in lists.items()},
        tuple(body.split()),
        tuple(own.split()),
    )


# By the name of the report, without its prefix; in the order an award goes.
PAPERS = {
    "registration": _paper(f"{PERSON} place_date abstract name position pledge targets awards"),
    "achievement_report": _paper(f"{PERSON} place_date award name period summary"),
    "receipt": _paper(f"{HEADING} title number award name unit period proposer moment there missing"),
    "meeting": _paper(
        f"{MINUTES} opened closed place count present remarks",
        line="index name award agree disagree rate result note",
        ranking="index name own_points points rank",
    ),
    "outcome_notice": _paper(f"{DOCUMENT} text"),
    "publication_notice": _paper(f"{DOCUMENT} opening closing", line="index name unit award"),
    "ballot_papers": _paper(f"{HEADING} title abstract", line="index name unit award"),
    "opinion_forms": _paper(
        f"{PERSON} abstract name position role until",
        own="name position role until signer_name",
        line="index name unit award",
    ),
    "counting_minutes": _paper(
        f"{HEADING} title abstract signer_1_title signer_1_name signer_2_title signer_2_name counted place tellers way"
        " opening members voters electronic on_paper",
        line="index name award issued cast valid invalid agree disagree rate",
    ),
    "minutes": _paper(
        f"{MINUTES} opened closed place way present members needed reviews publications passed",
        line="index name award conflict issued cast valid agree disagree rate result",
    ),
    "submission": _paper(
        f"{DOCUMENT} addressee appraisal opinions count source",
        "body annex",
        line="index name position award sum note",
    ),
    "opinion_request": _paper(
        f"{HEADING} number place_date abstract addressee text asked recipients signer_title signer_name",
        "body annex",
        own="addressee text asked",
        line="index name award",
    ),
    "decision": _paper(
        f"{DOCUMENT} authority articles total total_words count source",
        "body annex",
        line="index name position award sum note",
    ),
    "payments": _paper("title abstract source total total_words", line="index name position award sum"),
    "ceremony": _paper("title abstract names", "body annex", line="group index name position number"),
    "roll_call": _paper("title source moment", "body annex", line="group index name position number seat"),
    "seating": _paper("title source moment"),
    "reissue_request": _paper(
        f"{PERSON} place_date abstract addressee name position award decision decision_day issuer number cause reason"
        " way"
    ),
    "initiative_minutes": _paper(
        f"{MINUTES} day place stage criteria pass_percent majority passed count",
        line="index name author unit average agree reach result comment",
    ),
    "recognition": _paper(
        f"{DOCUMENT} authority articles count source", "body annex", line="index name author unit reach"
    ),
    "recognition_certificates": _paper(
        f"{HEADING} number place_date title author unit name reach signer_title signer_name",
        own="author unit name reach",
    ),
    "campaign_document": _paper(f"{DOCUMENT} addressee opening closing"),
    "inspection": _paper(
        f"{HEADING} number place_date title abstract recipients signer_1_title signer_1_name signer_2_title"
        " signer_2_name day unit campaign team attendants findings conclusion",
        line="index name result note",
    ),
    "round": _paper(
        f"{DOCUMENT} addressee campaign first_day last_day handed_in summary",
        line="index name unit planned reached percent",
    ),
    "review": _paper(
        f"{DOCUMENT} addressee source opening participation targets grades proposals activities exemplars lessons",
        "body annex",
        sheet="index name unit levels own_points verified_points points grade rank",
        target="index name unit planned before reached percent",
        unit="index name count confirmed points",
        campaign="index name registrations approved granted",
    ),
    "block_plan": _paper(f"{DOCUMENT} aims work scoring acclaim duties", line="index name part"),
    "block_ranking": _paper(f"{DOCUMENT} closing", line="index name own_points points rank note"),
}


def get_meaning(name):
    """Return what a field holds, by its whole name: ``number``, ``line.name``, ``body``."""
    _list, dot, column = name.rpartition(".")
    return COLUMNS[column] if dot else VALUES.get(name) or BLOCKS[name]


# Of each of these one field must be in the template; a paper with a list needs its names or the whole text.
CONTENT = {
    "registration": ("pledge body",),
    "receipt": ("name body",),
    "outcome_notice": ("text body",),
    "submission": ("line.name annex",),
    "decision": ("articles body", "line.name annex"),
    "reissue_request": ("name body",),
    "recognition": ("articles body", "line.name annex"),
    "recognition_certificates": ("name body",),
    "review": ("opening body",),
}
OPTIONAL = frozenset(
    "parent_agency legal_bases recipients appraisal opinions period unit summary missing there tellers discussion"
    " conclusion reviews publications remarks attendants findings activities exemplars lessons proposals grades targets"
    " participation addressee role position signer_2_name signer_2_title moment total total_words reason".split()
)


def list_needed(paper):
    """Return lists of fields; of each one field must be in a template of the paper."""
    fields = PAPERS[paper]
    own = CONTENT.get(paper) or [" ".join([*(f"{key}.name" for key in fields.lists), "body"])]
    obligatory = [name for name in word_check.OBLIGATORY if name in fields.values]
    return [names.split() for names in (*obligatory, *own)]
