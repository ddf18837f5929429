/** @odoo-module ignore */
// Plays a story on our pages, which load none of Odoo's scripts: in a frame as wide as a phone or a desktop, step by step
// as a visitor would. A step waits until what it looks for is there.

"use strict";

globalThis.playStory = async (steps, url, width) => {
    const PATIENCE = 15000;
    const PAUSE = 40;
    const frame = document.createElement("iframe");
    frame.style = `position: fixed; inset: 0 auto auto 0; width: ${width}px; height: 1200px; border: 0; background: #fff`;
    document.body.replaceChildren(frame);
    const pause = (time) => new Promise((done) => setTimeout(done, time));

    const prepare = () => {
        const page = frame.contentWindow;
        page.confirm = () => true;
        page.onerror = (text) => {
            frame.broken = text;
        };
    };
    const open = async (address) => {
        await new Promise((done) => {
            frame.onload = done;
            frame.src = address;
        });
        prepare();
    };
    frame.addEventListener("load", prepare);

    const find = (step) => {
        const document = frame.contentDocument;
        if (!document || document.readyState !== "complete") {
            return null;
        }
        const found = [...document.querySelectorAll(step.at)].filter(
            (element) => !step.text || (element.textContent + (element.value || "")).includes(step.text),
        );
        return found[step.nth || 0] || null;
    };
    const shown = (element) => element.getClientRects().length > 0;

    const actions = {
        async click(element) {
            const before = frame.contentDocument;
            const form = element.type === "submit" && element.form?.method === "post" ? element.form : null;
            element.click();
            const end = Date.now() + PATIENCE;
            // A form is answered by another page, or by words on this one.
            while (form && frame.contentDocument === before && form.getAttribute("aria-busy") === "true") {
                if (Date.now() > end) {
                    throw new Error("no answer to the form");
                }
                await pause(PAUSE);
            }
        },
        async type(element, text) {
            element.focus();
            element.value = text;
            element.dispatchEvent(new frame.contentWindow.Event("input", { bubbles: true }));
            element.dispatchEvent(new frame.contentWindow.Event("change", { bubbles: true }));
        },
        async choose(element, text) {
            const option = [...element.options].find((entry) => entry.textContent.includes(text));
            element.value = option.value;
            element.dispatchEvent(new frame.contentWindow.Event("change", { bubbles: true }));
        },
        async file(element, { name, content, type }) {
            const chosen = new DataTransfer();
            chosen.items.add(new File([content], name, { type: type || "" }));
            element.files = chosen.files;
            element.dispatchEvent(new frame.contentWindow.Event("change", { bubbles: true }));
            await pause(300);
        },
    };

    const play = async (step) => {
        if (step.go) {
            await open(step.go);
            return;
        }
        if (step.run) {
            await step.run(frame.contentWindow, { open, pause, find });
            return;
        }
        const end = Date.now() + PATIENCE;
        for (;;) {
            const element = find(step);
            if (step.gone ? frame.contentDocument?.readyState === "complete" && !element : element) {
                if (step.gone || step.hidden || shown(element)) {
                    const [name] = Object.keys(actions).filter((key) => key in step);
                    if (name) {
                        await actions[name](element, step[name]);
                        await pause(PAUSE);
                    }
                    return;
                }
            }
            if (frame.broken) {
                throw new Error(`the page broke: ${frame.broken}`);
            }
            if (Date.now() > end) {
                const body = frame.contentDocument?.body?.innerText || "";
                const address = frame.contentWindow.location.href;
                throw new Error(`not found on ${address}: ${body.slice(0, 1500)}`);
            }
            await pause(PAUSE);
        }
    };

    await open(url);
    for (const [number, step] of steps.entries()) {
        try {
            await play(step);
        } catch (error) {
            const { go, run, ...shownStep } = step;
            console.error(
                `Step ${number + 1} ${JSON.stringify(shownStep)} ${go || ""} ${run || ""}: ${error.message}`,
            );
            return;
        }
    }
    await pause(200); // what the last step began
    console.log("test successful");
};
