import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { Component, onWillStart, useState } from "@odoo/owl";

// A year at a glance; a click on a figure or a bar opens exactly what it counts.
export class Overview extends Component {
    static template = "hr_emulation.Overview";
    static components = { Layout };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.display = { controlPanel: {} };
        this.state = useState({ year: false, blocks: [] });
        onWillStart(() => this.load(false));
    }

    async load(year) {
        Object.assign(this.state, await this.orm.call("emulation.overview", "get_overview", [year]));
    }

    getShare(bar, row) {
        return (100 * row.count) / bar.rows[0].count;
    }

    open(name, model, domain) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            name,
            res_model: model,
            domain,
            views: [
                [false, "list"],
                [false, "form"],
            ],
        });
    }
}

registry.category("actions").add("hr_emulation.overview", Overview);
