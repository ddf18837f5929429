import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { Component, onWillStart, useState } from "@odoo/owl";

// What an agency sets up once, each with the screen where it is done; it ticks itself.
export class FirstSteps extends Component {
    static template = "hr_emulation.FirstSteps";
    static components = { Layout };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.display = { controlPanel: {} };
        this.state = useState({ steps: [] });
        onWillStart(async () => {
            this.state.steps = await this.orm.call("emulation.first.steps", "get_steps", []);
        });
    }

    get doneCount() {
        return this.state.steps.filter((step) => step.done).length;
    }

    // the first thing still to do is the one to begin with
    get nextKey() {
        return this.state.steps.find((step) => !step.done && step.action)?.key;
    }

    get progressText() {
        return _t("%(done)s of %(all)s done", { done: this.doneCount, all: this.state.steps.length });
    }

    openStep(step) {
        return this.action.doAction(step.action);
    }
}

registry.category("actions").add("hr_emulation.first_steps", FirstSteps);
