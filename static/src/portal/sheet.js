import { Interaction } from "@web/public/interaction";
import { registry } from "@web/core/registry";
import { rpc } from "@web/core/network/rpc";
import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";

const FIELDS = ["self_points", "actual_value", "note"];
const FIRST_WAIT = 2000;
const LONGEST_WAIT = 30000;

/**
 * The scoring sheet saves each line a moment after it was typed. What is not stored yet waits in the browser's
 * own storage, so a lost connection, a closed tab or an empty battery loses nothing; it is sent again until the
 * server answers. With every line goes what the page last knew of it: if another tab or another device stored
 * something else meanwhile, nothing is overwritten and the visitor chooses.
 */
export class EmulationSheet extends Interaction {
    static selector = ".o_emulation_sheet_open";
    dynamicContent = {
        "input, textarea": { "t-on-input": this.onInput, "t-on-change": this.onInput },
        ".o_emulation_sheet_form": { "t-on-submit": this.onSubmit },
        _window: { "t-on-online": () => this.send() },
    };

    setup() {
        this.key = `hr_emulation.sheet.${this.el.dataset.user}.${this.el.dataset.sheet}`;
        this.base = {};
        for (const line of this.el.querySelectorAll("[data-line]")) {
            this.base[line.dataset.line] = this.read(line.dataset.line);
        }
        this.waiting = this.load();
        this.wait = FIRST_WAIT;
        this.sending = false;
    }

    start() {
        const lines = Object.keys(this.waiting).filter((line) => this.base[line]);
        for (const line of lines) {
            this.show(line, this.waiting[line].values);
        }
        if (lines.length) {
            this.say(_t("Sending what was not stored last time…"));
            this.send();
        }
    }

    // What is on the page -----------------------------------------------------------------------------

    input(line, field) {
        return this.el.querySelector(`[name="${field}-${line}"]`);
    }

    read(line) {
        const values = {};
        for (const field of FIELDS) {
            const input = this.input(line, field);
            if (input) {
                values[field] = input.value.trim();
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

    say(text) {
        this.el.querySelector(".o_emulation_saved").textContent = text;
    }

    // What waits --------------------------------------------------------------------------------------

    load() {
        try {
            return JSON.parse(browser.localStorage.getItem(this.key)) || {};
        } catch {
            return {};
        }
    }

    keep() {
        if (Object.keys(this.waiting).length) {
            browser.localStorage.setItem(this.key, JSON.stringify(this.waiting));
        } else {
            browser.localStorage.removeItem(this.key);
        }
    }

    onInput(ev) {
        const line = ev.target.closest("[data-line]")?.dataset.line;
        if (!line || !FIELDS.some((field) => ev.target.name === `${field}-${line}`)) {
            return;
        }
        const base = this.waiting[line]?.base || this.base[line];
        this.waiting[line] = { base, values: this.read(line) };
        this.keep();
        this.say(_t("Not stored yet…"));
        this.later(800);
    }

    later(delay) {
        browser.clearTimeout(this.timer);
        this.timer = this.waitForTimeout(() => this.send(), delay);
    }

    async send() {
        const lines = Object.keys(this.waiting)
            .filter((line) => !this.waiting[line].conflict)
            .map((line) => ({ id: Number(line), ...this.waiting[line] }));
        if (this.sending || !lines.length) {
            return;
        }
        this.sending = true;
        this.say(_t("Storing…"));
        try {
            const url = `/my/emulation/evaluations/${this.el.dataset.sheet}/save`;
            const answer = await this.waitFor(rpc(url, { lines }, { silent: true }));
            this.wait = FIRST_WAIT;
            this.sending = false;
            this.receive(answer, lines);
        } catch (error) {
            this.sending = false;
            this.say(
                error.data
                    ? _t("Could not be stored: %s", error.data.message || "")
                    : _t("No connection. What you typed is kept on this device and sent again."),
            );
            this.later(this.wait);
            this.wait = Math.min(2 * this.wait, LONGEST_WAIT);
        }
    }

    receive(answer, sent) {
        const sentById = Object.fromEntries(sent.map((line) => [line.id, line]));
        for (const result of answer.lines) {
            this.receiveLine(result, sentById[result.id]);
        }
        this.keep();
        this.el.querySelector(".o_emulation_total_points").textContent = answer.total;
        this.el.querySelector(".o_emulation_done").textContent = answer.done;
        this.el.querySelector("progress").value = answer.percent;
        this.el.querySelector(".o_emulation_missing").hidden = !answer.missing.length;
        this.el.querySelector(".o_emulation_missing_names").textContent = answer.missing.join(", ");
        const left = Object.keys(this.waiting).length;
        this.say(left ? _t("Some lines are not stored: see below.") : _t("Everything is stored."));
        if (Object.values(this.waiting).some((line) => !line.conflict && !line.refused)) {
            this.later(500);
        }
    }

    receiveLine(result, sent) {
        const line = String(result.id);
        const message = this.el.querySelector(`#message-${line}`);
        if (!message) {
            delete this.waiting[line];
            return;
        }
        message.replaceChildren();
        const typedSince = JSON.stringify(this.read(line)) !== JSON.stringify(sent.values);
        if (result.status === "conflict") {
            this.waiting[line].conflict = result.values;
            this.askWhich(line, result.values, message);
        } else if (result.status === "refused") {
            message.textContent = result.message;
            this.base[line] = result.values || this.base[line];
            if (!typedSince) {
                delete this.waiting[line];
            }
        } else {
            this.base[line] = result.values;
            if (typedSince) {
                this.waiting[line] = { base: result.values, values: this.read(line) };
            } else {
                delete this.waiting[line];
                this.show(line, result.values);
            }
        }
    }

    askWhich(line, stored, message) {
        const text = document.createElement("p");
        const theirs = [stored.self_points || stored.actual_value, stored.note].filter(Boolean).join(" – ");
        text.textContent = _t("Another tab or device stored something else here: %s", theirs || "–");
        const choices = [
            [_t("Keep what I typed"), () => this.choose(line, this.read(line), stored)],
            [_t("Take what is stored"), () => this.choose(line, stored, stored)],
        ];
        message.append(text);
        for (const [label, action] of choices) {
            const button = document.createElement("button");
            button.type = "button";
            button.className = "o_emulation_button_plain";
            button.textContent = label;
            this.addListener(button, "click", action);
            message.append(button);
        }
    }

    choose(line, values, stored) {
        this.el.querySelector(`#message-${line}`).replaceChildren();
        this.base[line] = stored;
        this.show(line, values);
        this.waiting[line] = { base: stored, values: { ...stored, ...values } };
        this.keep();
        this.send();
    }

    onSubmit() {
        // The form carries every line itself: what waits is sent with it.
        this.waiting = {};
        this.keep();
    }
}

registry.category("public.interactions").add("hr_emulation.sheet", EmulationSheet);
