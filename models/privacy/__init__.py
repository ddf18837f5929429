from . import emulation_personal_data
from . import emulation_erasure
from . import emulation_retention
from . import emulation_disposal
from . import emulation_restriction_reading
