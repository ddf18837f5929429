"""The databases of one checkout, and the files that belong to them."""

import os
import re
import shutil

from .places import remove


class Databases:
    """Creates, copies and drops databases whose names begin with this checkout's own prefix."""

    def __init__(self, places, server):
        self.places = places
        self.server = server
        self.prefix = f"hre_{places.key}_"

    def name(self, role):
        """Return the name of the database that plays a role, such as 'run' or 'test_1'."""
        if not re.fullmatch(r"[a-z0-9_]+", role):
            raise ValueError(role)
        return self.prefix + role

    def exists(self, role):
        """Tell whether the database is there."""
        found = f"select 1 from pg_database where datname = '{self.name(role)}'"
        return bool(self.server.sql(found))

    def roles(self, beginning=""):
        """Return the roles of this checkout's databases that begin with a text."""
        rows = self.server.sql("select datname from pg_database order by datname")
        roles = [name.removeprefix(self.prefix) for (name,) in rows if name.startswith(self.prefix)]
        return [role for role in roles if role.startswith(beginning)]

    def drop(self, *roles):
        """Drop databases, whoever uses them, with their files."""
        for role in roles:
            self.server.sql(f'drop database if exists "{self.name(role)}" with (force)')
            remove(self.files(role))
            remove(self.keys(role))

    def create(self, role):
        """Create an empty database, replacing one of that name."""
        self.drop(role)
        name = self.name(role)
        self.server.sql(f"create database \"{name}\" template template0 encoding 'UTF8'")

    def copy(self, source, target):
        """Make `target` a copy of `source`, replacing one of that name."""
        self.drop(target)
        self._disconnect(source)
        self.server.sql(f'create database "{self.name(target)}" template "{self.name(source)}"')
        if self.files(source).is_dir():
            # Odoo never changes a stored file, so both may share it.
            shutil.copytree(self.files(source), self.files(target), copy_function=os.link)

    def rename(self, source, target):
        """Give a complete database its final name, replacing one of that name."""
        self.drop(target)
        self._disconnect(source)
        if self.files(source).is_dir():
            self.files(source).rename(self.files(target))
        if self.keys(source).is_dir():
            self.keys(source).rename(self.keys(target))
        self.server.sql(f'alter database "{self.name(source)}" rename to "{self.name(target)}"')

    def files(self, role):
        """Return the folder of the files stored beside a database."""
        return self.places.data / "odoo/filestore" / self.name(role)

    def keys(self, role):
        """Return the folder of the keys of ballot boxes that are open in a database."""
        return self.places.data / "odoo/emulation_ballot_keys" / self.name(role)

    def note(self, role):
        """Return what was last noted about a database (its stamp), or an empty text."""
        name = self.name(role)
        rows = self.server.sql(
            f"select shobj_description(oid, 'pg_database') from pg_database where datname = '{name}'"
        )
        return (rows[0][0] or "") if rows else ""

    def set_note(self, role, text):
        """Note a stamp on a database; it vanishes with it."""
        self.server.sql(f'comment on database "{self.name(role)}" is %(text)s', parameters={"text": text})

    def _disconnect(self, role):
        self.server.sql(
            f"select pg_terminate_backend(pid) from pg_stat_activity"
            f" where datname = '{self.name(role)}' and pid <> pg_backend_pid()"
        )
