from . import counting
from . import portal
from . import export
from . import verification
