from . import emulation_achievement
from . import emulation_rating
from . import emulation_restriction
