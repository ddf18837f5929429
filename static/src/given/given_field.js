import { registry } from "@web/core/registry";
import { FloatField, floatField } from "@web/views/fields/float/float_field";

/**
 * A number that may be missing: shown empty where none is given, and taken back when it is emptied. Odoo's own number
 * field knows no empty one: it turns into 0, and a 0 typed where nothing was given is not sent.
 *
 * Option `given`: the field that says whether there is one. With `open_only` it is asked only while the number can be
 * typed: later somebody else's stands in its place.
 */
export class GivenField extends FloatField {
    static props = {
        ...FloatField.props,
        given: { type: String, optional: true },
        openOnly: { type: Boolean, optional: true },
    };

    get isGiven() {
        const { given, openOnly, readonly, record } = this.props;
        return (openOnly && readonly) || (this.value !== false && (!given || record.data[given]));
    }

    get formattedValue() {
        return this.isGiven ? super.formattedValue : "";
    }

    /** The input of Odoo takes nothing for 0 and sends no change between them: it is sent from here. */
    parse(text) {
        const { given, name, record } = this.props;
        const figure = text.trim() ? super.parse(text) : false;
        const isTyped = figure !== false;
        if (given ? Boolean(record.data[given]) !== isTyped : !figure && this.value !== figure) {
            record.update({ [name]: figure, ...(given && { [given]: isTyped }) });
        }
        return figure;
    }
}

export const givenField = {
    ...floatField,
    component: GivenField,
    extractProps: (info, dynamicInfo) => ({
        ...floatField.extractProps(info, dynamicInfo),
        given: info.options.given,
        openOnly: Boolean(info.options.open_only),
    }),
};

registry.category("fields").add("emulation_given", givenField);
