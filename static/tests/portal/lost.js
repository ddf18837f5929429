/** @odoo-module ignore */
// What is typed into a form survives whatever comes between it and the server: one check a mishap, for any form.

"use strict";

globalThis.checkForms = async (forms, mishaps, login) => {
    const PATIENCE = 15000;
    const problems = [];
    const pause = (time) => new Promise((done) => setTimeout(done, time));
    const frame = document.createElement("iframe");
    frame.style = "width: 1000px; height: 1200px; border: 0; background: #fff";
    document.body.replaceChildren(frame);

    const open = async (address) => {
        await new Promise((done) => {
            frame.onload = done;
            frame.src = address;
        });
        frame.contentWindow.confirm = () => true;
    };
    // What a page keeps as it is left is kept once an empty one stands in its place.
    const leave = () => open("about:blank");
    const reopen = async (page) => {
        await leave();
        await open(page);
    };
    const until = async (condition, what) => {
        const end = Date.now() + PATIENCE;
        while (!condition()) {
            if (Date.now() > end) {
                throw new Error(
                    `waited in vain for ${what}: ${frame.contentDocument.body.innerText.slice(-400)}`,
                );
            }
            await pause(30);
        }
    };
    const findForm = ({ action, hidden }) =>
        [...frame.contentDocument.querySelectorAll("form[method=post]")].find(
            (form) =>
                form.getAttribute("action").split("#")[0] === action &&
                Object.entries(hidden).every(([name, value]) => form.elements[name]?.value === value),
        );
    const isTyped = (field) => field.name && !["hidden", "submit", "button", "file"].includes(field.type);
    const isText = (field) =>
        isTyped(field) && !["checkbox", "radio", "date"].includes(field.type) && field.tagName !== "SELECT";

    const fill = (form, mark) => {
        for (const field of form.elements) {
            if (field.type === "file") {
                const chosen = new DataTransfer();
                chosen.items.add(new File(["%PDF-1.4 minh chung"], "minh-chung.pdf"));
                field.files = chosen.files;
            } else if (field.type === "checkbox" && !field.name) {
                field.checked = true; // “I have read it”
            }
        }
        for (const field of [...form.elements].filter(isTyped)) {
            if (field.type === "checkbox") {
                field.checked = true;
            } else if (field.type === "radio") {
                field.checked = field.value === "disagree";
            } else if (field.tagName === "SELECT") {
                field.selectedIndex = field.options.length - 1;
            } else if (field.type === "date") {
                field.value = "2026-01-02";
            } else {
                field.value = field.inputMode === "decimal" ? "7" : `${mark} ${field.name}`;
            }
            field.dispatchEvent(new frame.contentWindow.Event("input", { bubbles: true }));
        }
        return snapshot(form);
    };
    const snapshot = (form) =>
        JSON.stringify(
            [...form.elements]
                .filter(isTyped)
                .map((field) => [
                    field.name,
                    field.type === "checkbox" || field.type === "radio" ? field.checked : field.value,
                ]),
        );
    const submit = (form, number = 0) =>
        form.requestSubmit([...form.elements].filter((field) => field.type === "submit")[number]);
    const told = (form) =>
        (form.emulationPlace || form).querySelector(".o_emulation_told")?.textContent || "";
    const cutLine = () => {
        const page = frame.contentWindow;
        page.fetch = () => Promise.reject(new TypeError("no connection"));
        page.XMLHttpRequest.prototype.send = () => {
            throw new Error("no connection");
        };
    };

    const checkAgain = async (entry, expected, what) => {
        await reopen(entry.page);
        const form = findForm(entry);
        if (entry.keep) {
            await until(
                () => snapshot(findForm(entry)) === expected,
                `${what}: the text, ${expected}, not ${snapshot(form)}`,
            );
        }
        return form;
    };
    const forget = () => {
        frame.contentWindow.localStorage.clear();
    };

    const checks = {
        async refused(entry, form) {
            const field = [...form.elements].find(isText);
            if (!field) {
                return;
            }
            fill(form, "Từ chối");
            field.value = field.inputMode === "decimal" ? "khong phai so" : "x".repeat(5000);
            field.dispatchEvent(new frame.contentWindow.Event("input", { bubbles: true }));
            const expected = snapshot(form);
            submit(form, entry.button);
            await until(() => form.querySelector("[role=alert]") || findInvalid(form), "an error at a field");
            if (snapshot(form) !== expected) {
                throw new Error("refused: the text is gone");
            }
            if (form.contains(field) && !field.getAttribute("aria-invalid")) {
                throw new Error("refused: the field is not marked");
            }
        },
        async offline(entry, form) {
            const expected = fill(form, "Mất mạng");
            cutLine();
            submit(form);
            await until(() => told(form), "what happened");
            if (snapshot(form) !== expected) {
                throw new Error("offline: the text is gone");
            }
            await checkAgain(entry, expected, "offline, then opened again");
        },
        async tabs(entry, form) {
            if (!entry.keep || !form.querySelector("textarea, input:not([type=hidden])")) {
                return;
            }
            const page = frame.contentWindow;
            const first = fill(form, "Thẻ một");
            const mine = page.sessionStorage.getItem("hr_emulation.tab");
            page.sessionStorage.setItem("hr_emulation.tab", "another");
            await reopen(entry.page);
            const second = fill(findForm(entry), "Thẻ hai");
            await checkAgain(entry, second, "second tab");
            frame.contentWindow.sessionStorage.setItem("hr_emulation.tab", mine);
            await checkAgain(entry, first, "first tab");
        },
        async twice(entry, form) {
            fill(form, "Bấm hai lần");
            let sent = 0;
            frame.contentWindow.XMLHttpRequest.prototype.send = () => {
                sent += 1;
            };
            submit(form);
            submit(form);
            await pause(50);
            if (sent !== 1) {
                throw new Error(`double click: sent ${sent} times`);
            }
        },
        async fast(entry, form) {
            const expected = fill(form, "Quá nhanh");
            submit(form);
            await until(() => told(form).includes("quá nhanh"), "that it was too fast");
            if (snapshot(form) !== expected) {
                throw new Error("too fast: the text is gone");
            }
            await checkAgain(entry, expected, "too fast, then opened again");
        },
        async expired(entry, form) {
            const expected = fill(form, "Hết phiên");
            await frame.contentWindow.fetch("/web/session/logout");
            submit(form);
            await until(() => told(form).includes("hết hạn"), "that the session has expired");
            if (snapshot(form) !== expected) {
                throw new Error("expired: the text is gone");
            }
            const link = (form.emulationPlace || form).querySelector("a[href^='/web/login?redirect=']");
            const back = new URL(link.href).searchParams.get("redirect");
            await logIn(back);
            await checkAgain({ ...entry, page: back }, expected, "logged in again");
        },
    };
    const findInvalid = (form) => [...form.elements].find((field) => field.getAttribute("aria-invalid"));

    const logIn = async (redirect) => {
        const page = await (await fetch("/web/login")).text();
        const token = page.match(/name="csrf_token" value="([^"]+)"/)[1];
        const body = new URLSearchParams({ login, password: login, csrf_token: token, redirect });
        const answer = await fetch("/web/login", { method: "POST", body });
        if (new URL(answer.url).pathname !== redirect.split("?")[0]) {
            throw new Error(`after the log-in on ${answer.url} instead of ${redirect}`);
        }
    };

    for (const entry of forms) {
        for (const mishap of mishaps) {
            try {
                await leave();
                forget();
                await open(entry.page);
                const form = findForm(entry);
                if (!form) {
                    throw new Error("the form is not on its page");
                }
                form.closest("details")?.setAttribute("open", "open");
                await checks[mishap](entry, form);
            } catch (error) {
                problems.push(`${entry.action} ${JSON.stringify(entry.hidden)} ${mishap}: ${error.message}`);
            }
        }
    }
    await leave();
    forget();
    await open("/my/emulation/worker.js");
    if (problems.length) {
        console.error(problems.join("\n"));
    } else {
        console.log("test successful");
    }
};
