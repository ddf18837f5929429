from . import models
from . import demo
from . import controllers
from . import report
from . import wizard
