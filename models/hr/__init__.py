from . import resource_resource
from . import emulation_deputy
from . import hr_department
from . import res_company
from . import hr_employee
from . import hr_employee_public
from . import res_users
from . import res_config_settings
