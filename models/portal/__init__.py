from . import emulation_campaign
from . import emulation_commendation
from . import emulation_portal
from . import emulation_request
from . import res_company
from . import res_config_settings
from . import ir_http
