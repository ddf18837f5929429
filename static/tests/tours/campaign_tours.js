import { registry } from "@web/core/registry";

// Ten sheets, one key: each time the next waiting sheet opens by itself.
registry.category("web_tour.tours").add("hr_emulation_verify", {
    steps: () => [
        ...Array.from({ length: 10 }, (_, done) => ({
            content: `Verify sheet ${done + 1}`,
            trigger: `.o_form_view:has(.o_field_widget[name=progress]:contains(${done} of 10)) button[name=action_verify_next]`,
            run: "press alt+v",
        })),
        {
            content: "Nothing is left: the list is shown",
            trigger: ".o_list_view .o_data_row:nth-child(10)",
        },
    ],
});

registry.category("web_tour.tours").add("hr_emulation_cascade", {
    steps: () => [
        {
            content: "Launch and hand down",
            trigger: "button[name=action_push]",
            run: "click",
        },
        {
            content: "Choose a unit",
            trigger: ".modal .o_field_widget[name=department_ids] input",
            run: "edit Kế toán",
        },
        {
            content: "Take it",
            trigger: ".o-autocomplete--dropdown-item:contains(Kế toán)",
            run: "click",
        },
        {
            content: "Push",
            trigger: ".modal:has(.o_tag:contains(Kế toán)) button[name=action_push]",
            run: "click",
        },
        {
            content: "Both campaigns are launched",
            trigger: ".o_list_view .o_data_row:nth-child(2):has(.o_data_cell[name=state] .text-bg-success)",
        },
    ],
});
