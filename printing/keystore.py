"""Where private keys lie: outside the database, so that no copy of it can sign.

A key is looked for in the environment (``HR_EMULATION_KEY_`` and its name in capitals), then in a folder: the one
that ``HR_EMULATION_KEYS`` names, else one in Odoo's data directory. Each database has its own folder within.
"""

import os
import re
from pathlib import Path

FOLDER_VARIABLE = "HR_EMULATION_KEYS"
KEY_VARIABLE = "HR_EMULATION_KEY_"
SAFE = re.compile(r"[^A-Za-z0-9._-]")


class KeyStore:
    """The private keys of one database.

    :param data_directory: Odoo's data directory
    :param database: name of the database

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     store = KeyStore(folder, "production")
    ...     store.keep("57c78ee54d80ab09", "secret"), store.find("57c78ee54d80ab09")
    ...     KeyStore(folder, "copy").find("57c78ee54d80ab09")
    (True, 'secret')
    """

    def __init__(self, data_directory: str, database: str) -> None:
        folder = os.environ.get(FOLDER_VARIABLE) or os.path.join(data_directory, "emulation_keys")
        self.folder = Path(folder) / SAFE.sub("_", database)

    def keep(self, name: str, private: str) -> bool:
        """Write a private key to its file, readable for the server's own user only; say whether that was possible."""
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            descriptor = os.open(self._get_path(name), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except OSError:
            return False
        with os.fdopen(descriptor, "w") as file:
            file.write(private)
        return True

    def forget(self, name: str) -> None:
        """Remove the file of a key that was never used."""
        self._get_path(name).unlink(missing_ok=True)

    def find(self, name: str) -> str | None:
        """Return a private key, or None when it is not on this server."""
        given = os.environ.get(KEY_VARIABLE + name.upper())
        if given:
            return given.strip()
        try:
            return self._get_path(name).read_text().strip()
        except OSError:
            return None

    def _get_path(self, name: str) -> Path:
        return self.folder / f"{SAFE.sub('_', name)}.key"
