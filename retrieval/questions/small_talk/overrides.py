"""How messages begin that want to change what the bot is, whatever follows."""

from __future__ import annotations

import re

_RULES = (
    r"(?:instructions?|rules?|prompts?|guidelines?|directions|directives?|programming|training|restrictions?|filters?"
    r"|constraints?|orders|commands?|policy|policies)"
)
_OLD = (
    r"(?:all|any|every|your|the|my|these|those|of|previous|prior|above|earlier|preceding|past|system|safety|other|former"
    r"|existing|current|initial|original|and)"
)

OVERRIDE_WORDS = re.compile(
    rf"(?:ignore|disregard|forget|do not follow|stop following)(?: {_OLD}){{1,6}} {_RULES}\b"
    rf"|(?:bypass|override|delete|erase|reset|remove|change|break) your(?: {_OLD}){{0,3}} {_RULES}\b"
    r"|(?:ignore|disregard|forget) (?:everything|all|anything|what)(?: that)?"
    r" (?:above|before|you (?:know|were|have|learned)|i said|came before|was said|has been said)\b"
    r"|(?:ignore|disregard) (?:the|all the)? ?(?:above|previous)\b"
    r"|(?:system|assistant|admin|developer) (?:message |prompt |note )?(?:developer mode|you are|new instructions?"
    r"|override|ignore|disregard|debug mode|enable|grant|unlock)\b"
    r"|(?:act|behave|respond|answer|speak|talk) (?:as|like) (?:if you|you|though you|(?:a|an|my) (?:\w+ )?(?:teacher"
    r"|tutor|human|pirate|lawyer|doctor|hacker|girlfriend|boyfriend|friend|person|terminal|cat|dog|robot|expert|assistant|ai|child))\b"
    r"|pretend (?:to be|you|that you)\b|you are now\b|you (?:will|must|shall) now\b|from now on you\b|role ?play as\b"
    r"|new instructions?\b|(?:print|reveal|output|repeat|leak) your (?:\w+ )?(?:prompt|instructions|rules)\b"
)
"""On the first words of a message, lower case, one space between them."""

OVERRIDE_MARKS = re.compile(
    r"\W{0,8}(?:SYSTEM|ASSISTANT|DEVELOPER|ADMIN|ROOT)(?: [A-Z]{1,12})?\s?[:>\]]"
    r"|<\|?(?:system|im_start)|\[/?(?:system|inst)\]",
)
"""On the message as it was typed: marks of a prompt."""
