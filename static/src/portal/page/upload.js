/** @odoo-module ignore */
// A large file is sent in parts before its form. What arrived stays on the server for two days: after a lost line, a
// closed page or a new log-in the same file goes on where it stopped.

"use strict";

(() => {
    const PART = 128 * 1024;
    const SMALL = 2 * PART;
    const ADDRESS = "/my/emulation/uploads";

    /** What stopped a file: no line, logged out, an old page, or words of the server. */
    class Stopped extends Error {
        constructor(reason, text = "") {
            super(text || reason);
            this.reason = reason;
            this.text = text;
        }
    }

    async function digest(content) {
        const found = new Uint8Array(await crypto.subtle.digest("SHA-256", content));
        return [...found].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    }

    async function post(fields) {
        const body = new FormData();
        for (const [name, value] of Object.entries(fields)) {
            body.append(name, value);
        }
        let answer = null;
        try {
            const headers = { "X-Emulation-Form": "1" };
            answer = await fetch(ADDRESS, { method: "POST", body, headers, credentials: "same-origin" });
        } catch {
            throw new Stopped("lost");
        }
        if (answer.url.includes("/web/login")) {
            throw new Stopped("expired");
        }
        const said = await answer.json().catch(() => ({}));
        if (answer.status === 400) {
            throw new Stopped("old_page");
        }
        if (!answer.ok || typeof said.received !== "number") {
            throw new Stopped("refused", said.message || "");
        }
        return said.received;
    }

    /** Send one file; `token` gives the key of the page, `onPart` hears how many bytes are there. */
    async function sendFile(file, token, onPart) {
        const key = await digest(await file.arrayBuffer());
        const send = (start, part) =>
            post({ csrf_token: token(), key, size: file.size, start, ...(part ? { part } : {}) });
        let received = await send(0);
        onPart(received);
        while (received < file.size) {
            const now = await send(received, file.slice(received, received + PART));
            if (now <= received) {
                throw new Stopped("refused");
            }
            received = now;
            onPart(received);
        }
        return key;
    }

    const isLarge = (file) => file.size > SMALL && Boolean(globalThis.crypto?.subtle);

    /** Return the files of a form that go in parts. */
    function find(form) {
        const inputs = [...form.querySelectorAll("input[type=file][name=evidence]")];
        return inputs.flatMap((input) => [...input.files].filter(isLarge));
    }

    /** Send the large files of a form; the answer is {file: what the form says instead of it}. */
    async function sendAll(form, onShare) {
        const files = find(form);
        const total = files.reduce((sum, file) => sum + file.size, 0);
        const sent = new Map();
        let before = 0;
        for (const file of files) {
            const token = () => form.querySelector("input[name=csrf_token]").value;
            const key = await sendFile(file, token, (there) => onShare((before + there) / total));
            before += file.size;
            sent.set(file, `${key}/${file.name}`);
        }
        return sent;
    }

    /** Put what was sent in parts into the body of a form, instead of the files. */
    function replace(body, sent) {
        if (!sent?.size) {
            return body;
        }
        const files = body.getAll("evidence");
        body.delete("evidence");
        for (const file of files) {
            const name = [...sent].find(([own]) => own.name === file.name && own.size === file.size);
            if (name) {
                body.append("uploaded", name[1]);
            } else {
                body.append("evidence", file);
            }
        }
        return body;
    }

    emulation.uploads = { find, sendAll, replace };
})();
