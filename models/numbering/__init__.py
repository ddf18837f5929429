from . import emulation_number_series
from . import emulation_numbered_mixin
