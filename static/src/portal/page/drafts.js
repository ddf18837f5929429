/** @odoo-module ignore */
// What is typed into a form is kept on this device until the server says that exactly this was stored.

"use strict";

(() => {
    const { store, tab, word, make, forEach } = emulation;
    const NOT_TYPED = ["hidden", "submit", "button", "file", "password"];

    /** Return the fields of a form a visitor types into or ticks, also those that stand outside of it. */
    function fields(form) {
        return [...form.elements].filter(
            (field) => field.name && !NOT_TYPED.includes(field.type) && field.tagName !== "FIELDSET",
        );
    }

    /** Return {name: [values]} of what stands in the form. */
    function read(form) {
        const values = {};
        for (const field of fields(form)) {
            values[field.name] ||= [];
            if (field.type === "checkbox" || field.type === "radio") {
                if (field.checked) {
                    values[field.name].push(field.value);
                }
            } else {
                values[field.name].push(field.value);
            }
        }
        return values;
    }

    /** Return what the server put into the form, whatever a browser restored into it since. */
    function readDefaults(form) {
        const values = {};
        for (const field of fields(form)) {
            values[field.name] ||= [];
            if (field.type === "checkbox" || field.type === "radio") {
                if (field.defaultChecked) {
                    values[field.name].push(field.value);
                }
            } else if (field.tagName === "SELECT") {
                const chosen =
                    [...field.options].find((option) => option.defaultSelected) || field.options[0];
                values[field.name].push(chosen ? chosen.value : "");
            } else {
                values[field.name].push(field.defaultValue);
            }
        }
        return values;
    }

    function write(form, values) {
        const left = Object.fromEntries(Object.entries(values).map(([name, list]) => [name, [...list]]));
        for (const field of fields(form)) {
            const own = left[field.name];
            if (!own) {
                continue;
            }
            if (field.type === "checkbox" || field.type === "radio") {
                field.checked = own.includes(field.value);
            } else if (own.length) {
                const value = own.shift();
                if (
                    field.tagName !== "SELECT" ||
                    [...field.options].some((option) => option.value === value)
                ) {
                    field.value = value;
                }
            }
        }
    }

    const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

    /** Name a form by where it sends and by its hidden words; its keys change with every page. */
    function formName(form) {
        const hidden = [...form.querySelectorAll("input[type=hidden]")]
            .filter((field) => field.name !== "csrf_token" && field.name !== "form_key")
            .map((field) => `${field.name}=${field.value}`);
        return `draft.${form.getAttribute("action")}?${hidden.join("&")}#`;
    }

    class Draft {
        constructor(form) {
            this.form = form;
            this.name = formName(form);
            this.key = this.name + tab();
            this.base = readDefaults(form);
            form.addEventListener("input", () => this.keep());
            form.addEventListener("change", () => this.keep());
            for (const field of form.elements) {
                if (!form.contains(field)) {
                    field.addEventListener("input", () => this.keep());
                }
            }
            this.restore();
        }

        keep() {
            const values = read(this.form);
            if (same(values, this.base)) {
                store.remove(this.key);
            } else if (!store.set(this.key, { values, base: this.base, at: Date.now() })) {
                emulation.tell(this.form, word("cannot_keep"));
            }
        }

        /** Put back what was typed and not stored: this tab's own, else the latest of a tab that is no more. */
        restore() {
            const keys = store.keys(this.name);
            const found = keys
                .map((key) => ({ key, ...store.get(key) }))
                .filter((draft) => draft.values)
                .sort((one, other) => (other.key === this.key) - (one.key === this.key) || other.at - one.at);
            for (const draft of found.filter((entry) => same(entry.values, this.base))) {
                store.remove(draft.key);
            }
            const draft = found.find((entry) => !same(entry.values, this.base));
            if (!draft || this.form.querySelector("[aria-invalid], [role=alert]")) {
                // A refused form comes with what was typed last: that is the draft.
                this.keep();
                return;
            }
            write(this.form, draft.values);
            this.keep();
            this.form.closest("details")?.setAttribute("open", "open");
            this.say(same(draft.base, this.base) ? word("restored") : word("restored_changed"), draft.key);
        }

        say(text, key) {
            const note = make(
                "div",
                { class: "o_emulation_note o_emulation_restored", role: "status" },
                text,
            );
            const discard = () => {
                store.remove(this.key);
                store.remove(key);
                write(this.form, this.base);
                note.remove();
            };
            note.append(
                make(
                    "button",
                    { type: "button", class: "o_emulation_link", onclick: discard },
                    word("discard"),
                ),
            );
            this.form.prepend(note);
        }

        /** Forget what the server stored, in whichever tab it was typed, and nothing else. */
        stored(values) {
            for (const key of store.keys(this.name)) {
                if (same(store.get(key)?.values, values)) {
                    store.remove(key);
                }
            }
        }
    }

    emulation.readForm = read;
    emulation.drafts = new WeakMap();
    // A secret vote is not written to the device; the scoring sheet keeps its lines by itself.
    forEach("form[method=post]:not([data-keep=no])", (form) => {
        emulation.drafts.set(form, new Draft(form));
    });
})();
