import { registry } from "@web/core/registry";

const LIST = [
    "DANH SÁCH CÁ NHÂN ĐƯỢC KHEN THƯỞNG;;;;;;",
    "STT;Họ và tên;Đơn vị;Danh hiệu;Số quyết định;Ngày quyết định;Năm",
    "I;Cá nhân;;;;;",
    "1;Nguyễn Thị Ánh;Tổ Thi đua;LĐTT;12/QĐ-SNV;05/01/2024;2023",
    "2;Nguyễn Thị Ánh;Tổ Thi đua;LĐTT;15/QĐ-SNV;08/01/2025;2024",
    "3;Hoàng Cương;Phòng Kế toán;Lao động giỏi;15/QĐ-SNV;08/01/2025;2024",
].join("\r\n");

function upload({ anchor }) {
    const transfer = new DataTransfer();
    transfer.items.add(new File([LIST], "khen-thuong.csv", { type: "text/csv" }));
    anchor.files = transfer.files;
    anchor.dispatchEvent(new Event("change", { bubbles: true }));
}

// From the list an office keeps to a proposal that is judged by it.
registry.category("web_tour.tours").add("hr_emulation_import", {
    steps: () => [
        {
            content: "A new import",
            trigger: ".o_list_button_add",
            run: "click",
        },
        {
            content: "Give the file",
            trigger: ".o_form_view .o_field_widget[name=data] input[type=file]:not(:visible)",
            run: upload,
        },
        {
            content: "Read it",
            trigger:
                ".o_form_view:has(.o_field_widget[name=data] .o_clear_file_button) button[name=action_read]",
            run: "click",
        },
        {
            content: "Two rows can be stored",
            trigger: ".o_statusbar_status .o_arrow_button_current[data-value=checked]",
        },
        {
            content: "One is unsure: look at it",
            trigger: ".o_stat_text:contains(Chưa chắc)",
            run: "click",
        },
        {
            content: "The award is no known one: choose it",
            trigger: ".o_list_view .o_data_row td[name=award_id]",
            run: "click",
        },
        {
            content: "Type it without accents",
            trigger: ".o_list_view .o_data_row .o_field_widget[name=award_id] input",
            run: "edit chien si thi dua co so",
        },
        {
            content: "Take it",
            trigger: ".o-autocomplete--dropdown-item:contains(Chiến sĩ thi đua cơ sở)",
            run: "click",
        },
        {
            content: "Choose the person too",
            trigger: ".o_list_view .o_data_row .o_field_widget[name=employee_id] input",
            run: "edit hoang cuong",
        },
        {
            content: "Take him",
            trigger: ".o-autocomplete--dropdown-item:contains(Hoàng Cường)",
            run: "click",
        },
        {
            content: "Keep the row",
            trigger: ".o_list_button_save",
            run: "click",
        },
        {
            content: "Back to the import",
            trigger: ".o_list_view:not(:has(.o_selected_row))",
        },
        {
            content: "Back",
            trigger: ".o_breadcrumb .o_back_button a",
            run: "click",
        },
        {
            content: "Store",
            trigger: ".o_form_view button[name=action_run]",
            run: "click",
        },
        {
            content: "Yes",
            trigger: ".modal footer .btn-primary",
            run: "click",
        },
        {
            content: "All three rows are stored",
            trigger: ".o_statusbar_status .o_arrow_button_current[data-value=done]",
        },
    ],
});

registry.category("web_tour.tours").add("hr_emulation_import_judged", {
    steps: () => [
        {
            content: "Submit the proposal",
            trigger: ".o_form_view button[name=action_submit]",
            run: "click",
        },
        {
            content: "Its requirements",
            trigger: ".nav-link[name=requirements]",
            run: "click",
        },
        {
            content: "The imported awards answer",
            trigger: ".o_field_widget[name=finding_html] .text-bg-success:contains(đạt)",
        },
        {
            content: "Nothing is left to look at",
            trigger:
                ".o_field_widget[name=finding_html]:not(:has(.text-bg-warning)):not(:has(.text-bg-danger))",
        },
    ],
});
