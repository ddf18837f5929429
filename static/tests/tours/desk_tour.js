import { registry } from "@web/core/registry";

// From the first screen to exactly what waits, in Vietnamese.
registry.category("web_tour.tours").add("hr_emulation_desk", {
    steps: () => [
        {
            content: "The screen says what waits",
            trigger: ".o_emulation_desk h2:contains(Việc chờ tôi)",
        },
        {
            content: "Three proposals wait; a click opens them",
            trigger: ".o_emulation_desk_card[data-model='emulation.commendation']:contains(3)",
            run: "click",
        },
        {
            content: "The list holds these three",
            trigger: ".o_list_view tbody:has(.o_data_row:nth-child(3)):not(:has(.o_data_row:nth-child(4)))",
        },
        {
            content: "The number in the top bar leads back",
            trigger: ".o_emulation_my_turn button",
            run: "click",
        },
        {
            content: "What comes stands beside",
            trigger: ".o_emulation_desk h2:contains(30 ngày tới)",
        },
    ],
});
