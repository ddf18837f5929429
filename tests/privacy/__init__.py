from . import test_personal_data
from . import test_restriction_reading
