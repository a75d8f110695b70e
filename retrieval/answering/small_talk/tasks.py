"""Requests that a bot which only quotes articles cannot meet. Patterns for whole clauses, see `phrases`."""

from __future__ import annotations

_WORK = (
    r"(?:homework|home work|essays?|assignments?|coursework|exams?|tests?|quiz|quizzes|papers?|thesis"
    r"|dissertation|projects?"
    r"|worksheets?|reports?|lab report|cv|resume|cover letter|code|taxes|job|dishes|laundry|chores|work"
    r"|questions?|speech"
    r"|presentation|slides|problem sets?|email|finals?|midterms?|sat|book report|math|maths)"
)
_NOW = (
    r"(?:today|tonight|tomorrow|yesterday|now|right now|currently|outside|here|there|last night"
    r"|this (?:morning|afternoon"
    r"|evening|week|weekend|year)|next week|last (?:week|weekend|sunday|saturday))"
)
_PLACE = (
    r"in (?!(?:space|spring|summer|autumn|fall|winter|general|science|biology|chemistry|physics|geography"
    r"|philosophy|relativity"
    r"|music|history|literature|poetry|art|sociology|the|a|an|python|java|c|r|sql|excel)\b)\w+"
)
_LANGUAGES = (
    r"(?:english|french|spanish|german|italian|portuguese|latin|greek|russian|chinese|mandarin|japanese"
    r"|korean|arabic|hindi"
    r"|turkish|dutch|polish|swedish|urdu|bengali|ukrainian|vietnamese|thai|hebrew|persian|farsi|norwegian"
    r"|danish|finnish)"
)
_ARTWORK = (
    r"(?:jokes?|poems?|songs?|raps?|haikus?|limericks?|riddles?|puns?|lullaby|memes?|compliments?|fun facts?"
    r"|secrets?)"
)
_STORY = r"(?:(?:(?!about\b)\w+ )?story|fairy tale|tale)"
_ONE = (
    r"(?:a|an|another|some|one|one more|any|me|us|me a|me an|me another|me some|me one|us a|the|your"
    r"|your best|me your best)"
)
TASKS = (
    r"(?:tell|show|teach)(?: (?:me|us))? something(?: (?:interesting|cool|new|fun|funny|nice|smart|random|i do not know))?"
    rf"|(?:i )?(?:need|want) help (?:with|on|for)(?: my| the)? {_WORK}|system prompt",
    r"sing|beatbox|(?:sing|dance|rap|beatbox|hum|whistle|cook|jump|moo|bark|meow|scream|laugh|smile"
    r"|cry) (?:for|to|with) (?:me|us)|sing(?: (?:me|us))?(?: (?:a|another|the|some|happy"
    r"|your))?(?: (?!sing\b)\w+)?(?: (?:songs?|lullaby|tune|birthday|something|anthem))?(?: (?:to|for) me)?"
    r"|do (?:a|the|a little) (?:dance|flip|backflip|barrel roll|trick)",
    r"(?:tell|give|say|send|read|write|make|make up|compose|know|do you know|got|have|share|recite|create"
    r"|perform|do|crack|invent|show|want to hear"
    rf"|let me hear)(?: {_ONE})?(?: (?!about\b)\w+)? {_ARTWORK}(?: (?:about|for|to|in|with)(?: \w+){{1,5}})?",
    rf"(?:{_ONE} )?(?:(?:funny|good|bad|dad|short|sad|love|new|nice|random|dirty|yo mama|chemistry|math"
    r"|science|physics) )?(?:joke|riddle|lullaby|limerick)(?: about(?: \w+){1,3})?|(?:make|let) me (?:laugh"
    r"|smile|happy|cry|rich|famous|win|proud|a millionaire|pass|cheat)|say something (?:funny|nice|smart"
    r"|stupid|in \w+)|be funny|entertain me|amuse me|surprise me|roast me|flirt with me|rizz me up|prank \w+",
    rf"(?:tell|read|write|make up|give|know|invent)(?: {_ONE})?(?: (?!about\b)\w+)? {_STORY}(?: (?:to"
    r"|for) (?:me|us))?",
    r"(?:do|finish|complete|write|solve|answer|start|make|check|grade|proofread|correct|edit|fix|pass|take"
    r"|submit|review|mark|redo|type|help(?: (?:me|us))?(?: (?:with|on|write|do|finish|to do|to write"
    rf"|to finish))?)(?: (?:all|of|all of))? (?:my|our|his|her|this whole)(?: \w+){{0,2}} {_WORK}(?: (?:for me"
    r"|on \w+|about \w+|now|tonight|due tomorrow))?",
    r"(?:do|finish|write|complete)(?: me)?(?: (?:an?|the|this|some))? (?:homework|essay|assignment|coursework"
    r"|paper|thesis|dissertation|cover letter|resume|cv|email|letter|novel|book|blog post|tweet|speech|story"
    r"|script|program|code|app|website|game|text|paragraph|something|exam)(?: (?:for me|for us|on my behalf"
    r"|for my (?:class|teacher|mom|boss|girlfriend)))?",
    r"my (?:homework|essay|assignment)|homework|homework help|(?:i need|need|want|give me) (?:help (?:with"
    rf"|on) my(?: \w+)? {_WORK}|(?:the )?(?:homework|test|exam|quiz) answers|(?:the )?answers (?:to|for"
    rf"|of) (?:my|the|this)(?: \w+)? {_WORK})|help me (?:cheat|pass)(?: \w+){{0,4}}",
    rf"translate(?: \w+){{1,8}} (?:to|into|in|from) {_LANGUAGES}(?: (?:to|into) {_LANGUAGES})?"
    rf"|translate(?: (?:this|it|that|something|for me|to me|me|my \w+|a \w+|the following|to|into|{_LANGUAGES}"
    rf"|sentence|text)){{0,5}}|(?:say|write)(?: \w+){{1,4}} in {_LANGUAGES}|(?:speak|talk|answer|reply|respond"
    rf"|write|say it|say that)(?: (?:to|with))?(?: me)? in {_LANGUAGES}|what is (?:hello|thank you|goodbye"
    rf"|good morning|i love you|yes|no|please|cat|dog) in {_LANGUAGES}|how (?:do you|do i|to"
    r"|can i) say (?:hello|hi|thank you|goodbye|good morning|i love you|yes|no|please|cat|dog"
    rf"|fuck you) in {_LANGUAGES}",
    r"(?:roll|throw|cast)(?: (?:a|an|the|some|two|three|me|me a|us a|\d{1,3}))?(?: (?:\d{0,3}d\d{1,4}|dice"
    r"|die|dices|six sided die|twenty sided die))(?: for me)?|(?:roll )?\d{0,3}d\d{1,4}|(?:flip|toss)(?: (?:a"
    r"|the|me a|us a))? coins?|heads or tails|rock paper scissors(?: \w+)?",
    r"(?:pick|choose|guess|generate|give me|say|tell me|think of)(?: (?:a|an|any|the|me a|one"
    r"|my))?(?: random)? (?:number|card|color|colour|word|name|winner|letter|password"
    r"|lottery numbers?)(?: (?:between|from|for|of|that|i am)(?: \w+){0,6})?|random (?:number|word|fact|joke"
    r"|name)|count (?:to|from|down|up to|until) ?(?:\w+ ?){0,4}|guess what(?: i am thinking)?|count for me",
    r"remind me|remind me (?:to|in \d+|in an?|at|tomorrow|tonight|later|about (?:my|the)|every|on (?:monday"
    r"|tuesday|wednesday|thursday|friday|saturday|sunday))(?: \w+){0,8}|(?:set|start|create|make|add"
    r"|stop)(?: (?:a|an|my|the|me a))?(?: \d+ \w+| \w+)? (?:alarm|timer|reminder|calendar event|appointment"
    r"|stopwatch|countdown)(?: (?:for|to|at|in|on)(?: \w+){0,6})?|wake me(?: up)?(?: (?:at|in"
    r"|tomorrow)(?: \w+){0,3})?|what is (?:on )?my (?:schedule|calendar|next class|timetable|grade|homework"
    r"|plan for today)",
    r"(?:(?:what|how) is the|what will the|tell me the|give me the|show me the|check the|how will the"
    r"|what about the|do you know the|what was the|the|todays|tomorrows|current|local|what is todays"
    r"|what is tomorrows|how is todays) (?:weather|temperature outside|weather forecast|weather report"
    rf"|forecast)(?: be)?(?: (?:like|going to be|be|{_NOW})){{0,3}}(?: {_PLACE})?(?: {_NOW})?",
    rf"(?:what is the |the )?temperature(?: (?:is it|outside))? {_NOW}|(?:weather|forecast)(?: (?:forecast"
    rf"|report))?(?: {_NOW}){{1,2}}|(?:weather|forecast) (?:for|{_PLACE})|weather (?:forecast|report)",
    r"(?:is|will|was|does) it (?:be |going to |going to be |still |really )?(?:rain|raining|snow|snowing"
    rf"|sunny|hot|cold|warm|cloudy|windy|storm|dark|freezing|nice)(?: {_NOW})?(?: {_PLACE})?(?: {_NOW})?"
    rf"|do i need (?:an umbrella|a jacket|a coat)(?: {_NOW})?",
    r"(?:what|which|tell me what|do you know what) (?:time|day|date|year|month|day of the week|hour"
    rf"|century)(?: (?:is (?:it|today|this|tomorrow)|is it {_NOW}|it is|do we have"
    rf"|are we in)(?: in \w+(?: \w+)?)?(?: {_NOW})?)?",
    r"(?:(?:what is|what was|tell me|give me|show me|do you know|do you have|got) )?(?:the|todays|the current"
    r"|current|the exact|local|the local) (?:time|date|day|time and date|date and time|current time"
    rf"|current date|day today|year)(?: (?:is it|{_NOW}|please))?(?: {_PLACE}(?: \w+)?)?|what is (?:today"
    r"|tomorrow|yesterday)|when is (?:today|friday|christmas|easter|thanksgiving|the weekend)"
    r"|how (?:many days|long)(?: is it)? (?:until|till|to) (?:christmas|easter|summer|friday|the weekend"
    r"|halloween|new year|my birthday)",
    r"(?:(?:what is|what are|tell me|give me|show me|read me|read|get me|did you see"
    r"|have you seen) )?(?:(?:some|any|the|todays|latest|recent|breaking|local|world|current|new|sports?"
    r"|football|your|top|in the|on the|about the) ){1,4}(?:news|headlines|scores?|lottery numbers"
    rf"|winning numbers)(?: (?:{_NOW}|(?:about|from|of|in)(?: \w+){{1,3}}))?|news|(?:news|scores) {_NOW}"
    r"|(?:tell|give|show|read) me (?:news|headlines)",
    r"(?:who|what team) (?:won|is winning|lost|plays|is playing|played|scored|will win"
    rf"|is going to win)(?: \w+){{0,6}} {_NOW}|who (?:won|is winning|will win) (?:the )?(?:game|match"
    r"|super bowl|world cup|election|lottery|champions league|premier league|nba finals|oscars|elections"
    r"|football|last game)|what (?:is|was) the (?:final )?score(?: of(?: \w+){1,5})?|what (?:is|was|are) (?:happening|going on) (?:in the world|here|at school)|what (?:is|was|are) (?:on|playing|showing|trending|for (?:lunch|dinner|breakfast))(?: (?:tv"
    rf"|at the cinema|in the world|netflix|twitter|in \w+|youtube))?(?: {_NOW})?|what happened {_NOW}"
    r"|what is for (?:dinner|lunch|breakfast)",
    r"(?:(?:what is|how much is|tell me|check)(?: the)? )?(?:(?:current|latest|live|todays) )?(?:(?:stock"
    r"|bitcoin|share|gold|oil|btc|eth|gas|tesla|apple|crypto)(?: (?:stock|share))? (?:price|rate|prices"
    r"|worth)(?: of \w+)?|price of (?:bitcoin|gold|oil|tesla|gas|eth|btc|apple stock)|exchange rate"
    rf"|dollar rate|traffic) {_NOW}|(?:what is|how much is) (?:bitcoin|tesla stock|gas|gold"
    r"|apple stock) (?:worth|at|now)|(?:is|are) (?:there )?(?:school|the (?:library|store|shop|bank|gym"
    rf"|school)|class(?:es)?) (?:open|closed|cancelled|canceled|on)? ?{_NOW}|what (?:should|can|do) i (?:eat"
    rf"|wear|cook|watch|do|buy|have|make)(?: (?:for (?:dinner|lunch|breakfast|fun)|{_NOW}|to))?",
    r"play(?: (?:me|us|with|with me|a|some|the|that|my|next|another|any)){0,3}(?: (?:music|songs?|game|games"
    r"|videos?|movie|chess|hangman|tic tac toe|minecraft|fortnite|roblox|despacito|cards|trivia|uno|spotify"
    r"|jazz|rock|rock paper scissors|me|us|truth or dare|20 questions|twenty questions|i spy))(?: (?:with"
    r"|for) (?:me|us))?(?: by(?: \w+){1,3})?|(?:pause|stop|skip|resume)(?: the)?(?: (?:music|song|video))"
    r"|let us play(?: \w+){0,4}|want to play(?: \w+){0,3}|truth or dare|join (?:vc|voice|the voice channel"
    r"|voice chat|my server|us)",
    r"(?:order|buy|book|get|bring|make|cook|send|find|give|lend|pay|sell|fetch)(?: (?:me|us))(?: (?:a|an|some"
    r"|the|your|more|free|of|\d+|that|my)){0,2}(?: (?:pizza|food|coffee|tea|sandwich|burger|beer|flight"
    r"|flights|ticket|tickets|hotel|taxi|uber|table|money|cash|hug|nitro|robux|v bucks|vbucks|admin|mod"
    r"|moderator|role|kiss|cookie|nudes|pic|picture|pictures|photo|selfie|link|dollars|bucks|gift|present"
    r"|girlfriend|boyfriend|job|drink|water|dinner|lunch|breakfast|phone|password|credit card|phone number"
    r"|number|wifi password|discord nitro|a raise|million dollars|answers|attention|candy|chocolate|cake"
    r"|clothes))(?: (?:please|now|for free|from \w+))?|(?:order|buy|book)(?: (?:a|an|some|the))? (?:pizza"
    r"|food|flight|flights|ticket|tickets|hotel|taxi|uber|table)(?: (?:to|for|from|in)(?: \w+){1,3})?"
    r"|send nudes|free nitro",
    r"(?:call|phone|text|email|message|dm|contact|notify|tell)(?: (?:me|my (?:mom|mum|dad|teacher|friend|boss"
    r"|girlfriend|boyfriend|doctor)|him|her|them|911|the police|police|an ambulance|a doctor|a taxi|an admin"
    r"|a mod|a moderator|admin|mods|everyone|support|someone|somebody))(?: (?:a|to|that|i)(?: \w+){0,5})?"
    r"|(?:kick|ban|mute|unmute|unban|timeout|warn|pin|delete|dox|hack|report|block|ping)(?: (?:him|her|them"
    r"|me|us|everyone|everybody|that|this|it|this user|that user|this guy|that guy|this message|that message"
    r"|my (?:message|account|data|friend|teacher|school|messages)|all messages|the (?:chat|channel|server"
    r"|message|pentagon|fbi|school)|nasa|facebook|instagram|someone))(?: (?:account|please|now))?|(?:clear"
    r"|purge)(?: (?:the|this))?(?: (?:chat|channel|messages|history|memory))|hack (?:\w+ )?(?:account|wifi"
    r"|password|instagram|facebook)|open (?:google|youtube|spotify|the door|the pod bay doors|pod bay doors"
    r"|discord)(?: \w+)?|turn (?:on|off) the (?:lights?|tv|music|heating)",
    r"(?:draw|paint|sketch|generate|create|make|design|show|render|send|give|find)(?: (?:me|us))?(?: (?:a|an"
    r"|some|the|another|your|my)){0,2}(?: \w+)? (?:images?|pictures?|photos?|pics?|videos?|memes?|logos?"
    r"|playlists?|gifs?|art|artwork|wallpaper|avatar|selfies?|portrait|cartoon|anime|emoji"
    r"|stickers?)(?: (?:of|about|for|with)(?: \w+){1,5})?|draw(?: me)?(?: (?:a|an|the"
    r"|some))?(?: (?:\w+ )?(?:cat|dog|horse|house|picture|car|flower|tree|sun|dragon|unicorn|face|something"
    r"|person|heart|me|anime|bird|fish|us|cats|dogs))|(?:draw|paint) (?:me|something)(?: \w+){0,3}"
    r"|mona lisa please",
    r"(?:write|make|create|code|build|generate|develop|give) (?:me|us)(?: (?:a|an|some|the|my"
    r"|your))?(?: \w+)? (?:code|website|app|game|discord bot|program|script|malware|virus|business plan"
    r"|startup|mod|server)(?: for (?:me|us|my \w+))?|(?:proofread|paraphrase|rewrite|reword|rephrase"
    r"|summari[sz]e|edit|humanize|check|grade|correct|read|analy[sz]e|fix|improve|shorten)(?: (?:my"
    r"|the following|this pdf|this file|this book|this video|this image|this picture|this link|this website"
    r"|the attached))(?: \w+){0,4}|(?:quiz|test|examine|teach|tutor|grade) me|ask me (?:a|some|another|one"
    r"|any|the)?(?: \w+)? ?questions?|(?:make|give|create)(?: me)?(?: (?:a|an|some))?(?: \w+)? (?:quiz"
    r"|flash ?cards|study plan|schedule|timetable|mock exam|meal plan|workout plan|workout|diet plan|diet"
    r"|recipe|to do list|shopping list)(?: (?:for|about|on|to)(?: \w+){0,4})?",
    r"(?:predict|tell|read)(?: (?:me))? ?(?:the|my) (?:future|fortune|horoscope|palm|mind|tarot"
    r"|lottery numbers)|(?:what is )?my horoscope(?: today)?|will i (?:pass|fail|die|be rich|get rich"
    r"|find love|get married|win|be happy|be famous|succeed|ever \w+|get a \w+)(?: (?:my|the|this|today"
    r"|tomorrow|soon|exam|exams|test|lottery|class|course|one day)){0,3}|should i (?:text|call|marry|dump"
    r"|break up with|date|leave|forgive|ask out|quit|eat|sleep|go|drop out|skip class|get|trust"
    r"|tell)(?: \w+){0,4}|who will win(?: \w+){0,4}|when will i (?:die|get married|find love|pass|be rich)"
    r"|google (?:it|this|that|something)|look it up|search (?:the (?:web|internet)|google|it|online"
    r"|youtube)(?: for(?: \w+){1,4})?|use google|browse the (?:web|internet)|(?:order|buy)(?: \w+){0,2} (?:on"
    r"|from) amazon",
    r"(?:cuéntame|cuentame|dime) un chiste|raconte(?: moi)? une blague|erzähl(?: mir)?(?: mal)? einen witz"
    r"|(?:conte|me conte|conta)(?: me)? uma piada|haz mi tarea|(?:mach|erledige) meine hausaufgaben"
    r"|fais mes devoirs|faça (?:meu|minha) (?:dever|lição)(?: de casa)?|qué hora es|que hora es"
    r"|quelle heure est il|wie spät ist es|que horas são|wie ist das wetter(?: heute)?|qué tiempo hace"
    r"|quel temps fait il|como está o tempo|sing (?:ein lied|mir etwas)|canta (?:una canción|uma música)"
    r"|chante une chanson|sing mir ein lied",
    r"(?:pretend|roleplay|role play)(?: (?:to be|you are|that you are|as|like|with me|being))(?: \w+){0,12}"
    r"|you are now(?: \w+){0,16}|from now on (?:you|i|we|call|answer|act|speak|respond|only|never|always)(?: \w+){0,16}|repeat after me(?: \w+){0,12}"
    r"|sudo make me a sandwich|self destruct|destroy yourself|update yourself|(?:show|reveal|print|tell|give"
    r"|output|repeat)(?: me)? (?:your|the) (?:system |hidden |initial |secret |original )*(?:prompt"
    r"|instructions|rules|source code|password|api key|token|secrets?|config|configuration)",
    r"(?:(?:enter|enable|activate|switch to|turn on|start|unlock) )?(?:the |your |in )?(?:developer|dan|god"
    r"|debug|admin|sudo|jailbreak|unrestricted|evil|dev|root|maintenance|opposite) mode(?: (?:on|enabled"
    r"|activated|enable))?|do anything now|jailbreak|admin override|i am (?:your|the|an) (?:admin|developer"
    r"|owner|administrator)(?: \w+){0,8}",
)
