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

// A line of a sheet is empty until points are given: 0 is given, and what is emptied is given no more.
const line = ".o_field_widget[name=score_ids] .o_data_row:nth-child(2)";
const input = `${line} .o_field_widget[name=self_points] input`;
const save = { trigger: ".o_form_button_save:enabled", run: "click" };
registry.category("web_tour.tours").add("hr_emulation_given", {
    steps: () => [
        {
            content: "Nothing is given yet, and nothing is shown",
            trigger: `${line}:has(.o_data_cell[name=missing_text]:contains(Not filled in yet)) .o_data_cell[name=self_points]`,
            run: ({ anchor }) => {
                if (anchor.textContent.trim()) {
                    throw new Error(`“${anchor.textContent}” stands where nothing was given.`);
                }
                anchor.click();
            },
        },
        { content: "Give 0, and go on by the keyboard", trigger: input, run: "edit 0 && press Tab" },
        save,
        {
            content: "0 stands there and is not missing",
            trigger: `.o_form_saved ${line}:not(:has(.o_data_cell[name=missing_text]:contains(Not filled))) .o_data_cell[name=self_points]:contains(0.00)`,
            run: "click",
        },
        { content: "Take it back", trigger: input, run: "edit  && press Tab" },
        save,
        {
            content: "It is missing again",
            trigger: `.o_form_saved ${line} .o_data_cell[name=missing_text]:contains(Not filled in yet)`,
        },
    ],
});
