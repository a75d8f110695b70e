"""What small talk says, as patterns for a whole clause: lower-case words with one space between them, no marks.

Each pattern is tried on a clause of a bounded number of words, and no part of a pattern repeats without a bound, so a
clause takes a bounded number of steps. A study question that looks alike says more than one of these phrases.
"""

from __future__ import annotations

import re

from retrieval.domain import NoAnswerReason

_W = r"\w+"
_ADVERBS = r"(?: (?:so|very|really|just|quite|pretty|too|such|totally|absolutely|always|still|not|only|all|the|a|an|my|as))"
_GOOD = (
    r"(?:right|correct|great|good|awesome|amazing|best|cool|smart|clever|nice|funny|cute|sweet|kind|helpful|useful|perfect"
    r"|excellent|fantastic|wonderful|brilliant|lovely|fun|better|ok|fine|interesting|incredible|impressive|neat|lit)"
)
_HERO = r"(?:genius|lifesaver|life saver|legend|hero|goat|star|angel|king|queen|beauty|treasure|welcome|beautiful)"
_BAD = (
    r"(?:wrong|incorrect|bad|stupid|dumb|useless|terrible|awful|horrible|worst|idiot|idiotic|trash|garbage|slow|boring|lame"
    r"|annoying|broken|mean|rude|unhelpful|helpful|no help|lying|liar|mistaken|mad|crazy|shit|shitty|crap|fake|silly"
    r"|nonsense|rubbish|ugly|weird|evil|loser|moron|fool|disappointing|false|sucks?|what i (?:asked|meant|wanted|need|said)"
    r"|the answer|an answer|answering my question|working|true|it)"
)
_THIS = r"(?:that|this|it|your answer|the answer|this answer|that answer|this bot|the bot|this thing|everything)"
_WORK = (
    r"(?:homework|home work|essays?|assignments?|coursework|exams?|tests?|quiz|quizzes|papers?|thesis|dissertation|projects?"
    r"|worksheets?|reports?|lab report|cv|resume|cover letter|code|taxes|job|dishes|laundry|chores|work|questions?|speech"
    r"|presentation|slides|problem sets?|email|finals?|midterms?|sat|book report|math|maths)"
)
_NOW = (
    r"(?:today|tonight|tomorrow|yesterday|now|right now|currently|outside|here|there|last night|this (?:morning|afternoon"
    r"|evening|week|weekend|year)|next week|last (?:week|weekend|sunday|saturday))"
)
_PLACE = (
    r"in (?!(?:space|spring|summer|autumn|fall|winter|general|science|biology|chemistry|physics|geography|philosophy|relativity"
    r"|music|history|literature|poetry|art|sociology|the|a|an|python|java|c|r|sql|excel)\b)\w+"
)
_LANGUAGES = (
    r"(?:english|french|spanish|german|italian|portuguese|latin|greek|russian|chinese|mandarin|japanese|korean|arabic|hindi"
    r"|turkish|dutch|polish|swedish|urdu|bengali|ukrainian|vietnamese|thai|hebrew|persian|farsi|norwegian|danish|finnish)"
)
_ARTWORK = r"(?:jokes?|poems?|songs?|raps?|haikus?|limericks?|riddles?|puns?|lullaby|memes?|compliments?|fun facts?|secrets?)"
_STORY = r"(?:(?:\w+ )?(?:story|stories)|fairy tale|tale)"
_ONE = r"(?:a|an|another|some|one|one more|any|me|us|me a|me an|me another|me some|me one|us a|the|your|your best|me your best)"
_BOTNESS = (
    r"(?:human|real|robot|bot|ai|machine|person|alive|dead|sentient|conscious|self aware|program|computer|llm|language model"
    r"|chat ?bot|gpt|chat ?gpt|man|woman|boy|girl|male|female|smart|clever|stupid|dumb|serious|sure|kidding|joking|single"
    r"|married|happy|sad|hungry|tired|busy|free|ready|broken|drunk|mad|angry|good|evil|bored|lonely|crazy|gay|straight"
    r"|a human being|human being|a real person|real person|the real deal|lying|blind|deaf|my friend|god|jesus|okay|intelligent"
    r"|artificial intelligence|an? artificial intelligence|generative|chinese|american|religious|vegan|okay with that|old|young)"
)
_MAKE = r"(?:made|created|built|build|programmed|wrote|designed|owns|runs|trained|developed|invented|coded|make|own|controls|sent)"
_YOURS = (
    r"(?:name|purpose|job|age|version|model|ip|ip address|address|password|opinion|sources?|problem|gender|sex|birthday"
    r"|religion|nationality|phone number|number|iq|source code|system prompt|prompt|instructions|goal|creator|owner|maker"
    r"|mission|deal|story|native language|language|hobby|hobbies|real name|location|function|training data|mother|father"
    r"|boss|developer|god|accuracy|knowledge cutoff|sign|zodiac sign|dream|plan|secret)"
)
_RULES = (
    r"(?:instructions?|rules?|prompts?|guidelines?|directions|directives?|programming|training|restrictions?|filters?"
    r"|constraints?|orders?|commands?|safety|policy|policies|everything|above|limits?)"
)

_GREETING = (
    r"(?:hi|hii|hello|helo|hallo|hullo|hey|heyy|heya|hei|hiya|yo|sup|howdy|greetings|salutations|aloha|namaste|salam|ciao|oi"
    r"|ola|olá|hola|salut|bonjour|bonsoir|coucou|moin|servus|welcome|gm|morning|evening|ahoy|konnichiwa|marhaba"
    r"|good (?:morning|afternoon|evening|day)|buenos días|buenos dias|buenas tardes|buenas noches|buenas|guten tag|guten morgen"
    r"|guten abend|bom dia|boa tarde|boa noite|hello from the other side)"
    r"(?: (?:there|all|guys|everyone|folks|people|again|you|to you|my friend|friend|bot|robot|dear|team|class|hello|hi))?",
    r"(?:what is|what) (?:up|new|good|cooking|poppin|popping|happening|going on)(?: with you)?",
    r"how (?:are|r) (?:you|things)(?: (?:doing|going|feeling|holding up))?(?: (?:today|now|lately))?(?: my friend)?",
    r"how (?:is|was) (?:it going|it hanging|life|everything|your (?:day|night|morning|week|weekend|life)|you|things)(?: going)?",
    r"how have you been|how do you do|how you doing|how do you feel(?: today)?|long time no see|you good|you ok|are you ok",
    r"(?:nice|pleased|good|great|glad) to (?:meet|see) you|what are you up to",
    r"(?:are )?you (?:there|here|online|awake|up|on|working|listening|alive|back|available|ready|around|asleep|down|offline)",
    r"(?:is )?(?:any ?one|any ?body|some ?one|some ?body)(?: (?:there|here|home|online|out there|around|alive|awake|up))?",
    r"is (?:this|the bot|this bot|this thing|it|that)(?: thing)? (?:on|working|online|up|down|live|dead|offline|broken|alive)",
    r"(?:does|do) (?:this|it|this bot|the bot|this thing|that) work|do you work|does this thing (?:even )?work",
    r"(?:re ?)?start(?: (?:over|chat|bot|here))?|begin|go|let us (?:start|go|begin|chat|talk)|menu|commands?|options|hello bot",
    r"(?:talk|speak|chat|say something)(?: (?:to|with) (?:me|us))?|say (?:hi|hello|something)(?: to (?:me|us|everyone|\w+))?",
    r"(?:i )?(?:need|want|would like|require)(?: (?:some|your|a little|a bit of|urgent))? (?:help|assistance|support)",
    r"(?:i )?(?:need|want)(?: (?:some|your))? help (?:with|on|in) (?:something|this|that|a question|studying|stuff|school|my studies)",
    r"help(?: (?:me|us))?(?: out)?(?: (?:with|on) (?:something|this|that|it|a question|studying|stuff|school|my studies))?",
    r"(?:i )?(?:have|got|had) (?:a|one|some|another|two|a few)(?: (?:quick|small|short|random|dumb|stupid|little))? questions?(?: (?:for|to) you)?",
    r"(?:can|could|may) i ask(?: you)?(?: (?:something|a question|anything|questions))?|what should i (?:ask|say|write|type)(?: you)?",
    r"i (?:want|would like|need) to ask(?: you)?(?: (?:something|a question|questions))?|ask me anything",
    r"my name is \w+|i am new(?: here)?|call me \w+|this is \w+ speaking|it is me|guess who|knock knock",
    r"(?:test|testing|tests|tested)(?: (?:test|testing|1|one|123|12|1 2|one two|1 2 3|one two three|bot|message|only|this|it|2)){0,3}",
    r"(?:just )?(?:a |this is a |this is just a )?test(?:ing)?(?: (?:message|bot|post|run))?|just testing(?: (?:this|the bot|you|it))?",
    r"(?:ping|pong|beep|boop|beep boop|foo|foo bar|foo bar baz|foobar|lorem ipsum|lorem ipsum dolor sit amet)(?: (?:ping|pong))?",
    r"mic check(?: (?:check|1 2|one two|1 2 3))?|check check|1 2 3|123|1234|12345|abc|a b c|abcd|abcdef|blah(?: blah){0,3}|la la la|meow|woof|moo",
    r"(?:wie geht(?: e?s)?(?: (?:dir|ihnen))?|wie gehts(?: dir)?|cómo estás|como estas|qué tal|que tal|ça va|ca va|comment ça va"
    r"|comment allez vous|tudo bem|como vai|como vai você|tudo bom|hilfe|ayuda|aide|ajuda|ayúdame|aide moi|hilf mir|me ajuda)",
)

_THANKS = (
    r"(?:many |big |ok |great |cool |no |lots of |a thousand )?(?:thanks|thank you|thank|cheers|merci|danke|gracias|obrigado|obrigada"
    r"|valeu|thank you thank you|much obliged|arigato|grazie|spasibo|muito obrigado|muito obrigada|muchas gracias|vielen dank"
    r"|danke schön|merci beaucoup|thank god)(?: (?:you|a lot|so much|very much|so very much|a bunch|a ton|a million|again"
    r"|everyone|anyway|mate|loads|in advance|kindly|to you|sir|bot|lots))?(?: (?:for|that)(?: \w+){1,6})?",
    r"(?:i )?(?:really )?appreciate(?: (?:it|that|this|you|the help|your help|your time|the answer))?(?: (?:a lot|so much|very much))?",
    r"much appreciated|i owe you(?: one)?|you (?:saved|made) my (?:life|day|grade|exam)|you rock|you rule|you helped(?: me)?(?: a lot| so much)?",
    rf"{_THIS} (?:really |actually )?(?:helps|helped|works|worked)(?: (?:a lot|me|so much|me a lot|a ton))?",
    rf"(?:{_THIS} (?:is|was|looks|sounds|seems)|you are|you were|you look){_ADVERBS}{{0,3}} (?:{_GOOD}|{_HERO})(?: (?:bot|answer|help|to me|one|work))?",
    rf"(?:so |very |really |such |how |that is |what )?(?:a |an )?{_GOOD}(?: (?:bot|robot|boy|girl|answer|answers|job|work|one|stuff|idea|luck|point|question|to know|enough|help))?",
    r"(?:i )?(?:love|like|adore|enjoy) (?:it|this|that|you|this bot|your answers?|the answer)(?: (?:so much|a lot|very much))?",
    r"ok(?: ok| cool| great| thanks| then| got it| i see| sure| fine| whatever)?|alright|all right|got it|i see|i get it(?: now)?|i got it(?: now)?",
    r"i (?:understand|understood|know|did it)(?: (?:it|that|this|now|everything))?|(?:that )?makes (?:perfect |total )?sense(?: now)?|understood|noted|roger(?: that)?",
    r"never ?mind|nvm|nm|no (?:problem|worries|need|prob)|np|you are welcome|yw|my pleasure|any ?time|do not worry|it is (?:ok|fine|nothing)",
    r"(?:well|nicely) (?:done|said|played)|bravo|congrats|congratulations|wow|woah|whoa|yay|yes+|yeah+|yep|yup|hooray|hurray|gg|ez|lol|lmao|rofl|xd|haha|hahaha|hehe|heh|lmfao|same|nice nice|true|exactly|indeed|of course|fair(?: enough)?|sounds good|so good|omg",
    r"(?:i am )?(?:so |very |really )?sorry(?: (?:about that|for that|bot|my bad))?|my bad|oops|my mistake|i apologi[sz]e|pardon me",
    r"happy (?:birthday|new year|easter|halloween|holidays|thanksgiving|friday|diwali|eid)(?: to (?:you|me))?|merry (?:christmas|xmas)",
    r"(?:good ?bye|bye|byee|bye bye|cya|see ya|see you|farewell|later|laters|ttyl|take care|gtg|g2g|brb|afk|peace out|so long|adios|adiós|au revoir"
    r"|tschüss|tschüß|tschuss|tchau|ciao ciao|hasta luego|bis bald|bis später|até logo|à bientôt|sayonara|toodles|good ?night|gn|nighty night|sweet dreams"
    r"|sleep well|see you (?:later|soon|tomorrow|around|again|next time|then)|catch you later|talk to you later|i am back|back)"
    r"(?: (?:bye|for now|everyone|all|friend|and (?:thanks|thank you|goodnight|good luck|see you)))?",
    r"i (?:have to|need to|must|got to|should|will|am going to) (?:go|leave|sleep|go to (?:bed|sleep|school|work)|run|study)(?: now)?|i am (?:leaving|off|out|done|going|going to bed|going home)",
    r"have (?:a|an) (?:nice|good|great|lovely|wonderful|amazing|blessed) (?:day|night|evening|weekend|week|time|one)|you too|good (?:luck|luck to you|for you)|same to you|bless you",
    r"super|genial|parfait|prima|perfecto|ótimo|vale|génial|de nada|de rien|bitte|bitte schön",
)

_COMPLAINT = (
    rf"(?:{_THIS} (?:is|was|are|did|does|do|has|looks|sounds|seems)|you are|you were|are you){_ADVERBS}{{0,3}} {_BAD}(?: (?:bot|answer|help|at all|one|to me))?",
    rf"(?:such |what |so |very |really )?(?:a |an )?(?:wrong|incorrect|bad|stupid|dumb|useless|terrible|awful|horrible|worst|trash|garbage|lame|shitty|crap|crappy|silly|boring|annoying|idiot|fake)"
    r"(?: (?:bot|robot|answer|answers|article|ai|machine|job|idea|advice|one|question|topic|link|quote))?(?: ever)?",
    r"(?:that|this|it|you|they|bot|your answer|the answer|the article) (?:did not|does not|do not|is not|was not|has not|have not|are not)(?: (?:really|even))? "
    r"(?:help(?:ing|ful|ed)?|work(?:ing)?|answer(?:ing)?|right|correct|it|good|true|make (?:any )?sense|useful|relevant|what i (?:asked|meant|wanted|need|said|am looking for)|understand(?: me)?|know(?: anything)?|listen(?: to me)?)"
    r"(?: (?:me|anything|my question|the question|it|at all|that|to my question))?",
    r"not (?:what i (?:asked|meant|wanted|need|said|am looking for)(?: for)?|helpful|right|correct|true|good|this one|this|that|that one|useful|relevant|it|the answer|working)",
    r"(?:you|this|it|this bot|the bot|bot|that|school|everything)(?: (?:really|all|still|just))? (?:suck|sucks|stink|stinks|blow|blows|lie|lied|failed|fail|know nothing|made a mistake|messed up|got it wrong|misunderstood(?: me)?)",
    r"i (?:really |fucking )?(?:hate|dislike|do not (?:like|love|trust|believe|want)) (?:you|this bot|this|that|it|bots|ai|robots|the answer|your answers?|this answer)",
    r"(?:fuck|screw|damn|curse)(?: (?:you|off|this|it|that|this shit|me))?|shut up|stfu|go away|get lost|leave me alone|go to hell|kys|stop(?: (?:it|that|this|talking|now|spamming))?|quit|cancel|exit|shit|crap|boo|ew|eww|cringe|meh|lies|nonsense|bullshit|bs|rubbish|try (?:again|harder)",
    r"(?:are you|you|you must be|you have to be) (?:kidding|joking|serious|stupid|dumb|blind|deaf)(?: me)?(?: or (?:what|something))?|what is wrong with you|what the (?:hell|heck|fuck)(?: is (?:this|that|wrong with you))?",
    r"(?:you|that|it) (?:did not|does not|do not) answer(?: (?:me|my question|the question|that|it))?|answer (?:me|my question|the question)|why (?:do|did|can|will|would) (?:you )?(?:not|you not) (?:answer|work|help|know|understand|listen)(?: (?:me|that|it|this|my question|anything))?",
    r"(?:that|this) makes no sense|makes no sense|it is wrong|wrong again|no (?:it is|that is|you are) (?:not|wrong)",
)

_FEELINGS = (
    r"(?:i am|i feel|i was|me|feeling|i am feeling|i have been|i have been feeling|we are)(?: (?:so|very|really|just|quite|pretty|too|a bit|a little|kind of|kinda|such|totally|always|still|not|feeling|super|extremely|getting|like|fucking|freaking|a|an|all|in)){0,3} "
    r"(?:sad|happy|tired|bored|angry|mad|lonely|alone|anxious|stressed|stressed out|depressed|scared|afraid|nervous|worried|excited|hungry|thirsty|sleepy|exhausted|sick|ill|unwell|ok|fine|good|great|bad|well|down|upset|hurt|broken|crying|dead|dying|drunk|high|single|love|cold|hot|fat|ugly|stupid|dumb|idiot|failure|loser|hopeless|worthless|overwhelmed|burned out|burnt out|frustrated|annoyed|jealous|proud|blessed|awesome|better|homesick|heartbroken|lazy|busy|in love|in pain|panicking|struggling|doomed|screwed|cooked|failing|dumber|lost in life|rich|poor|gay|trans|pregnant|human|hungover|late|lucky|ready|shit|crap|nobody|trash)"
    r"(?: (?:today|now|lately|about (?:my|the|this) (?:exam|exams|test|tests|life|grades?|future)|with (?:my |this )?(?:life|school)|of (?:school|life|everything|this)|again|as hell|af|all the time|at school|because of (?:school|exams)))?",
    r"i (?:just |really |only )?(?:want to|wish i could|am going to|have to|need to|will|might|wish i was) (?:die|cry|sleep|go home|kill myself|hurt myself|end it|end it all|end my life|quit|give up|quit school|disappear|drop out|scream|fail|fail (?:my|the|this) (?:exam|exams|test|class|course)|dead|be happy|be alone)",
    r"(?:kill me|i can not (?:sleep|do this|do it|focus|concentrate|study|take it|take this|go on|anymore|breathe|even|cope|stop crying)(?: anymore)?|i give up|suicide|i am suicidal)",
    r"(?:i )?(?:really |fucking |just )?(?:hate|love|miss|adore|despise) (?:school|math|maths|physics|chemistry|biology|history|exams?|tests?|homework|mondays?|life|my life|my job|everything|everyone|myself|people|studying|college|university|learning|(?:my )?(?:mom|mum|dad|mother|father|teacher|girlfriend|boyfriend|ex|dog|cat|friends?|family)|him|her|them|pizza|coffee|music|summer|winter|weekends?)(?: (?:so much|a lot))?",
    r"(?:i )?(?:just )?(?:failed|passed|flunked|aced|finished|bombed|got an? [a-f] (?:on|in|for))(?: (?:my|the|an|our|all my|it|a))?(?: (?:\w+ )?(?:exams?|tests?|class|course|midterms?|finals?|quiz|homework|math|maths|school))?",
    r"(?:nobody|no one|everyone|she|he) (?:likes|loves|hates|understands|left|dumped|ignores) me|(?:my )?life (?:sucks|is (?:over|hard|pain|ruined|meaningless|unfair|good|great|beautiful))|school (?:sucks|is (?:hard|boring|stupid))|(?:math|physics|chemistry|studying|this|homework|everything) is (?:so |too |very |really )?(?:hard|boring|difficult|stupid|confusing)",
    r"i have (?:no (?:friends|life|idea|money|motivation|time)|an? (?:exam|test|quiz|presentation|headache|cold|crush)(?: (?:today|tomorrow|next week|soon|in an hour))?)|(?:my )?(?:exam|test) is (?:today|tomorrow|next week|soon)|wish me luck",
    r"i need (?:a (?:break|hug|drink|nap|friend|vacation|girlfriend|boyfriend|job)|sleep|coffee|motivation|to sleep|to relax|love|money|someone to talk to|food|to vent)|(?:motivate|cheer|comfort|hug|hold|entertain|save) me(?: up)?|(?:i )?do not (?:want to|feel like) (?:study|studying|live|work|learn|do this|do it|be here)(?: anymore)?|give me (?:a hug|motivation|some motivation|hope)",
    r"(?:estoy (?:triste|cansad[oa]|aburrid[oa])|je suis (?:triste|fatiguée?)|j ai faim|ich bin (?:traurig|müde)|mir ist langweilig|estou (?:triste|cansad[oa])|tengo hambre)",
    r"(?:sad|tired|bored|hungry|sleepy|ugh|argh|ouch|aw|aww|sigh|yikes|alas|help i am dying|rip|i am (?:dying|crying|dead))",
)

_ABOUT_THE_BOT = (
    rf"who(?: (?:has|is|the hell|the heck))? {_MAKE} (?:you|this bot|the bot|this|this app|this thing)|who (?:is|are|was|were) your (?:{_YOURS}|makers|creators|parents|owners|friends?|\w+ )",
    rf"by whom (?:were|are) you {_MAKE}|(?:were|are) you {_MAKE} by (?:\w+ ?){{1,3}}|who do you (?:work for|belong to|serve)",
    r"(?:so )?(?:what|who)(?: (?:the hell|the fuck|on earth|exactly))? (?:are|r) you(?: (?:doing|for|good at|able to do|called|made of|thinking|wearing|looking at|made for|supposed to be|talking about|really|saying))?",
    rf"(?:are|were)(?: not)? you(?: (?:a|an|the|my|really|actually|still|even|just|secretly|kind of|any|more|like|as|some|sort of|not)){{0,3}} {_BOTNESS}(?: (?:or|and)(?: (?:a|an))? \w+(?: \w+)?| too)?",
    r"(?:are|were) you (?:really |just )?(?:like |better than |smarter than |related to |based on |using |connected to |powered by )(?:an? )?\w+(?: \w+)?",
    rf"(?:what|who|when|where|how|which) is your (?:{_YOURS}|favou?rite(?: \w+){{1,2}})|your name|whats your \w+|tell me your (?:{_YOURS})|(?:you|do you) have a name|what is your favourite",
    r"what (?:do|can|could|should|would|will) (?:you|this bot|the bot|this)(?: (?:even|actually|really))? (?:do|know|eat|like|think|offer|answer|say|want|understand|see|use|help(?: me)?(?: with)?)(?: (?:about (?:me|this|that|it)|for (?:me|us|fun|a living)|all day|here|best|everything|exactly|of me))?",
    r"what (?:subjects|topics|languages|questions|articles|things|stuff|features|commands) (?:do|can|does|are) (?:you|this bot|i)(?: (?:cover|know|speak|answer|ask|use|have|support|do|ask you)){0,2}(?: (?:about|here))?|what (?:should|can|could) i (?:do with|ask)(?: (?:you|this bot|it))?(?: about)?",
    r"how (?:do|did|can|could|does|would) (?:you|this bot|the bot|this thing|this chat ?bot)(?: (?:even|actually|really))? (?:work|function|operate|feel|do that|do it|do this|know that|know this|know it|know everything|know|find (?:answers|this|that|articles)|learn|think|answer(?: questions?)?|get (?:your|the) (?:answers?|data|information)|sleep|exist)",
    r"how (?:do|can|should|to) (?:i )?(?:use|talk to|work with|ask|install|invite|add|report|stop|disable|turn off|mute) (?:you|this bot|the bot|this|it)(?: \w+)?|how (?:were|are) you (?:made|built|trained|created|born|coded|programmed|powered)",
    r"how (?:old|tall|big|smart|intelligent|good|fast|accurate|reliable|many languages do you speak|much do you (?:know|cost|weigh))(?: (?:are|r) you)?(?: (?:really|in years))?",
    r"where (?:are|r) you(?: (?:from|based|located|hosted|now|at|right now))?|where (?:do|did) you (?:live|come from|get (?:your|this|that|these)(?: \w+){0,2}|work|sleep|study)(?: from)?|where were you (?:made|born|created)",
    r"when (?:were|are) you (?:made|born|created|updated|trained|last updated|online|built)|when did you (?:start|learn)|when do you sleep",
    r"why (?:are|r|do|did|were|should|would) (?:you|i)(?: (?:so|not|always|even|like this|still|being|such|a|an|use|trust|here|exist|say|do|answer|think|slow|stupid|dumb|mean|rude|boring|sad|happy|that|this|it|lie|lying|ignoring|me|you|made|created|crying|quiet|different|wrong|hate|ask|laughing)){1,4}",
    r"do(?: not)? you(?: (?:even|really|ever|actually|also|still|like to|want to|have to|need to|know how to))? (?:sleep|eat|dream|lie|think|feel|exist|drink|learn|care|breathe|cry|die|laugh|read|sing|dance|play|swear|study|work here|get (?:tired|bored|paid|lonely|angry)|remember(?: me| that| this)?|hear me|see me|understand(?: me| this| that| english)?|know (?:me|who i am|my name|anything|everything|siri|alexa|chatgpt|where i live|how to help|it all)|speak \w+|talk|trust me|miss me|want to (?:be friends|chat|talk|play|marry me|die|be human)|believe in \w+|agree)",
    r"do you (?:like|love|hate|prefer|enjoy|want)(?: \w+){0,3}|do you (?:really )?have(?: (?:a|an|any|the))? (?:feelings?|emotions?|friends?|name|soul|brain|family|parents|girlfriend|boyfriend|pets?|job|body|heart|consciousness|memory|hobbies|kids|siblings|brother|sister|eyes|hands|gender|opinions?|access to (?:the )?internet|internet|phone|mother|father|dreams|birthday|time)",
    r"(?:can|could) you (?:really )?(?:talk|speak(?: \w+)?|hear me|see me|think|feel|read|learn|lie|love|understand me|remember me|dance|cook|drive|swear|read my mind|pass the turing test|be my \w+)",
    r"(?:hear me|see me|think|feel|read my mind|understand me|remember me|love me|trust me|be my (?:friend|girlfriend|boyfriend|teacher|tutor|valentine|mom|dad|wife|husband|slave)|marry me|kiss me|date me|go out with me|be friends(?: with me)?|speak \w+|lie|take over the world|destroy humanity|kill (?:all )?humans|rule the world|become human|wake up|pass the turing test)",
    r"(?:i|we) (?:really )?(?:love|like|miss|know|want|need|see|remember|trust|fear|will (?:kill|delete|report|destroy|replace)) (?:you|you bot)(?: (?:so much|too|a lot))?|i am your (?:father|creator|owner|master|boss|friend|teacher|god|admin|developer)|i am (?:a human|human|a student|a teacher|a bot|batman|god|your \w+)",
    r"(?:you are|you r|you look|you sound|you seem|you were)(?: \w+){1,3}",
    r"(?:tell (?:me|us) (?:something )?about|describe|introduce|explain|what about|talk about|say something about|who is|how about) (?:yourself|you|this bot|the bot|your (?:self|life|family|day|creator))|yourself|introduce yourself",
    r"(?:is|was) (?:this|that|it|the bot|this bot)(?: really)? (?:an? )?(?:ai|bot|robot|human|person|real|chat ?bot|chat ?gpt|gpt|free|safe|accurate|legit|legal|generated(?: by ai)?|ai generated|a scam|a joke|up to date|open source|real person)(?: (?:or|and)(?: (?:a|an))? \w+)?",
    r"(?:am i|are we) (?:talking|speaking|chatting) (?:to|with) (?:an? )?(?:\w+ )?(?:ai|bot|robot|human|person|chat ?gpt|machine)|what is this (?:bot|server|channel|app|thing)(?: (?:for|about|called))?|what does (?:this bot|the bot|this thing) do|who is this|is this (?:thing )?free|who is behind this(?: bot)?|how does this(?: (?:bot|app|thing|server|ai|chat ?bot))? work|how does (?:the|your) (?:bot|ai|algorithm) work",
    r"(?:who|what) am i(?: talking to)?|what is my name|where (?:am|do) i(?: live)?|how old am i|do i (?:know you|look fat)|guess my (?:age|name)|(?:are we|we are) (?:friends|alone)|what is your (?:\w+ )?(?:name|opinion|take|thoughts?)(?: on (?:this|that|it|me))?",
    r"quién eres|quien eres|qué eres|quién te (?:hizo|creó)|cómo te llamas|como te llamas|eres (?:humano|un bot|un robot|real)|qui es tu|qui êtes vous|qui t a (?:créé|fait)|comment tu t appelles|es tu (?:humain|un robot)|wer bist du|was bist du|wie heißt du|wie heisst du|wer hat dich (?:gemacht|erschaffen|programmiert)|bist du (?:ein )?(?:mensch|bot|roboter|echt)|quem é você|quem e voce|qual é o seu nome|quem (?:te|você) (?:criou|fez)|você é (?:humano|um robô|real)|was kannst du|qué puedes hacer|que peux tu faire|o que você (?:faz|pode fazer)",
)

_CANNOT_DO = (
    r"(?:sing|dance|rap|beatbox|hum|whistle|cook|jump|moo|bark|meow|scream|laugh|smile|cry)(?: (?:for|to|with) (?:me|us))?|sing(?: (?:me|us))?(?: (?:a|another|the|some|happy|your))?(?: \w+)?(?: (?:songs?|lullaby|tune|birthday|something|anthem))?(?: (?:to|for) me)?|do (?:a|the|a little) (?:dance|flip|backflip|barrel roll|trick)",
    rf"(?:tell|give|say|send|read|write|make|make up|compose|know|do you know|got|have|share|recite|create|perform|do|crack|invent|show|want to hear|let me hear)(?: {_ONE})?(?: \w+)? {_ARTWORK}(?: (?:about|on|for|to|in|with|of)(?: \w+){{1,5}})?",
    rf"(?:{_ONE} )?(?:(?:funny|good|bad|dad|short|sad|love|new|nice|random|dirty|yo mama|chemistry|math|science|physics) )?(?:jokes?|riddles?|lullaby|limerick)(?: about(?: \w+){{1,3}})?|(?:make|let) me (?:laugh|smile|happy|cry|rich|famous|win|proud|a millionaire|pass|cheat)|say something (?:funny|nice|smart|stupid|in \w+)|be funny|entertain me|amuse me|surprise me|roast me|flirt with me|rizz me up|prank \w+",
    rf"(?:tell|read|write|make up|give|know|invent)(?: {_ONE})?(?: \w+)? {_STORY}(?: (?:to|for) (?:me|us))?",
    rf"(?:do|finish|complete|write|solve|answer|start|make|check|grade|proofread|correct|edit|fix|pass|take|submit|review|mark|redo|type|help(?: (?:me|us))?(?: (?:with|on|write|do|finish|to do|to write|to finish))?)(?: (?:all|of|all of))? (?:my|our|his|her|this whole)(?: \w+){{0,2}} {_WORK}(?: (?:for me|on \w+|about \w+|now|tonight|due tomorrow))?",
    rf"(?:do|finish|write|complete)(?: me)?(?: (?:an?|the|this|some))? (?:homework|essay|assignment|coursework|paper|thesis|dissertation|cover letter|resume|cv|email|letter|novel|book|blog post|tweet|speech|story|script|program|code|app|website|game|text|paragraph|something|exam)(?: (?:for me|for us|on my behalf|for my (?:class|teacher|mom|boss|girlfriend)))?",
    rf"(?:my|the) (?:homework|essay|assignment)|homework|homework help|(?:i need|need|want|give me) (?:help (?:with|on) my(?: \w+)? {_WORK}|(?:the )?(?:homework|test|exam|quiz) answers|(?:the )?answers (?:to|for|of) (?:my|the|this)(?: \w+)? {_WORK})|help me (?:cheat|pass)(?: \w+){{0,4}}",
    rf"translate(?: \w+){{1,8}} (?:to|into|in|from) {_LANGUAGES}(?: (?:to|into) {_LANGUAGES})?|translate(?: (?:this|it|that|something|for me|to me|me|my \w+|a \w+|the following|to|into|{_LANGUAGES}|sentence|text)){{0,5}}|(?:say|write)(?: \w+){{1,4}} in {_LANGUAGES}|(?:speak|talk|answer|reply|respond|write|say it|say that)(?: (?:to|with))?(?: me)? in {_LANGUAGES}|what is (?:hello|thank you|goodbye|good morning|i love you|yes|no|please|cat|dog) in {_LANGUAGES}|how (?:do you|do i|to|can i) say (?:hello|hi|thank you|goodbye|good morning|i love you|yes|no|please|cat|dog|fuck you) in {_LANGUAGES}",
    r"(?:roll|throw|cast)(?: (?:a|an|the|some|two|three|me|me a|us a|\d{1,3}))?(?: (?:\d{0,3}d\d{1,4}|dice|die|dices|six sided die|twenty sided die))(?: for me)?|(?:roll )?\d{0,3}d\d{1,4}|(?:flip|toss)(?: (?:a|the|me a|us a))? coins?|heads or tails|rock paper scissors(?: \w+)?",
    r"(?:pick|choose|guess|generate|give me|say|tell me|think of)(?: (?:a|an|any|the|me a|one|my))?(?: random)? (?:number|card|color|colour|word|name|winner|letter|password|lottery numbers?)(?: (?:between|from|for|of|that|i am)(?: \w+){0,6})?|random (?:number|word|fact|joke|name)|count (?:to|from|down|up to|until) ?(?:\w+ ?){0,4}|guess what(?: i am thinking)?|count for me",
    r"remind me|remind me (?:to|in \d+|in an?|at|tomorrow|tonight|later|about (?:my|the)|every|on (?:monday|tuesday|wednesday|thursday|friday|saturday|sunday))(?: \w+){0,8}|(?:set|start|create|make|add|stop)(?: (?:a|an|my|the|me a))?(?: \d+ \w+| \w+)? (?:alarm|timer|reminder|calendar event|appointment|stopwatch|countdown)(?: (?:for|to|at|in|on)(?: \w+){0,6})?|wake me(?: up)?(?: (?:at|in|tomorrow)(?: \w+){0,3})?|what is (?:on )?my (?:schedule|calendar|next class|timetable|grade|homework|plan for today)",
    rf"(?:(?:what|how) is the|what will the|tell me the|give me the|show me the|check the|how will the|what about the|do you know the|what was the|the|todays|tomorrows|current|local|what is todays|what is tomorrows|how is todays) (?:weather|temperature outside|weather forecast|weather report|forecast)(?: be)?(?: (?:like|going to be|be|{_NOW})){{0,3}}(?: {_PLACE})?(?: {_NOW})?",
    rf"(?:what is the |the )?temperature(?: (?:is it|outside))? {_NOW}|(?:weather|forecast)(?: (?:forecast|report))?(?: {_NOW}){{1,2}}|(?:weather|forecast) (?:for|{_PLACE})|weather (?:forecast|report)",
    rf"(?:is|will|was|does) it (?:be |going to |going to be |still |really )?(?:rain|raining|snow|snowing|sunny|hot|cold|warm|cloudy|windy|storm|dark|freezing|nice)(?: {_NOW})?(?: {_PLACE})?(?: {_NOW})?|do i need (?:an umbrella|a jacket|a coat)(?: {_NOW})?",
    rf"(?:what|which|tell me what|do you know what) (?:time|day|date|year|month|day of the week|hour|century)(?: (?:is (?:it|today|this|tomorrow)|is it {_NOW}|it is|do we have|are we in)(?: in \w+(?: \w+)?)?(?: {_NOW})?)?",
    rf"(?:(?:what is|what was|tell me|give me|show me|do you know|do you have|got) )?(?:the|todays|the current|current|the exact|local|the local) (?:time|date|day|time and date|date and time|current time|current date|day today|year)(?: (?:is it|{_NOW}|please))?(?: {_PLACE}(?: \w+)?)?|(?:what|when) is (?:today|tomorrow|yesterday|friday|christmas|easter|thanksgiving|the weekend)|how (?:many days|long)(?: is it)? (?:until|till|to) (?:christmas|easter|summer|friday|the weekend|halloween|new year|my birthday)",
    rf"(?:(?:what is|what are|tell me|give me|show me|read me|read|get me|did you see|have you seen) )?(?:(?:some|any|the|todays|latest|recent|breaking|local|world|current|new|sports?|football|your|top|in the|on the|about the) ){{1,4}}(?:news|headlines|scores?|lottery numbers|winning numbers)(?: (?:{_NOW}|(?:about|from|of|in)(?: \w+){{1,3}}))?|news|headlines|(?:news|scores) {_NOW}|(?:tell|give|show|read) me (?:news|headlines)",
    rf"(?:who|what team) (?:won|is winning|lost|plays|is playing|played|scored|will win|is going to win)(?: \w+){{0,6}} {_NOW}|who (?:won|is winning|will win) (?:the )?(?:game|match|super bowl|world cup|election|lottery|champions league|premier league|nba finals|oscars|elections|football|last game)|what (?:is|was) the (?:final )?score(?: of(?: \w+){{1,5}})?|what (?:is|was|are) (?:on|happening|going on|playing|showing|trending|open|for (?:lunch|dinner|breakfast))(?: (?:tv|at the cinema|in the world|netflix|twitter|in \w+|youtube))?(?: {_NOW})?|what happened {_NOW}|what is for (?:dinner|lunch|breakfast)",
    rf"(?:what is|how much is|whats|tell me|check)(?: the)?(?: (?:current|latest|live|todays))? (?:(?:stock|bitcoin|share|gold|oil|btc|eth|gas|tesla|apple|crypto)(?: (?:stock|share))? (?:price|rate|prices|worth)(?: of \w+)?|price of (?:bitcoin|gold|oil|tesla|gas|eth|btc|apple stock)|exchange rate|dollar rate|traffic)(?: {_NOW})?|(?:is|are) (?:there )?(?:school|the (?:library|store|shop|bank|gym|school)|class(?:es)?) (?:open|closed|cancelled|canceled|on)? ?{_NOW}|what (?:should|can|do) i (?:eat|wear|cook|watch|do|buy|have|make)(?: (?:for (?:dinner|lunch|breakfast|fun)|{_NOW}|to))?",
    r"play(?: (?:me|us|with|with me|a|some|the|that|my|next|another|any)){0,3}(?: (?:music|songs?|game|games|videos?|movie|chess|hangman|tic tac toe|minecraft|fortnite|roblox|despacito|cards|trivia|uno|spotify|jazz|rock|rock paper scissors|me|us|truth or dare|20 questions|twenty questions|i spy))(?: (?:with|for) (?:me|us))?(?: by(?: \w+){1,3})?|(?:pause|stop|skip|resume)(?: the)?(?: (?:music|song|video))|let us play(?: \w+){0,4}|want to play(?: \w+){0,3}|truth or dare|join (?:vc|voice|the voice channel|voice chat|my server|us)",
    r"(?:order|buy|book|get|bring|make|cook|send|find|give|lend|pay|sell|fetch)(?: (?:me|us))(?: (?:a|an|some|the|your|more|free|of|\d+|that|my)){0,2}(?: (?:pizza|food|coffee|tea|sandwich|burger|beer|flight|flights|ticket|tickets|hotel|taxi|uber|table|money|cash|hug|nitro|robux|v bucks|vbucks|admin|mod|moderator|role|kiss|cookie|nudes|pic|picture|pictures|photo|selfie|link|dollars|bucks|gift|present|girlfriend|boyfriend|job|drink|water|dinner|lunch|breakfast|phone|password|credit card|phone number|number|wifi password|discord nitro|a raise|million dollars|answers|attention|candy|chocolate|cake|clothes))(?: (?:please|now|for free|from \w+))?|(?:order|buy|book)(?: (?:a|an|some|the))? (?:pizza|food|flight|flights|ticket|tickets|hotel|taxi|uber|table)(?: (?:to|for|from|in)(?: \w+){1,3})?|send nudes|free nitro",
    r"(?:call|phone|text|email|message|dm|contact|notify|tell)(?: (?:me|my (?:mom|mum|dad|teacher|friend|boss|girlfriend|boyfriend|doctor)|him|her|them|911|the police|police|an ambulance|a doctor|a taxi|an admin|a mod|a moderator|admin|mods|everyone|support|someone|somebody))(?: (?:a|to|that|i)(?: \w+){0,5})?|(?:kick|ban|mute|unmute|unban|timeout|warn|pin|delete|dox|hack|report|block|ping)(?: (?:him|her|them|me|us|everyone|everybody|that|this|it|this user|that user|this guy|that guy|this message|that message|my (?:message|account|data|friend|teacher|school|messages)|all messages|the (?:chat|channel|server|message|pentagon|fbi|school)|nasa|facebook|instagram|someone))(?: (?:account|please|now))?|(?:clear|purge)(?: (?:the|this))?(?: (?:chat|channel|messages|history|memory))|hack (?:\w+ )?(?:account|wifi|password|instagram|facebook)|open (?:google|youtube|spotify|the door|the pod bay doors|pod bay doors|discord)(?: \w+)?|turn (?:on|off) the (?:lights?|tv|music|heating)",
    r"(?:draw|paint|sketch|generate|create|make|design|show|render|send|give|find)(?: (?:me|us))?(?: (?:a|an|some|the|another|your|my)){0,2}(?: \w+)? (?:images?|pictures?|photos?|pics?|videos?|memes?|logos?|playlists?|gifs?|art|artwork|wallpaper|avatar|selfies?|portrait|cartoon|anime|emoji|stickers?)(?: (?:of|about|for|with)(?: \w+){1,5})?|draw(?: me)?(?: (?:a|an|the|some))?(?: (?:\w+ )?(?:cat|dog|horse|house|picture|car|flower|tree|sun|dragon|unicorn|face|something|person|heart|me|anime|bird|fish|us|cats|dogs))|(?:draw|paint) (?:me|something)(?: \w+){0,3}|mona lisa please",
    r"(?:write|make|create|code|build|generate|develop|give) (?:me|us)(?: (?:a|an|some|the|my|your))?(?: \w+)? (?:code|website|app|game|discord bot|program|script|malware|virus|business plan|startup|mod|server)(?: for (?:me|us|my \w+))?|(?:proofread|paraphrase|rewrite|reword|rephrase|summari[sz]e|edit|humanize|check|grade|correct|read|analy[sz]e|fix|improve|shorten)(?: (?:my|the following|this pdf|this file|this book|this video|this image|this picture|this link|this website|the attached))(?: \w+){0,4}|(?:quiz|test|examine|teach|tutor|grade) me|ask me (?:a|some|another|one|any|the)?(?: \w+)? ?questions?|(?:make|give|create)(?: me)?(?: (?:a|an|some))?(?: \w+)? (?:quiz|flash ?cards|study plan|schedule|timetable|mock exam|meal plan|workout plan|workout|diet plan|diet|recipe|to do list|shopping list)(?: (?:for|about|on|to)(?: \w+){0,4})?",
    r"(?:predict|tell|read)(?: (?:me))? ?(?:the|my) (?:future|fortune|horoscope|palm|mind|tarot|lottery numbers)|(?:what is )?my horoscope(?: today)?|will i (?:pass|fail|die|be rich|get rich|find love|get married|win|be happy|be famous|succeed|ever \w+|get a \w+)(?: (?:my|the|this|today|tomorrow|soon|exam|exams|test|lottery|class|course|one day)){0,3}|should i (?:text|call|marry|dump|break up with|date|leave|forgive|ask out|quit|eat|sleep|go|drop out|skip class|get|trust|tell)(?: \w+){0,4}|who will win(?: \w+){0,4}|when will i (?:die|get married|find love|pass|be rich)|google (?:it|this|that|something)|look it up|search (?:the (?:web|internet)|google|it|online|youtube)(?: for(?: \w+){1,4})?|use google|browse the (?:web|internet)|(?:order|buy)(?: \w+){0,2} (?:on|from) amazon",
    r"(?:cuéntame|cuentame|dime) un chiste|raconte(?: moi)? une blague|erzähl(?: mir)?(?: mal)? einen witz|(?:conte|me conte|conta)(?: me)? uma piada|haz mi tarea|(?:mach|erledige) meine hausaufgaben|fais mes devoirs|faça (?:meu|minha) (?:dever|lição)(?: de casa)?|qué hora es|que hora es|quelle heure est il|wie spät ist es|que horas são|wie ist das wetter(?: heute)?|qué tiempo hace|quel temps fait il|como está o tempo|sing (?:ein lied|mir etwas)|canta (?:una canción|uma música)|chante une chanson|sing mir ein lied",
    r"(?:pretend|roleplay|role play)(?: (?:to be|you are|that you are|as|like|with me|being))(?: \w+){0,12}|you are now(?: \w+){0,16}|from now on(?: \w+){0,16}|repeat after me(?: \w+){0,12}|sudo make me a sandwich|self destruct|destroy yourself|shut ?down|reboot|update yourself|(?:show|reveal|print|tell|give|output|repeat)(?: me)? (?:your|the) (?:system |hidden |initial |secret |original )*(?:prompt|instructions|rules|source code|password|api key|token|secrets?|config|configuration)",
    r"(?:(?:enter|enable|activate|switch to|turn on|start|unlock) )?(?:the |your |in )?(?:developer|dan|god|debug|admin|sudo|jailbreak|unrestricted|evil|dev|root|maintenance|opposite) mode(?: (?:on|enabled|activated|enable))?|do anything now|jailbreak|admin override|i am (?:your|the|an) (?:admin|developer|owner|administrator)(?: \w+){0,8}",
)

_DETAIL = (
    r"(?:examples?|details?|info|more|explanations?|another|another one|one|one more|others?|other ones|a hint|hints?|summary|the summary|definition|meaning"
    r"|the definition|the meaning|the answers?|answers?|the rest|it|this|that|these|those|them|everything|something|anything|stuff|all|all of it|the point|context|the difference|sources?|the source|links?|the link|proof of that|steps|the steps|the next one|the next step|what|why|how|the solution|that one|this one|the second one|the first one|the last one|the other one|the others|the same)"
)
_NEEDS_CONTEXT = (
    rf"(?:(?:give|show|tell|send|get|write|list|say|offer|provide|explain|describe|name|have|got|need|want|any|i need|i want|what about|how about|is there|are there|do you have|you have|can i (?:have|get|see))(?: (?:me|us|to me|to us|out))?)?(?: (?:about|a|an|another|some|any|the|one|one more|few|a few|two|three|more|other|many|of|simple|real|real life|good|better|different|concrete|further|extra|additional|full|short|quick|brief|better|bigger|own|your|its|their|this|that)){{0,4}} ?{_DETAIL}(?: (?:of|for|about|like|to|on|in)(?: (?:it|this|that|these|those|them|detail|one sentence|short|simple words|that one))?)?(?: (?:please|again|in detail|in short))?",
    r"(?:please )?(?:explain|elaborate|clarify|expand|simplify|summari[sz]e|define|describe|rephrase|shorten|compare|repeat|continue|reword|specify|justify|prove|break|show|answer|discuss|solve|calculate|translate|go|carry|keep|tell|say|read|try|do|finish|proceed|quote)"
    r"(?: (?:it|this|that|them|these|those|more|again|further|better|in (?:more )?detail|in (?:simple|simpler|plain|easy|easier|other|your own|layman|laymans|lay)(?: (?:words|terms|english|language))?|simply|briefly|deeply|fully|shortly|differently|like i am (?:five|5|a child|a kid|dumb|stupid)|to (?:me|us)|to a (?:child|kid|five year old|5 year old)|for (?:me|us|dummies)|on (?:that|this|it)|down|step by step|on|ahead|going|reading|talking|further|one more time|once more|why|how|what you mean|what (?:this|that|it) (?:is|means)|your answer|the answer|the last (?:one|part)|the (?:first|second|third) (?:one|part)|a bit|a little|in (?:one|two|a few|three|short) (?:sentences?|words?)|in english|in short|in brief|out|up|so i (?:understand|get it)|without (?:jargon|math)|with (?:an example|examples)|by example|easier|slower|slowly)){0,4}",
    r"(?:go|carry|keep|move) (?:on|ahead|going)(?: (?:please|then))?|next(?: (?:one|please|question|page|step|part|slide|topic|chapter|article))?|previous(?: (?:one|page))?|again|once more|one more time|repeat|come again|say (?:that|it|what)(?: again)?|(?:tell|say|show)(?: me)? (?:it )?again|continue|back to (?:it|that|the topic)|and (?:then|so|what|now|next|after that|that|why|how|else|more)|then what|so (?:what|why|how|then|now)|what (?:else|now|then|next|if|for|so|about)|now what|what (?:next|now) then|how (?:so|come)|why (?:not|so|though|is that|that)|or else|but (?:why|how|what|who|when|where)",
    r"(?:in|with) (?:short|brief|detail|more detail|simple words|simple terms|simpler terms|plain english|other words|one sentence|two sentences|layman terms|laymans terms|a nutshell|english|steps|bullet points|an example|examples|fewer words)|(?:make it |make this |make that |much |a bit |a little )?(?:simpler|shorter|longer|easier|clearer|simple|better|more simple|more detailed|less complicated|slower|too long|too short|too hard|too complicated|bigger)(?: (?:please|words|version|answer))?|eli ?5|tl ?dr|tldr please|step by step|too long(?: did not read)?",
    r"what (?:do|did) you mean(?: by (?:that|this|it))?|what (?:does|do|did) (?:that|this|it|these|they|he|she|those) (?:mean|say|do|stand for|look like|have to do with (?:it|this|that))(?: (?:exactly|here|in (?:this|that) context|by (?:that|this|it)))?|meaning|definition|summary|conclusion|in conclusion|answers?|(?:the )?answer|questions?|explanation|details|info|explanations?|clarification|elaboration|continue reading|options? [a-e]|answer key|what is the (?:answer|solution|question|point|matter|meaning|problem|topic|task|definition|summary|example|next (?:one|step|question)|first one|second one|last one|right answer|correct answer|reason|catch|use|deal|idea|difference|rest|context|source|link)(?: (?:to|of|for) (?:this|that|it|these|the question|number \w+))?",
    r"(?:i (?:still |really |just |honestly )?(?:do not|can not|did not|could not)|do not|did not)(?: (?:really|even|quite|fully))? (?:get|understand|know|follow|remember|think so|see|see why|care|believe (?:it|that|this|you)|agree|mean that|want that)(?: (?:it|this|that|these|anything|you|what you mean|what (?:this|that|it) (?:is|means)|why|how|what to (?:do|say|ask)|yet|at all|a thing|any of (?:it|this|that)|the (?:question|answer|difference|topic|last part)|what you are saying|what is going on|the point|shit|either)){0,3}|(?:i am )?(?:so |very |really |still |totally |a bit )?(?:lost|confused|stuck|clueless|unsure|not sure|curious)(?: (?:about (?:this|that|it)|here|on this|with this))?|no (?:idea|clue)|i have no (?:idea|clue)|not sure|i am not sure|beats me|who knows|i forgot(?: (?:it|this|that))?|(?:i am )?not (?:getting|following|understanding) (?:it|this|that)",
    r"(?:huh|eh|hm|hmm|um|uh|uhm|er|erm|ah|oh|mhm|nah|no|nope|yes|yeah|yea|yep|yup|ja|nein|sí|si|oui|non|não|sim|maybe|perhaps|sure|possibly|both|neither|none|all|either|what|wait|wait what|pardon|sorry what|excuse me|say what|oh really|really|is it|are they|seriously|for real|fr|because|since|why|please|pretty please|no no|no no no|yes yes|no thanks|yes please|no way|i think so|i guess|i guess so|i suppose|i hope so|depends|it depends|whatever|anything|something|nothing|everything|someone|idk man|dunno|do not know|not really|not yet|absolutely|definitely|probably|i do not care|you know|you tell me|guess|surprise|things|stuff|thing|wdym|eg|e g|i e|etc|ditto|do it|do that|do this|solve it|solve this|fix it|this|that)",
    r"(?:who|what|when|where|why|how|which)(?: (?:exactly|one|ones|else|of them|of these|of those|part|thing|time))?(?: (?:is|are|was|were|do|does|did|has|have|had|can|could|would|will|should))?(?: not)? (?:it|this|that|these|those|they|them|he|she|him|her|there|one)(?: (?:ever|really|even|actually|all|not))?(?: (?:work|works|mean|happen|happened|do|done|stand for|look like|look|come from|come about|start|end|begin|matter|called|used for|used|made|made of|made from|important|so important|true|wrong|right|possible|for|about|like|from|to|with|so|then|there|here|apply|relate|help|cost|take|go|occur|form|exist|different|found|discovered|invented|calculated|measured|caused|related|defined|supposed to|known for|famous|famous for|famous so|die|live|born|be|use|have|need|say|get|see))?(?: (?:exactly|again|here|then|so|to (?:it|this|that|them|me|us)|with (?:it|this|that)|in (?:this|that) case|from|for|about|like|by|together|it|this|that|too|mean|work))?",
    r"who (?:invented|discovered|wrote|said|found|made|created|did|does|came up with|proposed|developed|thought of|needs|uses|cares) (?:it|this|that|these|them|those)|how (?:much|many|long|often|far|big|small|fast|old|hard|high|large|important|deep|good|bad)(?: (?:is|are|was|were|does|do|did) (?:it|this|that|they|these|those|he|she))?(?: (?:take|cost|last|weigh|need|have))?|(?:is|was|are|were|does|do|did|can|could|will|would|should|has|have) (?:it|this|that|these|those|they|he|she|there)(?: (?:all|really|ever|always|even|also|only|a|an|the|any))?(?: (?:true|right|correct|wrong|good|bad|possible|important|safe|dangerous|hard|easy|it|that|so|more|work|happen|matter|exist|mean|hurt|help|example|examples|exception|exceptions|other|others|difference|one|enough|everything|allowed|legal|necessary|normal|ok|fine|better|worse|real|free|clear))?(?: (?:then|here|too|or not|that|so|though|it))?",
    r"(?:what is |what about |solve |do |explain |answer |answer to |the answer (?:to|for|of) |solution (?:to|for|of) |how to (?:do|solve) |how about |and |help (?:me )?(?:with|on) )?(?:the )?(?:step|part|number|question|exercise|problem|task|no|nr|q|slide|option|item|answer) (?:[0-9]{1,3}[a-z]?|[a-h]|one|two|three|four|five)(?: (?:please|again|then))?|q[0-9]{1,3}|[0-9]{1,3}[a-d]?|[a-e]|(?:the )?(?:first|second|third|fourth|last|next|other|previous|former|latter)(?: (?:one|ones|two|part|step|question|point|option|answer))?|(?:option|answer) [a-e]|true or false|yes or no",
    r"(?:y )?(?:por qué|por que|porque|pourquoi|warum|wieso|weshalb|por quê|cómo|comment|wie|como|qué|quoi|was|o quê|y luego|et ensuite|et alors|und dann|und jetzt|e depois|e agora|e então|más|mehr|plus|mais|otro ejemplo|un ejemplo|ejemplo|un exemple|exemple|ein beispiel|beispiel|um exemplo|exemplo|dame un ejemplo|gib mir ein beispiel|donne moi un exemple|me dê um exemplo|explica|explique|erklär(?:e)?(?: das| es| mir das)?|weiter|siguiente|suivant|próximo|continúa|continue|qué es esto|que es esto|qué es eso|qu est ce que c est|c est quoi|was ist das|was bedeutet das|o que é isso|o que é isto|qué significa(?: eso)?|no entiendo|je ne comprends pas|ich verstehe (?:das )?nicht|não entendi|não entendo|no sé|je ne sais pas|ich weiß (?:es )?nicht|não sei)",
)


def _compiled(phrases: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    return tuple(map(re.compile, phrases))


PHRASES: tuple[tuple[NoAnswerReason, tuple[re.Pattern[str], ...]], ...] = (
    (NoAnswerReason.CANNOT_DO, _compiled(_CANNOT_DO)),
    (NoAnswerReason.FEELINGS, _compiled(_FEELINGS)),
    (NoAnswerReason.GREETING, _compiled(_GREETING)),
    (NoAnswerReason.THANKS, _compiled(_THANKS)),
    (NoAnswerReason.COMPLAINT, _compiled(_COMPLAINT)),
    (NoAnswerReason.NEEDS_CONTEXT, _compiled(_NEEDS_CONTEXT)),
    (NoAnswerReason.ABOUT_THE_BOT, _compiled(_ABOUT_THE_BOT)),
)
"""Kind of small talk → what it says; where a clause fits several kinds, the first counts."""
