from . import emulation_campaign
from . import emulation_honour_board
from . import emulation_consent
from . import emulation_form_answer
from . import emulation_portal
from . import emulation_request
from . import res_company
from . import ir_http
