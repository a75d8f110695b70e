import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rendering.escaping import escape_line
from bot.rendering.links import file_label, link_to, safe_url, web_address
from tests.bot.rendering.test_escaping import PING, TRICKS

SITE = "https://site.example"


def linked(label: str, url: str) -> str:
    return link_to(escape_line(label), label, url, SITE)


@pytest.mark.parametrize(
    ("label", "url", "link"),
    [
        ("the docs", "https://example.org/a", "[the docs](https://example.org/a) (example.org)"),
        ("wiki", "https://example.org/a_(b)", "[wiki](https://example.org/a_%28b%29) (example.org)"),
        ("What is Node.js?", "https://example.org", "[What is Node.js?](https://example.org) (example.org)"),
        ("https://good.org", "https://evil.org", r"https\://good.org (<https://evil.org>)"),
        ("https://good.org", "https://good.org", "<https://good.org>"),
        ("good.org", "https://good.org/a_(b)", "<https://good.org/a_(b)>"),
        ("run me", "javascript:alert(1)", "run me"),
        ("open", "discord://x", "open"),
        ("open", "data:text/html,x", "open"),
        ("write", "mailto:a@b.example?subject=x", "write (a@b.example)"),
        ("open", "/relative", "[open](https://site.example/relative)"),
        ("open", "page.html", "[open](https://site.example/page.html)"),
        ("open", "https://SITE.example/x", "[open](https://site.example/x)"),
        ("open", "#part", "open"),
        ("open", "/@everyone/@12", "[open](https://site.example/%40everyone/%4012)"),
        ("open", "//evil.org/x", "[open](https://evil.org/x) (evil.org)"),
        ("open", "/\\evil.org/x", "[open](https://evil.org/x) (evil.org)"),
        ("open", "https://user@evil.org", "open"),
        ("open", "https://good.org\\@evil.org", "[open](https://good.org/@evil.org) (good.org)"),
        ("open", "https://ev%69l.org", "open"),
        ("open", "https:evil.org", "open"),
        ("open", "https://a.org/\u202eb", "open"),
        ("open", "https://a.o\trg/", "open"),
        ("open", "http://[broken", "open"),
        ("open", "http://[::1]:80/", r"[open](http://[::1]:80/) (\[::1\]:80)"),
        ("", "https://example.org", ""),
        ("long", "https://example.org/" + "a" * 600, "long"),
        (
            "open",
            "https://b\u00fccher.example/\u00e4",
            "[open](https://xn--bcher-kva.example/%C3%A4) (xn--bcher-kva.example)",
        ),
        ("open", "http://2130706433/", "[open](http://127.0.0.1/) (127.0.0.1)"),
        ("open", "https://evil\u3002org/", "[open](https://evil.org/) (evil.org)"),
        ("a *b* _c_", "https://example.org", "[a `*b*` `_c_`](https://example.org) (example.org)"),
        ("ratio a:b:c", "https://example.org", "[ratio `a:b:c`](https://example.org) (example.org)"),
        ("in [0, 1)", "https://example.org", r"in \[0, 1) (<https://example.org>)"),
    ],
)
def test_a_link_leads_where_it_seems_to(label, url, link):
    assert linked(label, url) == link


@pytest.mark.parametrize(
    "label",
    [
        "google.com",
        "google.zip",
        "goo\u200bgle.com",
        "google\u3002com",
        "google\uff0ecom",
        "google\u2024com",
        "google \u00b7 com",
        "google . com",
        "93.184.216.34",
        "0x5db8d822",
        "me@bank.example",
        "\uff47oogle.com",
        "xn--ggle-0nda.com",
        "google%2ecom",
        "google.com:443",
        "GOOGLE.COM",
        "evil.org.google.com",
        "moc.elgoog\u202e",
        "your bank",
    ],
)
def test_the_real_host_stands_beside_every_label(label):
    assert linked(label, "https://evil.org/x").endswith("](https://evil.org/x) (evil.org)")


def test_a_title_on_the_site_names_no_host():
    assert linked("What is Node.js?", f"{SITE}/q") == "[What is Node.js?](https://site.example/q)"
    assert linked("Who owns google.com?", f"{SITE}/q") == (
        "[Who owns google.com?](https://site.example/q) (site.example)"
    )
    for other in (
        "goo\u200bgle.com",
        "google\u200b.com",
        "google\u3002com",
        "google\uff0ecom",
        "google\u2024com",
        "8.8.8.8",
    ):
        assert linked(other, f"{SITE}/q").endswith("(site.example)")
    assert linked("near", "https://site.example.evil.org/q").endswith("(site.example.evil.org)")


@given(TRICKS | st.text(), TRICKS | st.text())
def test_no_link_pings_or_hides_its_host(label, path):
    link = linked(label, f"https://evil.org/{path}")
    assert not PING.search(link)
    if "](" in re.sub(r"\\.|<[^<>]*>", "", link):  # a bare address shows its host by itself
        assert link.endswith("(evil.org)")
        assert "\\" not in link.rpartition("](")[0] or "`" in link


def test_an_address_cannot_end_its_link():
    assert safe_url("https://example.org/a b)<c>") == "https://example.org/a%20b%29%3Cc%3E"


def test_without_a_site_only_whole_addresses_are_linked():
    assert web_address("/learn/x") is None
    assert link_to("x", "x", "/learn/x") == "x"


def test_a_picture_without_a_description_is_called_by_its_file():
    assert file_label("https://example.org/a/cell%20wall.png?x=1") == "cell wall.png"
    assert file_label("https://example.org/") == "https://example.org/"
