"""What runs with the packages of the virtual environment; all but `sql` inside Odoo."""
