import { registry } from "@web/core/registry";

const PARTS = ".o_field_widget[name='part_sheet_ids']";

// The sheet of a year opens with its months; how its points came about adds up; a month opens by a click.
registry.category("web_tour.tours").add("hr_emulation_year", {
    steps: () => [
        {
            content: "The sheet of the year stands with its three months",
            trigger: `${PARTS} .o_data_row:nth-child(3):contains(Tháng 3)`,
        },
        {
            content: "What they bring is its total",
            trigger: ".o_emulation_explanation tr:last-child:contains(Tổng cộng):contains(95)",
        },
        {
            content: "What the months bring is said as such",
            trigger: ".o_emulation_explanation tr:first-child:contains(Từ các kỳ)",
        },
        {
            content: "A month opens by a click",
            trigger: `${PARTS} .o_data_row:nth-child(1):contains(Tháng 1) td:nth-child(2)`,
            run: "click",
        },
        {
            content: "It is the sheet of the month, with its lines",
            trigger:
                ".modal .o_form_view:contains(Tháng 1) .o_field_widget[name='score_ids']:contains(Kỷ luật)",
        },
        {
            trigger: ".modal .btn-close",
            run: "click",
        },
        {
            content: "Back on the year",
            trigger: `body:not(:has(.modal)) ${PARTS}`,
        },
    ],
});
