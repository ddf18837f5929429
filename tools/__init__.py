"""What `./dev` is made of: plain Python, standard library only, never imported by Odoo."""
