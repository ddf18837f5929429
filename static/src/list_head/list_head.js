import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { KanbanRenderer } from "@web/views/kanban/kanban_renderer";
import { kanbanView } from "@web/views/kanban/kanban_view";
import { ListRenderer } from "@web/views/list/list_renderer";
import { listView } from "@web/views/list/list_view";
import { Component, onWillStart, onWillUpdateProps, useState } from "@odoo/owl";

// Counts above a list: what waits, what is late; a click filters the list, a second one takes the filter away.
export class ListHead extends Component {
    static template = "hr_emulation.ListHead";
    static props = { list: Object };

    setup() {
        this.orm = useService("orm");
        this.state = useState({ cards: [] });
        onWillStart(() => this.load());
        onWillUpdateProps(() => this.load());
    }

    async load() {
        this.state.cards = await this.orm.silent.call(this.props.list.resModel, "get_list_head", [], {
            context: this.props.list.context,
        });
    }

    getItem(name) {
        return this.env.searchModel.getSearchItems((item) => item.name === name)[0];
    }

    isActive(name) {
        return Boolean(this.getItem(name)?.isActive);
    }

    filter(name) {
        const item = this.getItem(name);
        const wasActive = item.isActive;
        this.env.searchModel.query = [];
        if (wasActive) {
            this.env.searchModel.clearQuery();
        } else {
            this.env.searchModel.toggleSearchItem(item.id);
        }
    }
}

export class HeadListRenderer extends ListRenderer {
    static template = "hr_emulation.HeadListRenderer";
    static components = { ...ListRenderer.components, ListHead };
}

export class HeadKanbanRenderer extends KanbanRenderer {
    static template = "hr_emulation.HeadKanbanRenderer";
    static components = { ...KanbanRenderer.components, ListHead };
}

registry.category("views").add("emulation_head_list", { ...listView, Renderer: HeadListRenderer });
registry.category("views").add("emulation_head_kanban", { ...kanbanView, Renderer: HeadKanbanRenderer });
