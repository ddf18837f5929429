"""What five real campaign documents say, sentence by sentence, and what shows that the addon does it.

Each row: the document, its number in it, what it says, and either the tests that show it or, in ``NotYet``, what is
missing. Add a test when a row comes true; ``test_campaign_rows`` refuses a name that does not exist.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class NotYet:
    """Why a row is not shown, or only in part: what is missing."""

    why: str


C15 = "test_campaign_c1_c5.TestFiveCampaigns."
DEMO = "test_demo.TestDemo."
LETTER = "test_campaign_document.TestLaunchDocument."
WORDS = "test_campaign_document.TestOwnWords."
CHANGES = "test_campaign_document.TestChanges."
GUIDANCE = "test_campaign_document.TestGuidance."
TREE = "test_campaign_tree.TestTree."
QUOTA = "test_campaign_quota.TestQuota."
ENDS = "test_campaign_deadlines.TestCampaignEnds."
LATE = "test_campaign_deadlines.TestScoringDeadlines."
DOSSIER = "test_campaign_deadlines.TestDossierDeadlines."
BLOCK = "test_campaign_reviews.TestBlock."
REPORT = "test_campaign_report.TestReviewReport."
CASCADE = "test_campaign_wizards.TestCascade."
WORKFLOW = "test_commendation_workflow.TestCommendationWorkflow."
SUBMISSION = "test_submission.TestSubmission."
PAPER = "test_commendation_paper.TestIncompleteDossier."
EVALUATION = "test_campaign.TestEvaluation."

MODELS = "test_exemplar_life.TestExemplarLife."
SENTENCES = "test_campaign_sentences.TestSentences."
LEAVING = "test_leaving.TestLeaving."
UNIT = "test_campaign_unit.TestUnitActor."
VISIT = "test_exemplar_life.TestInspection."
TARGET = "test_target.TestTarget."
OWED = "test_unit_report.TestUnitReport."
NEWS = (
    "test_exemplar_life.TestPropaganda.test_staff_record_and_officers_publish",
    "test_exemplar_life.TestPropaganda.test_all_of_it_stands_in_the_report",
    "test_portal_stories.TestPortalStories.test_news_of_a_campaign_reach_the_public_page_and_the_campaigns_own",
)

CELLS = "test_campaign_unit.TestUnitActor.test_a_co_ordinating_body_is_printed_and_follows_up"

ROWS = (
    # C1: an office of a provincial people's committee, 2021-2025
    ("C1", 1, "theme, quoted", C15 + "test_c1_five_years_below_a_campaign_of_the_province"),
    (
        "C1",
        2,
        "makes the province's directive concrete",
        "test_campaign_unit.TestUnitActor.test_the_campaign_of_the_superior_is_named_as_parent",
    ),
    (
        "C1",
        3,
        "bases in the order of the law",
        (DEMO + "test_lai_chau_office", C15 + "test_c1_five_years_below_a_campaign_of_the_province"),
    ),
    ("C1", 4, "aim", C15 + "test_c1_five_years_below_a_campaign_of_the_province"),
    (
        "C1",
        5,
        "voluntary, all staff",
        (
            "test_campaign.TestRegistration.test_registration_opens_by_itself_and_says_its_rules",
            C15 + "test_c1_five_years_below_a_campaign_of_the_province",
        ),
    ),
    (
        "C1",
        6,
        "contents follow province and block",
        (
            BLOCK + "test_the_theme_and_the_deputy_go_on",
            BLOCK + "test_the_campaign_names_its_blocks",
            UNIT + "test_the_campaign_of_the_superior_is_named_as_parent",
        ),
    ),
    ("C1", 7, "2021 to the end of 2025", C15 + "test_c1_five_years_below_a_campaign_of_the_province"),
    (
        "C1",
        8,
        "tasks of every year and the five-year plan",
        (
            SENTENCES + "test_five_years_hold_the_tasks_of_every_year",
            TREE + "test_five_years_are_repeated_as_five_years",
            TREE + "test_repeating_forgets_nothing",
            DEMO + "test_five_years_below_one_campaign",
        ),
    ),
    (
        "C1",
        9,
        "heads deploy the plan to everybody",
        (
            UNIT + "test_the_head_hands_on_to_the_units_below",
            LETTER + "test_employees_read_what_was_issued",
            UNIT + "test_the_standing_unit_reminds_who_is_silent",
        ),
    ),
    ("C1", 10, "staff respond: register", "test_portal_tours.TestPortalTours.test_register"),
    (
        "C1",
        11,
        "tied to each one's function",
        "test_campaign_criteria.TestLimitedCriteria.test_positions_tags_and_people",
    ),
    (
        "C1",
        12,
        "propose in time for the office's movement",
        WORKFLOW + "test_from_proposal_to_grant_and_revocation",
    ),
    (
        "C1",
        13,
        "propose for the province's movement",
        (
            UNIT + "test_an_agency_proposes_for_the_campaign_of_its_superior",
            SUBMISSION + "test_send_forwards_and_numbers",
        ),
    ),
    (
        "C1",
        14,
        "a standing room follows up the plan",
        (
            UNIT + "test_the_standing_unit_reminds_who_is_silent",
            VISIT + "test_the_standing_unit_reads_visits_and_reports",
        ),
    ),
    (
        "C1",
        15,
        "interim and final reviews",
        REPORT + "test_it_is_a_draft_until_the_round_is_closed_and_then_stands",
    ),
    (
        "C1",
        16,
        "guides dossiers",
        (
            PAPER + "test_each_step_wants_its_papers",
            GUIDANCE + "test_a_launched_campaign_is_guided_by_a_document_of_its_own_kind",
        ),
    ),
    ("C1", 17, "appraises dossiers", PAPER + "test_an_officer_waives_with_a_reason_that_is_logged"),
    ("C1", 18, "proposes to each level, exact", SUBMISSION + "test_it_says_only_what_was_found"),
    (
        "C1",
        19,
        "in time",
        (
            DOSSIER + "test_every_dossier_is_to_be_decided_by_a_day",
            "test_commendation_notify.TestCommendationNotify.test_what_is_past_its_day_is_named",
            SUBMISSION + "test_it_says_only_what_was_found",
        ),
    ),
    (
        "C1",
        20,
        "periodic summary reports to the superior",
        (
            OWED + "test_the_summary_is_drafted_and_sealed",
            OWED + "test_an_agency_above_asks_and_sees_who_owes",
        ),
    ),
    # C2: an office of a provincial people's committee, 2022
    (
        "C2",
        1,
        "letter 162 launches",
        (
            C15 + "test_c2_a_year_of_several_kinds_launched_by_letter_162",
            DEMO + "test_lao_cai_office",
            DEMO + "test_every_launch_document_is_numbered_dated_signed_and_sealed",
        ),
    ),
    ("C2", 2, "to every official and worker", LETTER + "test_it_goes_to_the_audience_once"),
    (
        "C2",
        3,
        "regular, phase, thematic, special, ad hoc at once",
        C15 + "test_c2_a_year_of_several_kinds_launched_by_letter_162",
    ),
    (
        "C2",
        4,
        "goes on with a movement of earlier years",
        (
            C15 + "test_c2_a_year_of_several_kinds_launched_by_letter_162",
            ENDS + "test_it_ends_by_itself_from_below",
            ENDS + "test_a_movement_of_several_years_goes_on_after_the_year",
        ),
    ),
    ("C2", 5, "ten contents", C15 + "test_c2_a_year_of_several_kinds_launched_by_letter_162"),
    (
        "C2",
        6,
        "100 % study the directives",
        (
            TARGET + "test_all_of_the_staff",
            TARGET + "test_the_report_compares_two_rounds",
            DEMO + "test_targets_are_alive",
        ),
    ),
    ("C2", 7, "saving electricity, water, materials", SENTENCES + "test_saving_is_scored_against_its_target"),
    (
        "C2",
        8,
        "democracy, openness of finances",
        REPORT + "test_prizes_are_set_against_the_budget",
    ),
    (
        "C2",
        9,
        "order, hygiene, law, no firecrackers",
        (
            C15 + "test_c2_a_year_of_several_kinds_launched_by_letter_162",
            EVALUATION + "test_self_verified_final_and_grade",
        ),
    ),
    (
        "C2",
        10,
        "special movement against COVID",
        C15 + "test_c2_a_year_of_several_kinds_launched_by_letter_162",
    ),
    (
        "C2",
        11,
        "urge",
        (
            ENDS + "test_milestones_remind",
            OWED + "test_reminders_before_and_after",
            VISIT + "test_reminders_before_and_after_the_day",
            UNIT + "test_the_standing_unit_reminds_who_is_silent",
        ),
    ),
    (
        "C2",
        12,
        "inspect",
        (
            VISIT + "test_the_unit_mends_and_the_officer_settles",
            "test_portal_inspection.TestPortalInspection.test_from_what_waits_to_the_answer",
        ),
    ),
    (
        "C2",
        13,
        "reviews of regular, thematic and ad hoc movements",
        (
            REPORT + "test_it_says_who_took_part_and_what_came_of_it",
            TREE + "test_rounds_go_down_with_the_campaign",
        ),
    ),
    (
        "C2",
        14,
        "choose outstanding collectives and individuals",
        "test_propose.TestMassProposal.test_preview_then_propose_the_best",
    ),
    (
        "C2",
        15,
        "praise in time",
        (
            WORKFLOW + "test_ad_hoc_needs_no_council_and_has_a_deadline",
            DOSSIER + "test_the_decision_says_what_is_late",
            "test_commendation_notify.TestCommendationNotify.test_what_is_past_its_day_is_named",
        ),
    ),
    ("C2", 16, "Party cells strengthened", (CELLS, CHANGES + "test_co_ordinating_bodies_come_change_and_go")),
    ("C2", 17, "occasions of the year", C15 + "test_c2_a_year_of_several_kinds_launched_by_letter_162"),
    (
        "C2",
        18,
        "fulfil targets assigned by the State",
        "test_target.TestTarget.test_the_campaign_s_target_is_the_sum_of_its_units",
    ),
    (
        "C2",
        19,
        "aim: lively, active, creative",
        C15 + "test_c2_a_year_of_several_kinds_launched_by_letter_162",
    ),
    (
        "C2",
        20,
        "news on the office's site",
        NEWS,
    ),
    # C3: a provincial department, special campaign 2023
    ("C3", 1, "following a letter from above", WORDS + "test_directives_are_carried_out_laws_are_grounds"),
    ("C3", 2, "the Director launches", C15 + "test_c3_a_special_campaign_for_four_occasions"),
    ("C3", 3, "special campaign, long theme", C15 + "test_c3_a_special_campaign_for_four_occasions"),
    ("C3", 4, "four occasions, each from and to", C15 + "test_c3_a_special_campaign_for_four_occasions"),
    (
        "C3",
        5,
        "a quota by occasion",
        (
            QUOTA + "test_by_subject_unit_and_occasion",
            QUOTA + "test_what_is_on_offer_for_some_is_not_for_others",
            QUOTA + "test_many_proposed_at_once_are_on_an_occasion",
            DEMO + "test_quotas_by_occasion_and_of_this_year",
        ),
    ),
    (
        "C3",
        6,
        "directives as bases",
        (C15 + "test_c3_a_special_campaign_for_four_occasions", DEMO + "test_industry_and_trade"),
    ),
    (
        "C3",
        7,
        "seven content groups",
        (C15 + "test_c3_a_special_campaign_for_four_occasions", DEMO + "test_industry_and_trade"),
    ),
    (
        "C3",
        8,
        "each unit sets its goals and tasks",
        (
            TARGET + "test_a_head_registers_and_the_officer_approves",
            TARGET + "test_an_approved_target_is_closed",
            CHANGES + "test_a_closed_campaign_takes_and_changes_no_registration",
        ),
    ),
    ("C3", 9, "meet and exceed targets", "test_target.TestTarget.test_the_report_compares_two_rounds"),
    (
        "C3",
        10,
        "criteria concrete and quantitative",
        (C15 + "test_c3_a_special_campaign_for_four_occasions", C15 + "test_the_criteria_are_quantitative"),
    ),
    (
        "C3",
        11,
        "programme and plan of each unit",
        (
            OWED + "test_a_plan_is_due_at_the_beginning",
            SENTENCES + "test_a_plan_is_handed_in_with_a_file_and_read_by_the_standing_unit",
        ),
    ),
    ("C3", 12, "launch to 30/10/2023", C15 + "test_c3_a_special_campaign_for_four_occasions"),
    (
        "C3",
        13,
        "the council holds the final review",
        "test_council_papers.TestCouncilPapers.test_the_council_evaluates_the_review_of_a_campaign",
    ),
    ("C3", 14, "lessons learned", REPORT + "test_lessons_are_printed_and_sections_numbered_without_a_gap"),
    ("C3", 15, "honours models at the end", REPORT + "test_proposals_and_models_with_a_consent_that_holds"),
    (
        "C3",
        16,
        "find, foster, spread new models",
        (
            MODELS + "test_an_employee_nominates_and_the_officer_takes_it_up",
            MODELS + "test_who_is_to_help_hears_of_it",
            MODELS + "test_fostered_honoured_spread",
            MODELS + "test_a_film_has_a_safe_address_and_a_picture_is_one",
        ),
    ),
    (
        "C3",
        17,
        "units deploy to every employee",
        (
            CASCADE + "test_each_unit_gets_its_own_campaign_and_its_head_one_notice",
            LETTER + "test_it_goes_to_the_audience_once",
        ),
    ),
    ("C3", 18, "units choose and propose", WORKFLOW + "test_from_proposal_to_grant_and_revocation"),
    ("C3", 19, "mass organisations co-ordinate", CELLS),
    (
        "C3",
        20,
        "the office guides, inspects, urges",
        (
            VISIT + "test_the_unit_mends_and_the_officer_settles",
            VISIT + "test_reminders_before_and_after_the_day",
        ),
    ),
    (
        "C3",
        21,
        "summarises reports of the whole branch",
        "test_unit_report.TestUnitReport.test_the_summary_is_drafted_and_sealed",
    ),
    ("C3", 22, "council appraises", "test_council.TestCouncilVote.test_the_whole_way_of_a_proposal"),
    ("C3", 23, "or forwards to the superior", SUBMISSION + "test_answers_flow_back"),
    (
        "C3",
        24,
        "exact and in time",
        (
            SUBMISSION + "test_it_says_only_what_was_found",
            DOSSIER + "test_timeliness_is_a_figure",
        ),
    ),
    (
        "C3",
        25,
        "the Director's appeal at the end",
        WORDS + "test_own_opening_points_and_closing_in_the_writers_order",
    ),
    # C4: a political school, letter of 24/8/2021
    ("C4", 1, "place and date", C15 + "test_c4_a_launch_letter_signed_by_the_rector"),
    (
        "C4",
        2,
        "number and symbol",
        (
            LETTER + "test_issuing_numbers_dates_seals_and_launches",
            DEMO + "test_every_launch_document_is_numbered_dated_signed_and_sealed",
        ),
    ),
    ("C4", 3, "carries a directive out", WORDS + "test_directives_are_carried_out_laws_are_grounds"),
    (
        "C4",
        4,
        "title in its own words",
        (
            WORDS + "test_own_opening_points_and_closing_in_the_writers_order",
            WORDS + "test_a_letter_is_addressed_unless_the_writer_says_to_nobody",
        ),
    ),
    (
        "C4",
        5,
        "a paragraph on the situation",
        WORDS + "test_own_opening_points_and_closing_in_the_writers_order",
    ),
    ("C4", 6, "theme", C15 + "test_c4_a_launch_letter_signed_by_the_rector"),
    (
        "C4",
        7,
        "exactly five numbered points",
        WORDS + "test_own_opening_points_and_closing_in_the_writers_order",
    ),
    (
        "C4",
        8,
        "a second movement's theme inside",
        WORDS + "test_a_point_quotes_another_movement_word_by_word",
    ),
    (
        "C4",
        9,
        "targets, tasks, programmes",
        (
            TARGET + "test_a_campaign_counts_those_below_it",
            C15 + "test_c4_a_launch_letter_signed_by_the_rector",
            DEMO + "test_political_school",
        ),
    ),
    (
        "C4",
        10,
        "propaganda on law",
        NEWS,
    ),
    (
        "C4",
        11,
        "accurate and just",
        (
            PAPER + "test_each_step_wants_its_papers",
            SUBMISSION + "test_it_says_only_what_was_found",
        ),
    ),
    (
        "C4",
        12,
        "public and transparent",
        (
            "test_publication.TestPublication.test_no_vote_without_a_list",
            "test_publication.TestPublication.test_every_comment_is_handled_first",
        ),
    ),
    (
        "C4",
        13,
        "heads discover, propose, praise",
        (
            "test_portal_stories.TestPortalStories.test_nominate_a_colleague",
            "test_portal_stories.TestPortalStories.test_head_passes_several_at_once",
        ),
    ),
    ("C4", 14, "IT in this work", "test_portal_tours.TestPortalTours.test_score"),
    (
        "C4",
        15,
        "violations found and fought",
        (
            EVALUATION + "test_self_verified_final_and_grade",
            "test_commendation_findings.TestCommendationFindings.test_a_restriction_is_revealed_to_nobody_but_officers",
        ),
    ),
    (
        "C4",
        16,
        "faculties, rooms, persons respond",
        "test_portal_tours.TestPortalTours.test_head_registers_the_unit",
    ),
    (
        "C4",
        17,
        "recipients, six lines",
        (C15 + "test_c4_a_launch_letter_signed_by_the_rector", DEMO + "test_political_school"),
    ),
    (
        "C4",
        18,
        "heads the block",
        (
            BLOCK + "test_the_head_rotates_every_year",
            BLOCK + "test_the_campaign_names_its_blocks",
        ),
    ),
    (
        "C4",
        19,
        "on the school's website",
        NEWS,
    ),
    ("C4", 20, "the rector signs", C15 + "test_c4_a_launch_letter_signed_by_the_rector"),
    ("C4", 21, "kept unchanged", LETTER + "test_the_issued_document_is_sealed_for_everybody"),
    # C5: a provincial people's committee, plan 2021
    ("C5", 1, "a plan", C15 + "test_c5_a_plan_cascaded_with_blocks"),
    (
        "C5",
        2,
        "aim, occasions of the year",
        (C15 + "test_c5_a_plan_cascaded_with_blocks", C15 + "test_c3_a_special_campaign_for_four_occasions"),
    ),
    (
        "C5",
        3,
        "build and spread models",
        (
            MODELS + "test_fostered_honoured_spread",
            REPORT + "test_proposals_and_models_with_a_consent_that_holds",
        ),
    ),
    (
        "C5",
        4,
        "officials and the people take part",
        (
            SENTENCES + "test_a_household_takes_part_with_the_criteria_of_units",
            SENTENCES + "test_a_household_has_criteria_and_ranks_of_its_own",
            "test_reliance.TestOutsider.test_a_household_is_entered_where_it_is_proposed",
        ),
    ),
    ("C5", 5, "contents, dual goal", C15 + "test_c5_a_plan_cascaded_with_blocks"),
    (
        "C5",
        6,
        "every agency assesses its own results",
        (
            OWED + "test_figures_of_targets_are_there_already",
            OWED + "test_a_new_figure_is_reported_on_the_target",
            TARGET + "test_the_report_compares_two_rounds",
            SENTENCES + "test_each_unit_says_how_far_it_is_and_its_measures",
        ),
    ),
    ("C5", 7, "exceed the targets", "test_target.TestTarget.test_the_report_compares_two_rounds"),
    (
        "C5",
        8,
        "departments and districts launch their own",
        "test_campaign_unit.TestUnitActor.test_a_unit_launches_its_own_below",
    ),
    (
        "C5",
        9,
        "units make their plan in time",
        (
            SENTENCES + "test_a_plan_is_handed_in_with_a_file_and_read_by_the_standing_unit",
            OWED + "test_reminders_before_and_after",
        ),
    ),
    (
        "C5",
        10,
        "standing agency of each theme",
        (
            UNIT + "test_the_standing_unit_reminds_who_is_silent",
            OWED + "test_the_standing_unit_drafts_the_summary",
        ),
    ),
    (
        "C5",
        11,
        "interim and final reviews, commended in time",
        (
            REPORT + "test_it_is_a_draft_until_the_round_is_closed_and_then_stands",
            DOSSIER + "test_timeliness_is_a_figure",
        ),
    ),
    ("C5", 12, "results from below rolled up", TREE + "test_the_report_sums_what_comes_from_below"),
    (
        "C5",
        13,
        "clusters and blocks score one another",
        (
            BLOCK + "test_members_score_through_their_own_people",
            BLOCK + "test_cross_scores_rank_and_the_first_is_acclaimed",
            BLOCK + "test_flags_by_size_and_places_after",
            "test_portal_block.TestPortalBlock.test_a_head_scores_the_others_and_the_own_unit",
            "test_portal_block.TestPortalBlock.test_somebody_of_an_outside_body_needs_no_employee",
        ),
    ),
    ("C5", 14, "right achievement, right person", SUBMISSION + "test_it_says_only_what_was_found"),
    (
        "C5",
        15,
        "law and guiding texts",
        (
            LETTER + "test_nothing_leaves_without_signer_bases_and_recipients",
            C15 + "test_c5_a_plan_cascaded_with_blocks",
        ),
    ),
    ("C5", 16, "in time", DOSSIER + "test_the_decision_says_what_is_late"),
    ("C5", 17, "details: attachment", LETTER + "test_annexes_are_sealed_and_the_signed_copy_comes_later"),
)

# Faults that a trial of the five documents met, each with the test that failed before it was mended.
FAULTS = (
    (
        "a letter frozen without number, date and signer",
        LETTER + "test_nothing_leaves_without_signer_bases_and_recipients",
    ),
    ("a stored letter swapped over RPC", LETTER + "test_the_issued_document_is_sealed_for_everybody"),
    ("a launched campaign rewritten silently", CHANGES + "test_a_launched_campaign_is_not_rewritten"),
    ("a pledge changed after approval", CHANGES + "test_a_closed_campaign_takes_and_changes_no_registration"),
    ("a quota that held in the wizard only", QUOTA + "test_one_too_many_stops_the_decision"),
    (
        "a leader acclaimed with scores missing",
        BLOCK + "test_a_missing_score_stops_the_acclaim_until_it_is_settled",
    ),
    (
        "a withdrawn registration that never comes back",
        "test_campaign_deadlines.TestRegistrationDeadlines.test_a_withdrawn_registration_comes_back",
    ),
    ("a deadline that stops and marks nothing", LATE + "test_it_is_refused_where_the_round_says_so"),
    ("a campaign over that still takes registrations", ENDS + "test_an_ended_campaign_takes_nobody_in"),
    (
        "handing down gives the head nothing to do",
        "test_campaign_unit.TestUnitActor.test_the_head_sees_completes_and_launches_the_draft",
    ),
    ("children without a unit in their name", TREE + "test_each_is_told_apart_by_its_unit_and_its_state"),
    ("quotas multiplied by handing down", TREE + "test_quotas_below_are_never_more_than_above"),
    ("handing down to another unit's sub-unit", TREE + "test_a_unit_hands_down_to_its_own_units_only"),
    ("a repetition that forgets rounds, milestones, units", TREE + "test_repeating_forgets_nothing"),
    (
        "what rests on a revoked award is shown nowhere",
        "test_reliance.TestReliance.test_later_and_pending_ones_are_listed",
    ),
    ("a campaign closed over a running one below", CHANGES + "test_a_campaign_ends_after_those_below_it"),
    ("a review that sees nothing of the years below", TREE + "test_the_report_sums_what_comes_from_below"),
    (
        "the superior's campaign cannot be named as parent",
        "test_campaign_unit.TestUnitActor.test_the_campaign_of_the_superior_is_named_as_parent",
    ),
    (
        "nobody proposes for the superior's campaign",
        UNIT + "test_an_agency_proposes_for_the_campaign_of_its_superior",
    ),
    ("a participant who left and is asked on", LEAVING + "test_its_sheets_wait_for_nobody"),
    ("a submission that vouches for what nobody found", SUBMISSION + "test_it_says_only_what_was_found"),
    (
        "an achievement of 2020 for a campaign of 2026",
        "test_campaign_quota.TestPeriodOfCampaign.test_the_achievement_meets_the_campaign_or_says_why_not",
    ),
    (
        "a household the officer cannot enter",
        "test_reliance.TestOutsider.test_a_household_is_entered_where_it_is_proposed",
    ),
    ("a reminder sent twice a day, without the campaign", LATE + "test_one_reminder_a_day"),
    ("milestones that remind nobody", ENDS + "test_milestones_remind"),
)
