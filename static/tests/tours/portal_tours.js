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

// Home cards: a number, and the way to it.
tours.add("hr_emulation_portal_home", {
    steps: () => [
        saw(".o_emulation_card_title:contains('My commendations')"),
        saw(
            ".o_emulation_card:has([href='/my/emulation/commendations']) .o_emulation_card_count:contains('1')",
        ),
        saw(
            ".o_emulation_card:has([href='/my/emulation/evaluations']) .o_emulation_card_count:contains('1')",
        ),
        submit(".o_emulation_card a[href='/my/emulation']:has(.o_emulation_card_count:contains('2'))"),
        saw(".o_emulation_todo:contains('Thiếu số liệu')"),
        submit(".o_emulation_todo a[href*='/proposals/']"),
        saw(".o_emulation_note:contains('Thiếu số liệu')"),
        { trigger: "#nominate_summary", run: "edit Tiết kiệm 200 giờ, có số liệu kèm theo" },
        submit("button[name='hand_in']"),
        saw(".o_emulation_facts .o_emulation_state_submitted"),
        submit("button[name='withdraw']"),
        saw(".o_emulation_facts .o_emulation_state_withdrawn"),
    ],
});

tours.add("hr_emulation_portal_refusal", {
    steps: () => [
        submit(".o_emulation_cards a:contains('Đoàn kết')"),
        saw("#registration .o_emulation_state_refused"),
        saw("#registration .o_emulation_note:contains('Chưa đủ thời gian công tác')"),
    ],
});

tours.add("hr_emulation_portal_unit_registration", {
    steps: () => [
        submit(".o_emulation_cards a:contains('Đoàn kết')"),
        { trigger: "#emulation_recipient", run: "selectByLabel Phòng Tổ chức" },
        { trigger: "#emulation_pledge", run: "edit Cả phòng quyết tâm" },
        submit("#registration button:contains('Register')"),
        saw("#registration .o_emulation_registration:contains('Phòng Tổ chức')"),
        saw("#registration .o_emulation_pledge:contains('Cả phòng quyết tâm')"),
    ],
});

tours.add("hr_emulation_portal_second_tab", {
    steps: () => [
        submit(".o_emulation_cards a"),
        {
            trigger: ".o_emulation_line:eq(0) input[inputmode]",
            // The other tab: the same sheet, the same line, stored before this one.
            async run({ anchor, edit }) {
                const [field, line] = anchor.name.split("-");
                const values = { [field]: "20" };
                const params = { lines: [{ id: Number(line), base: { [field]: "" }, values }] };
                await fetch(`${window.location.pathname}/save`, {
                    method: "POST",
                    headers: { "Content-Type": "application/json" },
                    body: JSON.stringify({ jsonrpc: "2.0", method: "call", id: 1, params }),
                });
                await edit("30", anchor);
            },
        },
        saw(".o_emulation_line_message:contains('20')"),
        { trigger: ".o_emulation_line_message button:contains('Keep what I typed')", run: "click" },
        saw(".o_emulation_saved:contains('Everything is stored.')"),
        saw(".o_emulation_total_points:contains('30')"),
    ],
});

tours.add("hr_emulation_portal_evidence", {
    steps: () => [
        submit(".o_emulation_cards a"),
        { trigger: ".o_emulation_line:eq(1) .o_emulation_evidence summary", run: "click" },
        {
            trigger: ".o_emulation_line:eq(1) input[type='file']",
            run({ anchor }) {
                const files = new DataTransfer();
                files.items.add(new File(["%PDF-1.4 minh chung"], "../Báo cáo.exe"));
                anchor.files = files.files;
            },
        },
        submit(".o_emulation_line:eq(1) .o_emulation_evidence button:contains('Attach')"),
        saw(".o_emulation_line:eq(1) .o_emulation_download:contains('Báo cáo.pdf')"),
        submit(".o_emulation_line:eq(1) .o_emulation_evidence button:contains('Remove')"),
        saw(".o_emulation_line:eq(1) .o_emulation_evidence:not(:has(.o_emulation_download))"),
    ],
});

tours.add("hr_emulation_portal_propose_oneself", {
    steps: () => [
        submit("a[href='/my/emulation/nominate']"),
        saw("#nominate_employee:has(option:first-child:contains('Nguyễn Thị An'))"),
        { trigger: "#nominate_summary", run: "edit Sáng kiến của tôi" },
        { trigger: "input[name='merit']", run: "click" },
        submit("button:contains('Propose')"),
        submit("section a:contains('Nguyễn Thị An')"),
        saw(".o_emulation_facts .o_emulation_state_submitted"),
        saw(".o_emulation li:contains('Bí mật của An')"),
    ],
});

tours.add("hr_emulation_portal_papers", {
    steps: () => [
        submit(".o_emulation_cards a:contains('Lao động tiên tiến')"),
        saw(".o_emulation_road li:eq(1):contains('Proposed')"),
        saw(".o_emulation_road [aria-current='step'], .o_emulation_road li:contains('Commended')"),
        {
            trigger: ".o_emulation_side",
            async run({ anchor }) {
                const papers = [...anchor.querySelectorAll("a.o_emulation_download")];
                if (papers.length !== 2) {
                    throw new Error(`${papers.length} papers to download instead of 2`);
                }
                for (const paper of papers) {
                    const answer = await fetch(paper.href);
                    if (!answer.headers.get("Content-Disposition")?.startsWith("attachment")) {
                        throw new Error(`${paper.href} is not a download`);
                    }
                }
            },
        },
        { trigger: "summary:contains('My data is wrong')", run: "click" },
        { trigger: "#correction_text", run: "edit Tên đệm của tôi là Thị" },
        submit("details[open] button:contains('Send')"),
        saw(".o_emulation_request:contains('Tên đệm của tôi là Thị')"),
    ],
});

tours.add("hr_emulation_portal_stories", {
    steps: () => [
        saw(".o_emulation_honour:contains('Nguyễn Thị An')"),
        { trigger: "#honour_search", run: "edit tran van" },
        submit(".o_emulation_search button"),
        saw(".o_emulation_empty"),
        submit("a[href*='/emulation/honour/stories']"),
        saw(".o_emulation_story:contains('Người giữ lửa')"),
        saw(".o_emulation:not(:contains('Chuyện đã hết hạn'))"),
    ],
});

tours.add("hr_emulation_portal_head_list", {
    steps: () => [
        { trigger: "form[action$='/proposals'] li input[type='checkbox']", run: "click" },
        { trigger: "#proposals_reason", run: "edit Thiếu minh chứng" },
        submit("form[action$='/proposals'] button[value='return']"),
        saw(".o_emulation_note_success:contains('Returned')"),
        { trigger: "form[action$='/unit/evaluations'] .o_emulation_check_all input", run: "click" },
        submit("form[action$='/unit/evaluations'] button[value='verify']"),
        saw(".o_emulation_note_success:contains('Verified')"),
        { trigger: "form[action$='/registrations'] .o_emulation_check_all input", run: "click" },
        submit("form[action$='/registrations'] button[value='approve']"),
        saw(".o_emulation_note_success:contains('Approved')"),
        saw(".o_emulation_empty"),
    ],
});
