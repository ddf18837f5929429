import { registry } from "@web/core/registry";

// Everything by keyboard: down into the list, select all, endorse, read why three could not go, see just those.
registry.category("web_tour.tours").add("hr_emulation_unit_head", {
    steps: () => [
        {
            content: "The fifty proposals are there",
            trigger: ".o_list_view .o_data_row:nth-child(50)",
        },
        {
            content: "The top bar counts those that are mine to endorse",
            trigger: ".o_emulation_my_turn:contains(47)",
        },
        {
            content: "Go down into the list",
            trigger: ".o_searchview_input",
            run: "press ArrowDown",
        },
        {
            content: "Select all",
            trigger: ".o_list_view thead .o_list_record_selector input:focus",
            run: "press Space",
        },
        {
            content: "Endorse",
            trigger: ".o_control_panel button[name=action_endorse]",
            run: "press alt+e",
        },
        {
            content: "Forty-seven went",
            trigger: ".modal .o_field_widget[name=done_count]:contains(47)",
        },
        {
            content: "The reasons of the others are grouped: two in another step",
            trigger: ".modal .o_data_row:first-child:contains(in another step)",
        },
        {
            content: "and one's own",
            trigger: ".modal .o_data_row:contains(their own matter)",
        },
        {
            content: "Nothing waits any more: the count is gone",
            trigger: ".o_main_navbar:not(:has(.o_emulation_my_turn))",
        },
        {
            content: "Show just those",
            trigger: ".modal button[name=action_show_skipped]",
            run: "press alt+q",
        },
        {
            content: "Exactly three are left",
            trigger: ".o_list_view tbody:has(.o_data_row:nth-child(3)):not(:has(.o_data_row:nth-child(4)))",
        },
    ],
});
