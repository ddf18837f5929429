"""The targets of campaigns and of all below them, at a glance."""

from decimal import Decimal

from ...engine import targets


def fill(campaigns):
    """Fill how many running targets each campaign has, how many are behind, and how far all of them are."""
    found = _find(campaigns)
    for campaign in campaigns:
        own = found.get(campaign.id, [])
        campaign.target_count = len(own)
        campaign.target_red_count = sum(light == "red" for light, _percent in own)
        overall = targets.get_overall(Decimal(str(percent)) for _light, percent in own)
        campaign.target_percent = float(overall)


def _find(campaigns):
    """Return {id of a campaign: [(light, percent) of each running target of it and of those below]}."""
    above = _get_above(campaigns)
    # sudo: emulation.target - those of the campaigns below may be another agency's; numbers only
    groups = (
        campaigns.env["emulation.target"]
        .sudo()
        ._read_group(
            [("campaign_id", "in", [*above]), ("state", "=", "active")],
            ["campaign_id", "parent_id.campaign_id", "light", "percent"],
            ["__count"],
        )
    )
    found = {}
    for campaign, counted_in, light, percent, count in groups:
        # A part of a target is counted with it wherever that one is counted.
        for id_ in above[campaign.id] - above.get(counted_in.id, set()):
            found.setdefault(id_, []).extend([(light, percent)] * count)
    return found


def _get_above(campaigns):
    """Return {id of a campaign or one below: ids of all above it, its own among them}."""
    if not campaigns.ids:
        return {}
    # sudo: emulation.campaign - those below may be another agency's; ids only
    below = campaigns.sudo().search_fetch([("id", "child_of", campaigns.ids)], ["parent_path"])
    return {
        campaign.id: {int(part) for part in campaign.parent_path.split("/") if part} for campaign in below
    }
