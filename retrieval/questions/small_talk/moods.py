"""Complaints about answers, and how a member feels."""

from __future__ import annotations

from retrieval.questions.small_talk.notation import read_phrases

_ADVERBS = "so|very|really|just|quite|pretty|too|such|totally|absolutely|always|still|not|only|all|the|a|an|my|as"
_BAD = """
    wrong|incorrect|bad|stupid|dumb|useless|terrible|awful|horrible|worst|idiot|idiotic|trash|garbage|slow|boring
    |lame|annoying|broken|mean|rude|unhelpful|helpful|no help|lying|liar|mistaken|mad|crazy|shit|shitty|crap|fake
    |silly|nonsense|rubbish|ugly|weird|evil|loser|moron|fool|disappointing|false|sucks?|what i (asked|meant
    |wanted|need|said)|the answer|an answer|answering my question|working|true|it
"""
_THIS = """
    that|this|it|your answer|the answer|this answer|that answer|this bot|the bot|this thing|everything
"""

COMPLAINTS = read_phrases(
    r"""
    (<this> (is|was|are|did|does|do|has|looks|sounds|seems)|you are|you were
        |are you)( <adverbs>){0,3} <bad>( (bot|answer|help|at all|one|to me))?
    (such |what |so |very |really )?(a |an )?(wrong|incorrect|bad|stupid|dumb|useless|terrible|awful|horrible
        |worst|trash|garbage|lame|shitty|crap|crappy|silly|boring|annoying|idiot|fake)( (bot|robot|answer
        |answers|article|ai|machine|job|idea|advice|one|question|topic|link|quote))?( ever)?
    (that|this|it|you|they|bot|your answer|the answer|the article) (did not|does not|do not|is not|was not
        |has not|have not|are not)( (really|even))? (help(ing|ful|ed)?|work(ing)?|answer(ing)?|right
        |correct|it|good|true|make (any )?sense|useful|relevant|what i (asked|meant|wanted|need|said
        |am looking for)|understand( me)?|know( anything)?|listen( to me)?)( (me|anything|my question
        |the question|it|at all|that|to my question))?
    not (what i (asked|meant|wanted|need|said|am looking for)( for)?|helpful|right|correct|true|good|this one
        |this|that|that one|useful|relevant|it|the answer|working)
    (you|this|it|this bot|the bot|bot|that|school|everything)( (really|all|still|just))? (suck|sucks|stink
        |stinks|blow|blows|lie|lied|failed|fail|know nothing|made a mistake|messed up|got it wrong
        |misunderstood( me)?)
    i (really |fucking )?(hate|dislike|do not (like|love|trust|believe|want)) (you|this bot|this|that|it
        |bots|ai|robots|the answer|your answers?|this answer)
    (fuck|screw|damn|curse)( (you|off|this|it|that|this shit|me))?
    stop( (it|that|this|talking|now|spamming))?
    try (again|harder)
    (are you|you|you must be|you have to be) (kidding|joking|serious|stupid|dumb|blind
        |deaf)( me)?( or (what|something))?
    what the (hell|heck|fuck)( is (this|that|wrong with you))?
    (you|that|it) (did not|does not|do not) answer( (me|my question|the question|that|it))?
    answer (me|my question|the question)
    why (do|did|can|will|would) (you )?(not|you not) (answer|work|help|know|understand|listen)( (me
        |that|it|this|my question|anything))?
    (that|this) makes no sense
    no (it is|that is|you are) (not|wrong)
    shut up|stfu|go away|get lost|leave me alone|go to hell|kys|quit|cancel|exit|shit|crap|boo|ew|eww|cringe|meh
        |lies|nonsense|bullshit|bs|rubbish|what is wrong with you|makes no sense|it is wrong|wrong again
    """,
    adverbs=_ADVERBS,
    bad=_BAD,
    this=_THIS,
)

FEELINGS = read_phrases(
    r"""
    (i am|i feel|i was|me|feeling|i am feeling|i have been|i have been feeling|we are)( (so|very|really|just
        |quite|pretty|too|a bit|a little|kind of|kinda|such|totally|always|still|not|feeling|super|extremely
        |getting|like|fucking|freaking|a|an|all|in)){0,3} (sad|happy|tired|bored|angry|mad|lonely|alone|anxious
        |stressed|stressed out|depressed|scared|afraid|nervous|worried|excited|hungry|thirsty|sleepy|exhausted|sick
        |ill|unwell|ok|fine|good|great|bad|well|down|upset|hurt|broken|crying|dead|dying|drunk|high|single|love
        |cold|hot|fat|ugly|stupid|dumb|idiot|failure|loser|hopeless|worthless|overwhelmed|burned out|burnt out
        |frustrated|annoyed|jealous|proud|blessed|awesome|better|homesick|heartbroken|lazy|busy|in love|in pain
        |panicking|struggling|doomed|screwed|cooked|failing|dumber|lost in life|rich|poor|gay|trans|pregnant|human
        |hungover|late|lucky|ready|shit|crap|nobody|trash)( (today|now|lately|about (my|the|this) (exam
        |exams|test|tests|life|grades?|future)|with (my |this )?(life|school)|of (school|life|everything
        |this)|again|as hell|af|all the time|at school|because of (school|exams)))?
    i (just |really |only )?(want to|wish i could|am going to|have to|need to|will|might|wish i was) (die|cry
        |sleep|go home|kill myself|hurt myself|end it|end it all|end my life|quit|give up|quit school|disappear
        |drop out|scream|fail|fail (my|the|this) (exam|exams|test|class|course)|dead|be happy|be alone)
    (kill me|i can not (sleep|do this|do it|focus|concentrate|study|take it|take this|go on|anymore|breathe
        |even|cope|stop crying)( anymore)?|i give up|i am suicidal)
    (i )?(really |fucking |just )?(hate|love|miss|adore|despise) (school|math|maths|physics|chemistry
        |biology|history|exams?|tests?|homework|mondays?|life|my life|my job|everything|everyone|myself|people
        |studying|college|university|learning|(my )?(mom|mum|dad|mother|father|teacher|girlfriend|boyfriend|ex
        |dog|cat|friends?|family)|him|her|them|pizza|coffee|music|summer|winter|weekends?)( (so much|a lot))?
    (i )?(just )?(failed|passed|flunked|aced|finished|bombed|got an? [a-f] (on|in|for))( (my|the|an|our
        |all my|it|a))?( (\w+ )?(exams?|tests?|class|course|midterms?|finals?|quiz|homework|math|maths
        |school))?
    (nobody|no one|everyone|she|he) (likes|loves|hates|understands|left|dumped|ignores) me
    (my )?life (sucks|is (over|hard|pain|ruined|meaningless|unfair|good|great|beautiful))
    school (sucks|is (hard|boring|stupid))
    (math|physics|chemistry|studying|this|homework|everything) is (so |too |very |really )?(hard|boring
        |difficult|stupid|confusing)
    i have (no (friends|life|idea|money|motivation|time)|an? (exam|test|quiz|presentation|headache|cold
        |crush)( (today|tomorrow|next week|soon|in an hour))?)
    (my )?(exam|test) is (today|tomorrow|next week|soon)
    i need (a (break|hug|drink|nap|friend|vacation|girlfriend|boyfriend|job)|sleep|coffee|motivation|to sleep
        |to relax|love|money|someone to talk to|food|to vent)
    (motivate|cheer|comfort|hug|hold|entertain|save) me( up)?
    (i )?do not (want to|feel like) (study|studying|live|work|learn|do this|do it|be here)( anymore)?
    give me (a hug|motivation|some motivation|hope)
    (estoy (triste|cansad[oa]|aburrid[oa])|je suis (triste|fatiguée?)|j ai faim|ich bin (traurig|müde)
        |mir ist langweilig|estou (triste|cansad[oa])|tengo hambre)
    (sad|tired|bored|hungry|sleepy|ugh|argh|ouch|aw|aww|sigh|yikes|alas|help i am dying|rip|i am (dying|crying
        |dead))
    wish me luck
    """,
)
