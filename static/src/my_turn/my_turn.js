import { rpcBus } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";
import { useBus, useService } from "@web/core/utils/hooks";
import { Component, onWillStart, useState } from "@odoo/owl";

const MOVERS = new Set(["emulation.commendation", "emulation.commendation.reason"]);

// A medal in the top bar with the number of proposals that wait for the user; hidden when none does.
export class MyTurn extends Component {
    static template = "hr_emulation.MyTurn";
    static props = {};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({ count: 0 });
        onWillStart(() => this.refresh());
        useBus(this.env.bus, "ACTION_MANAGER:UI-UPDATED", () => this.refresh());
        // A button of the list that changes no page: the count follows as well.
        useBus(rpcBus, "RPC:RESPONSE", ({ detail }) => {
            const { model, method } = detail.data?.params || {};
            if (MOVERS.has(model) && method?.startsWith("action_")) {
                this.refresh();
            }
        });
    }

    async refresh() {
        this.state.count = await this.orm.silent.searchCount("emulation.commendation", [
            ["is_my_turn", "=", true],
        ]);
    }

    open() {
        this.action.doAction("hr_emulation.emulation_commendation_action_my_turn", {
            clearBreadcrumbs: true,
        });
    }
}

registry.category("systray").add("hr_emulation.MyTurn", { Component: MyTurn }, { sequence: 22 });
