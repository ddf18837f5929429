"""What Odoo's own odoo-bin does, for any Odoo: HR_EMULATION_ODOO names its folder.

It goes to the end of Python's path: an installed package's neighbours must not hide the locked versions.
With several workers Odoo starts this file again for its event server.
"""

import os
import sys

sys.path[0:1] = []  # this folder itself
sys.path.append(os.environ["HR_EMULATION_ODOO"])


def main():
    import odoo.cli

    odoo.cli.main()


if __name__ == "__main__":
    main()
