import { registry } from "@web/core/registry";

// From a figure of the year, and from a bar, to the records it counts; in Vietnamese.
registry.category("web_tour.tours").add("hr_emulation_overview", {
    steps: () => [
        {
            content: "Two awards of this year; a click opens them",
            trigger: ".o_emulation_overview .o_emulation_figure:contains(Đã tặng):contains(2)",
            run: "click",
        },
        {
            content: "The list holds these two",
            trigger: ".o_list_view tbody:has(.o_data_row:nth-child(2)):not(:has(.o_data_row:nth-child(3)))",
        },
        {
            content: "Back to the figures",
            trigger: ".o_breadcrumb .o_back_button, .breadcrumb-item a",
            run: "click",
        },
        {
            content: "A bar opens its part",
            trigger: ".o_emulation_overview .o_emulation_bar:first",
            run: "click",
        },
        {
            content: "A list again",
            trigger: ".o_list_view .o_data_row",
        },
    ],
});
