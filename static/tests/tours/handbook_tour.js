import { registry } from "@web/core/registry";

// The officer's handbook (docs/handbooks/vi/officer.md) followed by the letter, from an empty database to the decision,
// in the words it uses. What is pressed with the mouse is counted part by part and told to the test.
const tours = registry.category("web_tour.tours");
const YEAR = new Date().getFullYear();
const SELECT_ALL = ".o_list_view thead .o_list_record_selector input";

let pressed = 0;
const count = () => {
    pressed += 1;
};

const timeout = 40000; // a paper is printed meanwhile, on a machine that does other things too
const see = (content, trigger) => ({ content, trigger, timeout });
const click = (content, trigger) => ({ content, trigger, timeout, run: "click" });
const type = (content, trigger, text) => ({ content, trigger, timeout, run: `edit ${text}` });
const field = (name, inside = ".o_form_view") =>
    `${inside} .o_field_widget[name=${name}] :is(input, textarea)`;
const dialogField = (name) => field(name, ".modal");

const begin = () => ({
    content: "Count from here",
    trigger: "body",
    run: () => {
        window.addEventListener("pointerdown", count, true);
        pressed = 0;
    },
});
const end = (part) => ({
    content: `Tell what ${part} took`,
    trigger: "body",
    run: () => console.log(`handbook: ${part} ${pressed} clicks`),
});
// The page before may have the same buttons: the next step waits for the title of the new one.
const menu = (section, entry, title) => [
    click(`Menu ${section}`, `.o_menu_sections [data-menu-xmlid='hr_emulation.menu_emulation_${section}']`),
    click(`Entry ${entry}`, `.o-dropdown--menu [data-menu-xmlid='hr_emulation.menu_emulation_${entry}']`),
    ...(title ? [see(`The page ${title}`, `.o_breadcrumb:contains(${title})`)] : []),
];
const choose = (content, trigger, text) => [
    type(content, trigger, text),
    click(
        `${content}: ${text}`,
        `.o-autocomplete--dropdown-item:not(.o_m2o_dropdown_option):contains(${text})`,
    ),
];
// A narrow bar folds its steps: the current one is in the page, seen or not.
const state = (name) => see(`It is ${name}`, `body:has(.o_arrow_button_current[data-value=${name}])`);
const form = (title) => see(`The form of ${title}`, `.o_form_view .o_breadcrumb:contains(${title})`);

// ---------- The administrator: what the agency is ----------

tours.add("hr_emulation_handbook_settings", {
    steps: () => [
        see("The first screen", ".o_emulation_desk"),
        click(
            "Menu configuration",
            ".o_menu_sections [data-menu-xmlid='hr_emulation.menu_emulation_configuration']",
        ),
        click("Settings", ".o-dropdown--menu [data-menu-xmlid='hr_emulation.emulation_settings_menu']"),
        type("Name of the agency", field("emulation_agency_name"), "Sở Công Thương tỉnh Lai Châu"),
        ...choose("Kind of agency", field("emulation_agency_kind_id"), "cơ quan chuyên môn"),
        type("Agency above", field("emulation_parent_agency"), "Ủy ban nhân dân tỉnh Lai Châu"),
        type("Symbol", field("emulation_document_symbol"), "SCT"),
        type("Place of issue", field("emulation_place"), "Lai Châu"),
        type("Title of the head", field("emulation_head_title"), "Giám đốc"),
        ...choose("Head", field("emulation_head_id"), "Lò Thị Giám Đốc"),
        type("Registers since", field("emulation_register_from"), "01/01/2010 && press Tab"),
        type("Awards since", field("emulation_awards_since"), "2010"),
        type("Public address", field("emulation_public_address"), "https://thidua.example.org"),
        {
            content: "Save",
            trigger: ".o_form_view .o_form_button_save",
            run: "click",
            expectUnloadPage: true,
        },
        see("It is kept", ".o_emulation_desk, .o_form_view"),
    ],
});

// ---------- The officer: from the signer to the proposal ----------

const sample = (name) => [
    click("Begin with a sample", "button:contains(Bắt đầu từ bộ mẫu)"),
    click("The samples", dialogField("sample")),
    click(name, `.o_select_menu_item:contains(${name})`),
    see("What is in it", ".modal .o_field_widget[name=preview] table"),
    click("Make a set of it", ".modal button[name=action_create]:contains(Tạo bộ tiêu chí)"),
    form(name),
];

const CRITERIA = [
    begin(),
    ...menu("configuration", "criterion_set", "Bộ tiêu chí"),
    ...sample("công chức cơ quan cấp sở"),
    click("A criterion", ".o_field_widget[name=criterion_ids] .o_data_row:nth-child(2) td[name=name]"),
    type("Its target", dialogField("target"), "95"),
    click("Keep it", ".modal .o_form_button_save"),
    see("It is there", "body:not(:has(.modal)) .o_field_widget[name=criterion_ids]:contains(95)"),
    click("Back to the sets", ".o_breadcrumb .o_back_button a"),
    see("One set is there", ".o_list_view .o_data_row:contains(công chức)"),
    ...sample("phòng, ban thuộc cơ quan"),
    end("criteria"),
];

const CAMPAIGN = [
    begin(),
    ...menu("campaigns", "campaign", "Phong trào thi đua"),
    click("New", ".o_control_panel .o-kanban-button-new"),
    type("Name", field("name"), `Phong trào thi đua năm ${YEAR}`),
    type("Theme", field("theme"), "Đoàn kết, kỷ cương, hoàn thành nhiệm vụ"),
    type(
        "First day",
        ".o_field_widget[name=date_start] input[data-field=date_start]",
        `01/01/${YEAR} && press Tab`,
    ),
    type(
        "Last day",
        ".o_field_widget[name=date_start] input[data-field=date_end]",
        `31/12/${YEAR} && press Enter`,
    ),
    ...choose("Criteria for people", field("individual_set_id"), "công chức cơ quan cấp sở"),
    ...choose("Criteria for units", field("collective_set_id"), "phòng, ban thuộc cơ quan"),
    type("Aim", field("purpose"), "Hoàn thành vượt mức kế hoạch năm"),
    type("Scope", field("scope"), "Toàn cơ quan"),
    type("Audience", field("audience"), "Công chức, người lao động của Sở"),
    click("A content", ".o_field_widget[name=content_ids] .o_field_x2many_list_row_add a"),
    type(
        "What it is",
        ".o_field_widget[name=content_ids] .o_selected_row .o_field_widget[name=name] input",
        "Thi đua giải quyết hồ sơ đúng hạn",
    ),
    click("What is on offer", ".o_notebook .nav-link[name=awards]"),
    click("An award", ".o_field_widget[name=award_line_ids] .o_field_x2many_list_row_add a"),
    ...choose(
        "Which one",
        ".o_field_widget[name=award_line_ids] .o_selected_row .o_field_widget[name=award_id] input",
        "Giấy khen của Thủ trưởng cơ quan chuyên môn",
    ),
    type(
        "How many",
        ".o_field_widget[name=award_line_ids] .o_selected_row .o_field_widget[name=quota] input",
        "10",
    ),
    click("Review rounds", ".o_notebook .nav-link[name=reviews]"),
    click("A round", ".o_field_widget[name=review_ids] .o_field_x2many_list_row_add a"),
    type("Its name", dialogField("name"), `Tổng kết năm ${YEAR}`),
    click("Keep it", ".modal .o_form_button_save"),
    see(
        "It is there",
        `body:not(:has(.modal)) .o_field_widget[name=review_ids]:contains(Tổng kết năm ${YEAR})`,
    ),
    click("Save", ".o_form_button_save:enabled"),
    see("It is saved", ".o_form_saved"),
    end("campaign"),
];

const LETTER = [
    begin(),
    click("Launch document", "button[name=action_open_launch_document]:contains(Văn bản phát động)"),
    see(
        "The signer is filled in",
        ".o_form_view .o_field_widget[name=signer_id] input:value(Lò Thị Giám Đốc)",
    ),
    click("Issue", ".o_form_view button[name=action_issue]:contains(Ban hành)"),
    click("Yes", ".modal .btn-primary"),
    state("issued"),
    click("Send to the audience", "button[name=action_send]:contains(Gửi tới đối tượng tham gia)"),
    see("It is sent", ".o_form_view .o_field_widget[name=sent_date]"),
    end("letter"),
];

const PUSH = [
    begin(),
    click("Back to the campaign", ".o_breadcrumb .o_back_button a"),
    state("launched"),
    click("Launch and hand down", "button[name=action_push]:contains(Phát động và giao xuống)"),
    click("All units below", ".modal button[name=action_take_all]:contains(Tất cả đơn vị bên dưới)"),
    see("They are chosen", ".modal .o_field_widget[name=department_ids] .o_tag:contains(Phòng Kế hoạch)"),
    click("Hand down", ".modal button[name=action_push]"),
    see("Three campaigns run", ".o_list_view .o_data_row:nth-child(3)"),
    end("push"),
];

const REGISTRATION = [
    click("Back to the campaign of the agency", ".o_breadcrumb .o_back_button a"),
    see("It is that of no unit", ".o_form_view:not(:has(.o_field_widget[name=owner_unit_id]))"),
    click("Mass registration", "button[name=action_mass_register]:contains(Đăng ký hàng loạt)"),
    ...choose("Only this unit", dialogField("department_ids"), "Phòng Kế hoạch"),
    see("Two are found", ".modal .o_field_widget[name=found_count]:contains(2)"),
    click("Register", ".modal button[name=action_register]"),
    see("It is done", "body:not(:has(.modal)) .o_notification:contains(2)"),
    ...menu("campaigns", "participation", "Đăng ký thi đua"),
    see("Two people", ".o_list_view .o_data_row:nth-child(2)"),
    click("Select both", SELECT_ALL),
    click("Approve", ".o_control_panel button[name=action_approve]:contains(Duyệt)"),
    see("Both take part", ".o_list_view tbody:not(:has([name=state] .text-bg-info))"),
];

const PROPOSAL = [
    ...menu("merit", "commendation", "Khen thưởng"),
    click("New", ".o_list_button_add"),
    ...choose("Award", field("award_id"), "Giấy khen của Thủ trưởng cơ quan chuyên môn"),
    ...choose("Person", field("employee_id"), "Nguyễn Thị Lan"),
    ...choose("Campaign", field("campaign_id"), `Phong trào thi đua năm ${YEAR}`),
    type("From", field("period_from"), `01/01/${YEAR} && press Tab`),
    type("Until", field("period_to"), `31/10/${YEAR} && press Tab`),
    type("What was achieved", field("summary"), "Giải quyết 1.250 hồ sơ, không hồ sơ nào quá hạn"),
    click("Submit", "button[name=action_submit]:contains(Gửi đề nghị)"),
    state("submitted"),
];

const SIGNER = [
    ...menu("configuration", "document_signers"),
    click("New", ".o_list_button_add"),
    ...choose("Who signs", ".o_selected_row .o_field_widget[name=employee_id] input", "Lò Thị Giám Đốc"),
    type("The title", ".o_selected_row .o_field_widget[name=signer_title] input", "Giám đốc"),
    click("Save", ".o_list_button_save"),
    see("It is kept", ".o_list_view .o_data_row:not(.o_selected_row):contains(Lò Thị Giám Đốc)"),
];

tours.add("hr_emulation_handbook_campaign", {
    steps: () => [
        see("The first screen", ".o_emulation_desk"),
        ...SIGNER,
        ...CRITERIA,
        ...CAMPAIGN,
        ...LETTER,
        ...PUSH,
        ...REGISTRATION,
        ...PROPOSAL,
    ],
});

// ---------- The head of the unit ----------

tours.add("hr_emulation_handbook_endorse", {
    steps: () => [
        click("A proposal waits", ".o_emulation_desk_card[data-model='emulation.commendation']"),
        see("It is there", ".o_list_view .o_data_row:contains(Nguyễn Thị Lan):contains(Đã gửi)"),
        click("Select it", SELECT_ALL),
        click("Endorse", ".o_control_panel button[name=action_endorse]:contains(Thông qua)"),
        see("It is endorsed", ".o_list_view:not(:has(.o_data_row [name=stage]:contains(Đã gửi)))"),
    ],
});

// ---------- The officer: appraisal and decision ----------

tours.add("hr_emulation_handbook_decision", {
    steps: () => [
        see("The first screen", ".o_emulation_desk"),
        ...menu("merit", "my_turn"),
        see("It waits", ".o_list_view .o_data_row:contains(Nguyễn Thị Lan):contains(Đơn vị đã thông qua)"),
        click("Select it", SELECT_ALL),
        click("Appraise", ".o_control_panel button[name=action_appraise]:contains(Thẩm định)"),
        see("It is appraised", ".o_list_view:not(:has([name=stage]:contains(Đơn vị đã thông qua)))"),
        begin(),
        ...menu("merit", "commendation"),
        see("It is in the list", ".o_breadcrumb:contains(khen thưởng)"),
        click("Select it", SELECT_ALL),
        click("Actions", ".o_cp_action_menus button:has(.fa-cog)"),
        click("Put on a decision", ".o-dropdown--menu .o_menu_item:contains(Đưa vào quyết định)"),
        state("draft"),
        click("Preview and issue", "button[name=action_preview]:contains(Xem trước và ban hành)"),
        type("Type to confirm", dialogField("confirmation"), "BAN HÀNH 1"),
        click("Issue", ".modal footer button[name=action_confirm]:contains(Ban hành)"),
        state("issued"),
        click("Print certificates", "button[name=action_print_certificates]:contains(In bằng)"),
        see("They are on their way", ".o_notification, .o_form_view"),
        end("decision"),
    ],
});
