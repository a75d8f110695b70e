"""Greetings, thanks, goodbyes and what only shows whether the bot is there. Patterns for whole clauses, see `phrases`."""

from __future__ import annotations

_GOOD = (
    r"(?:right|correct|great|good|awesome|amazing|best|cool|smart|clever|nice|funny|cute|sweet|kind|helpful"
    r"|useful|perfect"
    r"|excellent|fantastic|wonderful|brilliant|lovely|fun|better|ok|fine|interesting|incredible|impressive"
    r"|neat|lit)"
)
_ADVERBS = (
    r"(?: (?:so|very|really|just|quite|pretty|too|such|totally|absolutely|always|still|not|only|all|the|a|an"
    r"|my|as))"
)
_HERO = r"(?:genius|lifesaver|life saver|legend|hero|goat|star|angel|king|queen|beauty|treasure|welcome|beautiful)"
_THIS = r"(?:that|this|it|your answer|the answer|this answer|that answer|this bot|the bot|this thing|everything)"
GREETINGS = (
    r"(?:i )?(?:have|got) (?:a|some|one|few|a few) (?:doubts?|queries|query|problems?)|sos|marco|polo|wake up",
    r"(?:hi|hii|hello|helo|hallo|hullo|hey|heyy|heya|hei|hiya|yo|sup|howdy|greetings|salutations|aloha"
    r"|namaste|salam|ciao|oi"
    r"|ola|olá|hola|salut|bonjour|bonsoir|coucou|moin|servus|welcome|gm|morning|evening|ahoy|konnichiwa"
    r"|marhaba"
    r"|good (?:morning|afternoon|evening|day)|buenos días|buenos dias|buenas tardes|buenas noches|buenas"
    r"|guten tag|guten morgen"
    r"|guten abend|bom dia|boa tarde|boa noite|hello from the other side)"
    r"(?: (?:there|all|guys|everyone|folks|people|again|you|to you|my friend|friend|bot|robot|dear|team|class"
    r"|hello|hi))?",
    r"(?:what is|what) (?:up|new|good|poppin|happening|going on)(?: with you)?",
    r"how (?:are|r) (?:you|things)(?: (?:doing|going|feeling|holding up))?(?: (?:today|now"
    r"|lately))?(?: my friend)?",
    r"how (?:is|was) (?:it going|it hanging|life|everything|your (?:day|night|morning|week|weekend|life)|you"
    r"|things)(?: going)?",
    r"how have you been|how do you do|how you doing|how do you feel(?: today)?|long time no see|you good"
    r"|you ok|are you ok",
    r"(?:nice|pleased|good|great|glad) to (?:meet|see) you|what are you up to",
    r"(?:are )?you (?:there|here|online|awake|up|on|working|listening|alive|back|available|ready|around"
    r"|asleep|down|offline)",
    r"(?:is )?(?:any ?one|any ?body|some ?one|some ?body)(?: (?:there|here|home|online|out there|around|alive"
    r"|awake|up))?",
    r"is (?:this|the bot|this bot|this thing|it|that)(?: thing)? (?:on|working|online|up|down|live|dead"
    r"|offline|broken|alive)",
    r"(?:does|do) (?:this|it|this bot|the bot|this thing|that) work|do you work|does this thing (?:even )?work",
    r"(?:re ?)?start(?: (?:over|chat|bot|here))?|begin|go|let us (?:start|go|begin|chat|talk)|menu|commands"
    r"|hello bot",
    r"(?:talk|speak|chat|say something)(?: (?:to|with) (?:me|us))?|say (?:hi|hello|something)(?: to (?:me|us"
    r"|everyone|\w+))?",
    r"(?:i )?(?:need|want|would like|require)(?: (?:some|your|a little|a bit of|urgent))? (?:help|assistance"
    r"|support)",
    r"(?:i )?(?:need|want)(?: (?:some|your))? help (?:with|on|in) (?:something|this|that|a question|studying"
    r"|stuff|school|my studies)",
    r"help(?: (?:me|us))?(?: out)?(?: (?:with|on) (?:something|this|that|it|a question|studying|stuff|school"
    r"|my studies))?",
    r"(?:i )?(?:have|got|had) (?:a|one|some|another|two|a few)(?: (?:quick|small|short|random|dumb|stupid"
    r"|little))? questions?(?: (?:for|to) you)?",
    r"(?:can|could|may) i ask(?: you)?(?: (?:something|a question|anything|questions))?|what should i (?:ask"
    r"|say|write|type)(?: you)?",
    r"i (?:want|would like|need) to ask(?: you)?(?: (?:something|a question|questions))?|ask me anything",
    r"my name is \w+|i am new(?: here)?|call me \w+|this is \w+ speaking|it is me|guess who|knock knock",
    r"(?:test|testing)(?: (?:test|testing|1|one|123|12|1 2|one two|1 2 3|one two three|bot|message|only|this"
    r"|it|2)){0,3}",
    r"(?:just )?(?:a |this is a |this is just a )?test(?:ing)?(?: (?:message|bot|post|run))?"
    r"|just testing(?: (?:this|the bot|you|it))?",
    r"(?:ping|pong|beep|boop|beep boop|foo|foo bar|foo bar baz|foobar|lorem ipsum"
    r"|lorem ipsum dolor sit amet)(?: (?:ping|pong))?",
    r"mic check(?: (?:check|1 2|one two|1 2 3))?|check check|1 2 3|123|1234|12345|abc|a b c|abcd|abcdef"
    r"|blah(?: blah){0,3}|la la la|meow|woof|moo",
    r"(?:wie geht(?: e?s)?(?: (?:dir|ihnen))?|wie gehts(?: dir)?|cómo estás|como estas|qué tal|que tal|ça va"
    r"|ca va|comment ça va"
    r"|comment allez vous|tudo bem|como vai|como vai você|tudo bom|hilfe|ayuda|aide|ajuda|ayúdame|aide moi"
    r"|hilf mir|me ajuda)",
)
THANKS = (
    r"(?:many |big |ok |great |cool |no |lots of |a thousand )?(?:thanks|thank you|thank|cheers|merci|danke"
    r"|gracias|obrigado|obrigada"
    r"|valeu|thank you thank you|much obliged|arigato|grazie|spasibo|muito obrigado|muito obrigada"
    r"|muchas gracias|vielen dank"
    r"|danke schön|merci beaucoup|thank god)(?: (?:you|a lot|so much|very much|so very much|a bunch|a ton"
    r"|a million|again"
    r"|everyone|anyway|mate|loads|in advance|kindly|to you|sir|bot|lots))?(?: (?:for|that)(?: \w+){1,6})?",
    r"(?:i )?(?:really )?appreciate(?: (?:it|that|this|you|the help|your help|your time"
    r"|the answer))?(?: (?:a lot|so much|very much))?",
    r"much appreciated|i owe you(?: one)?|you (?:saved|made) my (?:life|day|grade|exam)|you rock|you rule"
    r"|you helped(?: me)?(?: a lot| so much)?",
    rf"{_THIS} (?:really |actually )?(?:helps|helped|works|worked)(?: (?:a lot|me|so much|me a lot|a ton))?",
    rf"(?:{_THIS} (?:is|was|looks|sounds|seems)|you are|you were|you look){_ADVERBS}{{0,3}} (?:{_GOOD}"
    rf"|{_HERO})(?: (?:bot|answer|help|to me|one|work))?",
    rf"(?:so |very |really |such |how |that is |what )?(?:a |an )?{_GOOD}(?: (?:bot|robot|boy|girl|job|one"
    r"|luck|enough|help|answer bot))?",
    r"(?:very |such a |what a |that is a )?(?:nice|great|good|amazing|awesome|excellent|perfect|fantastic"
    r"|brilliant|interesting) (?:work|job|stuff|idea|point|question|try|answers?|to know|to hear|explanation)",
    r"(?:i )?(?:love|like|adore|enjoy) (?:it|this|that|you|this bot|your answers?|the answer)(?: (?:so much"
    r"|a lot|very much))?",
    r"ok(?: ok| cool| great| thanks| then| got it| i see| sure| fine| whatever)?|alright|all right|got it"
    r"|i see|i get it(?: now)?|i got it(?: now)?",
    r"i (?:understand|understood|know|did it)(?: (?:it|that|this|now|everything))?"
    r"|(?:that )?makes (?:perfect |total )?sense(?: now)?|understood|noted|roger(?: that)?",
    r"never ?mind|nvm|nm|no (?:problem|worries|need|prob)|you are welcome|yw|my pleasure|any ?time"
    r"|do not worry|it is (?:ok|fine|nothing)",
    r"(?:well|nicely) (?:done|said|played)|bravo|congrats|congratulations|wow|woah|whoa|yay|hooray|hurray|gg|ez|lol|lmao|rofl|xd|haha|hahaha|hehe|heh|lmfao|same|nice nice|true|exactly|indeed|fair(?: enough)?|sounds good|so good|omg",
    r"(?:i am )?(?:so |very |really )?sorry(?: (?:about that|for that|bot|my bad))?|my bad|oops|my mistake"
    r"|i apologi[sz]e|pardon me",
    r"happy (?:birthday|new year|easter|halloween|holidays|thanksgiving|friday|diwali|eid)(?: to (?:you|me))?"
    r"|merry (?:christmas|xmas)",
    r"(?:good ?bye|bye|byee|bye bye|cya|see ya|see you|farewell|later|laters|ttyl|take care|gtg|g2g|brb|afk"
    r"|peace out|so long|adios|adiós|au revoir"
    r"|tschüss|tschüß|tschuss|tchau|ciao ciao|hasta luego|bis bald|bis später|até logo|à bientôt|sayonara"
    r"|toodles|good ?night|gn|nighty night|sweet dreams"
    r"|sleep well|see you (?:later|soon|tomorrow|around|again|next time|then)|catch you later"
    r"|talk to you later|i am back|back)"
    r"(?: (?:bye|for now|everyone|all|friend|and (?:thanks|thank you|goodnight|good luck|see you)))?",
    r"i (?:have to|need to|must|got to|should|will|am going to) (?:go|leave|sleep|go to (?:bed|sleep|school"
    r"|work)|run|study)(?: now)?|i am (?:leaving|off|out|done|going|going to bed|going home)",
    r"have (?:a|an) (?:nice|good|great|lovely|wonderful|amazing|blessed) (?:day|night|evening|weekend|week"
    r"|time|one)|you too|good (?:luck|luck to you|for you)|same to you|bless you",
    r"super|genial|parfait|prima|perfecto|ótimo|vale|génial|de nada|de rien|bitte|bitte schön",
)
