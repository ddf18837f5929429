import { registry } from "@web/core/registry";
import {
    Many2ManyBinaryField,
    many2ManyBinaryField,
} from "@web/views/fields/many2many_binary/many2many_binary_field";

/** Files somebody else handed in: named and downloaded, never shown, not even as a thumbnail. */
export class EvidenceField extends Many2ManyBinaryField {
    isImage() {
        return false;
    }
}

registry.category("fields").add("emulation_evidence", {
    ...many2ManyBinaryField,
    component: EvidenceField,
});
