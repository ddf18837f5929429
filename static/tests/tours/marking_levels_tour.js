import { registry } from "@web/core/registry";

const CELL = ".o_emulation_marking tbody tr:nth-child(1) td:nth-of-type(2) input";

function type(text) {
    const input = document.activeElement;
    input.value = text;
    input.dispatchEvent(new InputEvent("input", { bubbles: true }));
}

function press(key) {
    document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
}

// A criterion whose levels are words: pasted from a sheet program, refused by name, corrected by the keyboard, saved.
registry.category("web_tour.tours").add("hr_emulation_marking_levels", {
    steps: () => [
        {
            content: "The heading says which levels there are, and cells show them",
            trigger: ".o_emulation_marking th:contains(Tốt, Khá, Trung bình)",
        },
        {
            trigger: CELL,
            run: () => {
                const input = document.querySelector(CELL);
                if (input.value !== "Tốt") {
                    throw new Error(`The level is not shown by its name: ${input.value}`);
                }
                input.focus();
                const data = new DataTransfer();
                data.setData("text/plain", "khá\r\nKém\r\n");
                input.dispatchEvent(
                    new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }),
                );
            },
        },
        {
            content: "A level that is not there is refused by name; the text stays",
            trigger: ".o_emulation_marking_errors:contains(“Kém” không thuộc các mức: Tốt, Khá, Trung bình)",
            run: () => {
                press("Enter");
                if (document.activeElement.value !== "Kém") {
                    throw new Error(`The typed text was lost: ${document.activeElement.value}`);
                }
                type("trung bình");
            },
        },
        {
            trigger: ".o_emulation_marking_reason",
            run: "edit Theo sổ theo dõi",
        },
        {
            trigger: ".o_emulation_marking:not(:has(.o_emulation_marking_errors)) .o_emulation_marking_save",
            run: "click",
        },
        {
            trigger: ".o_notification:contains(Đã chấm 2 dòng)",
        },
        {
            content: "What was typed in small letters is shown as the set writes it",
            trigger: ".o_emulation_marking:has(.o_emulation_marking_save:disabled)",
            run: () => {
                const shown = document.querySelector(CELL).value;
                if (shown !== "Khá") {
                    throw new Error(`Shown after saving: ${shown}`);
                }
            },
        },
    ],
});
