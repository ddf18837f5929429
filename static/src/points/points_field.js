import { registry } from "@web/core/registry";
import { GivenField, givenField } from "../given/given_field";

/** Points as a figure, or where the criterion has levels by name as one of them: chosen, and read, by its name. */
export class PointsField extends GivenField {
    static template = "hr_emulation.PointsField";

    get levels() {
        return this.props.record.data.level_choices || [];
    }

    // 0 points of a line nobody has filled in are no level yet, though one may be worth 0.
    get isGiven() {
        const { points_given, is_given } = this.props.record.data;
        if (!this.levels.length) {
            return super.isGiven;
        }
        return points_given ? points_given[this.props.name] : (is_given ?? true);
    }

    get level() {
        return this.isGiven ? this.levels.findIndex(([, points]) => points === this.value) : -1;
    }

    get formattedValue() {
        return this.levels[this.level]?.[0] ?? super.formattedValue;
    }

    choose(ev) {
        const { given, name, record } = this.props;
        const flag = given || ("is_given" in record.activeFields && "is_given");
        const [, points] = this.levels[Number(ev.target.value)];
        return record.update({ [name]: points, ...(flag && { [flag]: true }) });
    }
}

registry.category("fields").add("emulation_points", {
    ...givenField,
    component: PointsField,
    fieldDependencies: [{ name: "level_choices", type: "json" }],
});
