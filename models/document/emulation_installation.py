import socket
from ipaddress import ip_address
from urllib.parse import urlsplit

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import config

from ...printing.keystore import KeyStore

IDENTITY = "hr_emulation.database"
PUBLIC_ADDRESS = "hr_emulation.public_address"
CONFIRMED_ADDRESS = "hr_emulation.confirmed_address"
PRINTED_ADDRESS = "hr_emulation.printed_address"
# Names that no name service of the Internet knows (RFC 2606, 6761, 6762, 8375; ICANN for .internal).
LOCAL = (
    ".local",
    ".localhost",
    ".lan",
    ".internal",
    ".intranet",
    ".home.arpa",
    ".test",
    ".example",
    ".invalid",
)
ANY = "any"  # any name, any address: in demonstration databases, which are copied and served everywhere


class AddressError(UserError):
    """Codes with this public address must not be printed."""


class EmulationInstallation(models.AbstractModel):
    """Which database this is, the real one or a copy, and the public address that printed codes lead to.

    A database that signed a certificate remembers its name and its identifier. One that finds others is a copy: it
    signs nothing. A neutralised database (for trying out) signs with keys of its own that nobody else knows. Both
    mark what they print.
    """

    _name = "emulation.installation"
    _description = "This installation"

    # ------------------------------------------------------------------
    # The real one or a copy
    # ------------------------------------------------------------------

    @api.model
    @api.private
    def _is_neutralized(self):
        """Return whether this database is for trying out only."""
        return self._get_parameter("database.is_neutralized") not in ("", "False", "false", "0")

    @api.model
    @api.private
    def _is_moved(self):
        """Return whether certificates were signed under another name: this is a duplicate, or it was moved."""
        known = self._get_parameter(IDENTITY)
        return known not in ("", ANY, self._get_identity())

    @api.model
    @api.private
    def _is_demonstration(self):
        """Return whether this database holds the demo data: its keys travel with its copies."""
        return self._get_parameter(IDENTITY) == ANY

    @api.model
    @api.private
    def _is_copy(self):
        """Return whether what is printed here must not pass for real."""
        return self._is_neutralized() or self._is_moved()

    @api.model
    @api.private
    def _check_may_sign(self):
        """Refuse to sign in a copy.

        :raises UserError: certificates were signed in a database of another name
        """
        if self._is_moved() and not self._is_neutralized():
            raise UserError(
                self.env._(
                    "This database is a copy of another one: nothing is issued or signed here. If it is the real "
                    "one under a new name, an administrator says so in Settings ▸ Emulation and commendation."
                )
            )

    @api.model
    @api.private
    def _remember(self):
        """Remember this database as the real one, at its first signature."""
        if not self._is_neutralized() and not self._get_parameter(IDENTITY):
            self._set_parameter(IDENTITY, self._get_identity())

    @api.model
    @api.private
    def _do_open_for_demonstration(self):
        """Let this database be copied and served anywhere; called when the demo data are loaded."""
        self._set_parameter(IDENTITY, ANY)
        self._set_parameter(CONFIRMED_ADDRESS, ANY)

    @api.model
    @api.private
    def _do_adopt(self):
        """Take this database for the real one from now on."""
        self._set_parameter(IDENTITY, self._get_identity())

    def _get_identity(self):
        return f"{self.env.cr.dbname} {self._get_parameter('database.uuid')}"

    @api.model
    @api.private
    def _get_key_store(self):
        """Return where the private keys of this database lie outside it."""
        return KeyStore(config["data_dir"], self.env.cr.dbname)

    def _get_parameter(self, name):
        # sudo: ir.config_parameter - facts about this installation, none of them secret
        return self.env["ir.config_parameter"].sudo().get_param(name) or ""

    def _set_parameter(self, name, value):
        # sudo: ir.config_parameter - set by this model's own steps only
        self.env["ir.config_parameter"].sudo().set_param(name, value)

    # ------------------------------------------------------------------
    # The public address
    # ------------------------------------------------------------------

    @api.model
    @api.private
    def _get_public_address(self):
        """Return the address that printed codes begin with: the setting, else Odoo's own address."""
        address = self._get_parameter(PUBLIC_ADDRESS) or self.get_base_url()
        return address.strip().rstrip("/")

    @api.model
    @api.private
    def _get_shown_address(self):
        """Return the address as people type it."""
        return f"{urlsplit(self._get_public_address()).netloc}/kiem-tra"

    @api.model
    @api.private
    def _get_address_doubts(self, address=None):
        """Return why codes with this address may lead nowhere, each in one sentence."""
        address = address or self._get_public_address()
        parts = urlsplit(address)
        host = parts.hostname or ""
        doubts = []
        if parts.scheme != "https":
            doubts.append(self.env._("%(address)s is not a secure address (https).", address=address))
        if parts.username or any(sign in "?#" or sign.isspace() for sign in address):
            doubts.append(self.env._("%(address)s holds more than a name and a path.", address=address))
        if self._is_local(host):
            doubts.append(
                self.env._("%(address)s can be reached from this computer or network only.", address=address)
            )
        printed = self._get_parameter(PRINTED_ADDRESS)
        if printed and printed != address:
            doubts.append(
                self.env._("Certificates printed earlier lead to another address: %(old)s.", old=printed)
            )
        return doubts

    @staticmethod
    def _is_local(host):
        """Return whether a name or number means this machine or the local network."""
        host = host.rstrip(".")  # "localhost." is localhost
        try:
            return not ip_address(host).is_global
        except ValueError:
            # Browsers read "127.1" and "0x7f.1" as numbers: no name on the Internet ends in one.
            return "." not in host or host.endswith(LOCAL) or host.rpartition(".")[2][:1].isdigit()

    @api.model
    @api.private
    def _is_address_confirmed(self, address):
        """Return whether an administrator said that codes shall be printed with this address all the same."""
        return self._get_parameter(CONFIRMED_ADDRESS) in (address, ANY)

    @api.model
    @api.private
    def _get_open_doubts(self):
        """Return the doubts that no administrator settled; in a copy everything is for trying out."""
        if self._is_address_confirmed(self._get_public_address()) or self._is_copy():
            return []
        return self._get_address_doubts()

    @api.model
    @api.private
    def _do_confirm_address(self):
        self._set_parameter(CONFIRMED_ADDRESS, self._get_public_address())

    @api.model
    @api.private
    def _check_public_address(self):
        """Refuse to print codes that may lead nowhere: on paper they are for ever.

        :raises AddressError: the address is doubtful and no administrator confirmed it
        """
        doubts = self._get_open_doubts()
        if doubts:
            raise AddressError(
                self.env._(
                    "Certificates are not printed: their codes would lead to a doubtful address.\n%(doubts)s\n"
                    "An administrator enters the public address, or confirms this one, in Settings ▸ Emulation "
                    "and commendation.",
                    doubts="\n".join(doubts),
                )
            )

    @api.model
    @api.private
    def _note_printed_address(self):
        """Remember the address that codes on paper lead to; it stays even if Odoo's own address changes."""
        address = self._get_public_address()
        if self._is_copy() or self._is_demonstration() or self._get_parameter(PRINTED_ADDRESS) == address:
            return
        self._set_parameter(PRINTED_ADDRESS, address)
        self._set_parameter(PUBLIC_ADDRESS, address)

    @api.model
    @api.private
    def _is_name_known(self, address):
        """Return whether the name of an address is known to this server's name service."""
        try:
            socket.getaddrinfo(urlsplit(address).hostname, 443)
        except (OSError, UnicodeError):
            return False
        return True
