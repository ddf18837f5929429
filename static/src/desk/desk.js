import { deserializeDate, formatDate } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { Layout } from "@web/search/layout";
import { session } from "@web/session";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { Component, onWillStart, useState } from "@odoo/owl";

// The first screen: what waits for the user (a click opens exactly that) and what comes in the next weeks.
export class Desk extends Component {
    static template = "hr_emulation.Desk";
    static components = { Layout };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.tours = useService("tour_service");
        this.display = { controlPanel: {} };
        this.state = useState({ waiting: [], coming: [], steps: false, guide: "" });
        onWillStart(async () => {
            Object.assign(this.state, await this.orm.call("emulation.desk", "get_desk", []));
        });
    }

    getLateText(card) {
        return _t("of which late: %(count)s", { count: card.late });
    }

    getStepsText() {
        return _t("First steps: %(done)s of %(all)s done", this.state.steps);
    }

    // A guide switches Odoo's own tours on: off again, or they would begin by themselves after it.
    async showAround() {
        await this.tours.startTour(this.state.guide, { mode: "manual", redirect: false });
        if (!session.tour_enabled) {
            await this.orm.call("res.users", "switch_tour_enabled", [false]);
        }
    }

    openSteps() {
        return this.action.doAction("hr_emulation.emulation_first_steps_action");
    }

    formatDay(row) {
        return formatDate(deserializeDate(row.date));
    }

    openCard(card) {
        if (card.url) {
            return this.action.doAction({ type: "ir.actions.act_url", url: card.url, target: "self" });
        }
        return this.action.doAction(card.action);
    }

    openRow(row) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: row.model,
            res_id: row.id,
            views: [[false, "form"]],
        });
    }
}

registry.category("actions").add("hr_emulation.desk", Desk);
