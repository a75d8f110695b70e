"""Words of greeting, thanks and approval in the languages of the bot, and what says nothing else."""

from __future__ import annotations

import re

HELLO = "hi|hello|hey|yo|howdy|hola|salut|bonjour|bonsoir|coucou|hallo|moin|servus|oi|ol[áa]"
GOOD_DAY = (
    "good morning|good evening|buenos d[ií]as|buenas tardes|buenas noches|guten tag|guten morgen|guten abend"
    "|bom dia|boa tarde|boa noite"
)
THANKS_ALONE = "thanks|thank you|thx|ty|gracias|merci|danke|obrigad[oa]|valeu"
MANY_THANKS = "muchas gracias|merci beaucoup|vielen dank|danke schön|muito obrigad[oa]"
APPROVAL = "super|genial|parfait|prima|perfecto|ótimo|vale"
"""Each is a list of alternatives of a regular expression, in lower case, with single blanks."""

_PHRASES = f"{GOOD_DAY}|{MANY_THANKS}|{HELLO}|{THANKS_ALONE}|{APPROVAL}"
_AROUND = (
    "there|so|very|much|a lot|ok|okay|cool|nice|great|good|perfect|awesome|lol|buen[oa]s|d[ií]as|tardes|noches|muchas"
    "|beaucoup|guten|tag|morgen|abend|schön|vielen|dank|bom|boa|dia|tarde|noite|muito"
)
"""What members say beside these, and words of the phrases that they write alone."""

# Possessive: "guten Tag" is a phrase and two words as well, and a long row of them would be tried in all ways.
_ONLY_SALUTATIONS = re.compile(rf"[\W_]*+(?:(?>(?:{_PHRASES}|{_AROUND})\b)[\W_]*+)*+", re.IGNORECASE)


def is_salutation(text: str) -> bool:
    """Whether a text only greets, thanks or approves, or has no words at all."""
    return _ONLY_SALUTATIONS.fullmatch(text) is not None
