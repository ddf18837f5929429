"""Who is asked and told of a campaign, by activities: heads of silent units, those it was handed down to, officers."""

from odoo.fields import Domain

HEADS_KIND = "mail.mail_activity_data_todo"
OFFICERS_KIND = "hr_emulation.activity_type_campaign"


def remind_silent_units(campaign):
    """Ask the nearest head in office of each unit from which nobody has registered; return these units."""
    units = find_silent_units(campaign)
    summary = campaign.env._("Nobody of your unit has registered yet")
    heads = units._get_emulation_heads(dict.fromkeys(units.ids, campaign.company_id))
    users = campaign.env["res.users"].union(*(steps[0] for steps in heads.values() if steps))
    _ask(campaign, {campaign: users}, HEADS_KIND, summary, Domain("summary", "=", summary))
    return units


def find_silent_units(campaign):
    """Return the units asked to take part from which nobody has handed in a registration."""
    # sudo: hr.department, emulation.participation - which units are silent is what is asked for
    known = campaign.sudo()
    units = known.audience_department_ids
    if not units:
        units = units.search([("company_id", "=", campaign.company_id.id), ("manager_id", "!=", False)])
    taking_part = known.participation_ids.filtered(lambda one: one.state in ("submitted", "approved"))
    left = known.participation_ids.filtered(lambda one: one.state == "left").department_id
    active = taking_part.unit_id | left  # a unit that has left is not asked again
    return units.filtered(lambda unit: not any(other._is_emulation_below(unit) for other in active))


def tell_heads(campaigns, summary=None):
    """Tell those who act for the unit each campaign was handed down to; no mail goes out.

    :param str summary: what to say; default: that it was handed down, said once
    """
    # sudo: hr.department - who heads a unit; the activity shows it to the head alone
    heads = find_owners(campaigns.sudo())
    text = summary or campaigns.env._("A campaign was handed down to your unit")
    _ask(campaigns, heads, HEADS_KIND, text, Domain.FALSE if summary else Domain.TRUE)


def find_owners(campaigns):
    """Return {campaign: users who act for the unit or agency it was handed down to}: the nearest head in office, with
    the deputies of the day.
    """
    whole = campaigns.filtered(lambda campaign: not campaign.owner_unit_id).company_id
    tops = campaigns.env["hr.department"].search(
        [("company_id", "in", whole.ids), ("parent_id", "=", False), ("manager_id", "!=", False)]
    )
    top = {unit.company_id: unit for unit in reversed(tops)}
    acting = {
        campaign: (
            campaign.owner_unit_id or top.get(campaign.company_id, tops.browse()),
            campaign.company_id,
        )
        for campaign in campaigns
    }
    heads = tops._get_emulation_heads_of(set(acting.values()))
    leaders = {company: company._get_emulation_head() for company in whole}
    nobody = campaigns.env["res.users"]
    return {
        campaign: (not campaign.owner_unit_id and leaders[company])
        or next(iter(heads[unit, company]), nobody)
        for campaign, (unit, company) in acting.items()
    }


def ask_officers(summary, notes):
    """Ask the officers of each campaign, once as long as nobody marks it as done.

    :param str summary: what it is about
    :param dict notes: {campaign: the rest}
    """
    if not notes:
        return
    campaigns = next(iter(notes)).browse(campaign.id for campaign in notes)
    officers = {campaign: campaign.company_id._get_emulation_officers() for campaign in campaigns}
    _ask(campaigns, officers, OFFICERS_KIND, summary, Domain("summary", "=", summary), notes)


def _ask(campaigns, users, kind, summary, known, notes=None):
    """Open an activity for each of the users of each campaign, unless one like it waits there already.

    :param dict users: {campaign: users}
    :param str kind: external id of the kind of activity
    :param known: domain of the activities of this kind that need no second one
    :param dict notes: {campaign: text}
    """
    type_id = campaigns.env.ref(kind).id
    # sudo: mail.activity - for other people, on campaigns they may read
    activities = campaigns.env["mail.activity"].sudo().with_context(mail_activity_quick_update=True)
    about = Domain("res_model", "=", campaigns._name) & Domain("res_id", "in", campaigns.ids)
    waiting = activities.search_fetch(
        about & Domain("activity_type_id", "=", type_id) & known, ["res_id", "user_id"]
    )
    asked = {(activity.res_id, activity.user_id.id) for activity in waiting}
    model_id = campaigns.env["ir.model"]._get_id(campaigns._name)
    activities.create(
        [
            {
                "activity_type_id": type_id,
                "res_model_id": model_id,
                "res_id": campaign.id,
                "user_id": user.id,
                "summary": summary,
                "note": (notes or {}).get(campaign, False),
            }
            for campaign, able in users.items()
            for user in able
            if (campaign.id, user.id) not in asked
        ]
    )
