from . import emulation_deadline_rule
from . import emulation_deadline
