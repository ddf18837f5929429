from . import emulation_restriction_reading
from . import ir_ui_menu
