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

// “Agree to all, except …”: every line is set, then those seen otherwise are changed by hand.
emulation.forEach(".o_emulation_ballot", (form) => {
    const place = form.querySelector(".o_emulation_agree_all");
    place.hidden = false;
    place.querySelector("button").addEventListener("click", () => {
        for (const choice of form.querySelectorAll("input[type=radio][value=agree]")) {
            choice.checked = true;
        }
    });
});
