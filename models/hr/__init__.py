from . import hr_department
from . import res_company
