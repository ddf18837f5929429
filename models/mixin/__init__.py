from . import emulation_recipient_mixin
from . import emulation_document_mixin
from . import emulation_protected_mixin
from . import emulation_issued_document_mixin
from . import emulation_bulk_mixin
from . import emulation_search_mixin
from . import emulation_commended_mixin
from . import emulation_evidence_mixin
