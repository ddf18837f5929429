/** @odoo-module ignore */
// Our pages load no other script: plain functions on one object, `emulation`, in the order of the manifest.
// Everything works without script too; with it nothing typed is lost and nothing is sent twice.

"use strict";

globalThis.emulation = (() => {
    const prefix = "hr_emulation.";
    const user = document.documentElement.dataset.user || "0";

    /** Return a sentence in the language of the page. */
    function word(name) {
        return document.querySelector(`#emulation_words [data-word="${name}"]`)?.textContent.trim() || "";
    }

    /** What this browser keeps for this user. A browser that keeps nothing answers `false` to `set`. */
    const store = {
        get(key) {
            try {
                return JSON.parse(localStorage.getItem(`${prefix}${user}.${key}`));
            } catch {
                return null;
            }
        },
        set(key, value) {
            try {
                localStorage.setItem(`${prefix}${user}.${key}`, JSON.stringify(value));
                return true;
            } catch {
                return false;
            }
        },
        remove(key) {
            try {
                localStorage.removeItem(`${prefix}${user}.${key}`);
            } catch {
                // nothing is kept, so nothing is left
            }
        },
        keys(start = "") {
            try {
                const begin = `${prefix}${user}.${start}`;
                return Object.keys(localStorage)
                    .filter((key) => key.startsWith(begin))
                    .map((key) => key.slice(prefix.length + user.length + 1));
            } catch {
                return [];
            }
        },
    };

    /** Name this tab: two tabs with the same form keep a draft each. */
    function tab() {
        try {
            let name = sessionStorage.getItem(`${prefix}tab`);
            if (!name) {
                name = Math.random().toString(36).slice(2);
                sessionStorage.setItem(`${prefix}tab`, name);
            }
            return name;
        } catch {
            return "0";
        }
    }

    /** Make an element with attributes and children. */
    function make(tag, attributes = {}, ...children) {
        const element = document.createElement(tag);
        for (const [name, value] of Object.entries(attributes)) {
            if (name.startsWith("on")) {
                element.addEventListener(name.slice(2), value);
            } else {
                element.setAttribute(name, value);
            }
        }
        element.append(...children);
        return element;
    }

    /** Where a visitor who was logged out logs in again, and comes back to this page. */
    function loginLink() {
        const back = encodeURIComponent(location.pathname + location.search);
        return make("a", { href: `/web/login?redirect=${back}` }, word("log_in"));
    }

    const ready = [];
    /** Run `action` on each element that fits, when the page is there. */
    function forEach(selector, action) {
        ready.push(() => document.querySelectorAll(selector).forEach(action));
    }
    document.addEventListener("DOMContentLoaded", () => ready.forEach((action) => action()));

    return { word, store, tab, make, loginLink, forEach };
})();

// Logging out on a shared phone leaves nothing behind, if the visitor agrees; else the visitor stays logged in.
emulation.forEach("a[data-logout]", (link) => {
    link.addEventListener("click", (ev) => {
        const { store, word } = emulation;
        const kept = [...store.keys("draft."), ...store.keys("sheet.")];
        if (kept.length && !confirm(word("logout"))) {
            ev.preventDefault();
            return;
        }
        store.keys().forEach((key) => store.remove(key));
        globalThis.caches?.keys().then((names) => names.forEach((name) => caches.delete(name)));
    });
});

// Sharing goes through the phone's own list (Zalo is on it); else the address is copied.
emulation.forEach("button[data-share]", (button) => {
    const { word } = emulation;
    button.hidden = false;
    button.addEventListener("click", async () => {
        const { share: url, title } = button.dataset;
        try {
            if (navigator.share) {
                await navigator.share({ title, url });
            } else {
                await navigator.clipboard.writeText(url);
                button.textContent = word("copied");
            }
        } catch {
            // the visitor changed their mind, or the browser may not
        }
    });
});

// A menu closes by Escape and by a click beside it.
emulation.forEach(".o_emulation_account", (menu) => {
    document.addEventListener("click", (ev) => {
        if (!menu.contains(ev.target)) {
            menu.open = false;
        }
    });
    menu.addEventListener("keydown", (ev) => {
        if (ev.key === "Escape") {
            menu.open = false;
            menu.querySelector("summary").focus();
        }
    });
});

// The current entry of the section menu is in sight on a phone, also when it is turned.
emulation.forEach(".o_emulation_tabs [aria-current]", (entry) => {
    const list = entry.closest("ul");
    const show = () => {
        list.scrollLeft = Math.max(0, entry.offsetLeft - (list.clientWidth - entry.offsetWidth) / 2);
    };
    new ResizeObserver(show).observe(list); // also asks at once
});

// Read without a connection: the worker keeps a copy of the pages a person looked at, and says so when it shows one.
emulation.forEach("html[data-user]:not([data-user='0'])", (root) => {
    const { word, make } = emulation;
    if (root.dataset.copy) {
        const day = new Date(Number(root.dataset.copy));
        const two = (number) => String(number).padStart(2, "0");
        const when = `${two(day.getHours())}:${two(day.getMinutes())} ${two(day.getDate())}/${two(day.getMonth() + 1)}/${day.getFullYear()}`;
        const note = make(
            "p",
            { class: "o_emulation_note", role: "status" },
            `${word("offline_copy")} ${when}.`,
        );
        document.querySelector("main")?.prepend(note);
    }
    if ("serviceWorker" in navigator) {
        addEventListener("load", async () => {
            try {
                await navigator.serviceWorker.register("/my/emulation/worker.js", { scope: "/my/emulation" });
                const { active } = await navigator.serviceWorker.ready;
                active?.postMessage({ user: root.dataset.user });
            } catch {
                // without it the pages need a connection, as before
            }
        });
    }
});
