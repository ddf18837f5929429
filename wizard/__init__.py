from . import emulation_bulk_result
from . import emulation_commendation_reason
from . import emulation_reason_wizard
from . import emulation_score_change_wizard
from . import emulation_decision_issue
from . import emulation_rating_draw
