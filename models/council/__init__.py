from . import emulation_council
from . import emulation_council_member
from . import emulation_session
from . import emulation_session_item
from . import emulation_session_minutes
from . import emulation_session_attendance
from . import emulation_ballot
from . import emulation_commendation
