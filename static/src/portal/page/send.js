/** @odoo-module ignore */
// Forms are sent by the script, so that an answer that is none (no line, logged out, too fast, an error) leaves the page
// and what was typed where they are. Sent again with the same key, a form is done once.

"use strict";

(() => {
    const { word, make, loginLink, forEach } = emulation;
    const FIRST_WAIT = 3000;
    const LONGEST_WAIT = 60000;

    /** Say something beside the button of a form. */
    emulation.tell = (form, text, ...more) => {
        const place = form.emulationPlace || form;
        let note = place.querySelector(":scope > .o_emulation_told");
        if (!note) {
            note = make("div", { class: "o_emulation_told", role: "status", "aria-live": "polite" });
            place.append(note);
        }
        note.replaceChildren(text, ...more.flatMap((entry) => [" ", entry]));
        return note;
    };

    class Sender {
        constructor(form) {
            this.form = form;
            this.wait = FIRST_WAIT;
            form.addEventListener("submit", (ev) => {
                ev.preventDefault();
                this.submit(ev.submitter);
            });
        }

        submit(button) {
            if (this.sent) {
                return; // a double click
            }
            const question = button?.dataset.confirm;
            if (question && !confirm(question)) {
                return;
            }
            this.button = button;
            this.form.emulationPlace = this.form.contains(button) ? this.form : button?.parentElement;
            this.clearErrors();
            this.send();
        }

        body() {
            const body = emulation.uploads.replace(new FormData(this.form), this.parts);
            if (this.button?.name) {
                body.append(this.button.name, this.button.value);
            }
            return body;
        }

        send(again = false) {
            if (this.sent) {
                return;
            }
            clearTimeout(this.timer);
            this.values = emulation.readForm(this.form);
            this.sent = true;
            this.busy(true);
            this.parts = null;
            if (emulation.uploads.find(this.form).length) {
                this.sendParts(again);
            } else {
                this.sendForm(again);
            }
        }

        /** Send large files first, part by part; what stops them leaves them where they are. */
        async sendParts(again) {
            const onShare = this.showBar();
            try {
                this.parts = await emulation.uploads.sendAll(this.form, onShare);
            } catch (error) {
                this.stop(error, again);
                return;
            }
            this.sendForm(again);
        }

        stop(error, again) {
            if (error.reason === "lost") {
                this.lost();
                return;
            }
            this.finish();
            if (error.reason === "expired") {
                emulation.tell(this.form, word("expired"), loginLink());
            } else if (error.reason === "old_page" && !again) {
                this.renew();
            } else {
                this.offerAgain(error.text || word("failed"));
            }
        }

        sendForm(again) {
            const request = new XMLHttpRequest();
            this.sent = request;
            request.open("POST", this.form.getAttribute("action"));
            request.setRequestHeader("X-Emulation-Form", "1");
            request.onload = () => this.receive(request, again);
            request.onerror = () => this.lost();
            request.ontimeout = () => this.lost();
            this.showProgress(request);
            try {
                request.send(this.body());
            } catch {
                this.lost();
            }
        }

        showProgress(request) {
            if (this.parts) {
                return; // the bar is full already
            }
            if (!this.form.querySelector("input[type=file]")) {
                emulation.tell(this.form, word("sending"));
                return;
            }
            const show = this.showBar();
            request.upload.onprogress = (ev) => {
                if (ev.lengthComputable) {
                    show(ev.loaded / ev.total);
                }
            };
        }

        /** Show a bar beside the button; the answer moves it to a share of 0 to 1. */
        showBar() {
            const bar = make("progress", { max: "100", value: "0", "aria-label": word("sending") });
            const text = make("span", {}, word("sending"));
            emulation.tell(this.form, bar, text);
            return (share) => {
                bar.value = Math.round(100 * share);
                text.textContent = `${bar.value} % ${word("sent_share")}`;
            };
        }

        busy(isBusy) {
            this.form.setAttribute("aria-busy", isBusy ? "true" : "false");
            this.button?.setAttribute("aria-disabled", isBusy ? "true" : "false");
        }

        finish() {
            this.sent = null;
            this.busy(false);
        }

        receive(request, again) {
            this.wait = FIRST_WAIT;
            let answer = null;
            try {
                answer = JSON.parse(request.responseText);
            } catch {
                // not an answer of ours
            }
            if (answer?.status === "stored") {
                emulation.drafts.get(this.form)?.stored(this.values);
                this.form.dispatchEvent(new CustomEvent("emulation-stored"));
                this.leave(answer.url);
                return;
            }
            this.finish();
            if (answer?.status === "refused") {
                this.showErrors(answer);
            } else if (request.responseURL.includes("/web/login")) {
                emulation.tell(this.form, word("expired"), loginLink());
            } else if (answer?.code === 400 && !again) {
                this.renew();
            } else {
                this.offerAgain(answer?.message || word("failed"));
            }
        }

        leave(url) {
            const target = new URL(url, location.href);
            const isHere = target.pathname === location.pathname && target.search === location.search;
            location.assign(target);
            if (isHere && target.hash) {
                location.reload();
            }
        }

        lost() {
            this.finish();
            this.offerAgain(word("offline"));
            this.timer = setTimeout(() => this.send(), this.wait);
            this.wait = Math.min(2 * this.wait, LONGEST_WAIT);
            addEventListener("online", () => this.send(), { once: true });
        }

        offerAgain(text) {
            const button = make(
                "button",
                { type: "button", class: "o_emulation_link", onclick: () => this.send() },
                word("send_again"),
            );
            emulation.tell(this.form, text, button);
        }

        /** The page was open across a log-in: take the keys of a fresh one and send once more. */
        async renew() {
            try {
                const answer = await fetch(location.href, { credentials: "same-origin" });
                const page = new DOMParser().parseFromString(await answer.text(), "text/html");
                const fresh = page.querySelector("form[method=post] input[name=csrf_token]");
                if (!fresh || answer.url.includes("/web/login")) {
                    emulation.tell(this.form, word("expired"), loginLink());
                    return;
                }
                for (const field of document.querySelectorAll("input[name=csrf_token]")) {
                    field.value = fresh.value;
                }
                this.send(true);
            } catch {
                this.lost();
            }
        }

        // What is wrong, at its field -------------------------------------------------------------------

        clearErrors() {
            for (const note of this.notes || []) {
                note.remove();
            }
            this.notes = [];
            for (const field of this.form.elements) {
                if (field.getAttribute("aria-invalid")) {
                    field.removeAttribute("aria-invalid");
                    const id = `error-${field.name}`;
                    const described = (field.getAttribute("aria-describedby") || "")
                        .split(" ")
                        .filter((name) => name !== id);
                    field.setAttribute("aria-describedby", described.join(" "));
                    document.getElementById(id)?.remove();
                }
            }
        }

        showErrors({ errors, message }) {
            emulation.tell(this.form, "");
            let first = null;
            for (const [name, text] of Object.entries(errors)) {
                const field = [...this.form.elements].find((entry) => entry.name === name);
                if (field) {
                    this.showError(field, text);
                    first ||= field;
                } else {
                    message += `\n${text}`;
                }
            }
            if (message.trim()) {
                const lines = message.trim().split("\n");
                const note = make(
                    "div",
                    { class: "o_emulation_note o_emulation_note_danger", role: "alert", tabindex: "-1" },
                    ...lines.map((line) => make("p", {}, line)),
                );
                this.form.emulationPlace.prepend(note);
                this.notes.push(note);
                first ||= note;
            }
            first?.closest("details")?.setAttribute("open", "open");
            first?.focus();
        }

        showError(field, text) {
            const note = make("p", { class: "o_emulation_field_error", id: `error-${field.name}` }, text);
            field.setAttribute("aria-invalid", "true");
            const described = field.getAttribute("aria-describedby");
            field.setAttribute("aria-describedby", `${described ? `${described} ` : ""}${note.id}`);
            field.after(note);
            this.notes.push(note);
        }
    }

    forEach("form[method=post]", (form) => new Sender(form));

    // Without script the first wrong field is focused by its own attribute; a browser ignores it on an element that is
    // no field.
    forEach("[role=alert][autofocus]", (note) => note.focus());
})();
