/** @odoo-module ignore */
// The scoring sheet saves each line a moment after it was typed. What is not stored yet waits in the browser's own
// storage, so a lost connection, a closed tab or an empty battery loses nothing; it is sent again until the server
// answers. With every line goes what the page last knew of it: if another tab or another device stored something else
// meanwhile, nothing is overwritten and the visitor chooses. A line leaves the storage when the server says that exactly
// this was stored, not before.

"use strict";

(() => {
    const { store, word, make, loginLink, forEach } = emulation;
    const FIELDS = ["self_points", "actual_value", "note"];
    const FIRST_WAIT = 2000;
    const LONGEST_WAIT = 30000;
    const EXPIRED = 100; // Odoo's code of an expired session
    const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

    class Sheet {
        constructor(root) {
            this.root = root;
            this.key = `sheet.${root.dataset.sheet}`;
            this.wait = FIRST_WAIT;
            this.base = {};
            for (const line of root.querySelectorAll("[data-line]")) {
                // What the server sent, not what was typed while this script was on its way.
                this.base[line.dataset.line] = this.read(line.dataset.line, "defaultValue");
            }
            this.waiting = store.get(this.key) || {};
            root.addEventListener("input", (ev) => this.onInput(ev));
            root.addEventListener("change", (ev) => this.onInput(ev));
            addEventListener("online", () => this.send());
            const form = document.getElementById("emulation_sheet_form");
            form.addEventListener("submit", () => {
                this.submitted = Object.fromEntries(
                    Object.keys(this.base).map((line) => [line, this.read(line)]),
                );
            });
            form.addEventListener("emulation-stored", () => this.onStored());
            this.start();
        }

        start() {
            for (const line of Object.keys(this.waiting)) {
                if (this.base[line]) {
                    this.show(line, this.waiting[line].values);
                } else {
                    delete this.waiting[line];
                }
            }
            for (const line of Object.keys(this.base)) {
                const typed = this.read(line);
                if (!this.waiting[line] && !same(typed, this.base[line])) {
                    this.waiting[line] = { base: this.base[line], values: typed };
                }
            }
            if (Object.keys(this.waiting).length) {
                this.keep();
                this.say(word("sending_again"));
                this.send();
            }
        }

        // What is on the page -----------------------------------------------------------------------------

        input(line, field) {
            return this.root.querySelector(`[name="${field}-${line}"]`);
        }

        read(line, property = "value") {
            const values = {};
            for (const field of FIELDS) {
                const input = this.input(line, field);
                if (input) {
                    // A choice has no default of its own: it is the option the server marked.
                    const sent = [...(input.options || [])].find((option) => option.defaultSelected);
                    values[field] = (input[property] ?? sent?.value ?? "").trim();
                }
            }
            return values;
        }

        show(line, values) {
            for (const field of FIELDS) {
                const input = this.input(line, field);
                if (input && values[field] !== undefined && input.value !== values[field]) {
                    input.value = values[field];
                }
            }
        }

        say(text, ...more) {
            this.root
                .querySelector(".o_emulation_saved")
                .replaceChildren(text, ...more.flatMap((entry) => [" ", entry]));
        }

        message(line) {
            return this.root.querySelector(`#message-${line}`);
        }

        // What waits --------------------------------------------------------------------------------------

        keep() {
            if (!Object.keys(this.waiting).length) {
                store.remove(this.key);
                return true;
            }
            return store.set(this.key, this.waiting);
        }

        onInput(ev) {
            const line = ev.target.closest("[data-line]")?.dataset.line;
            if (!line || !FIELDS.some((field) => ev.target.name === `${field}-${line}`)) {
                return;
            }
            const base = this.waiting[line]?.base || this.base[line];
            this.waiting[line] = { base, values: this.read(line) };
            this.say(this.keep() ? word("not_stored") : word("cannot_keep"));
            this.later(800);
        }

        later(delay) {
            clearTimeout(this.timer);
            this.timer = setTimeout(() => this.send(), delay);
        }

        async send() {
            const lines = Object.keys(this.waiting)
                .filter((line) => !this.waiting[line].conflict && !this.waiting[line].refused)
                .map((line) => ({ id: Number(line), ...this.waiting[line] }));
            if (this.sending || !lines.length) {
                return;
            }
            this.sending = true;
            this.say(word("storing"));
            try {
                const answer = await this.ask({ lines });
                this.wait = FIRST_WAIT;
                this.receive(answer, lines);
            } catch (error) {
                if (error.code === EXPIRED) {
                    this.say(word("expired"), loginLink());
                } else {
                    this.say(error.text || word("offline"));
                    this.later(this.wait);
                    this.wait = Math.min(2 * this.wait, LONGEST_WAIT);
                }
            } finally {
                this.sending = false;
            }
            if (Object.values(this.waiting).some((line) => !line.conflict && !line.refused)) {
                this.later(this.wait);
            }
        }

        async ask(params) {
            const answer = await fetch(`/my/emulation/evaluations/${this.root.dataset.sheet}/save`, {
                method: "POST",
                headers: { "Content-Type": "application/json" },
                body: JSON.stringify({ jsonrpc: "2.0", method: "call", id: 1, params }),
            });
            const { result, error } = await answer.json();
            if (error) {
                throw Object.assign(new Error(error.message), {
                    code: error.code,
                    text: `${word("failed")} ${error.data?.message || ""}`,
                });
            }
            return result;
        }

        receive(answer, sent) {
            const sentById = Object.fromEntries(sent.map((line) => [line.id, line]));
            for (const result of answer.lines) {
                if (this.message(result.id)) {
                    this.receiveLine(String(result.id), result, sentById[result.id]);
                } else {
                    delete this.waiting[result.id];
                }
            }
            this.keep();
            this.root.querySelector(".o_emulation_total_points").textContent = answer.total;
            this.root.querySelector(".o_emulation_done").textContent = answer.done;
            this.root.querySelector("progress").value = answer.percent;
            this.root.querySelector(".o_emulation_missing").hidden = !answer.missing.length;
            this.root.querySelector(".o_emulation_missing_names").textContent = answer.missing.join(", ");
            this.say(Object.keys(this.waiting).length ? word("some_refused") : word("stored"));
        }

        receiveLine(line, result, sent) {
            this.clear(line);
            const typedSince = !same(this.read(line), sent.values);
            if (result.status === "conflict") {
                this.waiting[line].conflict = result.values;
                this.askWhich(line, result.values);
            } else if (result.status === "refused") {
                if (!typedSince) {
                    // It stays in the field and on the device: it is not stored, whatever is shown elsewhere.
                    this.waiting[line] = { base: result.values, values: sent.values, refused: true };
                    this.complain(line, result.message);
                }
            } else {
                this.base[line] = result.values;
                const points = this.root.querySelector(`[data-line="${line}"] .o_emulation_computed`);
                if (points) {
                    points.textContent = result.points || "–";
                }
                if (typedSince) {
                    this.waiting[line] = { base: result.values, values: this.read(line) };
                } else {
                    delete this.waiting[line];
                    this.show(line, result.values);
                }
            }
        }

        clear(line) {
            this.message(line).replaceChildren();
            for (const field of FIELDS) {
                this.input(line, field)?.removeAttribute("aria-invalid");
            }
        }

        complain(line, text) {
            this.message(line).textContent = text;
            const input = this.input(line, "self_points") || this.input(line, "actual_value");
            input?.setAttribute("aria-invalid", "true");
        }

        askWhich(line, stored) {
            const theirs = [stored.self_points || stored.actual_value, stored.note]
                .filter(Boolean)
                .join(" – ");
            const choice = (text, values) =>
                make(
                    "button",
                    {
                        type: "button",
                        class: "o_emulation_button_plain",
                        onclick: () => this.choose(line, values(), stored),
                    },
                    text,
                );
            this.message(line).append(
                make("p", {}, `${word("conflict")} ${theirs || "–"}`),
                choice(word("keep_mine"), () => this.read(line)),
                choice(word("take_theirs"), () => stored),
            );
        }

        choose(line, values, stored) {
            this.clear(line);
            this.base[line] = stored;
            this.show(line, values);
            this.waiting[line] = { base: stored, values: { ...stored, ...values } };
            this.keep();
            this.send();
        }

        /** The whole form was stored: what it carried waits no more, what was typed since does. */
        onStored() {
            for (const line of Object.keys(this.waiting)) {
                if (same(this.waiting[line].values, this.submitted[line])) {
                    delete this.waiting[line];
                }
            }
            this.keep();
        }
    }

    forEach(".o_emulation_sheet_open", (root) => new Sheet(root));
})();
