import { Component, useRef, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

// Screen pixels a millimetre at the width the page is shown in.
const SCREEN_WIDTH = 880;
const POINT_IN_MM = 25.4 / 72;

/** The page of a certificate template to scale: boxes are dragged, the right edge sets the width. */
export class CertificateDesigner extends Component {
    static template = "hr_emulation.CertificateDesigner";
    static props = { ...standardFieldProps };

    setup() {
        this.page = useRef("page");
        this.state = useState({ selected: null, drag: null });
    }

    get values() {
        return this.props.record.data;
    }

    get scale() {
        return SCREEN_WIDTH / (this.values.page_width || 297);
    }

    get boxes() {
        const isStock = this.values.mode === "preprinted";
        return this.values.field_ids.records.map((record) => ({
            record,
            data: record.data,
            isHidden: isStock && !record.data.on_preprinted,
        }));
    }

    get pageStyle() {
        const background =
            this.values.background_uri && this.values.mode === "full"
                ? `background-image:url("${this.values.background_uri}");`
                : "";
        const height = (this.values.page_height || 210) * this.scale;
        return `width:${SCREEN_WIDTH}px;height:${height}px;${background}`;
    }

    boxStyle(box) {
        const { x, y, width, font_size, font, bold, italic, uppercase, align, colour } = box.data;
        const size = font_size * POINT_IN_MM * this.scale;
        const isSquare = ["qr", "emblem"].includes(box.data.kind);
        const height = isSquare ? width * this.scale : size * 1.25;
        const emblem =
            box.data.kind === "emblem" && this.values.emblem_uri
                ? `background:url("${this.values.emblem_uri}") no-repeat center/contain`
                : "";
        return [
            `left:${x * this.scale}px`,
            `top:${y * this.scale}px`,
            `width:${width * this.scale}px`,
            `min-height:${height}px`,
            `font-family:'${font}',serif`,
            `font-size:${size}px`,
            `font-weight:${bold ? 700 : 400}`,
            `font-style:${italic ? "italic" : "normal"}`,
            `text-transform:${uppercase ? "uppercase" : "none"}`,
            `text-align:${align}`,
            `color:${colour}`,
            emblem,
        ].join(";");
    }

    label(box) {
        if (box.data.kind === "qr") {
            return "QR";
        }
        if (box.data.kind === "emblem") {
            return this.values.emblem_uri ? "" : "★";
        }
        return box.data.kind === "rule" ? "───" : box.data.content || "";
    }

    position(box) {
        const { x, y, width } = box.data;
        return _t("%(x)s × %(y)s mm, %(width)s mm wide", {
            x: x.toFixed(1),
            y: y.toFixed(1),
            width: width.toFixed(1),
        });
    }

    onPointerDown(ev, box, isWidth) {
        if (this.props.readonly) {
            return;
        }
        ev.currentTarget.closest(".o_certificate_page").setPointerCapture(ev.pointerId);
        this.state.selected = box.record.id;
        this.state.drag = { box, isWidth, startX: ev.clientX, startY: ev.clientY, from: { ...box.data } };
    }

    async onPointerMove(ev) {
        const drag = this.state.drag;
        if (!drag) {
            return;
        }
        const right = (ev.clientX - drag.startX) / this.scale;
        const down = (ev.clientY - drag.startY) / this.scale;
        const round = (value) => Math.round(value * 2) / 2;
        const changes = drag.isWidth
            ? { width: Math.max(5, round(drag.from.width + right)) }
            : { x: round(drag.from.x + right), y: round(drag.from.y + down) };
        await drag.box.record.update(changes);
    }

    onPointerUp() {
        this.state.drag = null;
    }

    async onKeydown(ev, box) {
        const step = ev.shiftKey ? 5 : 0.5;
        const moves = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
        const move = moves[ev.key];
        if (move && !this.props.readonly) {
            ev.preventDefault();
            await box.record.update({
                x: box.data.x + move[0] * step,
                y: box.data.y + move[1] * step,
            });
        }
    }
}

registry.category("fields").add("certificate_designer", {
    component: CertificateDesigner,
    displayName: _t("Certificate designer"),
    supportedTypes: ["one2many"],
    relatedFields: [
        { name: "sequence", type: "integer" },
        { name: "kind", type: "selection", selection: [] },
        { name: "content", type: "char" },
        { name: "x", type: "float" },
        { name: "y", type: "float" },
        { name: "width", type: "float" },
        { name: "font", type: "selection", selection: [] },
        { name: "font_size", type: "float" },
        { name: "bold", type: "boolean" },
        { name: "italic", type: "boolean" },
        { name: "uppercase", type: "boolean" },
        { name: "align", type: "selection", selection: [] },
        { name: "colour", type: "char" },
        { name: "on_preprinted", type: "boolean" },
    ],
});
