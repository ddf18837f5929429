from . import emulation_initiative_criterion
from . import emulation_initiative_session
from . import emulation_initiative_item
from . import emulation_initiative_mark
from . import emulation_recognition
