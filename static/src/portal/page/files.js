/** @odoo-module ignore */
// Files are looked at before they are sent: pictures made smaller, what is too large said at once.

"use strict";

(() => {
    const { word, make, forEach } = emulation;
    const LONGEST_SIDE = 2000;
    const SMALL = 400 * 1024;
    const MEGABYTE = 1024 * 1024;

    const size = (bytes) =>
        bytes < MEGABYTE
            ? `${bytes && Math.max(1, Math.round(bytes / 1024))} kB`
            : `${(bytes / MEGABYTE).toFixed(1).replace(".0", "").replace(".", ",")} MB`;
    const isHeic = (file) => /\.hei[cf]$/i.test(file.name) || /image\/hei[cf]/.test(file.type);

    /** Return a picture made smaller, as JPEG; the file itself if that is no gain or it cannot be read. */
    async function shrink(file) {
        if (!file.type.startsWith("image/") && !isHeic(file)) {
            return file;
        }
        if (file.size <= SMALL && !isHeic(file)) {
            return file;
        }
        const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
        const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
        const canvas = make("canvas");
        canvas.width = Math.round(picture.width * scale);
        canvas.height = Math.round(picture.height * scale);
        const pen = canvas.getContext("2d");
        pen.fillStyle = "#fff";
        pen.fillRect(0, 0, canvas.width, canvas.height);
        pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
        const content = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.8));
        const name = file.name.replace(/\.[^.]*$/, "") + ".jpg";
        return content && (content.size < file.size || isHeic(file))
            ? new File([content], name, { type: "image/jpeg" })
            : file;
    }

    async function check(input) {
        const limit = Number(input.dataset.limit || 10) * MEGABYTE;
        const list = input.parentElement.parentElement.querySelector(".o_emulation_files") || make("ul");
        list.className = "o_emulation_files";
        list.replaceChildren();
        const chosen = new DataTransfer();
        for (const file of input.files) {
            let sent = file;
            let problem = "";
            try {
                sent = await shrink(file);
            } catch {
                problem = isHeic(file) ? word("heic") : "";
            }
            if (!problem && !sent.size) {
                problem = word("empty_file");
            } else if (!problem && sent.size > limit) {
                problem = `${word("too_large")} ${size(limit)}`;
            }
            const note = make("li", {}, `${sent.name} (${size(sent.size)}`);
            note.append(sent === file ? ")" : `, ${word("shrunk")})`);
            if (problem) {
                note.append(make("strong", { class: "o_emulation_field_error" }, ` ${problem}`));
            } else {
                chosen.items.add(sent);
            }
            list.append(note);
        }
        input.files = chosen.files;
        input.parentElement.after(list);
    }

    forEach("input[type=file]", (input) => {
        input.addEventListener("change", () => check(input));
    });
})();
