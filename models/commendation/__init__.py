from . import emulation_commendation
from . import emulation_commendation_paper
from . import emulation_waiver
from . import emulation_appraisal
from . import emulation_notifier
from . import emulation_history
from . import emulation_granted
from . import emulation_reliance
