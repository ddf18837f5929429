/** @odoo-module ignore */
// Works while the line is down: the pages a person looked at last (own sheets, achievements, dossiers) are read again
// from a copy on this device. Nothing is sent from here; what is typed waits in the page.

"use strict";

const PAGES = "hr_emulation.pages.";
const PARTS = "hr_emulation.parts";
const KEPT = /^\/my\/emulation(\/(evaluations|achievements|commendations|proposals|campaigns)(\/\d+)?)?\/?$/;
const PART = /^\/(web\/assets\/.*hr_emulation\.assets_portal|hr_emulation\/static\/)/;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (ev) => ev.waitUntil(self.clients.claim()));

// Copies of whoever used this browser before are not for the one who uses it now.
self.addEventListener("message", (ev) => {
    ev.waitUntil(forgetOthers(`${PAGES}${ev.data?.user}`));
});

async function forgetOthers(own) {
    const names = await caches.keys();
    await Promise.all(
        names.filter((name) => name.startsWith(PAGES) && name !== own).map((name) => caches.delete(name)),
    );
}

self.addEventListener("fetch", (ev) => {
    const url = new URL(ev.request.url);
    if (ev.request.method !== "GET" || url.origin !== self.location.origin) {
        return;
    }
    if (PART.test(url.pathname)) {
        ev.respondWith(getPart(ev.request));
    } else if (ev.request.mode === "navigate" && KEPT.test(url.pathname)) {
        ev.respondWith(getPage(ev.request));
    }
});

async function getPart(request) {
    const kept = await caches.match(request);
    if (kept) {
        return kept;
    }
    const answer = await fetch(request);
    if (answer.ok) {
        const parts = await caches.open(PARTS);
        await parts.put(request, answer.clone());
    }
    return answer;
}

async function getPage(request) {
    let answer;
    try {
        answer = await fetch(request);
    } catch (error) {
        const copy = await findCopy(request);
        if (copy) {
            return copy;
        }
        throw error;
    }
    if (answer.ok && !answer.redirected) {
        await keep(request, answer.clone());
    }
    return answer;
}

async function keep(request, answer) {
    const text = await answer.text();
    const user = text.match(/<html[^>]* data-user="(\d+)"/)?.[1];
    if (!user || user === "0") {
        return;
    }
    const copy = text.replace("<html ", `<html data-copy="${Date.now()}" `);
    const pages = await caches.open(PAGES + user);
    await pages.put(
        request.url,
        new Response(copy, { headers: { "Content-Type": "text/html; charset=utf-8" } }),
    );
}

async function findCopy(request) {
    for (const name of await caches.keys()) {
        if (name.startsWith(PAGES)) {
            const copy = await (await caches.open(name)).match(request.url);
            if (copy) {
                return copy;
            }
        }
    }
    return null;
}
