import { registry } from "@web/core/registry";

// A new officer finds what to do first, in Vietnamese.
registry.category("web_tour.tours").add("hr_emulation_first_steps", {
    steps: () => [
        {
            content: "The first screen leads to the first steps",
            trigger: ".o_emulation_desk_steps:contains(Bước đầu)",
            run: "click",
        },
        {
            content: "What only an administrator may says so",
            trigger: "[data-step='agency']:contains(quản trị):not(:has(button))",
        },
        {
            content: "Past years come in from the officer's lists",
            trigger: "[data-step='history'] button:contains(Thực hiện)",
            run: "click",
        },
        {
            content: "The screen where it is done",
            trigger: ".o_view_controller .o_breadcrumb:contains(Nhập danh sách)",
        },
    ],
});
