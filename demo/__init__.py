from . import loader
from . import history
from . import merit
from . import council
from . import portal
