from . import emulation_export_mixin
from . import emulation_list
from . import emulation_commendation
from . import emulation_certificate
from . import emulation_evaluation
from . import emulation_decision
from . import emulation_review
