from . import emulation_calendar_day
from . import emulation_deadline_rule
from . import emulation_deadline
