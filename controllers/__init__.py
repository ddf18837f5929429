from . import counting
from . import portal
from . import export
from . import health
from . import verification
