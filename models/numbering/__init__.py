from . import emulation_number_series
