"""Words of chat: what they stand for, and what can be left out. English, as the default encoder is."""

from __future__ import annotations

import re
from types import MappingProxyType

ABBREVIATIONS = MappingProxyType(
    {
        "abt": "about",
        "algo": "algorithm",
        "b4": "before",
        "bc": "because",
        "bcoz": "because",
        "bcuz": "because",
        "b/w": "between",
        "betw": "between",
        "btw": "between",
        "btwn": "between",
        "bw": "between",
        "coz": "because",
        "cuz": "because",
        "defn": "definition",
        "diff": "difference",
        "diff eq": "differential equation",
        "diff eqs": "differential equations",
        "dunno": "do not know",
        "econ": "economics",
        "eqn": "equation",
        "exmpl": "example",
        "gimme": "give me",
        "gonna": "going to",
        "gotta": "have to",
        "govt": "government",
        "gr8": "great",
        "idk": "I do not know",
        "imo": "",
        "kinda": "kind of",
        "lemme": "let me",
        "lol": "",
        "lmao": "",
        "ngl": "",
        "ppl": "people",
        "pls": "please",
        "plz": "please",
        "prob": "probability",
        "prof": "professor",
        "r8": "rate",
        "rly": "really",
        "smth": "something",
        "smthn": "something",
        "smn": "someone",
        "som1": "someone",
        "sum1": "someone",
        "tbh": "",
        "teh": "the",
        "tho": "though",
        "thru": "through",
        "thx": "thanks",
        "ur": "your",
        "w/": "with",
        "w/o": "without",
        "wat": "what",
        "wats": "what is",
        "wanna": "want to",
        "wdym": "what do you mean",
        "wht": "what",
        "wich": "which",
        "wut": "what",
        "xplain": "explain",
    }
)
"""Chat abbreviation, lower case → plain words. In capitals, or after a number ("44 bc"), each may be something else.

"btw" is "between" here: as an aside it stands at an end of the message, where it is taken away as filler.
"""

CONTRACTIONS = MappingProxyType(
    {
        "arent": "are not",
        "cant": "cannot",
        "couldnt": "could not",
        "didnt": "did not",
        "doesnt": "does not",
        "dont": "do not",
        "hows": "how is",
        "im": "I am",
        "isnt": "is not",
        "ive": "I have",
        "shouldnt": "should not",
        "thats": "that is",
        "theres": "there is",
        "wasnt": "was not",
        "whats": "what is",
        "wheres": "where is",
        "whos": "who is",
        "whys": "why is",
        "wont": "will not",
        "wouldnt": "would not",
    }
)
"""Contraction typed without its apostrophe → plain words."""

SHORTHAND = MappingProxyType(
    {"2": "to", "4": "for", "c": "see", "n": "and", "r": "are", "u": "you", "w": "with", "y": "why"}
)
"""Single characters that stand for words, but also for numbers and variables: only for messages that are chatty."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


BEFORE_SYMBOL = _words(
    "a an the of for by between is equals equal plus minus times over let where variable symbol letter number numbers "
    "solve find calculate constant coefficient value vector function respect set class type vitamin chapter lab week "
    "question part step page exercise problem section unit grade level year day least most these those which first "
    "last choose per than mean means about add in all every and or"
)
"""After these words a single character is a number or a variable."""

AFTER_SYMBOL = _words(
    "equals equal times choose plus minus over squared cubed factorial term terms means mean stands approaches tends "
    "substitution sub type axis intercept coordinate boson th st nd rd and or"
)
"""Before these words a single character is a number or a variable."""

ASKING_VERBS = _words(
    "do does did dont doesnt didnt is are was were isnt arent wasnt can cant could would wouldnt should shouldnt will "
    "wont has have r ppl people the it they we i u"
)
"""Before these words, and no others, "y" may be "why"."""

SEERS = _words("i u you we they cant dont")
"""After these words, and no others, "c" may be "see"."""

CHAT_PAIRS = re.compile(
    r"(?:^|[.!?]\s+)y (?:do|does|did|dont|doesnt|didnt|cant|would|should)\b|\bhow 2 [a-z]{2}|\br u\b"
    r"|\b(?:do|did|can|could|would|should|if|when|as|once|before|after) u (?!is\b|"
    + "|".join(rf"{word}\b" for word in sorted(AFTER_SYMBOL))
    + r")[a-z]{2}|\b(?:what|where|how|why|who) r (?:the|these|those|they|we|some|all|your|my)\b",
    re.IGNORECASE,
)
"""Pairs of words by which a message without any abbreviation is known as chat."""

_GREETING = (
    r"(?:hey+|hi+|hello+(?! world)|yo+|sup|heya|good (?:morning|evening|afternoon))"
    r"(?: (?:all|guys|everyone|there|folks|y'?all|people|bot))?"
)
_ASIDE = (
    r"(?:ok(?:ay)?|um+|uh+|erm|quick (?:one|question|q)|random (?:thought|question)|dumb question|stupid question"
    r"|noob question|sorry|please|pls|plz|btw|by the way|anyway|just curious|curious"
    # These also begin names of things ("like terms", "well water"), so a question or a pause has to follow.
    r"|(?:so+|well|like|basically|alright|but|and)(?=\s*+[,.!:;]|\s++(?:wh\w+|wats?|wut|hows?|i|i'?m|is|are|was|were|do|does"
    r"|did|dont|can|cant|could|would|should|will|explain|tell|we|my|our|the|this|that|you|they|everyone|in|for|u+m+|uh+|like|so|well|ok(?:ay)?|hey|hi|y|u|r)\b))"
)
_ASKING = (
    r"(?:(?:can|could|would|will) (?:some(?:one|body)|any(?:one|body)|sum1|som1|u|you|ya)"
    r"(?: (?:please|pls|plz|kindly|maybe|quickly))?"
    r" (?:explain|tell me|help me (?:understand|with)|walk me through|remind me|clarify|let me know)"
    r"(?: (?:to me|again))?"
    r"|(?:does|do) (?:any(?:one|body)|some(?:one|body)) (?:here )?(?:know|remember|understand|get)"
    r"|any(?:one|body) (?:here )?(?:know|remember|understand|got)"
    r"|(?:i was|i'm|im|i am) (?:just )?(?:wondering|curious)(?: (?:about|if you know))?"
    r"|(?:i )?(?:got|have) a (?:quick |random |dumb )?question(?: about)?"
    r"|(?:i )?(?:don'?t|do not) (?:really )?(?:get|understand)"
    r"|(?:what )?i want to know(?: is)?|my question is|explain(?: to)? me|explain|tell me(?: about)?"
    r"|help me (?:understand|with))"
)
FILLER_INSIDE = re.compile(
    r"\b(?:i was wondering|i'?m wondering|i want to know|my question is|(?:can|could) (?:some|any)(?:one|body) "
    r"(?:please |pls )?(?:explain|tell me))\b[\s,:]*(?:is\b)?",
    re.IGNORECASE,
)
"""How a question begins in the middle of a sentence."""

FILLER_OPENING = re.compile(rf"(?:{_GREETING}|{_ASIDE}|{_ASKING})\b(?!['\u2019-])[\s,.!:;-]*+", re.IGNORECASE)
"""One greeting, aside or way of asking at the start of a message."""

FILLER_ENDING = re.compile(
    r"(?<=[\s,.!;-])(?:please|pls|plz|thanks?(?: (?:you|a lot|in advance|so much))?|thx|ty|tysm|any ideas?|btw|rn"
    r"|right now|any help(?: appreciated)?|(?:please|pls|plz) help(?: me)?"
    r"|help (?:me|please|pls|plz)|lol|lmao|haha++|tbh|asap"
    r"|need help|i'?m (?:so )?(?:lost|confused|stuck))\Z",
    re.IGNORECASE,
)
"""One polite or helpless phrase at the end of a message, without the marks around it; for its last characters only."""

CRY_FOR_HELP = re.compile(r"[,.!?;:]\s*+help(?: me)?\Z", re.IGNORECASE)
"""A call for help at the end of a message, with the mark that parts it from the rest; for its last characters only."""

QUESTION_WORDS = re.compile(
    r"(?:what|why|how|when|where|which|who|whose|whom|is|are|was|were|do|does|did|can|could|should|would|will|explain"
    r"|describe|compare|define|calculate|solve|find)\b",
    re.IGNORECASE,
)
"""How a sentence that asks begins."""

ASKS_WHAT_IT_IS = re.compile(
    r"""
    (?:
        (?:what|who)(?:\ is|\ are|\ was|\ were|['\u2019]s)[ ]
      | (?:define|explain|describe|tell\ me\ about)[ ]
      | what\ (?:does|do)\ (?=.*\bmean\W*$)
      | (?=(?:the\ )?(?:meaning|definition)\ of\b)
    )
    (?:(?:the\ )?(?:meaning|definition|concept|idea)\ of\ )?
    (?:(?:a|an|the)\ )?
    (?P<topic>.+?)
    (?:\ mean)?
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""A question for what something is, as a whole, in words with one space between them, without the marks at its end."""

MAX_DEFINITION_WORDS = 8
"""Words of the longest such question besides its topic: "tell me about the meaning of the …"."""
