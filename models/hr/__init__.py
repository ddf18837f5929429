from . import hr_department
from . import res_company
from . import res_company_rulebook
