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
        "betw": "between",
        "btw": "by the way",
        "btwn": "between",
        "bw": "between",
        "coz": "because",
        "cuz": "because",
        "defn": "definition",
        "diff": "difference",
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
        "prob": "problem",
        "probs": "problems",
        "prof": "professor",
        "r8": "rate",
        "rly": "really",
        "rn": "right now",
        "smth": "something",
        "smthn": "something",
        "smn": "someone",
        "som1": "someone",
        "sum1": "someone",
        "tbh": "",
        "teh": "the",
        "th": "the",
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
"""Chat abbreviation, lower case → plain words. None of them is a word or symbol of a subject."""

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

_GREETING = r"(?:hey+|hi+|hello+|yo+|sup|heya|good (?:morning|evening|afternoon))(?: (?:all|guys|everyone|there|folks|y'?all|people|bot))?"
_ASIDE = (
    r"(?:ok(?:ay)?|so|um+|uh+|erm|well|like|basically|quick (?:one|question|q)|random (?:thought|question)|dumb question"
    r"|stupid question|noob question|sorry|please|pls|plz|btw|by the way|anyway|alright|just curious|curious|but|and)"
)
_ASKING = (
    r"(?:(?:can|could|would|will) (?:some(?:one|body)|any(?:one|body)|sum1|som1|u|you|ya)"
    r"(?: (?:please|pls|plz|kindly|maybe|quickly))?"
    r" (?:explain|tell me|help me (?:understand|with)|walk me through|remind me|clarify|let me know)(?: (?:to me|again))?"
    r"|(?:does|do) (?:any(?:one|body)|some(?:one|body)) (?:here )?(?:know|remember|understand|get)"
    r"|any(?:one|body) (?:here )?(?:know|remember|understand|got)"
    r"|(?:i was|i'm|im|i am) (?:just )?(?:wondering|curious)(?: (?:about|if you know))?"
    r"|(?:i )?(?:got|have) a (?:quick |random |dumb )?question(?: about)?"
    r"|(?:i )?(?:don'?t|do not) (?:really )?(?:get|understand)"
    r"|what i want to know is|my question is|explain(?: to me)?|tell me(?: about)?|help me understand)"
)
FILLER_OPENINGS = re.compile(rf"^(?:{_GREETING}|{_ASIDE}|{_ASKING})\b(?!['\u2019])[\s,.!:;-]*", re.IGNORECASE)
"""One greeting, aside or way of asking at the start of a message."""

FILLER_ENDINGS = re.compile(
    r"[\s,.!;-]+(?:please|pls|plz|thanks?(?: (?:you|a lot|in advance|so much))?|thx|ty|tysm|any ideas?|any help(?: appreciated)?"
    r"|help|lol|lmao|haha+|tbh|asap|need help|i'?m (?:so )?(?:lost|confused|stuck))[\s.!?]*$",
    re.IGNORECASE,
)
"""One polite or helpless phrase at the end of a message."""

QUESTION_WORDS = re.compile(
    r"(?:what|why|how|when|where|which|who|whose|whom|is|are|was|were|do|does|did|can|could|should|would|will|explain"
    r"|describe|compare|define|calculate|solve|find)\b",
    re.IGNORECASE,
)
"""How a sentence that asks begins."""
