from odoo.tests import HttpCase, JsonRpcException
from odoo.tools import mute_logger


class RpcCase(HttpCase):
    """Asks the server as a client of a user does."""

    def ask(self, user, model, method, *args, **kwargs):
        """Call a method of a model over JSON-RPC as a user; return the answer.

        :raises JsonRpcException: the server refuses
        """
        self.authenticate(user.login, user.login)
        params = {"model": model, "method": method, "args": list(args), "kwargs": kwargs}
        answer = self.make_jsonrpc_request("/web/dataset/call_kw", params)
        self.env.invalidate_all()
        return answer

    def refuse(self, *args, **kwargs):
        """Ask, and insist on being refused."""
        with mute_logger("odoo.http", "odoo.sql_db"), self.assertRaises(JsonRpcException):
            self.ask(*args, **kwargs)
        self.env.invalidate_all()
