"""Odd values in every place a visitor can write: every route of the addon, by GET and POST, in path, query and form."""

import io
import json
import random
from collections import Counter
from urllib.parse import unquote_to_bytes, urlencode

from lxml import html
from odoo.http import Request, root
from odoo.tests import tagged
from odoo.tools import SQL, mute_logger
from werkzeug.test import create_environ, run_wsgi_app

from ..helpers.portal_common import PDF
from ..helpers.portal_pages import PortalPages

SEED = 20261127
REQUESTS = 5000
ROUTES = ("odoo.addons.hr_emulation.controllers",)
ODD = [
    *("inf", "nan", "-inf", "1e308", "NaN", "Infinity", "1_0", "²", "٣", "0x1F", "1,2,3", "1.2.3", "--1"),
    "+",
    *("0", "-1", "1", "2147483648", "9223372036854775808", "9" * 5000, "1.250.400.750", "95,5", " 12 "),
    *("", " ", "a\x00b", "\x00", "a\r\nSet-Cookie: x=y", "\r\n", "\t", "\u202e", "\ufeff", "\U0001f600", "ạ̣̣"),
    *("'", '"', "' OR 1=1 --", "%", "%%s", "%(x)s", "{0}", "{{7*7}}", "${x}", "<script>x</script>", "\\"),
    "//x.vn",
    *("../../etc/passwd", "/\t/x.vn", "javascript:x", "[]", "{}", "null", "true", "31/02/2026", "2026-02-31"),
    *("0000-00-00", "9999-12-31", "x" * 100_000, b"\xed\xa0\x80", b"\xff\xfe", b"\xc3"),
]
PATHS = [
    *(
        "0",
        "-1",
        "1e3",
        "abc",
        "%00",
        "%0d%0a",
        "%C2%B2",
        "2147483648",
        "9" * 5000,
        "1_0",
        "%2e%2e%2f",
        "%ff",
        "1%00",
    ),
    *(" 1", "inf", "nan", "%09", "1;x", "%E2%80%AE", "'", "%25"),
]
JSON_ODD = [
    None,
    True,
    -1,
    1.5,
    10**400,
    [],
    {},
    [[]],
    {"a": []},
    *(value for value in ODD if type(value) is str),
]
FILE = "a file"
BOUNDARY = "odd-values"
PRINTED = 3  # so often is a page asked for that is printed for each visitor


@tagged("post_install", "-at_install")
class TestPortalFuzz(PortalPages):
    def setUp(self):
        super().setUp()
        self.random = random.Random(SEED)
        self.env["ir.config_parameter"].set_param("hr_emulation.portal_limit_factor", "0")
        self.agency.emulation_honour_board = "public"
        self.seen = Counter()
        self.bad = []
        self.records["certificate_id"] = self.new_certificate(self.proof.copy())
        self.records.update(
            participation_id=self.participation, score_id=self.line, attachment_id=self.proof, token="x"
        )

    def test_no_value_breaks_a_route(self):
        routes = self._get_routes()
        self.assertGreater(len(routes), 45)
        people = (None, self.an, self.chi)
        printed = [rule for rule in routes if rule.rule.endswith("/pdf")]
        share = -(-REQUESTS // ((len(routes) - len(printed)) * len(people)))
        with self.allow_requests(all_requests=True), mute_logger("odoo.http", "werkzeug"):
            for person in people:
                self._enter(person)
                fields = self._read_fields(person)
                for rule in routes:
                    for _time in range(PRINTED if rule in printed else share):
                        self._try(rule, fields)
        self.assertFalse(self.bad[:20], f"{len(self.bad)} of {self.seen.total()} requests: {self.seen}")
        self.assertGreaterEqual(self.seen.total(), REQUESTS)
        self.assertGreater(self.seen[200], 200, "the pages were never reached")
        self.assertEqual(self._find_odd_numbers(), [])

    def _get_routes(self):
        rules = self.env["ir.http"].routing_map().iter_rules()
        return sorted(
            (rule for rule in rules if self._get_function(rule).__module__.startswith(ROUTES)),
            key=lambda rule: rule.rule,
        )

    def _get_function(self, rule):
        endpoint = getattr(rule.endpoint, "func", rule.endpoint)
        return getattr(endpoint, "original_endpoint", endpoint)

    def _enter(self, person):
        self.login(person)
        self.cookies = f"session_id={self.session.sid}; test_request_key={self.http_request_key}"
        self.token = Request.csrf_token(self)

    def _read_fields(self, person):
        """Return {address: names of the fields of the forms that send there}, from the pages themselves."""
        fields = {}
        urls = {url for url, whose in self._pages().values() if whose == person}
        for url in sorted(urls | {"/emulation/honour", "/emulation/verify"}):
            _status, page = self._ask("GET", url)
            for form in html.document_fromstring(page).iter("form"):
                inside = {field.get("name") for field in form.xpath(".//*[@name]")}
                if form.get("id"):
                    inside |= set(form.xpath("//*[@form = $form]/@name", form=form.get("id")))
                fields.setdefault(form.get("action", ""), set()).update(inside - {"csrf_token"})
        return fields

    # ---------- One request ----------

    def _try(self, rule, fields):
        path = self._get_path(rule, is_odd=self.random.random() < 0.25)
        if rule.endpoint.routing["type"] == "jsonrpc":
            self._send_json(path)
            return
        code = self._get_function(rule).__code__
        names = set(code.co_varnames[1 : code.co_argcount]) - set(rule.arguments)
        names |= fields.get(path, set()) or {"name", "text", "search", "page", "record", "evidence"}
        method = self.random.choice(sorted((rule.methods or {"GET", "POST"}) & {"GET", "POST"}))
        values = self._get_values(sorted(names), method)
        if method == "GET":
            query = urlencode(values)
            self._note(f"GET {path[:80]}?{query[:200]}", self._ask("GET", path, query))
        else:
            shown = [(name, value[:30]) for name, value in values]
            body = self._encode([("csrf_token", self.token), *values])
            answer = self._ask("POST", path, "", body, f"multipart/form-data; boundary={BOUNDARY}")
            self._note(f"POST {path[:80]} {shown}", answer)

    def _get_path(self, rule, is_odd):
        path = rule.rule
        for argument in rule.arguments:
            before, _mark, rest = path.partition("<")
            record = self.records.get(argument, "x")
            if argument == "evaluation_id" and "/unit/" in path:
                record = self.theirs
            value = self.random.choice(PATHS) if is_odd else getattr(record, "id", record)
            path = f"{before}{value}{rest.partition('>')[2]}"
        return path

    def _get_values(self, names, method):
        values = []
        for name in names:
            if self.random.random() < 0.7:
                is_file = method == "POST" and self.random.random() < 0.1
                value = FILE if is_file else self.random.choice(ODD)
                values += [(name, value)] * self.random.choice((1, 1, 1, 2))
        return values

    def _encode(self, values):
        parts = []
        for name, value in values:
            is_file = value is FILE
            head = f'Content-Disposition: form-data; name="{name}"' + (
                '; filename="a.pdf"' if is_file else ""
            )
            content = PDF if is_file else value if isinstance(value, bytes) else value.encode()
            parts.append(f"--{BOUNDARY}\r\n{head}\r\n\r\n".encode() + content + b"\r\n")
        return b"".join([*parts, f"--{BOUNDARY}--\r\n".encode()])

    def _send_json(self, path):
        line = {"id": self.random.choice([self.line.id, *JSON_ODD])}
        for part in ("base", "values"):
            texts = {name: self.random.choice(JSON_ODD) for name in ("self_points", "actual_value", "note")}
            line[part] = self.random.choice([texts, texts, texts, *JSON_ODD])
        lines = self.random.choice([[line], [line], [line], *JSON_ODD])
        body = {"jsonrpc": "2.0", "method": "call", "id": 1, "params": {"lines": lines}}
        status, page = self._ask("POST", path, "", json.dumps(body).encode(), "application/json")
        error = json.loads(page).get("error", {}) if status == 200 else {}
        if error.get("code") == 0:
            status = 500
        self._note(f"JSON {path[:80]} {str(lines)[:200]} {str(error)[-300:]}", (status, ""))

    def _ask(self, method, path, query="", body=b"", content_type=""):
        """Return (status, text) of one request, straight through the server's own application."""
        environ = create_environ(method=method, base_url=self.base_url(), input_stream=io.BytesIO(body))
        environ.update(
            PATH_INFO=unquote_to_bytes(path).decode("latin-1"),
            REQUEST_URI=path,
            QUERY_STRING=query,
            CONTENT_LENGTH=str(len(body)),
            CONTENT_TYPE=content_type,
            HTTP_COOKIE=self.cookies,
        )
        content, status, _headers = run_wsgi_app(root, environ, buffered=True)
        return int(status.split()[0]), b"".join(content).decode("utf-8", "replace")

    def _note(self, request, answer):
        status, text = answer
        self.seen[status] += 1
        if status >= 500:
            self.bad.append(f"{request}: {status} {text[-300:]}")

    # ---------- What is left behind ----------

    def _find_odd_numbers(self):
        """Return the columns of the addon in which a number is none."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT table_name, column_name FROM information_schema.columns
                 WHERE table_name LIKE 'emulation%%' AND data_type IN ('double precision', 'numeric')
                """
            )
        )
        found = []
        for table, column in rows:
            name = SQL("%s::text", SQL.identifier(column))
            odd = SQL(
                "SELECT 1 FROM %s WHERE %s IN ('NaN', 'Infinity', '-Infinity')", SQL.identifier(table), name
            )
            if self.env.execute_query(odd):
                found.append(f"{table}.{column}")
        return found
