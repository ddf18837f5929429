from . import emulation_achievement
from . import emulation_achievement_author
from . import emulation_rating
from . import emulation_restriction
from . import emulation_absence_type
from . import emulation_absence
from . import emulation_post_group
from . import emulation_post
