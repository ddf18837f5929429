"""Why a program of others failed, in one plain line: its own output is long and says it in the middle."""

import re

from .console import Stop

FULL = "the disk is full"
UNTRUSTED = "the certificate of the server is not trusted on this machine"
# From the most to the least telling: the first that is found is the reason.
REASONS = (
    (r"No space left on device|ENOSPC|\[Errno 28\]|not enough (?:free )?space|Check free disk space", FULL),
    (r"Disk quota exceeded|EDQUOT", "the disk quota is used up"),
    (r"Read-only file system|EROFS", "the disk cannot be written to"),
    (
        r"CERTIFICATE_VERIFY|certificate verif|self.signed certificate|UNABLE_TO_(?:GET|VERIFY)|SELF_SIGNED",
        UNTRUSTED,
    ),
    (
        r"Proxy Authentication Required|\b407\b.*[Pp]roxy|Tunnel connection failed",
        "the proxy refuses to let it through",
    ),
    (
        r"[Nn]ame resolution|Name or service not known|Could not resolve|failure resolving|ENOTFOUND|EAI_AGAIN",
        "the name of the server cannot be resolved: no network, or no name server",
    ),
    (
        r"Network is unreachable|ENETUNREACH|No route to host|EHOSTUNREACH|101: Network",
        "the network is unreachable",
    ),
    (r"[Cc]onnection refused|ECONNREFUSED", "the server refuses the connection"),
    (
        r"[Tt]imed? ?out|ETIMEDOUT|ESOCKETTIMEDOUT|Timeout was reached|Connection failed",
        "the server does not answer: a firewall may drop what is sent to it",
    ),
    (
        r"[Cc]onnection (?:was )?(?:reset|aborted|broken)|ECONNRESET|RemoteDisconnected",
        "the connection breaks off",
    ),
    (r"not a trusted or secure host", "pip wants https, or the host among its trusted ones"),
    (r"\b401\b|Unauthorized|EAUTH", "the server wants a login"),
    (r"\b403\b|Forbidden", "the server forbids it"),
    (
        r"No matching distribution|\b404\b|E404|Unable to locate package|has no installation candidate",
        "it is not there",
    ),
)
NETWORK = "Check the network and its proxy; then start again: what is already here is not fetched twice."
TRUST = (
    "If your network has a certificate authority of its own: PIP_CERT, NODE_EXTRA_CA_CERTS and apt's "
    "Acquire::https::CAInfo name the file of its certificate."
)
ROOM = "Make room, or set XDG_CACHE_HOME and XDG_DATA_HOME to folders on another disk; then start again."
ADVICE = {FULL: ROOM, UNTRUSTED: TRUST}
AGAIN = "If it keeps failing: ./dev clean removes what was made for this checkout; then start again."


def find(said):
    """Return the reason a program's output gives, or an empty text.

    >>> find("W: Failed to fetch http://x  Temporary failure resolving 'x'")
    'the name of the server cannot be resolved: no network, or no name server'
    >>> find("all is well")
    ''
    """
    return next((reason for pattern, reason in REASONS if re.search(pattern, said)), "")


def stop(what, said, advice=NETWORK, code=3):
    """Return a Stop for a program that failed: what failed and why, its own words, what to do.

    >>> print(stop("npm", "npm error code ENOTFOUND", "Wait.").message)
    npm: the name of the server cannot be resolved: no network, or no name server
        npm error code ENOTFOUND
    Wait.
    """
    reason = find(said)
    lines = evidence(said, reason)
    head = f"{what}: {reason}" if reason else f"{what} failed"
    return Stop("\n".join([head, *(f"    {line}" for line in lines), ADVICE.get(reason, advice)]), code)


def evidence(said, reason, most=3):
    """Return the last lines that speak of the reason; without one simply the last lines."""
    lines = [line.strip()[:300] for line in said.splitlines() if line.strip()]
    telling = [line for line in lines if reason and find(line) == reason]
    if telling:
        return telling[-1:]
    return lines[-most:]
