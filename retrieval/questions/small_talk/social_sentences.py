"""What members say within a message that asks for no article: polite and social sentences. English.

Each pattern is for one whole sentence or clause, in plain words with single blanks in it.
"""

from __future__ import annotations

import re

from retrieval.questions.phrase_patterns import IS, POLITE, SOMEONE, YOU, any_of
from retrieval.questions.small_talk.salutations import GOOD_DAY, HELLO, MANY_THANKS, THANKS_ALONE

_AROUND = (
    r"(?: (?:there|here|around|awake|online|on|up|free|available|alive|else|in here|out there|today|tonight"
    r"|right now|please"
    r"|for this|able|willing|at all)){0,6}"
)
_FAVOUR = any_of(
    r"help(?: (?:me|us|out|please|with (?:this|that|it|these|something)|a)){0,5}\Z",
    r"(?:answer|explain|clarify|check|confirm)(?: (?:me|this|that|it|please|to me)){0,3}\Z",
    r"(?:assist|look|send|share|post|dm|message|pm|tutor|respond|reply|take a look|hear me|see me|see this"
    r"|believe)\b.{0,80}",
)
_SOCIAL = (
    # who is there, and who would help
    rf"(?:{IS} )?(?:there )?{SOMEONE}{_AROUND}",
    rf"(?:{IS} )?{SOMEONE} else\b[^,;:?]{{0,100}}",
    rf"(?:{IS} )?(?:there )?(?:{SOMEONE}|{YOU}){POLITE}{_AROUND} {_FAVOUR}",
    (
        rf"(?:{IS} )?{SOMEONE}{POLITE}{_AROUND} (?:in (?:the same|my|this)|also|good (?:at|with)|stuck|struggling"
        rf"|confused|taking"
        r"|doing (?:the|this|that|well|ok)|(?:have|got) (?:notes|time|a (?:sec|minute|moment)|the|any|some)|done"
        r"|finish|finished"
        r"|taken|tried|started|seen|want to|wanna|up for|relate|think this|ready|going to|who (?:is|has|knows"
        r"|can help))\b[^,;:?]{0,100}"
    ),
    (
        rf"{IS} {YOU} (?:there|busy|sure|serious|kidding|ok|okay|alright|a bot|human|real|ready|excited|free|awake"
        rf"|online)\b[^,;:?]{{0,60}}"
    ),
    (
        r"who(?:['\u2019]s| is)? (?:here|there|around|up|awake|online|with me|ready|excited)(?: (?:here|tonight|today"
        r"|right now|too|late)){0,3}"
    ),
    r"who (?:knows|knew|cares|made you|are you)|who (?:can help|else)\b[^,;:?]{0,60}",
    # checks that one was understood
    (
        rf"(?:{IS} )?(?:(?:that|this|it|any of (?:that|this|it)) )?(?:mak(?:e|es|ing)|sounds?)"
        r"(?: (?:any|some|a lot of))? (?:sense|ok|okay|right|good|familiar)(?: (?:to you|to anyone|so far)){0,2}"
    ),
    (
        r"am i (?:the only one|right|wrong|dumb|stupid|crazy|overthinking|making sense|missing something|allowed|late"
        r"|cooked|doomed"
        r"|just)\b[^,;:?]{0,60}"
    ),
    (
        r"is (?:that|this|it) (?:ok|okay|allowed|fine|cool|just me|alright|too much|friday|the right (?:channel|place"
        r"|server))\b[^,;:?]{0,60}"
    ),
    r"(?:(?:you|ya|u) )?know(?: what i mean)?|see what i mean|g[eo]t it",
    (
        r"(?:right|ok|okay|yeah|yes|no|huh|eh|really|seriously|anyone|someone|please|help|thoughts|ideas"
        r"|pretty please|wait"
        rf"|deal|cool|agreed|{HELLO}|{GOOD_DAY}|{THANKS_ALONE}|{MANY_THANKS})"
    ),
    r"(?:wait )?what(?: the (?:heck|hell|f\w{0,6}))?",
    # how are you
    (
        r"how(?: are|['\u2019]s|s| is| was| have| r| do)? (?:it going|you|u|we|things|y'?all|everyone|everybody|ya"
        r"|your (?:day|week|weekend)|life"
        r"|school)\b(?: (?:guys|all|doing|today|been|do|going|everyone|everybody|my friends|folks|this \w+)){0,4}"
    ),
    (
        r"how (?:is|are|was|were|did) (?:your|the|everyone['\u2019]s|everybody['\u2019]s) (?:day|week|weekend|exams?"
        r"|tests?|quiz|semester|holidays?|vacation)"
        r"(?: (?:go|going|today|so far|everyone|guys|yesterday|last week)){0,3}"
    ),
    (
        r"(?:what(?:['\u2019]s|s| is)|whats?) (?:up|good|new|happening|going on)(?: (?:guys|everyone|all|everybody"
        r"|people|folks|with you|today"
        r"|here|y'?all)){0,3}|sup|wassup|whats?up"
    ),
    r"what (?:have|are) (?:you|u|y'?all)(?: (?:guys|all))? (?:been up to|up to|doing)\b[^,;:?]{0,40}",
    rf"what do {YOU} (?:think|reckon|say)(?: (?:of|about) (?:it|this|that))?",
    # may I ask, and any ideas
    (
        r"(?:can|could|may|might) i (?:please )?(?:just )?(?:ask|post|get|have|bother|dm|pm|message)(?: (?:you|a|an"
        r"|another|one|some|something"
        r"|any|quick|dumb|stupid|more|questions?|here|this|about (?:this|something)|help|it|all|guys|someone)){0,6}"
    ),
    r"where (?:do|should|can) i (?:ask|post)\b[^,;:?]{0,60}",
    r"(?:got|have) a (?:sec|second|minute|moment|question)\b[^,;:?]{0,20}",
    (
        rf"(?:(?:does {SOMEONE}|do {YOU}) have )?any (?:ideas?|thoughts|tips|advice|help|takers|suggestions|luck"
        rf"|clues?|hints?|pointers"
        r"|resources|recommendations|numbers|sources|stats|examples)\b"
        r"(?! (?:why|what|how|who|when|where|which)\b)[^,;:?]{0,80}"
    ),
    # rhetorical
    (
        r"why (?:is|are|am|does|do|must) (?:this|it|i|life|school|college|uni|university|everything|my \w+|that)"
        r"(?: (?:class|course|chapter|have to|need to|has to|be|always|\w+ly)){0,3} (?:so|such a|such an|too|always)"
        r" (?:hard|difficult|confusing|boring|stupid|annoying|complicated|bad|long|tired|dumb|tough|mean|pain|mess)\b"
        r"[^,;:?]{0,20}"
    ),
    r"why me|guess what|wish me luck|are we there yet|can you believe (?:it|this|that)",
    # thanks and good wishes
    (
        r"(?:(?:many )?thanks?|thx|ty|cheers|good luck|have an? (?:good|nice|great)|appreciate|bye|see (?:you|ya)"
        r"|sorry|welcome|congrats"
        r"|(?:i )?(?:really )?(?:hope|appreciate))\b[^,;:?]{0,200}"
    ),
)
SOCIAL = re.compile(any_of(*_SOCIAL), re.IGNORECASE)
"""A whole sentence that is polite or social and asks for no article, without the marks at its end."""
