"""Links in Discord Markdown: where they really lead is shown beside them, and only addresses of the web are linked."""

from __future__ import annotations

import re
import socket
import unicodedata
from dataclasses import dataclass
from urllib.parse import quote, unquote, urljoin, urlsplit

from bot.rendering.emoji import as_text
from bot.rendering.escaping import code_span, escape_line, unpinged, visible
from bot.rendering.limits import URL

_SAFE_IN_URL = "!$&'+,;=:@/?#%-._~"  # brackets and parentheses would end the link, an asterisk starts emphasis
_SAFE_IN_ANGLES = "()*[]"
_MAX_HOST_LENGTH = 253
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_WEB = re.compile(r"(https?)://([^/?#]+)(.*)", re.IGNORECASE | re.DOTALL)
_HOST = re.compile(r"[a-z0-9_](?:[a-z0-9._-]*[a-z0-9_])?|\[[0-9a-f:.]+\]")
_PORT = re.compile(r":(\d{1,5})?\Z")
_NUMERIC = re.compile(r"(?:0x[0-9a-f]*|\d+)(?:\.(?:0x[0-9a-f]*|\d+)){0,3}")
_LOOKS_LIKE_URL = re.compile(  # by the usual endings of a host, for "Node.js" is none; nor is "ASP.NET" meant as one
    r"\w:/|\bwww\.|\b\d{1,3}(?:\.\d{1,3}){3}\b|(?<![\w.-])(?!asp\.net)(?:[\w-]++\.)+"
    r"(?:com|org|net|edu|gov|info|biz|app|dev|gg|io|co|me|xyz|site|online|link|[a-z]{2}/|uk|de|fr|es|pt|br|ru|cn|eu|us)\b",
    re.IGNORECASE,
)
_DOTS = str.maketrans(dict.fromkeys("\u00b7\u3002\u2219\u22c5", "."))
_PING = re.compile(r"@(?=everyone|here|[!&]?\d)")  # pings in an address too, where no zero-width space may stand
_MARK_IN_HOST, _ESCAPED = re.compile(r"([_\[\]])"), r"\\\1"
_CODE_WORD = re.compile(r"[*_~|`\\]|:[\w+-]{1,64}:")
_NEVER_IN_LABEL = re.compile(r"://|[\[\]]|\n")


@dataclass(frozen=True, slots=True)
class WebAddress:
    """An address of the web as a browser reads it.

    Attributes:
        url: In a form that cannot end a link early; in ASCII.
        bare: Between angle brackets, to be shown as it is.
        host: Where it leads, in ASCII, with the port if it names one.
    """

    url: str
    bare: str
    host: str


def web_address(url: str, site_url: str = "") -> WebAddress | None:
    """Read an address; nothing where it is none of the web, hides something, or is too long.

    Args:
        url: As it is written; one without scheme and host is on the site.
        site_url: Address of the site, without a slash at its end; without it, such addresses are none.
    """
    url = url.strip(" ")
    before, mark, after = re.split(r"([?#]|\Z)", url, maxsplit=1)
    url = before.replace("\\", "/") + mark + after  # as browsers do
    if _UNSAFE.search(url):
        return None
    if url.startswith("//"):
        url = f"https:{url}"
    elif not _SCHEME.match(url):
        if not site_url or not url or url.startswith("#"):
            return None
        url = site_url + url if url.startswith("/") else urljoin(f"{site_url}/", url)
    parts = _WEB.fullmatch(url)
    host = _ascii_host(parts[2]) if parts else ""
    if not parts or not host:
        return None
    place, rest = f"{parts[1].lower()}://{host}", _PING.sub("%40", parts[3])
    address = place + quote(rest, safe=_SAFE_IN_URL)
    bare = f"<{place}{quote(rest, safe=_SAFE_IN_URL + _SAFE_IN_ANGLES)}>"
    return WebAddress(address, bare, host) if len(address) <= URL else None


def safe_url(url: str) -> str:
    """The address in a form that cannot end a link early; empty where it is no address of the web, or too long."""
    address = web_address(url)
    return address.url if address else ""


def link_to(markdown: str, label: str, url: str, site_url: str = "") -> str:
    """A link with its real host beside it, which is left out where the link leads to the site itself.

    A link that is not one of the web is its label alone.

    Args:
        markdown: The label as it is shown where it is not linked.
        label: The label as plain text.
        site_url: Address of the site, without a slash at its end.
    """
    address = web_address(url, site_url)
    plain = " ".join(visible(label).split())
    if not address or not plain:
        return markdown + _mail_address(plain, url)
    if plain.rstrip("/") in {url.rstrip("/"), address.url.rstrip("/"), address.host}:
        return address.bare
    shown = _linkable(markdown, plain)
    if not shown:
        return f"{markdown} ({address.bare})"
    site = web_address(site_url)
    is_trusted = site is not None and site.host == address.host and not _LOOKS_LIKE_URL.search(_as_read(plain))
    return f"[{shown}]({address.url})" + ("" if is_trusted else f" ({_MARK_IN_HOST.sub(_ESCAPED, address.host)})")


def _as_read(label: str) -> str:
    """The label as the eye reads it: without invisible marks, look-alikes of letters and dots in their usual form."""
    return unicodedata.normalize("NFKC", _UNSAFE.sub("", label)).translate(_DOTS)


def file_label(url: str) -> str:
    """What a picture without a description is called: the name of its file, else its address."""
    path = urlsplit(url).path if "[" not in url else url
    return unquote(path.rstrip("/").rpartition("/")[2]) or url


def _linkable(markdown: str, label: str) -> str:
    """The label in a form that needs no backslash, which is shown in the label of a link; empty where there is none."""
    if _NEVER_IN_LABEL.search(label):
        return ""
    if "\\" not in markdown:
        return markdown
    words = (code_span(word) if _CODE_WORD.search(word) else as_text(unpinged(word)) for word in label.split(" "))
    return " ".join(words)


def _mail_address(label: str, url: str) -> str:
    scheme, _, address = url.partition(":")
    address = visible(unquote(address.partition("?")[0]))
    if scheme.lower() != "mailto" or not address or address in label:
        return ""
    return f" ({escape_line(address)})"


def _ascii_host(authority: str) -> str:
    """The host with its port in ASCII, as a browser would look it up; empty where it is none, or names a user."""
    if "@" in authority or "%" in authority or len(authority) > _MAX_HOST_LENGTH:
        return ""
    port = _PORT.search(authority)
    name = authority[: port.start()] if port else authority
    try:
        host = name.lower() if name.startswith("[") else name.encode("idna").decode("ascii").lower().rstrip(".")
    except UnicodeError:
        return ""
    if _NUMERIC.fullmatch(host):
        try:
            host = socket.inet_ntoa(socket.inet_aton(host))
        except OSError:
            return ""
    if not _HOST.fullmatch(host) or ".." in host:
        return ""
    return f"{host}:{port[1]}" if port and port[1] else host
