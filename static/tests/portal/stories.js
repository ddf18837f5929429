/** @odoo-module ignore */
// The stories of the portal, in Vietnamese as people read them. ``at`` is where, ``text`` what stands there.

"use strict";

globalThis.stories = {
    register: [
        { at: "#emulation_search", type: "doan ket" },
        { at: ".o_emulation_search button", click: 1 },
        { at: ".o_emulation_cards a", text: "Đoàn kết", click: 1 },
        { at: "#registration input[name=award]", click: 1 },
        { at: "#emulation_pledge", type: "Tôi quyết tâm" },
        { at: "#registration button", text: "Đăng ký", click: 1 },
        { at: "#registration .o_emulation_state_submitted" },
        { at: ".o_emulation_note_success", text: "đăng ký" },
        { at: "#registration button", text: "Rút", click: 1 },
        { at: "#registration .o_emulation_state_withdrawn" },
    ],

    path_register: [
        { at: "textarea[name=pledge]", type: "Không để hồ sơ quá hạn." },
        { at: "form[action*='/register'] button[type=submit]", click: 1 },
        { at: "#registration form[action*='/withdraw']" },
    ],

    // What the people of an agency do in a year (test_year.py).
    year_targets: [
        { at: "#targets li", text: "Hồ sơ đúng hạn: 100 hồ sơ" },
        { at: "#targets .o_emulation_check_all input", click: 1 },
        { at: "#targets button[value=approve]", text: "Duyệt", click: 1 },
        { at: ".o_emulation_note_success", text: "Đã duyệt: 6" },
        { at: "#targets", gone: 1 },
    ],

    year_progress: [
        { at: "#progress_value", type: "100" },
        { at: "#progress_note", type: "Giải quyết hồ sơ cả ngày thứ Bảy" },
        { at: "#report button[type=submit]", text: "Báo cáo", click: 1 },
        { at: ".o_emulation_note_success", text: "Đã báo cáo" },
        { at: ".o_emulation_reached", text: "100%" },
    ],

    year_report: [
        { at: "form textarea", type: "Cả phòng làm theo quy trình mới." },
        { at: "button[name=hand_in]", text: "Nộp", click: 1 },
        { at: ".o_emulation_state_submitted", text: "Đã nộp" },
    ],

    year_score: [
        { at: ".o_emulation_line input[inputmode]", nth: 0, type: "100" },
        { at: ".o_emulation_line input[inputmode]", nth: 1, type: "28" },
        { at: ".o_emulation_saved", text: "Đã lưu tất cả." },
        { at: ".o_emulation_total_points", text: "98" },
        { at: "button[name=hand_in]", click: 1 },
        { at: ".o_emulation_facts .o_emulation_state_submitted", text: "Đã gửi" },
    ],

    year_ballot: [
        { at: "a[href*='/my/emulation/dossiers/']", text: "Đọc hồ sơ" },
        { at: ".o_emulation_agree_all button", click: 1 },
        { at: "input[type=radio][value=agree]:checked" },
        { at: "input[type=checkbox][required]", click: 1 },
        { at: "button", text: "Bỏ phiếu", click: 1 },
        { at: ".o_emulation_state", text: "đã bỏ phiếu" },
    ],

    path_certificate: [
        { at: "a[href*='/my/emulation/commendations/']", text: "Danh hiệu", click: 1 },
        { at: "a.o_emulation_download[href*='/my/emulation/certificates/']" },
    ],

    score: [
        { at: ".o_emulation_cards a", click: 1 },
        { at: ".o_emulation_line input[inputmode]", nth: 0, type: "55,5" },
        { at: ".o_emulation_saved", text: "Đã lưu tất cả." },
        { at: ".o_emulation_total_points", text: "55,5" },
        { at: ".o_emulation_line input[inputmode]", nth: 1, type: "41" },
        { at: ".o_emulation_line_message", text: "41" },
        { at: ".o_emulation_saved", text: "Một số dòng chưa lưu" },
        { at: ".o_emulation_line input[inputmode][aria-invalid=true]" },
        { at: ".o_emulation_line input[inputmode]", nth: 1, type: "40" },
        { at: ".o_emulation_total_points", text: "95,5" },
        { at: ".o_emulation_saved", text: "Đã lưu tất cả." },
        { at: "button[name=hand_in]", click: 1 },
        { at: ".o_emulation_facts .o_emulation_state_submitted" },
    ],

    offline: [
        { at: ".o_emulation_cards a", click: 1 },
        { at: ".o_emulation_line input[inputmode]" },
        {
            // The line is cut: what is typed now has to survive.
            run(page) {
                page.fetch = () => Promise.reject(new TypeError("no connection"));
                page.XMLHttpRequest.prototype.send = () => {
                    throw new Error("no connection");
                };
            },
        },
        { at: ".o_emulation_line input[inputmode]", nth: 0, type: "33" },
        { at: ".o_emulation_line textarea", nth: 0, type: "Một giờ viết" },
        { at: ".o_emulation_saved", text: "Mất kết nối" },
        // Pressing the button keeps it as well: the server has said nothing.
        { at: "button[name=keep]", click: 1 },
        { at: ".o_emulation_told", text: "Mất kết nối" },
        { go: "/my/emulation/evaluations" },
        { at: ".o_emulation_cards a", click: 1 },
        { at: ".o_emulation_saved", text: "Đã lưu tất cả." },
        { at: ".o_emulation_total_points", text: "33" },
        { at: ".o_emulation_line textarea", text: "Một giờ viết" },
    ],

    achievement: [
        { at: ".o_emulation_button", text: "Kê khai thành tích", click: 1 },
        { at: "#achievement_name", type: "Số hóa hồ sơ" },
        { at: "#achievement_description", type: "Tiết kiệm 200 giờ mỗi năm" },
        { at: "button[name=keep]", click: 1 },
        { at: "button[name=hand_in]", click: 1 },
        { at: ".o_emulation_facts .o_emulation_state_submitted" },
        { at: ".o_emulation_tabs a[href='/my/emulation/achievements']", click: 1 },
        { at: "a[href='/my/emulation/nominate']", click: 1 },
        { at: "#nominate_employee", choose: "Bình" },
        { at: "#nominate_summary", type: "Giúp cả phòng học việc mới" },
        { at: "form button[name=keep]", click: 1 },
        { at: ".o_emulation_note_success", text: "Đã lưu bản nháp" },
        { at: "#missing li", text: "Báo cáo thành tích" },
        { at: "#report_results", type: "Hướng dẫn 12 người, giảm 30 % hồ sơ trễ hạn" },
        { at: "#papers summary", click: 1 },
        { at: "#papers input[type=file]", file: { name: "xac-nhan.pdf", content: "%PDF-1.4 xác nhận" } },
        { at: "#papers form button", text: "Đính kèm", click: 1 },
        { at: "#papers a.o_emulation_download", text: "xac-nhan.pdf" },
        { at: ".o_emulation_restored" },
        { at: "#report_results", text: "" },
        { at: "button[name=hand_in]", click: 1 },
        { at: ".o_emulation_note_success", text: "số tiếp nhận" },
        { at: ".o_emulation_note a.o_emulation_download", text: "Giấy tiếp nhận" },
        { at: "button[name=take_back]" },
    ],

    commendation: [
        { at: ".o_emulation_cards a", click: 1 },
        { at: ".o_emulation_road", text: "Đã khen thưởng" },
        { at: "button", text: "Tôi đã nhận", click: 1 },
        { at: ".o_emulation_note", text: "Đã xác nhận" },
        { at: "summary", text: "Kiến nghị", click: 1 },
        { at: "#appeal_text", type: "Đề nghị xem lại" },
        { at: "details[open] button", text: "Gửi", click: 1 },
        { at: ".o_emulation_request", text: "Đề nghị xem lại" },
        { at: "input[name=consent]", click: 1 },
        { at: "form[action$='/consent'] button", click: 1 },
        { at: ".o_emulation_note_success", text: "bảng vàng" },
        { at: ".o_emulation_tabs a[href='/emulation/honour']", click: 1 },
        { at: ".o_emulation_honour", text: "Nguyễn Thị An" },
        { at: ".o_emulation_account summary", click: 1 },
        { at: ".o_emulation_display button[value=large]", click: 1 },
        { at: "html.o_emulation_text_large" },
    ],

    head: [
        { at: "form[action$='/proposals'] .o_emulation_check_all input", click: 1 },
        { at: "form[action$='/proposals'] button[value=endorse]", click: 1 },
        { at: ".o_emulation_note_success" },
        { at: "a", text: "Thẩm tra từng dòng", click: 1 },
        { at: ".o_emulation_line input[inputmode]", nth: 0, type: "50" },
        { at: "button", text: "Thẩm tra", click: 1 },
        { at: ".o_emulation_note_success" },
        { at: ".o_emulation_empty" },
    ],

    refusal: [
        { at: ".o_emulation_cards a", text: "Đoàn kết", click: 1 },
        { at: "#registration .o_emulation_state_refused" },
        { at: "#registration .o_emulation_note", text: "Chưa đủ thời gian công tác" },
    ],

    unit_registration: [
        { at: ".o_emulation_cards a", text: "Đoàn kết", click: 1 },
        { at: "#emulation_recipient", choose: "Phòng Tổ chức" },
        { at: "#emulation_pledge", type: "Cả phòng quyết tâm" },
        { at: "#registration button", text: "Đăng ký", click: 1 },
        { at: "#registration .o_emulation_registration", text: "Phòng Tổ chức" },
        { at: "#registration .o_emulation_pledge", text: "Cả phòng quyết tâm" },
    ],

    second_tab: [
        { at: ".o_emulation_cards a", click: 1 },
        { at: ".o_emulation_line input[inputmode]" },
        {
            // The other tab: the same sheet, the same line, stored before this one.
            async run(page) {
                const [field, line] = page.document
                    .querySelector(".o_emulation_line input[inputmode]")
                    .name.split("-");
                const values = { [field]: "20" };
                const params = { lines: [{ id: Number(line), base: { [field]: "" }, values }] };
                await page.fetch(`${page.location.pathname}/save`, {
                    method: "POST",
                    headers: { "Content-Type": "application/json" },
                    body: JSON.stringify({ jsonrpc: "2.0", method: "call", id: 1, params }),
                });
            },
        },
        { at: ".o_emulation_line input[inputmode]", nth: 0, type: "30" },
        { at: ".o_emulation_line_message", text: "20" },
        { at: ".o_emulation_line_message button", text: "Giữ nội dung tôi vừa nhập", click: 1 },
        { at: ".o_emulation_saved", text: "Đã lưu tất cả." },
        { at: ".o_emulation_total_points", text: "30" },
    ],

    evidence: [
        { at: ".o_emulation_cards a", click: 1 },
        { at: ".o_emulation_evidence summary", nth: 1, click: 1 },
        {
            at: ".o_emulation_evidence input[type=file]",
            nth: 1,
            file: { name: "../Báo cáo.exe", content: "%PDF-1.4 minh chung" },
        },
        { at: ".o_emulation_files li", text: "Báo cáo.exe" },
        { at: "details[open] button", text: "Đính kèm", click: 1 },
        { at: ".o_emulation_download", text: "Báo cáo.pdf" },
        { at: ".o_emulation_evidence button[aria-label*='Báo cáo.pdf']", click: 1 },
        { at: ".o_emulation_download", text: "Báo cáo.pdf", gone: 1 },
    ],

    // The line breaks at the third part; the file goes on there, whatever is sent again.
    broken_file: [
        { at: ".o_emulation_cards a", click: 1 },
        { at: ".o_emulation_evidence summary", nth: 1, click: 1 },
        {
            run(page) {
                const send = page.fetch.bind(page);
                const starts = (page.starts = []);
                page.fetch = (address, options) => {
                    if (address === "/my/emulation/uploads") {
                        starts.push(Number(options.body.get("start")));
                        if (starts.length === 4) {
                            return Promise.reject(new TypeError("no line"));
                        }
                    }
                    return send(address, options);
                };
            },
        },
        {
            at: ".o_emulation_evidence input[type=file]",
            nth: 1,
            file: { name: "lon.pdf", content: `%PDF-1.4 ${"x".repeat(500000)}` },
        },
        {
            async run(page, { pause }) {
                const form = page.document.querySelectorAll(".o_emulation_evidence details form")[1];
                form.querySelector("button[type=submit]").click();
                while (page.starts.length < 4) {
                    await pause(20);
                }
            },
        },
        { at: ".o_emulation_told", text: "Mất kết nối" },
        {
            run(page) {
                page.broken = [...page.starts];
                page.parent.starts = page.starts;
            },
        },
        { at: ".o_emulation_told button", text: "Gửi lại", click: 1 },
        { at: ".o_emulation_download", text: "lon.pdf" },
        {
            run(page) {
                const starts = page.parent.starts.join(" ");
                const wanted = "0 0 131072 262144 0 262144 393216";
                if (starts !== wanted) {
                    throw new Error(`parts began at ${starts}, not ${wanted}`);
                }
            },
        },
    ],

    large_file: [
        { at: ".o_emulation_cards a", click: 1 },
        { at: ".o_emulation_evidence summary", nth: 0, click: 1 },
        {
            run(page) {
                page.document.querySelector("input[type=file]").dataset.limit = "0.00001";
            },
        },
        { at: "input[type=file]", nth: 0, file: { name: "bao-cao.pdf", content: "%PDF-1.4 minh chung" } },
        { at: ".o_emulation_files .o_emulation_field_error", text: "lớn hơn" },
    ],

    propose_oneself: [
        { at: "a[href='/my/emulation/nominate']", click: 1 },
        { at: "#nominate_employee", text: "Nguyễn Thị An" },
        { at: "#nominate_summary", type: "Sáng kiến của tôi" },
        { at: "input[name=merit]", click: 1 },
        { at: "button[name=hand_in]", click: 1 },
        { at: ".o_emulation_facts .o_emulation_state_submitted" },
        { at: "button[name=take_back]", click: 1 },
        { at: ".o_emulation_facts .o_emulation_state_draft" },
        { at: "button[name=hand_in]", click: 1 },
        { at: ".o_emulation_facts .o_emulation_state_submitted" },
        { at: "main li", text: "Bí mật của An" },
    ],

    papers: [
        { at: ".o_emulation_cards a", text: "Lao động tiên tiến", click: 1 },
        { at: ".o_emulation_road li", text: "Đã đề nghị" },
        {
            async run(page) {
                const papers = [
                    ...page.document.querySelectorAll(".o_emulation_side a.o_emulation_download"),
                ];
                if (papers.length !== 3) {
                    throw new Error(
                        `${papers.length} papers to download instead of the decision, the certificate and its badge`,
                    );
                }
                for (const paper of papers) {
                    const answer = await page.fetch(paper.href);
                    if (!answer.headers.get("Content-Disposition")?.startsWith("attachment")) {
                        throw new Error(`${paper.href} is not a download`);
                    }
                }
            },
        },
        { at: "summary", text: "Thông tin của tôi chưa đúng", click: 1 },
        { at: "#correction_text", type: "Tên đệm của tôi là Thị" },
        { at: "details[open] button", text: "Gửi", click: 1 },
        { at: ".o_emulation_request", text: "Tên đệm của tôi là Thị" },
    ],

    stories: [
        { at: ".o_emulation_honour", text: "Nguyễn Thị An" },
        { at: "#honour_search", type: "tran van" },
        { at: ".o_emulation_search button", click: 1 },
        { at: ".o_emulation_empty" },
        { at: "a[href*='/emulation/honour/stories']", click: 1 },
        { at: ".o_emulation_story", text: "Người giữ lửa" },
        { at: "main", text: "Chuyện đã hết hạn", gone: 1 },
    ],

    head_list: [
        { at: "form[action$='/proposals'] li input[type=checkbox]", click: 1 },
        { at: "#proposals_reason", type: "Thiếu minh chứng" },
        { at: "form[action$='/proposals'] button[value=return]", click: 1 },
        { at: ".o_emulation_note_success", text: "Đã trả lại" },
        { at: "form[action$='/unit/evaluations'] .o_emulation_check_all input", click: 1 },
        { at: "form[action$='/unit/evaluations'] button[value=verify]", click: 1 },
        { at: ".o_emulation_note_success", text: "Đã thẩm tra" },
        { at: "form[action$='/registrations'] .o_emulation_check_all input", click: 1 },
        { at: "form[action$='/registrations'] button[value=approve]", click: 1 },
        { at: ".o_emulation_note_success", text: "Đã duyệt" },
        { at: ".o_emulation_empty" },
    ],

    ballot: [
        { at: ".o_emulation_todo a[href='/my/emulation/ballots']", click: 1 },
        { at: ".o_emulation_cards a", click: 1 },
        { at: "a[href*='/my/emulation/dossiers/']", text: "Đọc hồ sơ" },
        { at: ".o_emulation_agree_all button", click: 1 },
        { at: "input[type=radio][value=agree]:checked" },
        { at: "input[type=radio][value=disagree]", click: 1 },
        { at: "input[type=checkbox][required]", click: 1 },
        { at: "button", text: "Bỏ phiếu", click: 1 },
        { at: ".o_emulation_state", text: "đã bỏ phiếu" },
        { at: "input[type=radio]", gone: 1 },
    ],

    mend: [
        { at: ".o_emulation_todo", text: "Thiếu số liệu" },
        { at: ".o_emulation_todo a[href*='/proposals/']", click: 1 },
        { at: ".o_emulation_note", text: "Thiếu số liệu" },
        { at: "#nominate_summary", type: "Tiết kiệm 200 giờ, có số liệu kèm theo" },
        { at: "button[name=hand_in]", click: 1 },
        { at: ".o_emulation_facts .o_emulation_state_submitted" },
        { at: "button[name=withdraw]", click: 1 },
        { at: ".o_emulation_facts .o_emulation_state_withdrawn" },
    ],
};
