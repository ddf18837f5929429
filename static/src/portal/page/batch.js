/** @odoo-module ignore */
// One box ticks every line of a list; without script it is not there and the list works all the same.

"use strict";

emulation.forEach(".o_emulation_batch", (form) => {
    const all = form.querySelector(".o_emulation_check_all");
    all.hidden = false;
    all.querySelector("input").addEventListener("change", (ev) => {
        for (const box of form.querySelectorAll("input[name=record]")) {
            box.checked = ev.target.checked;
        }
    });
});
