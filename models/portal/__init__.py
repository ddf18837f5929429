from . import emulation_honour_board
from . import emulation_consent
from . import emulation_form_answer
from . import emulation_news
from . import emulation_portal
from . import emulation_request
from . import emulation_upload_part
from . import ir_http
