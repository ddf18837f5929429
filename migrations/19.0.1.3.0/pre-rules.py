"""Record rules are kept as an administrator left them; those that changed their meaning are loaded anew."""

RULES = (
    *("campaign_company", "campaign_user", "campaign_content_user", "campaign_milestone_user"),
    *("campaign_award_user", "review_user"),
    *("block_company", "block_member_company", "block_year_company", "block_score_company"),
    *("participation_company", "evaluation_company", "score_company", "target_company"),
    "target_progress_company",
    *("achievement_company", "commendation_company", "exemplar_company", "unit_report_company"),
    *("request_company", "publication_comment_company", "inspection_finding_company"),
)


def migrate(cr, version):
    names = [f"rule_emulation_{name}" for name in RULES]
    # An update leaves alone what exists; what is gone is created as the addon says it today.
    cr.execute(
        "DELETE FROM ir_rule WHERE id IN (SELECT res_id FROM ir_model_data"
        " WHERE module = 'hr_emulation' AND model = 'ir.rule' AND name = ANY(%s))",
        [names],
    )
    cr.execute("DELETE FROM ir_model_data WHERE module = 'hr_emulation' AND name = ANY(%s)", [names])
