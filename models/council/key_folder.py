"""Keys of ballot boxes in files, outside the database: no copy of the database holds one.

A file is named by the fingerprint of its public key, readable by its owner only, and destroyed when the box
is opened. Where the counting board holds the codes, the file has the public key and no private one.
"""

import os
import time
from pathlib import Path

from ...engine.ballot_box import BoxError, get_fingerprint, get_public

LENGTH = 32


class KeyFolder:
    """The key files of one database.

    >>> import tempfile
    >>> folder = KeyFolder(Path(tempfile.mkdtemp()) / "keys")
    >>> name = folder.add_private(bytes(32))
    >>> folder.get_public(name) == get_public(bytes(32)), folder.get_private(name) == bytes(32)
    (True, True)
    >>> oct((folder.path / name).stat().st_mode & 0o777)
    '0o600'
    >>> folder.wipe(name)
    >>> folder.get_private(name)  # doctest: +IGNORE_EXCEPTION_DETAIL
    Traceback (most recent call last):
    ...
    BoxError: The key of the box is not on this server.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def add_private(self, private: bytes) -> str:
        """Keep a key pair; return its name."""
        return self._write(get_public(private), private)

    def add_public(self, public: bytes) -> str:
        """Keep a public key whose private one is in somebody's hands; return its name."""
        return self._write(public, b"")

    def get_public(self, name: str) -> bytes:
        """Return the public key.

        :raises BoxError: there is no such key, or the file was changed
        """
        return self._read(name)[0]

    def get_private(self, name: str) -> bytes:
        """Return the private key.

        :raises BoxError: there is no such key, or it is not kept here
        """
        private = self._read(name)[1]
        if not private:
            raise BoxError("The key of the box is not on this server.")
        return private

    def wipe(self, name: str) -> None:
        """Overwrite and remove a key; a key that is gone is no fault."""
        file = self._locate(name)
        try:
            with file.open("r+b") as opened:
                opened.write(os.urandom(2 * LENGTH))
                opened.flush()
                os.fsync(opened.fileno())
            file.unlink()
        except FileNotFoundError:
            return

    def list_older_than(self, seconds: float) -> list[str]:
        """Return the names of keys made longer ago than that.

        >>> KeyFolder(Path("/nowhere")).list_older_than(0)
        []
        """
        if not self.path.is_dir():
            return []
        limit = time.time() - seconds
        return sorted(file.name for file in self.path.iterdir() if file.stat().st_mtime < limit)

    def _write(self, public: bytes, private: bytes) -> str:
        self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        name = get_fingerprint(public)
        handle = os.open(self._locate(name), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as opened:
            opened.write(public + private)
            opened.flush()
            os.fsync(opened.fileno())
        return name

    def _read(self, name: str) -> tuple[bytes, bytes]:
        try:
            content = self._locate(name).read_bytes()
        except FileNotFoundError as error:
            raise BoxError("The key of the box is not on this server.") from error
        public, private = content[:LENGTH], content[LENGTH:]
        if get_fingerprint(public) != name or (private and get_public(private) != public):
            raise BoxError("The key of the box was changed.")
        return public, private

    def _locate(self, name: str) -> Path:
        if len(name) != LENGTH or not name.isalnum():
            raise BoxError("The key of the box is not on this server.")
        return self.path / name
