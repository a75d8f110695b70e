"""Greetings, thanks, goodbyes and what only shows whether the bot is there."""

from __future__ import annotations

from retrieval.questions.small_talk.notation import read_phrases
from retrieval.questions.small_talk.salutations import APPROVAL, GOOD_DAY, HELLO, MANY_THANKS, THANKS_ALONE

_GOOD = """
    right|correct|great|good|awesome|amazing|best|cool|smart|clever|nice|funny|cute|sweet|kind|helpful|useful
    |perfect|excellent|fantastic|wonderful|brilliant|lovely|fun|better|ok|fine|interesting|incredible|impressive
    |neat|lit
"""
_ADVERBS = "so|very|really|just|quite|pretty|too|such|totally|absolutely|always|still|not|only|all|the|a|an|my|as"
_HERO = """
    genius|lifesaver|life saver|legend|hero|goat|star|angel|king|queen|beauty|treasure|welcome|beautiful
"""
_THIS = """
    that|this|it|your answer|the answer|this answer|that answer|this bot|the bot|this thing|everything
"""

GREETINGS = read_phrases(
    r"""
    (i )?(have|got) (a|some|one|few|a few) (doubts?|queries|query|problems?)
    (<hello>|<good_day>|hii|helo|hullo|heyy|heya|hei|hiya|sup|greetings|salutations|aloha|namaste|salam
        |ciao|welcome|gm|morning|evening|ahoy|konnichiwa|marhaba|good (afternoon|day)|buenas
        |hello from the other side)( (there|all
        |guys|everyone|folks|people|again|you|to you|my friend|friend|bot|robot|dear|team|class|hello|hi))?
    (what is|what) (up|new|good|poppin|happening|going on)( with you)?
    how (are|r) (you|things)( (doing|going|feeling|holding up))?( (today|now|lately))?( my friend)?
    how (is|was) (it going|it hanging|life|everything|your (day|night|morning|week|weekend|life)|you
        |things)( going)?
    how do you feel( today)?
    (nice|pleased|good|great|glad) to (meet|see) you
    (are )?you (there|here|online|awake|up|on|working|listening|alive|back|available|ready|around|asleep|down
        |offline)
    (is )?(any ?one|any ?body|some ?one|some ?body)( (there|here|home|online|out there|around|alive|awake
        |up))?
    is (this|the bot|this bot|this thing|it|that)( thing)? (on|working|online|up|down|live|dead|offline
        |broken|alive)
    (does|do) (this|it|this bot|the bot|this thing|that) work
    does this thing (even )?work
    (re ?)?start( (over|chat|bot|here))?
    let us (start|go|begin|chat|talk)
    (talk|speak|chat|say something)( (to|with) (me|us))?
    say (hi|hello|something)( to (me|us|everyone|\w+))?
    (i )?(need|want|would like|require)( (some|your|a little|a bit of|urgent))? (help|assistance|support)
    (i )?(need|want)( (some|your))? help (with|on|in) (something|this|that|a question|studying|stuff
        |school|my studies)
    help( (me|us))?( out)?( (with|on) (something|this|that|it|a question|studying|stuff|school
        |my studies))?
    (i )?(have|got|had) (a|one|some|another|two|a few)( (quick|small|short|random|dumb|stupid
        |little))? questions?( (for|to) you)?
    (can|could|may) i ask( you)?( (something|a question|anything|questions))?
    what should i (ask|say|write|type)( you)?
    i (want|would like|need) to ask( you)?( (something|a question|questions))?
    my name is \w+
    i am new( here)?
    call me \w+
    this is \w+ speaking
    (test|testing)( (test|testing|1|one|123|12|1 2|one two|1 2 3|one two three|bot|message|only|this|it
        |2)){0,3}
    (just )?(a |this is a |this is just a )?test(ing)?( (message|bot|post|run))?
    just testing( (this|the bot|you|it))?
    (ping|pong|beep|boop|beep boop|foo|foo bar|foo bar baz|foobar|lorem ipsum
        |lorem ipsum dolor sit amet)( (ping|pong))?
    mic check( (check|1 2|one two|1 2 3))?
    blah( blah){0,3}
    (wie geht( e?s)?( (dir|ihnen))?|wie gehts( dir)?|cómo estás|como estas|qué tal|que tal|ça va|ca va
        |comment ça va|comment allez vous|tudo bem|como vai|como vai você|tudo bom|hilfe|ayuda|aide|ajuda|ayúdame
        |aide moi|hilf mir|me ajuda)
    sos|marco|polo|wake up|how have you been|how do you do|how you doing|long time no see|you good|you ok
        |are you ok|what are you up to|do you work|begin|go|menu|commands|hello bot|ask me anything|it is me
        |guess who|knock knock|check check|1 2 3|123|1234|12345|abc|a b c|abcd|abcdef|la la la|meow|woof|moo
    """,
    hello=HELLO,
    good_day=GOOD_DAY,
)

THANKS = read_phrases(
    r"""
    (many |big |ok |great |cool |no |lots of |a thousand )?(<thanks_alone>|<many_thanks>|thank|cheers
        |thank you thank you|much obliged|arigato|grazie|spasibo|thank god)( (you|a lot|so much
        |very much|so very much|a bunch|a ton|a million|again|everyone|anyway|mate|loads|in advance|kindly|to you
        |sir|bot|lots))?( (for|that)( \w+){1,6})?
    (i )?(really )?appreciate( (it|that|this|you|the help|your help|your time|the answer))?( (a lot
        |so much|very much))?
    i owe you( one)?
    you (saved|made) my (life|day|grade|exam)
    you helped( me)?( a lot| so much)?
    <this> (really |actually )?(helps|helped|works|worked)( (a lot|me|so much|me a lot|a ton))?
    (<this> (is|was|looks|sounds|seems)|you are|you were|you look)( <adverbs>){0,3} (<good>|<hero>)( (bot
        |answer|help|to me|one|work))?
    (so |very |really |such |how |that is |what )?(a |an )?<good>( (bot|robot|boy|girl|job|one|luck|enough
        |help|answer bot))?
    (very |such a |what a |that is a )?(nice|great|good|amazing|awesome|excellent|perfect|fantastic|brilliant
        |interesting) (work|job|stuff|idea|point|question|try|answers?|to know|to hear|explanation)
    (i )?(love|like|adore|enjoy) (it|this|that|you|this bot|your answers?|the answer)( (so much|a lot
        |very much))?
    ok( ok| cool| great| thanks| then| got it| i see| sure| fine| whatever)?
    i get it( now)?
    i got it( now)?
    i (understand|understood|know|did it)( (it|that|this|now|everything))?
    (that )?makes (perfect |total )?sense( now)?
    roger( that)?
    never ?mind
    no (problem|worries|need|prob)
    any ?time
    it is (ok|fine|nothing)
    (well|nicely) (done|said|played)
    fair( enough)?
    (i am )?(so |very |really )?sorry( (about that|for that|bot|my bad))?
    i apologi[sz]e
    happy (birthday|new year|easter|halloween|holidays|thanksgiving|friday|diwali|eid)( to (you|me))?
    merry (christmas|xmas)
    (good ?bye|bye|byee|bye bye|cya|see ya|see you|farewell|later|laters|ttyl|take care|gtg|g2g|brb|afk|peace out
        |so long|adios|adiós|au revoir|tschüss|tschüß|tschuss|tchau|ciao ciao|hasta luego|bis bald|bis später
        |até logo|à bientôt|sayonara|toodles|good ?night|gn|nighty night|sweet dreams|sleep well|see you (later
        |soon|tomorrow|around|again|next time|then)|catch you later|talk to you later|i am back|back)( (bye
        |for now|everyone|all|friend|and (thanks|thank you|goodnight|good luck|see you)))?
    i (have to|need to|must|got to|should|will|am going to) (go|leave|sleep|go to (bed|sleep|school|work)|run
        |study)( now)?
    i am (leaving|off|out|done|going|going to bed|going home)
    have (a|an) (nice|good|great|lovely|wonderful|amazing|blessed) (day|night|evening|weekend|week|time|one)
    good (luck|luck to you|for you)
    much appreciated|you rock|you rule|alright|all right|got it|i see|understood|noted|nvm|nm|you are welcome|yw
        |my pleasure|do not worry|bravo|congrats|congratulations|wow|woah|whoa|yay|hooray|hurray|gg|ez|lol|lmao
        |rofl|xd|haha|hahaha|hehe|heh|lmfao|same|nice nice|true|exactly|indeed|sounds good|so good|omg|my bad|oops
        |my mistake|pardon me|you too|same to you|bless you|<approval>|génial
        |de nada|de rien|bitte|bitte schön
    """,
    good=_GOOD,
    adverbs=_ADVERBS,
    hero=_HERO,
    this=_THIS,
    thanks_alone=THANKS_ALONE,
    many_thanks=MANY_THANKS,
    approval=APPROVAL,
)
