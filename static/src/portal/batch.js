import { Interaction } from "@web/public/interaction";
import { registry } from "@web/core/registry";

/** One box ticks every line of a list; without script it is not there and the list works all the same. */
export class EmulationBatch extends Interaction {
    static selector = ".o_emulation_batch";
    dynamicContent = {
        ".o_emulation_check_all input": { "t-on-change": this.onAll },
    };

    start() {
        this.el.querySelector(".o_emulation_check_all").hidden = false;
    }

    onAll(ev) {
        for (const box of this.el.querySelectorAll("input[name='record']")) {
            box.checked = ev.target.checked;
        }
    }
}

registry.category("public.interactions").add("hr_emulation.batch", EmulationBatch);
