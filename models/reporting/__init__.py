from . import emulation_report_mixin
from . import emulation_report_commendation
from . import emulation_report_step
from . import emulation_report_participation
from . import emulation_report_evaluation
from . import emulation_report_vote
from . import emulation_statistic_form
from . import emulation_statistic
