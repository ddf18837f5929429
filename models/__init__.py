from . import mixin
from . import rulebook
from . import campaign
from . import merit
from . import council
from . import document
from . import hr
from . import portal
