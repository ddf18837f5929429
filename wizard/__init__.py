from . import emulation_bulk_result
from . import emulation_commendation_reason
