from . import emulation_deadline_rule
from . import emulation_deadline
from . import res_users
