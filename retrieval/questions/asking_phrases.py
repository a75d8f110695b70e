"""How members ask within a message: the words by which a question is found. English, as the default encoder is.

All patterns are for one sentence in plain words with single blanks in it, and each takes a bounded number of steps at
each of its characters.
"""

from __future__ import annotations

import re

from retrieval.questions.phrase_patterns import IS, POLITE, SOMEONE, YOU, any_of

_ME = r"(?: (?:to )?(?:me|us))?"
_VERY = (
    r"(?: (?:still|really|just|also|honestly|simply|totally|completely|so|very|kind of|a bit|a little|quite|too"
    r"|pretty"
    r"|fully|even|actually|seem to|at all)){0,3}"
)
_NOT = (
    r"(?:do ?n[o'\u2019]?t|do not|can ?n[o'\u2019]?t|can[\u2019']t|cannot|did ?n[o'\u2019]?t|did not"
    r"|could ?n[o'\u2019]?t|could not|never)"
)
_GRASP = (
    r"(?:understand|understood|get|got|grasp|follow|see|figure out|remember|know|work out|wrap my head around"
    r"|make sense of|explain)"
)
_EXPLAIN = (
    rf"(?:explain|tell{_ME}(?: about)?|help{_ME}(?: to)? (?:understand|figure out|get|with|on)|walk{_ME} through"
    rf"|go (?:over|through)|talk{_ME} through|remind{_ME}(?: of)?|clarify|clear up|describe|define|show{_ME}"
    rf"|teach{_ME}"
    r"|break down|summari[sz]e|let me know|elaborate on"
    rf"|give{_ME}(?: an?| the| some)? (?:explanations?|definitions?|overview|examples?|summary|rundown"
    rf"|idea)(?: of)?)"
    r"(?: (?:to me|to us|for me|again|please|simply|what is meant by|the concept of|the idea of)){0,2}"
)
_HELP = (
    r"(?: an?| some| the| your| any| a bit of| a little| a few| more)?"
    r" (?:help|hand|explanation|definition|clarification|refresher|overview|summary|points|examples|ideas|info"
    r"|information|facts|arguments|numbers|sources|stat|stats|statistics)"
)


_COMMAND = any_of(
    r"explain|describe|compare|contrast|define|differentiate|distinguish|discuss|outline|summari[sz]e|calculate"
    r"|compute",
    r"solve|prove|derive|determine|evaluate|simplify|factori[sz]e|illustrate|list|identify|tell me about",
    r"find (?:the|an?|all|out)|state (?:the|and)|name (?:the|an?|some|any|all|one|two|three|four|five|\d)",
    r"give (?:an?|the|some|two|three|me an?|examples?)",
)

ASKING_CUE = re.compile(
    r"\b"
    + any_of(
        rf"(?:can|could|would|will|might|if) (?:{SOMEONE}|{YOU}|people|we){POLITE}"
        rf"(?: (?:can|could|would|is able to))?{POLITE} {_EXPLAIN}",
        rf"(?:if|does|do|did) (?:{SOMEONE}|{YOU}|people){POLITE}"
        r" (?:knows?|remembers?|understands?|gets?|have any idea|happen to know)",
        rf"{SOMEONE}{POLITE} (?:(?:can|could|who can|who could) {_EXPLAIN}|knows?|remembers?|understands?)",
        rf"(?:what|the (?:one )?(?:thing|part|bit)|one thing)(?: that)? (?:i|we){_VERY} (?:{_NOT}{_VERY}|want to"
        rf"|need to)"
        rf" (?:{_GRASP}|ask)(?: about)?(?= (?:is|are)\b|:)",
        rf"(?:i|we){_VERY} {_NOT}{_VERY} {_GRASP}",
        rf"i(?:['\u2019]?m| am| was| got| get| keep getting| feel| have been){_VERY} (?:confused|stuck|lost|struggling"
        r"|unsure|not sure|unclear|curious|wondering|puzzled|having (?:trouble|difficult(?:y|ies)|a hard time)"
        r"|trying to (?:understand|figure out|learn|work out|(?:get|wrap) my head around))",
        rf"i{_VERY} (?:wonder|struggle|have (?:trouble|difficulty))",
        r"(?:confused|stuck|struggling|wondering|curious|unsure|not sure)"
        r"(?= (?:about|on|with|why|how|what|whether|when|where|which)\b)",
        r"(?:need|want|would like|would love|['\u2019]d like|['\u2019]d love) to (?:know|understand|learn|ask)",
        rf"(?:need|needs|want|could use|would like|would love|would appreciate|['\u2019]d like"
        rf"|looking for){_VERY}{_HELP}"
        r"(?= (?:with|on|about|of|for|understanding|regarding)\b)",
        rf"help{_ME}(?: to)? (?:understand(?:ing)?|with|figure out)",
        rf"(?:please|pls|kindly|and|so|just|then) (?:explain|describe|define|clarify|summari[sz]e"
        rf"|tell{_ME}(?: about)?)",
        rf"would (?:{SOMEONE}|{YOU}){POLITE} mind (?:explaining|telling{_ME}|clarifying|describing|going (?:over"
        rf"|through))",
        r"(?:it|this|that|mine)(?:['\u2019]?s| is| was) (?:all )?(?:about|called)",
        rf"(?:wants|asked|asks|told|supposed)(?: us| me)? to(?= {_COMMAND} )",
        r"(?:have|has|need|got) to(?= (?:explain|describe|compare|define|summari[sz]e|discuss) )",
        r"questions? (?:is|was|would be)(?! (?:due|on|worth|number|in|from)\b)",
        r"questions?(?: (?:for you|here|now|then|number \w{1,5}))?(?: about| regarding|(?=:))",
        r"(?:topic|term|concept|asking|ask|wondering|this|following)(?=:)",
    )
    + r"(?!\w)",
    re.IGNORECASE,
)
"""Words after which a sentence says what it asks: "can someone explain", "I do not get", "my question is"."""

AFTER_CUE = re.compile(
    r"[ ,:;.\u2026-]+|(?:is|are|was|about|on|over|of|by|with|regarding|as to|in|at|exactly|please|understanding"
    r"|understand"
    r"|grasping|figuring out|to know|to understand|for|the following|this one|this|these)(?=[ ,:])",
    re.IGNORECASE,
)
"""One word or mark between such words and what is asked: "confused *about* osmosis", "my question*:* osmosis"."""

NOT_ASKED = re.compile(
    r"(?:home|paid|along|much|enough|any|anyone|anybody|anything|up|off|back|there|out|into|around|him|her|them"
    r"|you|if i"
    r"|whether i|to|an? (?:lot|word|single|good|thing|answer|reply|chance)|due|everyone|everything|all of|most"
    r"|none|sleep)\b",
    re.IGNORECASE,
)
"""What follows where nothing is asked: "I don't get *home* till six", "I don't know *anyone* here"."""

MAKES_NO_SENSE = re.compile(
    r"(?P<topic>\S.{1,100}?) "
    + any_of(
        r"(?:still |just |really |also ){0,2}makes? no sense",
        r"(?:still |just |really |also ){0,2}do(?:es)?(?: not|n['\u2019]?t) (?:really )?make (?:any )?sense",
        r"(?:still |just |really |also ){0,2}confuses? me",
        r"(?:is|are) (?:so |really |very |super |still |just ){0,2}confusing",
    )
    + r"\b",
    re.IGNORECASE,
)
"""Where the topic stands first: "osmosis makes no sense to me"."""

_NO_SUBJECT = (
    r"(?:not|very|so|really|late|due|sick|done|going|trying|looking|hoping|having|in|at|on|for|to|back|home|up"
    r"|with|from"
    r"|able|you|u|the (?:reading|lab|homework|worksheet))\b"
)

QUESTION_START = re.compile(
    any_of(
        r"what(?:['\u2019]s)?(?! (?:an?|i|we|he|she|my|our|your|you|if|not|ever|helps?|matters|the he(?:ck"
        r"|ll))\b) ",
        r"why(?! (?:i|me|bother|oh)\b) ",
        r"how(?! (?:i|we|my|ever|annoying|weird|great|nice|cool|funny|embarrassing|frustrating|sad|lucky|kind"
        r"|sweet)\b) ",
        rf"(?:when|where|whose|whom|(?:at|in|to|from|for|by|on|of|under|with) (?:what|which"
        rf"|whom))(?:['\u2019]s)? (?:\w+ ){{0,2}}{IS}\b",
        r"(?:when|where)['\u2019]s ",
        r"who(?:['\u2019]s)?(?! (?:knows|cares|knew)\b) ",
        r"which(?! (?:means|makes|made|i|we|he|she|they|it|my|sucks|leaves|helps|helped|explains)\b)"
        r"(?! (?:is|was|are) (?:why|how|what|where|when|fine|great|good|bad|not|really|so|very|kind|my|due)\b) ",
        rf"(?:is|are|does|do|can|could|should|would|will|was|were|has|have|must) (?!{_NO_SUBJECT})\w",
        r"did (?!(?:the|my|all|some|both|it|well|badly|not|ok|you|an?)\b)\w",
        rf"{_COMMAND}\b",
    ),
    re.IGNORECASE,
)
"""How a sentence begins that asks, whatever mark is at its end; not "what a day" or "which is why I ask"."""

NEXT_QUESTION = re.compile(
    r"(?:[,;]? (?P<link>and|also|plus|but|so|or)(?: also| then| so)?|[,;])"
    r"(?: (?:like|um|uh|please|secondly|second|lastly|basically))? "
    rf"(?=(?:what|why|how)(?:['\u2019]s|(?: \w+){{0,3}} {IS}| come| much| many| happen(?:s|ed)| causes?| makes)\b"
    rf"|(?(link)(?:when|where|who|which)(?:['\u2019]s| {IS}| \w+ {IS})\b|(?!))|(?:explain|define|describe"
    rf"|compare) )",
    re.IGNORECASE,
)
"""What parts two questions in one sentence, or a story and a question: "… test tomorrow, *so* what is osmosis"."""

SHORT_DEFINITION = re.compile(
    r"(?:(?:what|who)(?:['\u2019]s| is| are| was| were)|define|explain|describe)"
    r" (?:[\w'\u2019-]+ ){0,4}[\w'\u2019-]+\W{0,3}",
    re.IGNORECASE,
)
"""A whole question for what one thing is: only such ones are parted where one sentence holds several."""

QUESTION_INSIDE = re.compile(rf"\b(?:what|why|how|when|where|who|which)(?:['\u2019]s| {IS})\b", re.IGNORECASE)
"""A question that begins somewhere in a sentence."""

ASIDE = re.compile(
    r",? (?:and|but|so|because|cause|since|as) (?:i|i['\u2019]m|my|we|our|it['\u2019]s due)\b|[,;] (?:i"
    r"|i['\u2019]m|my|we|our)\b"
    r"| (?:to|for) (?:me|us)(?=[,.!?]|\Z)",
    re.IGNORECASE,
)
"""Where the story goes on after what is asked: "I don't get osmosis *and my* exam is on Friday"."""

LIST_MARKER = re.compile(
    any_of(
        r"[-*\u2022>]+",
        r"\(?\d{1,2}[.):]",
        r"\(?(?:[a-h]|[ivx]{1,4})[.)]",
        r"q(?:uestion)? ?\d{0,2}[.:)]",
        r"(?:(?:my )?(?:first|second|third|last|final|next|other|main)(?:ly| of all)?|another|one more)"
        r"(?: question| thing| one)?(?: is)?[,:]",
        r"(?:also|then|next|plus|and|but|so|or|lastly|finally)(?=,? (?:what|why|how|when|where|who|which|is|are"
        r"|does|do|can)\b)",
    )
    + "[ ,:]{0,3}",
    re.IGNORECASE,
)
"""A list's marker or a linking word at the beginning of a sentence."""

LEAD_IN = re.compile(
    r"\b(?:questions?|q|ask|asking|topics?|term|explain(?:ed)?|understand|help|stuck|confused|wondering|know"
    r"|about|concept|this"
    r"|these|get|following|with|on|is|are)\W{0,3}\Z",
    re.IGNORECASE,
)
"""The end of what stands before a colon after which the question follows."""
