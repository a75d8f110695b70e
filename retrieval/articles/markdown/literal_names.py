r"""Names that look like marks of Markdown: Python's ``__init__`` and the server in ``\\server\share``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it.rules_inline import StateInline

# fmt: off
_DUNDERS = frozenset({
    "abs", "add", "aenter", "aexit", "aiter", "anext", "annotations", "await", "bases", "bool", "bytes",
    "call", "class", "contains", "debug", "del", "delattr", "delete", "delitem", "dict", "dir", "divmod",
    "doc", "enter", "eq", "exit", "file", "float", "floordiv", "format", "future", "ge", "get", "getattr",
    "getattribute", "getitem", "gt", "hash", "iadd", "import", "init", "init_subclass", "int", "invert",
    "iter", "le", "len", "lshift", "lt", "main", "matmul", "missing", "mod", "module", "mro", "mul", "name", "ne",
    "neg", "new", "next", "pos", "post_init", "pow", "proto", "qualname", "radd", "reduce", "repr", "reversed",
    "round", "rshift", "set", "set_name", "setattr", "setitem", "sizeof", "slots", "str", "sub", "subclasses",
    "super", "truediv", "version", "wrapped", "xor",
})
# fmt: on
_DUNDER = re.compile(r"__(?P<word>[a-z_]{2,16}?)__(?![A-Za-z0-9_])")
_SERVER = re.compile(r"\\\\(?=[A-Za-z][\w.$-]{0,60}\\[\w$])")
_LETTER = re.compile(r"[A-Za-z0-9_\\]")


def literal_name(state: StateInline, silent: bool) -> bool:  # noqa: FBT001  the parser's call
    """Inline rule for the beginning of a name that is written as it is."""
    pattern = {"_": _DUNDER, "\\": _SERVER}.get(state.src[state.pos])
    name = pattern.match(state.src, state.pos, state.posMax) if pattern else None
    if not name or (state.pos and _LETTER.match(state.src[state.pos - 1])):
        return False
    if pattern is _DUNDER and name["word"] not in _DUNDERS:
        return False
    if not silent:
        state.append_pending(name[0])
    state.pos = name.end()
    return True
