from . import emulation_decision
from . import emulation_certificate_template
from . import emulation_certificate_field
from . import emulation_certificate
