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
