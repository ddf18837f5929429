import { registry } from "@web/core/registry";

// Counts above the list of commendations: a click shows what was counted, a second one all again.
registry.category("web_tour.tours").add("hr_emulation_list_head", {
    steps: () => [
        {
            content: "One proposal was handed in",
            trigger: ".o_emulation_head_card[data-filter=submitted]:contains(1)",
            run: "click",
        },
        {
            content: "One row",
            trigger: ".o_list_view:has(.o_data_row:nth-child(1)):not(:has(.o_data_row:nth-child(2)))",
        },
        {
            content: "Take the filter away",
            trigger: ".o_emulation_head_card.active[data-filter=submitted]",
            run: "click",
        },
        {
            content: "Both are there again",
            trigger: ".o_list_view .o_data_row:nth-child(2)",
        },
    ],
});

// The same on a phone, where the proposals are cards.
registry.category("web_tour.tours").add("hr_emulation_list_head_phone", {
    steps: () => [
        {
            content: "Both are there",
            trigger:
                ".o_kanban_view .o_kanban_record:not(.o_kanban_ghost) ~ .o_kanban_record:not(.o_kanban_ghost)",
        },
        {
            content: "One proposal was handed in",
            trigger: ".o_kanban_view .o_emulation_head_card[data-filter=submitted]:contains(1)",
            run: "click",
        },
        {
            content: "One card",
            trigger:
                ".o_kanban_view:not(:has(.o_kanban_record:not(.o_kanban_ghost) ~ .o_kanban_record:not(.o_kanban_ghost)))",
        },
        {
            content: "It is still chosen",
            trigger: ".o_emulation_head_card.active[data-filter=submitted]",
        },
    ],
});
