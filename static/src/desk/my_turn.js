import { rpcBus } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";
import { useBus, useService } from "@web/core/utils/hooks";
import { Component, onWillStart, useState } from "@odoo/owl";

// A trophy in the top bar with the number of things that wait for the user; hidden when none does.
export class MyTurn extends Component {
    static template = "hr_emulation.MyTurn";
    static props = {};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({ count: 0 });
        onWillStart(() => this.refresh());
        useBus(this.env.bus, "ACTION_MANAGER:UI-UPDATED", () => this.refresh());
        // A button of a list changes no page: the count follows as well.
        useBus(rpcBus, "RPC:RESPONSE", ({ detail }) => {
            const { model, method } = detail.data?.params || {};
            if (model?.startsWith("emulation.") && method?.startsWith("action_")) {
                this.refresh();
            }
        });
    }

    async refresh() {
        this.state.count = await this.orm.silent.call("emulation.desk", "get_waiting", []);
    }

    open() {
        this.action.doAction("hr_emulation.emulation_desk_action", { clearBreadcrumbs: true });
    }
}

registry.category("systray").add("hr_emulation.MyTurn", { Component: MyTurn }, { sequence: 22 });
