from . import emulation_achievement
from . import emulation_rating
from . import emulation_restriction
from . import emulation_commendation
from . import emulation_commendation_workflow
from . import emulation_commendation_decision
from . import emulation_commendation_findings
from . import emulation_waiver
