import { registry } from "@web/core/registry";

// The officer's part of the main job, each stage on the page where it begins.
registry.category("web_tour.tours").add("hr_emulation_officer_launch", {
    steps: () => [
        {
            content: "Launch the campaign",
            trigger: ".o_form_view button[name=action_launch]",
            run: "click",
        },
        {
            content: "It is launched",
            trigger: ".o_statusbar_status .o_arrow_button_current[data-value=launched]",
        },
    ],
});

registry.category("web_tour.tours").add("hr_emulation_officer_appraise", {
    steps: () => [
        {
            content: "Two endorsed proposals wait",
            trigger: ".o_list_view .o_data_row:nth-child(2)",
        },
        {
            content: "Select both",
            trigger: ".o_list_view thead .o_list_record_selector input",
            run: "click",
        },
        {
            content: "Appraise them",
            trigger: ".o_control_panel button[name=action_appraise]",
            run: "click",
        },
        {
            content: "Both are appraised",
            trigger:
                ".o_list_view:not(:has(.o_data_row [name=stage] .text-bg-info)):has([name=stage] .text-bg-warning)",
        },
    ],
});

registry.category("web_tour.tours").add("hr_emulation_officer_issue", {
    steps: () => [
        {
            content: "Look at what issuing would do",
            trigger: ".o_form_view button[name=action_preview]",
            run: "click",
        },
        {
            content: "Type the confirmation",
            trigger: ".modal .o_field_widget[name=confirmation] input",
            run: "edit ISSUE 2",
        },
        {
            content: "Issue",
            trigger: ".modal footer button[name=action_confirm]",
            run: "click",
        },
        {
            content: "The decision is issued",
            trigger: ".o_statusbar_status .o_arrow_button_current[data-value=issued]",
        },
    ],
});
