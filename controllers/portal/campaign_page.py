"""What the page of a campaign says, the same for every visitor: texts, lists and dictionaries."""

from odoo.fields import Domain

from ...engine.vietnamese import format_decimal
from .texts import day, paragraphs, word

CRITERION_FIELDS = [
    *("name", "code", "kind", "guidance", "max_points", "points_per_occurrence", "levels"),
    "evidence_required",
]
MOST_NEWS = 5
REVIEW_FIELDS = ["name", "date_from", "date_to", "self_deadline"]


def campaign_page(campaign):
    award_lines, reviews = campaign.award_line_ids, campaign.review_ids
    award_lines.fetch(["award_id"])
    award_lines.award_id.fetch(["name"])
    reviews.fetch(REVIEW_FIELDS)
    contents = campaign.env["emulation.campaign.content"].search_fetch(
        [("campaign_id", "=", campaign.id)], ["name", "description"], order="sequence, id"
    )
    launch = campaign.launch_document_id
    launch.legal_basis_ids.fetch(["display_name"])
    campaign.standing_unit_id.fetch(["name"])
    return {
        "purpose": paragraphs(campaign.purpose),
        "audience": paragraphs(campaign.audience),
        "contents": [{"name": content.name, "text": paragraphs(content.description)} for content in contents],
        "milestones": [{"name": entry.name, "date": day(entry.date)} for entry in campaign.milestone_ids],
        "occasions": [{"name": entry.name, "date": day(entry.date)} for entry in campaign.occasion_ids],
        "legal_bases": launch.legal_basis_ids.mapped("display_name"),
        "standing_unit": campaign.standing_unit_id.name or "",
        "awards": [{"id": line.award_id.id, "name": line.award_id.name} for line in award_lines],
        "sheets": sheet_tables(campaign),
        "rounds": [
            {
                "name": review.name,
                "date_from": day(review.date_from),
                "date_to": day(review.date_to),
                "self_deadline": day(review.self_deadline),
            }
            for review in reviews
        ],
        "news": [
            {"name": line.name, "date": day(line.date), "url": line.url or ""} for line in get_news(campaign)
        ],
        "documents": document_rows(campaign),
    }


def get_news(campaign):
    """Return the latest published news of the campaign."""
    news = campaign.env["emulation.propaganda"]
    domain = news._get_shown_domain() & Domain("campaign_id", "=", campaign.id)
    return news.search_fetch(domain, ["name", "date", "url"], limit=MOST_NEWS)


def document_rows(campaign):
    """Return what the campaign has put on paper, the latest first."""
    issued = campaign.document_ids.filtered(lambda document: document.state == "issued")
    return [
        {
            "name": word(document, "purpose"),
            "number": document._get_document_number(),
            "date": day(document.issue_date),
            "url": f"/my/emulation/documents/{document.id}",
        }
        for document in issued
    ]


def sheet_tables(campaign):
    """Return the criteria with their guidance, for people, for units and for households."""
    env = campaign.env
    campaign._get_sets().criterion_ids.fetch(CRITERION_FIELDS)
    sets = [
        (env._("Criteria for people"), campaign.individual_set_id),
        (env._("Criteria for units"), campaign.collective_set_id),
        (env._("Criteria for households"), campaign.household_set_id),
    ]
    return [
        {
            "title": title,
            "total": format_decimal(round(criterion_set.total_points, 2)),
            "has_points": criterion_set.scale != "levels",
            "criteria": [criterion_row(criterion) for criterion in criterion_set.criterion_ids],
            "grades": [
                {"name": grade.name, "from": format_decimal(round(grade.min_points, 2))}
                for grade in criterion_set.grade_ids
            ],
        }
        for title, criterion_set in sets
        if criterion_set
    ]


def write_most(criterion):
    """Return the points of a criterion at most; where there are levels by name only, what they are."""
    if criterion.levels and criterion.set_id.scale == "levels":
        return criterion._list_levels()
    if criterion._is_unlimited():
        return criterion.env._("No limit")
    return format_decimal(round(criterion.max_points, 2))


def criterion_row(criterion):
    return {
        "name": criterion.name,
        "code": criterion.code or "",
        "is_group": criterion.kind == "group",
        "guidance": criterion.guidance or "",
        "max_points": write_most(criterion),
        "evidence": criterion.evidence_required,
    }
