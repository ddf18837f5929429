import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");
const tab = (path) => ({
    trigger: `.o_emulation_tabs a[href='${path}']`,
    run: "click",
    expectUnloadPage: true,
});
const submit = (trigger) => ({ trigger, run: "click", expectUnloadPage: true });
const saw = (trigger) => ({ trigger });

tours.add("hr_emulation_portal_register", {
    steps: () => [
        { trigger: "#emulation_search", run: "edit doan ket" },
        submit(".o_emulation_search button"),
        submit(".o_emulation_cards a:contains('Đoàn kết')"),
        { trigger: "#registration input[name='award']", run: "click" },
        { trigger: "#emulation_pledge", run: "edit Tôi quyết tâm" },
        submit("#registration button:contains('Register')"),
        saw("#registration .o_emulation_state_submitted"),
        submit("#registration button:contains('Withdraw')"),
        saw("#registration .o_emulation_state_withdrawn"),
    ],
});

tours.add("hr_emulation_portal_score", {
    steps: () => [
        submit(".o_emulation_cards a"),
        { trigger: ".o_emulation_line:eq(0) input[inputmode]", run: "edit 55,5" },
        saw(".o_emulation_saved:contains('Everything is stored.')"),
        saw(".o_emulation_total_points:contains('55,5')"),
        { trigger: ".o_emulation_line:eq(1) input[inputmode]", run: "edit 41" },
        saw(".o_emulation_line_message:contains('41')"),
        { trigger: ".o_emulation_line:eq(1) input[inputmode]", run: "edit 40" },
        saw(".o_emulation_total_points:contains('95,5')"),
        saw(".o_emulation_saved:contains('Everything is stored.')"),
        submit("button[name='hand_in']"),
        saw(".o_emulation_facts .o_emulation_state_submitted"),
    ],
});

tours.add("hr_emulation_portal_offline", {
    steps: () => [
        submit(".o_emulation_cards a"),
        {
            trigger: ".o_emulation_line:eq(0) input[inputmode]",
            // The line is cut: what is typed now has to survive.
            async run({ anchor, edit }) {
                this.open = window.XMLHttpRequest.prototype.open;
                window.XMLHttpRequest.prototype.open = function () {
                    throw new Error("no connection");
                };
                window.fetch = () => Promise.reject(new TypeError("no connection"));
                await edit("33", anchor);
            },
        },
        saw(".o_emulation_saved:contains('No connection')"),
        {
            trigger: ".o_emulation_tabs a[href='/my/emulation/evaluations']",
            run: "click",
            expectUnloadPage: true,
        },
        submit(".o_emulation_cards a"),
        saw(".o_emulation_saved:contains('Everything is stored.')"),
        saw(".o_emulation_total_points:contains('33')"),
    ],
});

tours.add("hr_emulation_portal_achievement", {
    steps: () => [
        submit(".o_emulation_button:contains('Declare')"),
        { trigger: "#achievement_name", run: "edit Số hóa hồ sơ" },
        { trigger: "#achievement_description", run: "edit Tiết kiệm 200 giờ mỗi năm" },
        submit("button[name='keep']"),
        submit("button[name='hand_in']"),
        saw(".o_emulation_facts .o_emulation_state_submitted"),
        tab("/my/emulation/achievements"),
        submit("a[href='/my/emulation/nominate']"),
        { trigger: "#nominate_employee", run: "selectByIndex 1" },
        { trigger: "#nominate_summary", run: "edit Giúp cả phòng học việc mới" },
        submit("button:contains('Propose')"),
        saw(".o_emulation_note_success"),
        saw("section h3:contains('Bình')"),
    ],
});

tours.add("hr_emulation_portal_commendation", {
    steps: () => [
        submit(".o_emulation_cards a"),
        saw(".o_emulation_road:contains('Commended')"),
        submit("button:contains('I have received it')"),
        saw(".o_emulation_note:contains('Receipt confirmed')"),
        { trigger: "summary:contains('Appeal')", run: "click" },
        { trigger: "#appeal_text", run: "edit Đề nghị xem lại" },
        submit("details[open] button:contains('Send')"),
        saw(".o_emulation_request:contains('Đề nghị xem lại')"),
        { trigger: "input[name='consent']", run: "click" },
        submit("form[action$='/consent'] button"),
        tab("/emulation/honour"),
        saw(".o_emulation_honour:contains('Nguyễn Thị An')"),
        submit(".o_emulation_display button[value='large']"),
        saw("html.o_emulation_text_large"),
    ],
});

tours.add("hr_emulation_portal_head", {
    steps: () => [
        { trigger: "form[action$='/proposals'] .o_emulation_check_all input", run: "click" },
        submit("form[action$='/proposals'] button[value='endorse']"),
        saw(".o_emulation_note_success"),
        submit("a:contains('Verify line by line')"),
        { trigger: ".o_emulation_line:eq(0) input[inputmode]", run: "edit 50" },
        submit("button:contains('Verify')"),
        saw(".o_emulation_note_success"),
        saw(".o_emulation_empty"),
    ],
});
