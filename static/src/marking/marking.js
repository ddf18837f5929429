import { ConfirmationDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { useSetupAction } from "@web/search/action_hook";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { Component, onPatched, onWillStart, useRef, useState } from "@odoo/owl";

// A figure as Vietnamese offices type it (8,5 or 1.250 or 1.234,5) or as a sheet program copies it (8.5); null: none.
// Points have two figures after the comma: three after a comma may be thousands of another language, so nothing is read.
export function readFigure(text) {
    const bare = text.trim().replace(/\s/g, "");
    if (/^[1-9]\d{0,2}(\.\d{3})+(,\d{1,2})?$/.test(bare)) {
        return Number(bare.replaceAll(".", "").replace(",", "."));
    }
    return /^\d+([.,]\d{1,2})?$/.test(bare) ? Number(bare.replace(",", ".")) : null;
}

export function writeFigure(number) {
    return number === null || number === undefined ? "" : String(number).replace(".", ",");
}

// A level as it is typed: small letters will do. Its points, or null where the line has no such level.
export function readLevel(levels, text) {
    const plain = (one) => one.normalize("NFC").trim().replace(/\s+/g, " ").toLowerCase();
    return levels.find(([name]) => plain(name) === plain(text))?.[1] ?? null;
}

export function writePoints(levels, points) {
    return levels.find(([, worth]) => worth === points)?.[0] ?? writeFigure(points);
}

class MarkingRow extends Component {
    static template = "hr_emulation.MarkingRow";
    static props = { row: Object, version: Number, grid: Object };

    get grid() {
        return this.props.grid;
    }
}

// The grid of a marker: a row for each unit or person, a column for each criterion, saved in one call.
export class Marking extends Component {
    static template = "hr_emulation.Marking";
    static components = { Layout, MarkingRow };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.dialog = useService("dialog");
        this.notification = useService("notification");
        this.table = useRef("table");
        this.display = { controlPanel: {} };
        this.typed = new Map(); // cell id → {text, points or error}: kept over a reload, also when it is wrong
        this.aside = new Map(); // round → what was typed in it, while another one is shown
        this.versions = {}; // row → how often it changed: only the row of the cell typed in is drawn anew
        this.cells = new Map();
        this.state = useState({ changed: 0, errors: [], reason: "", filter: "", focused: null });
        this.grid = { reviews: [], review: false, columns: [], rows: [] };
        onWillStart(() => this.load());
        onPatched(() => this.refocus());
        useSetupAction({
            beforeLeave: () => this.mayLeave(),
            beforeUnload: (ev) => this.hasUnsaved && ev.preventDefault(),
        });
    }

    async load(review = this.grid.review || null) {
        const found = await this.orm.call("emulation.score", "get_marking", [review]);
        this.grid = found;
        this.cells = new Map(found.cells.map((cell) => [cell.id, cell]));
        this.places = new Map(found.cells.map((cell) => [`${cell.row}/${cell.column}`, cell]));
        const kept = [...this.typed].filter(([id, typed]) => this.cells.has(id) && !typed.isEmpty);
        this.typed = new Map(kept);
        found.rows.forEach((row) => this.touch(row.id));
        this.count();
    }

    // ---------- What is shown ----------

    get rows() {
        const wanted = this.state.filter.trim().toLowerCase();
        const has = (row) => `${row.name} ${row.unit}`.toLowerCase().includes(wanted);
        return wanted ? this.grid.rows.filter(has) : this.grid.rows;
    }

    touch(row) {
        this.versions[row] = (this.versions[row] || 0) + 1;
    }

    getCell(row, column) {
        return this.places.get(`${row.id}/${column.id}`);
    }

    getColumn(cell) {
        return this.grid.columns.find((one) => one.id === cell.column);
    }

    getText(cell) {
        return this.typed.get(cell.id)?.text ?? this.write(cell, cell.points);
    }

    write(cell, points) {
        return writePoints(this.getColumn(cell).levels, points);
    }

    read(cell, text) {
        const { levels } = this.getColumn(cell);
        return levels.length ? readLevel(levels, text) : readFigure(text);
    }

    getClass(cell) {
        const typed = this.typed.get(cell.id);
        if (typed?.error) {
            return "is-invalid border-danger text-danger";
        }
        return typed ? "bg-warning-subtle" : cell.is_done ? "text-success fw-bold" : "";
    }

    getLabel(row, column) {
        return `${row.name}: ${column.name}`;
    }

    getHeading(column) {
        return column.code ? `${column.code}. ${column.name}` : column.name;
    }

    // The heading is short; what it leaves out is read when pointing at it, and below the grid in the cell typed in.
    getHint(column) {
        return [this.getHeading(column), this.getMaximum(column), column.guidance].filter(Boolean).join("\n");
    }

    getMaximum(column) {
        if (column.levels.length) {
            return column.levels.map(([name]) => name).join(", ");
        }
        const points = writeFigure(column.maximum);
        if (column.is_deduction) {
            return points ? _t("points taken off, at most %(points)s", { points }) : _t("points taken off");
        }
        return points ? _t("at most %(points)s", { points }) : _t("no limit");
    }

    getTrail(cell) {
        const figures = cell.trail.map((mark) => {
            const reason = mark.reason ? ` (${mark.reason})` : "";
            return `${mark.name}: ${this.write(cell, mark.points)}${reason}`;
        });
        if (cell.self !== null) {
            figures.unshift(_t("Self: %(points)s", { points: this.write(cell, cell.self) }));
        }
        return figures.join(" → ") || _t("Nobody has given points yet.");
    }

    get savedText() {
        return _t("Changed: %(count)s", { count: this.state.changed });
    }

    get needsReason() {
        return [...this.typed].some(([id, typed]) => {
            const before = this.cells.get(id).points;
            return this.isAble(typed) && before !== null && before !== typed.points;
        });
    }

    // ---------- Typing ----------

    isAble(typed) {
        return !typed.error && !typed.isEmpty;
    }

    check(cell, text) {
        const column = this.getColumn(cell);
        const points = this.read(cell, text);
        if (points === null && column.levels.length) {
            const names = column.levels.map(([name]) => name).join(", ");
            return { text, error: _t("“%(text)s” is none of: %(names)s.", { text, names }) };
        }
        if (points === null) {
            return { text, error: _t("“%(text)s” is no number of points.", { text }) };
        }
        if (column.maximum !== null && points > column.maximum) {
            const values = { points: writeFigure(points), maximum: writeFigure(column.maximum) };
            return { text, error: _t("%(points)s points, but at most %(maximum)s are possible.", values) };
        }
        return { text, points };
    }

    type(cell, text) {
        this.touch(cell.row);
        if (text.trim() === "") {
            this.typed.set(cell.id, { text, isEmpty: true });
        } else if (cell.is_done && this.read(cell, text) === cell.points) {
            this.typed.delete(cell.id); // else the same figure is typed to agree with it
        } else {
            this.typed.set(cell.id, this.check(cell, text));
        }
    }

    onInput(cell, ev) {
        this.type(cell, ev.target.value);
        this.count();
    }

    onBlur(cell) {
        if (this.typed.get(cell.id)?.isEmpty) {
            this.typed.delete(cell.id);
            this.touch(cell.row);
            this.render();
        }
    }

    count() {
        this.state.changed = [...this.typed.values()].filter((typed) => !typed.isEmpty).length;
        this.state.errors = [...this.typed]
            .filter(([, typed]) => typed.error)
            .map(([id, typed]) => this.describe(this.cells.get(id), typed.error));
    }

    describe(cell, error) {
        const row = this.grid.rows.find((one) => one.id === cell.row);
        const column = this.getColumn(cell);
        return { id: cell.id, text: `${this.getLabel(row, column)} – ${error}` };
    }

    onPaste(cell, ev) {
        const text = ev.clipboardData.getData("text/plain").replace(/\r?\n$/, "");
        if (!/[\t\n]/.test(text)) {
            return;
        }
        ev.preventDefault();
        const rows = this.rows;
        const top = rows.findIndex((row) => row.id === cell.row);
        const left = this.grid.columns.findIndex((column) => column.id === cell.column);
        let outside = 0;
        text.split(/\r?\n/).forEach((line, down) =>
            line.split("\t").forEach((figure, right) => {
                const row = rows[top + down];
                const column = this.grid.columns[left + right];
                const target = row && column && this.getCell(row, column);
                if (!figure.trim()) {
                    return; // an empty cell of the other sheet leaves what stands here
                }
                if (target?.is_open) {
                    this.type(target, figure);
                } else {
                    outside += 1;
                }
            }),
        );
        if (outside) {
            const message = _t("%(count)s figures fell on no line of yours and were left out.", {
                count: outside,
            });
            this.notification.add(message, { type: "warning" });
        }
        this.count();
    }

    agree() {
        for (const cell of this.cells.values()) {
            if (cell.is_open && !cell.is_done && cell.points !== null && !this.typed.has(cell.id)) {
                this.typed.set(cell.id, {
                    text: this.write(cell, cell.points),
                    points: cell.points,
                });
                this.touch(cell.row);
            }
        }
        this.count();
    }

    // ---------- Keys ----------

    onFocus(row, column, cell, ev) {
        ev.target.select();
        this.state.focused = { label: this.getLabel(row, column), guidance: column.guidance, id: cell.id };
    }

    get focusedTrail() {
        const cell = this.cells.get(this.state.focused.id);
        return cell ? this.getTrail(cell) : "";
    }

    onKeydown(ev) {
        const moves = { ArrowUp: [-1, 0], ArrowDown: [1, 0], Enter: [ev.shiftKey ? -1 : 1, 0] };
        const input = ev.target;
        if (input.selectionStart === 0) {
            moves.ArrowLeft = [0, -1];
        }
        if (input.selectionEnd === input.value.length) {
            moves.ArrowRight = [0, 1];
        }
        if (ev.ctrlKey && ev.key === "s") {
            ev.preventDefault();
            this.save();
        } else if (moves[ev.key]) {
            ev.preventDefault();
            this.move(input, ...moves[ev.key]);
        }
    }

    move(input, down, right) {
        const place = input.closest("td");
        let [row, index] = [place.parentElement, place.cellIndex];
        for (;;) {
            row = down > 0 ? row.nextElementSibling : down < 0 ? row.previousElementSibling : row;
            index += right;
            const cell = row?.cells[index];
            if (!cell || index < 1) {
                return;
            }
            const next = cell.querySelector("input");
            if (next) {
                return next.focus();
            }
        }
    }

    focusCell(id) {
        this.table.el.querySelector(`input[data-cell='${id}']`)?.focus();
    }

    refocus() {
        if (this.focusNext) {
            const id = this.focusNext;
            this.focusNext = null;
            this.focusCell(id);
        }
    }

    // ---------- Saving ----------

    async save() {
        const able = [...this.typed].filter(([, typed]) => this.isAble(typed));
        if (!able.length) {
            return;
        }
        if (this.needsReason && !this.state.reason.trim()) {
            this.notification.add(_t("Another figure stood here: give the reason for the change."), {
                type: "danger",
            });
            return document.querySelector(".o_emulation_marking_reason").focus();
        }
        const cells = able.map(([id, typed]) => [id, typed.points]);
        const args = [this.grid.review, cells, this.state.reason];
        const { saved, errors } = await this.orm.call("emulation.score", "save_marking", args);
        for (const [id] of able) {
            if (errors[id]) {
                this.typed.get(id).error = errors[id];
            } else {
                this.typed.delete(id);
            }
        }
        await this.load();
        this.focusNext = this.state.errors[0]?.id;
        if (!this.state.errors.length) {
            this.state.reason = "";
        }
        const type = this.state.errors.length ? "warning" : "success";
        this.notification.add(_t("%(count)s lines marked.", { count: saved }), { type });
        this.render();
    }

    async choose(ev) {
        const review = Number(ev.target.value);
        this.aside.set(this.grid.review, this.typed);
        this.typed = this.aside.get(review) || new Map();
        this.aside.delete(review);
        await this.load(review);
        this.render();
    }

    // ---------- Leaving ----------

    get hasUnsaved() {
        return [this.typed, ...this.aside.values()].some((typed) =>
            [...typed.values()].some((one) => !one.isEmpty),
        );
    }

    // Figures that were typed are not lost without a word.
    mayLeave() {
        if (!this.hasUnsaved) {
            return true;
        }
        return new Promise((resolve) => {
            this.dialog.add(ConfirmationDialog, {
                title: _t("Leave without saving?"),
                body: _t("Figures you typed are not saved yet."),
                confirmLabel: _t("Leave without saving"),
                confirm: () => resolve(true),
                cancelLabel: _t("Stay here"),
                cancel: () => resolve(false),
                dismiss: () => resolve(false),
            });
        });
    }
}

registry.category("actions").add("hr_emulation.marking", Marking);
