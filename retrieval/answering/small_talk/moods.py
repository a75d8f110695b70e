"""Complaints about answers, and how a member feels. Patterns for whole clauses, see `phrases`."""

from __future__ import annotations

_ADVERBS = (
    r"(?: (?:so|very|really|just|quite|pretty|too|such|totally|absolutely|always|still|not|only|all|the|a|an"
    r"|my|as))"
)
_BAD = (
    r"(?:wrong|incorrect|bad|stupid|dumb|useless|terrible|awful|horrible|worst|idiot|idiotic|trash|garbage"
    r"|slow|boring|lame"
    r"|annoying|broken|mean|rude|unhelpful|helpful|no help|lying|liar|mistaken|mad|crazy|shit|shitty|crap"
    r"|fake|silly"
    r"|nonsense|rubbish|ugly|weird|evil|loser|moron|fool|disappointing|false|sucks?|what i (?:asked|meant"
    r"|wanted|need|said)"
    r"|the answer|an answer|answering my question|working|true|it)"
)
_THIS = r"(?:that|this|it|your answer|the answer|this answer|that answer|this bot|the bot|this thing|everything)"
COMPLAINTS = (
    rf"(?:{_THIS} (?:is|was|are|did|does|do|has|looks|sounds|seems)|you are|you were"
    rf"|are you){_ADVERBS}{{0,3}} {_BAD}(?: (?:bot|answer|help|at all|one|to me))?",
    r"(?:such |what |so |very |really )?(?:a |an )?(?:wrong|incorrect|bad|stupid|dumb|useless|terrible|awful"
    r"|horrible|worst|trash|garbage|lame|shitty|crap|crappy|silly|boring|annoying|idiot|fake)"
    r"(?: (?:bot|robot|answer|answers|article|ai|machine|job|idea|advice|one|question|topic|link"
    r"|quote))?(?: ever)?",
    r"(?:that|this|it|you|they|bot|your answer|the answer|the article) (?:did not|does not|do not|is not"
    r"|was not|has not|have not|are not)(?: (?:really|even))? "
    r"(?:help(?:ing|ful|ed)?|work(?:ing)?|answer(?:ing)?|right|correct|it|good|true|make (?:any )?sense"
    r"|useful|relevant|what i (?:asked|meant|wanted|need|said|am looking for)|understand(?: me)?"
    r"|know(?: anything)?|listen(?: to me)?)"
    r"(?: (?:me|anything|my question|the question|it|at all|that|to my question))?",
    r"not (?:what i (?:asked|meant|wanted|need|said|am looking for)(?: for)?|helpful|right|correct|true|good"
    r"|this one|this|that|that one|useful|relevant|it|the answer|working)",
    r"(?:you|this|it|this bot|the bot|bot|that|school|everything)(?: (?:really|all|still|just))? (?:suck"
    r"|sucks|stink|stinks|blow|blows|lie|lied|failed|fail|know nothing|made a mistake|messed up|got it wrong"
    r"|misunderstood(?: me)?)",
    r"i (?:really |fucking )?(?:hate|dislike|do not (?:like|love|trust|believe|want)) (?:you|this bot|this"
    r"|that|it|bots|ai|robots|the answer|your answers?|this answer)",
    r"(?:fuck|screw|damn|curse)(?: (?:you|off|this|it|that|this shit|me))?|shut up|stfu|go away|get lost"
    r"|leave me alone|go to hell|kys|stop(?: (?:it|that|this|talking|now|spamming))?|quit|cancel|exit|shit"
    r"|crap|boo|ew|eww|cringe|meh|lies|nonsense|bullshit|bs|rubbish|try (?:again|harder)",
    r"(?:are you|you|you must be|you have to be) (?:kidding|joking|serious|stupid|dumb|blind"
    r"|deaf)(?: me)?(?: or (?:what|something))?|what is wrong with you|what the (?:hell|heck"
    r"|fuck)(?: is (?:this|that|wrong with you))?",
    r"(?:you|that|it) (?:did not|does not|do not) answer(?: (?:me|my question|the question|that|it))?"
    r"|answer (?:me|my question|the question)|why (?:do|did|can|will|would) (?:you )?(?:not"
    r"|you not) (?:answer|work|help|know|understand|listen)(?: (?:me|that|it|this|my question|anything))?",
    r"(?:that|this) makes no sense|makes no sense|it is wrong|wrong again|no (?:it is|that is|you are) (?:not"
    r"|wrong)",
)
FEELINGS = (
    r"(?:i am|i feel|i was|me|feeling|i am feeling|i have been|i have been feeling|we are)(?: (?:so|very"
    r"|really|just|quite|pretty|too|a bit|a little|kind of|kinda|such|totally|always|still|not|feeling|super"
    r"|extremely|getting|like|fucking|freaking|a|an|all|in)){0,3} "
    r"(?:sad|happy|tired|bored|angry|mad|lonely|alone|anxious|stressed|stressed out|depressed|scared|afraid"
    r"|nervous|worried|excited|hungry|thirsty|sleepy|exhausted|sick|ill|unwell|ok|fine|good|great|bad|well"
    r"|down|upset|hurt|broken|crying|dead|dying|drunk|high|single|love|cold|hot|fat|ugly|stupid|dumb|idiot"
    r"|failure|loser|hopeless|worthless|overwhelmed|burned out|burnt out|frustrated|annoyed|jealous|proud"
    r"|blessed|awesome|better|homesick|heartbroken|lazy|busy|in love|in pain|panicking|struggling|doomed"
    r"|screwed|cooked|failing|dumber|lost in life|rich|poor|gay|trans|pregnant|human|hungover|late|lucky"
    r"|ready|shit|crap|nobody|trash)"
    r"(?: (?:today|now|lately|about (?:my|the|this) (?:exam|exams|test|tests|life|grades?|future)|with (?:my "
    r"|this )?(?:life|school)|of (?:school|life|everything|this)|again|as hell|af|all the time|at school"
    r"|because of (?:school|exams)))?",
    r"i (?:just |really |only )?(?:want to|wish i could|am going to|have to|need to|will|might"
    r"|wish i was) (?:die|cry|sleep|go home|kill myself|hurt myself|end it|end it all|end my life|quit"
    r"|give up|quit school|disappear|drop out|scream|fail|fail (?:my|the|this) (?:exam|exams|test|class"
    r"|course)|dead|be happy|be alone)",
    r"(?:kill me|i can not (?:sleep|do this|do it|focus|concentrate|study|take it|take this|go on|anymore"
    r"|breathe|even|cope|stop crying)(?: anymore)?|i give up|i am suicidal)",
    r"(?:i )?(?:really |fucking |just )?(?:hate|love|miss|adore|despise) (?:school|math|maths|physics"
    r"|chemistry|biology|history|exams?|tests?|homework|mondays?|life|my life|my job|everything|everyone"
    r"|myself|people|studying|college|university|learning|(?:my )?(?:mom|mum|dad|mother|father|teacher"
    r"|girlfriend|boyfriend|ex|dog|cat|friends?|family)|him|her|them|pizza|coffee|music|summer|winter"
    r"|weekends?)(?: (?:so much|a lot))?",
    r"(?:i )?(?:just )?(?:failed|passed|flunked|aced|finished|bombed|got an? [a-f] (?:on|in|for))(?: (?:my"
    r"|the|an|our|all my|it|a))?(?: (?:\w+ )?(?:exams?|tests?|class|course|midterms?|finals?|quiz|homework"
    r"|math|maths|school))?",
    r"(?:nobody|no one|everyone|she|he) (?:likes|loves|hates|understands|left|dumped|ignores) me"
    r"|(?:my )?life (?:sucks|is (?:over|hard|pain|ruined|meaningless|unfair|good|great|beautiful))"
    r"|school (?:sucks|is (?:hard|boring|stupid))|(?:math|physics|chemistry|studying|this|homework"
    r"|everything) is (?:so |too |very |really )?(?:hard|boring|difficult|stupid|confusing)",
    r"i have (?:no (?:friends|life|idea|money|motivation|time)|an? (?:exam|test|quiz|presentation|headache"
    r"|cold|crush)(?: (?:today|tomorrow|next week|soon|in an hour))?)|(?:my )?(?:exam|test) is (?:today"
    r"|tomorrow|next week|soon)|wish me luck",
    r"i need (?:a (?:break|hug|drink|nap|friend|vacation|girlfriend|boyfriend|job)|sleep|coffee|motivation"
    r"|to sleep|to relax|love|money|someone to talk to|food|to vent)|(?:motivate|cheer|comfort|hug|hold"
    r"|entertain|save) me(?: up)?|(?:i )?do not (?:want to|feel like) (?:study|studying|live|work|learn"
    r"|do this|do it|be here)(?: anymore)?|give me (?:a hug|motivation|some motivation|hope)",
    r"(?:estoy (?:triste|cansad[oa]|aburrid[oa])|je suis (?:triste|fatiguée?)|j ai faim|ich bin (?:traurig"
    r"|müde)|mir ist langweilig|estou (?:triste|cansad[oa])|tengo hambre)",
    r"(?:sad|tired|bored|hungry|sleepy|ugh|argh|ouch|aw|aww|sigh|yikes|alas|help i am dying|rip|i am (?:dying"
    r"|crying|dead))",
)
