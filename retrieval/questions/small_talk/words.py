"""Words that are put right, or left out, before a message is compared with the phrases of small talk."""

from __future__ import annotations

from types import MappingProxyType


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


SPELLINGS = MappingProxyType(
    {
        "arent": "are not",
        "cannot": "can not",
        "cant": "can not",
        "cuz": "because",
        "didnt": "did not",
        "doesnt": "does not",
        "dont": "do not",
        "dunno": "do not know",
        "everybody": "everyone",
        "favorite": "favourite",
        "gimme": "give me",
        "gonna": "going to",
        "gotta": "have to",
        "gud": "good",
        "havent": "have not",
        "hes": "he is",
        "hows": "how is",
        "hw": "homework",
        "idc": "i do not care",
        "idk": "i do not know",
        "im": "i am",
        "isnt": "is not",
        "ive": "i have",
        "kk": "ok",
        "lemme": "let me",
        "lets": "let us",
        "luv": "love",
        "okay": "ok",
        "okey": "ok",
        "oki": "ok",
        "pls": "please",
        "plz": "please",
        "shes": "she is",
        "thanx": "thanks",
        "thats": "that is",
        "theres": "there is",
        "theyre": "they are",
        "thnx": "thanks",
        "thx": "thanks",
        "tnx": "thanks",
        "ty": "thanks",
        "tysm": "thanks",
        "tyvm": "thanks",
        "u": "you",
        "urself": "yourself",
        "wanna": "want to",
        "wassup": "what is up",
        "wasnt": "was not",
        "wat": "what",
        "wats": "what is",
        "wdym": "what do you mean",
        "whatcha": "what are you",
        "whats": "what is",
        "whatsup": "what is up",
        "wheres": "where is",
        "whos": "who is",
        "whys": "why is",
        "wht": "what",
        "wont": "will not",
        "wsg": "what is up",
        "wtf": "what",
        "wut": "what",
        "ya": "you",
        "yall": "you all",
        "youre": "you are",
        "youve": "you have",
    }
)
"""Word of chat, lower case and without apostrophes → the words of the phrases."""

_OPENING_WORDS = (
    "hi hello hey hei heya hiya yo sup oh ah uh um uhm er hm hmm well ok alright so but and now just please kindly "
    "actually like dear sorry omg lol haha btw also then quickly maybe bro bruh dude man mate buddy bot siri alexa "
    "hola hallo bonjour salut oi olá yes yeah no nah wow damn wait listen look guys "
    "everyone all there"
)
_ENDING_WORDS = (
    "please thanks now lol lmao haha bro bruh dude man mate buddy pal friend bot robot ai sir then though too "
    "anyway again already asap ok quickly exactly really honestly guys everyone all there today xd rn tbh btw yeah "
    "right siri alexa google chatgpt gpt idiot moron"
)

OPENINGS = tuple(
    tuple(phrase.split())
    for phrase in (
        "can you please",
        "could you please",
        "can you",
        "could you",
        "would you",
        "will you",
        "are you able to",
        "do you know how to",
        "do you want to",
        "would you mind",
        "i want you to",
        "i need you to",
        "i would like you to",
        "i order you to",
        "you must",
        "you should",
        "you have to",
        "you need to",
        "can someone",
        "can anyone",
        "could someone",
        "could anyone",
        "go ahead and",
        "try to",
        "i said",
        "i mean",
        "by the way",
        "one last thing",
        "excuse me",
        "one more thing",
    )
) + tuple((word,) for word in _OPENING_WORDS.split())
"""What may stand before a phrase of small talk without changing what it is; longer ones first."""

ENDINGS = tuple(
    tuple(phrase.split())
    for phrase in (
        "right now",
        "for me",
        "for us",
        "thank you",
        "if you can",
        "in advance",
        "or what",
        "or not",
        "at all",
    )
) + tuple((word,) for word in _ENDING_WORDS.split())
"""What may stand after it."""

FUNCTION_WORDS = _words(
    "why what who whom whose where when which how is are was were do does did can could would will should am has have "
    "had may might must it this that these those they them their its he she him her his i me my we us you there here "
    "the a an and but so then not to for of in on at by with from about like one ones thing things stuff even "
    "though too now just really please ok oh well um uh all any some yes no maybe"
)
"""Words that name nothing by themselves."""

REFERRING_WORDS = _words(
    "why what who whom whose where when which how it this that these those they them he she him her and but so then"
)
"""Of the words above, those that ask or refer: without one of them nothing is meant."""

POINTING_WORDS = _words(
    "it this that these those they them he she him her one ones there here so about with for up really even then "
    "just your his their its"
)
"""What may follow "is" or an article where nothing is named; any other word is what is asked about: "what is will"."""

NAMING_WORDS = _words("is are was were a an the of about explain define describe and or between in on my your does do")
"""After these words no word is filler: "what is man"."""

QUESTION_WORDS = _words("why what who whom whose where when which how")
