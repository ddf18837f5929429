import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";

// Each role is shown around its own screens, where it asks for it on the desk. Nothing is changed on the way.
const menu = (name, content) => ({
    trigger: `.o_menu_sections [data-menu-xmlid='hr_emulation.${name}']`,
    content,
    tooltipPosition: "bottom",
    run: "click",
});
const entry = (name, content) => ({
    trigger: `.o-dropdown--menu [data-menu-xmlid='hr_emulation.${name}']`,
    content,
    tooltipPosition: "right",
    run: "click",
});
const tours = registry.category("web_tour.tours");

tours.add("hr_emulation_guide_officer", {
    steps: () => [
        menu("menu_emulation_campaigns", _t("Campaigns, registrations and scoring are here.")),
        entry("menu_emulation_campaign", _t("A campaign says what is striven for and by which criteria.")),
        {
            trigger: ".o_control_panel .o_breadcrumb",
            content: _t("A launched campaign changes only by a document. Click to go on."),
            run: "click",
        },
        menu("menu_emulation_merit", _t("From proposal to award.")),
        entry(
            "menu_emulation_my_turn",
            _t("What waits for you: choose all, then appraise, return or refuse."),
        ),
        menu("menu_emulation_documents", _t("What goes out with a number and a signature.")),
        entry("menu_emulation_decisions", _t("Issuing gives numbers, prizes and certificates at once.")),
        menu("menu_emulation_reporting", _t("Figures for the head and for the agency above.")),
        entry("menu_emulation_overview", _t("Every figure opens what it counts.")),
        menu("menu_emulation_configuration", _t("What is set up once.")),
        entry("menu_emulation_first_steps", _t("This list ticks itself: begin here.")),
    ],
});

tours.add("hr_emulation_guide_council", {
    steps: () => [
        menu("menu_emulation_council", _t("Sessions of your council, and lists open for comments.")),
        entry(
            "menu_emulation_sessions",
            _t("An open session has a secret ballot: nobody sees who chose what."),
        ),
        menu("menu_emulation_merit", _t("The dossiers the council decides on.")),
        entry("menu_emulation_commendation", _t("Report, conditions and papers are in each dossier.")),
    ],
});

tours.add("hr_emulation_guide_staff", {
    steps: () => [
        menu("menu_emulation_campaigns", _t("Campaigns you take part in.")),
        entry("menu_emulation_participation", _t("Registrations: a head approves those of the unit here.")),
        menu("menu_emulation_campaigns", _t("Scores follow registration.")),
        entry("menu_emulation_evaluation", _t("Fill in your sheet; a head verifies those of the unit.")),
        menu("menu_emulation_merit", _t("Who is proposed for what.")),
        entry("menu_emulation_my_turn", _t("What waits for your yes: choose all, then endorse or return.")),
    ],
});
