import { registry } from "@web/core/registry";

const FIRST = ".o_emulation_marking tbody tr:nth-child(1) td:nth-of-type(1) input";

// As a sheet program puts it into the clipboard: cells by tabs, rows by line ends, a comma in the figure.
function paste(text) {
    const data = new DataTransfer();
    data.setData("text/plain", text);
    document.activeElement.dispatchEvent(
        new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }),
    );
}

function press(key) {
    document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
}

// An office marks two units in two columns: pasted, corrected where refused, changed with a reason, saved once.
registry.category("web_tour.tours").add("hr_emulation_marking", {
    steps: () => [
        {
            content: "The columns are the criteria of the office, in Vietnamese",
            trigger: ".o_emulation_marking th:contains(tối đa 30)",
        },
        {
            content: "Paste a block from the first cell on",
            trigger: FIRST,
            run: () => {
                document.querySelector(FIRST).focus();
                paste("65,5\t1.250\r\n70\t27,25\r\n");
            },
        },
        {
            content: "What is too much is said at once; the text stays",
            trigger: ".o_emulation_marking_errors:contains(1250 điểm, tối đa được 30 điểm)",
        },
        {
            content: "Empty cells of the other sheet leave what stands here",
            trigger: FIRST,
            run: () => {
                document.querySelector(FIRST).focus();
                paste("\t\r\n\t\r\n");
                if (document.querySelector(FIRST).value !== "65,5") {
                    throw new Error("An empty cell took a figure away.");
                }
            },
        },
        {
            content: "Thousands of another language are not taken for a fraction",
            trigger: FIRST,
            run: () => paste("1,250\t\r\n"),
        },
        {
            trigger: ".o_emulation_marking_errors:contains(1,250)",
            run: () => paste("65,5\t\r\n"),
        },
        {
            content: "Click on it leads to the cell",
            trigger: ".o_emulation_marking_errors button",
            run: "click",
        },
        {
            content: "The wrong text is still there",
            trigger: ".o_emulation_marking input.is-invalid:focus",
            run: () => {
                const input = document.activeElement;
                if (input.value !== "1.250") {
                    throw new Error(`The typed text was lost: ${input.value}`);
                }
                input.value = "28";
                input.dispatchEvent(new InputEvent("input", { bubbles: true }));
                press("Enter");
            },
        },
        {
            content: "Enter led one row down; the arrow leads back up",
            trigger: ".o_emulation_marking tbody tr:nth-child(2) td:nth-of-type(2) input:focus",
            run: () => press("ArrowUp"),
        },
        {
            content: "Leaving asks first",
            trigger: ".o_emulation_my_turn button",
            run: "click",
        },
        {
            content: "Stay: nothing typed is lost",
            trigger: ".modal:contains(chưa được lưu) .modal-footer button:contains(Ở lại)",
            run: "click",
        },
        {
            content: "No error is left, and saving asks for the reason",
            trigger:
                ".o_emulation_marking:not(:has(.o_emulation_marking_errors)) .o_emulation_marking_save:enabled",
            run: "click",
        },
        {
            content: "Say why",
            trigger: ".o_notification:contains(nêu lý do)",
        },
        {
            trigger: ".o_emulation_marking_reason",
            run: "edit Theo báo cáo quý",
        },
        {
            content: "Save everything in one call",
            trigger: ".o_emulation_marking_save",
            run: "click",
        },
        {
            content: "Four lines are marked",
            trigger: ".o_notification:contains(Đã chấm 4 dòng)",
        },
        {
            content: "Nothing is left to save",
            trigger: ".o_emulation_marking_save:disabled",
        },
    ],
});
