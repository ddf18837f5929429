import { registry } from "@web/core/registry";

// A year of an agency, what its people click in the backend, in Vietnamese as they read it.
const tours = registry.category("web_tour.tours");
const SELECT_ALL = ".o_list_view thead .o_list_record_selector input";
const UNITS = ["Văn phòng", "Phòng Tài chính", "Phòng Kinh tế", "Phòng Nội vụ", "Phòng Văn hóa", "Trung tâm"];

tours.add("hr_emulation_year_letter", {
    steps: () => [
        {
            content: "Issue the launch letter",
            trigger: ".o_form_view button[name=action_issue]:contains(Ban hành)",
            run: "click",
        },
        {
            content: "It says what becomes of it",
            trigger: ".modal .btn-primary",
            run: "click",
        },
        {
            content: "It is issued",
            trigger: ".o_statusbar_status .o_arrow_button_current[data-value=issued]:contains(Đã ban hành)",
        },
    ],
});

tours.add("hr_emulation_year_push", {
    steps: () => [
        {
            content: "Hand the campaign down",
            trigger: "button[name=action_push]:contains(Phát động và giao xuống)",
            run: "click",
        },
        {
            content: "The units launch it themselves",
            trigger: ".modal .o_field_widget[name=launch_below] input",
            run: "click",
        },
        ...UNITS.flatMap((unit) => [
            {
                content: `Choose ${unit}`,
                trigger: ".modal .o_field_widget[name=department_ids] input",
                run: `edit ${unit}`,
            },
            {
                content: `Take ${unit}`,
                trigger: `.o-autocomplete--dropdown-item:contains(${unit})`,
                run: "click",
            },
            {
                content: `${unit} is there`,
                trigger: `.modal .o_tag:contains(${unit})`,
            },
        ]),
        {
            content: "Hand down",
            trigger: ".modal button[name=action_push]",
            run: "click",
        },
        {
            content: "Seven campaigns, six of them drafts",
            trigger: ".o_list_view:has(.o_data_row:nth-child(7)):contains(Dự thảo)",
        },
    ],
});

tours.add("hr_emulation_year_unit_launch", {
    steps: () => [
        {
            content: "The head launches what was handed down",
            trigger: ".o_form_view button[name=action_launch]:contains(Phát động)",
            run: "click",
        },
        {
            content: "It is launched",
            trigger:
                ".o_statusbar_status .o_arrow_button_current[data-value=launched]:contains(Đã phát động)",
        },
    ],
});

tours.add("hr_emulation_year_confirm", {
    steps: () => [
        {
            content: "Eleven sheets wait for the conclusion",
            trigger: ".o_list_view .o_data_row:nth-child(11):contains(Đã thẩm tra)",
        },
        {
            content: "Select all",
            trigger: SELECT_ALL,
            run: "click",
        },
        {
            content: "Conclude",
            trigger: ".o_control_panel button[name=action_confirm]:contains(Kết luận)",
            run: "click",
        },
        {
            content: "All are concluded",
            trigger: ".o_list_view tbody:contains(Đã kết luận):not(:contains(Đã thẩm tra))",
        },
    ],
});

tours.add("hr_emulation_year_endorse", {
    steps: () => [
        {
            content: "Five proposals wait for the director",
            trigger: ".o_list_view .o_data_row:nth-child(5)",
        },
        {
            content: "Select all",
            trigger: SELECT_ALL,
            run: "click",
        },
        {
            content: "Endorse",
            trigger: ".o_control_panel button[name=action_endorse]:contains(Thông qua)",
            run: "click",
        },
        {
            content: "All five are endorsed",
            trigger: ".o_list_view .o_data_row:nth-child(5):contains(Đơn vị đã thông qua)",
        },
    ],
});

tours.add("hr_emulation_year_count", {
    steps: () => [
        {
            content: "Close the vote",
            trigger: ".o_form_view button[name=action_close]:contains(Kết thúc và kiểm phiếu)",
            run: "click",
        },
        {
            content: "Yes",
            trigger: ".modal .btn-primary",
            run: "click",
        },
        {
            content: "It is counted",
            trigger: ".o_statusbar_status .o_arrow_button_current[data-value=closed]:contains(Đã kết thúc)",
        },
    ],
});

tours.add("hr_emulation_year_decision", {
    steps: () => [
        {
            content: "Look at what issuing would do",
            trigger: ".o_form_view button[name=action_preview]",
            run: "click",
        },
        {
            content: "Type the confirmation",
            trigger: ".modal .o_field_widget[name=confirmation] input",
            run: "edit BAN HÀNH 5",
        },
        {
            content: "Issue",
            trigger: ".modal footer button[name=action_confirm]",
            run: "click",
        },
        {
            content: "The decision is issued",
            trigger: ".o_statusbar_status .o_arrow_button_current[data-value=issued]:contains(Đã ban hành)",
        },
    ],
});
