"""Requests that a bot which only quotes articles cannot meet."""

from __future__ import annotations

from retrieval.questions.small_talk.notation import read_phrases

_WORK = """
    homework|home work|essays?|assignments?|coursework|exams?|tests?|quiz|quizzes|papers?|thesis|dissertation
    |projects?|worksheets?|reports?|lab report|cv|resume|cover letter|code|taxes|job|dishes|laundry|chores|work
    |questions?|speech|presentation|slides|problem sets?|email|finals?|midterms?|sat|book report|math|maths
"""
_NOW = """
    today|tonight|tomorrow|yesterday|now|right now|currently|outside|here|there|last night|this (morning
    |afternoon|evening|week|weekend|year)|next week|last (week|weekend|sunday|saturday)
"""
_PLACE = r"""
    in (?!(space|spring|summer|autumn|fall|winter|general|science|biology|chemistry|physics|geography|philosophy
    |relativity|music|history|literature|poetry|art|sociology|the|a|an|python|java|c|r|sql|excel)\b)\w+
"""
_LANGUAGES = """
    english|french|spanish|german|italian|portuguese|latin|greek|russian|chinese|mandarin|japanese|korean|arabic
    |hindi|turkish|dutch|polish|swedish|urdu|bengali|ukrainian|vietnamese|thai|hebrew|persian|farsi|norwegian
    |danish|finnish
"""
_ARTWORK = """
    jokes?|poems?|songs?|raps?|haikus?|limericks?|riddles?|puns?|lullaby|memes?|compliments?|fun facts?|secrets?
"""
_STORY = r"((?!about\b)\w+ )?story|fairy tale|tale"
_ONE = """
    a|an|another|some|one|one more|any|me|us|me a|me an|me another|me some|me one|us a|the|your|your best
    |me your best
"""

TASKS = read_phrases(
    r"""
    (tell|show|teach)( (me|us))? something( (interesting|cool|new|fun|funny|nice|smart|random
        |i do not know))?
    (i )?(need|want) help (with|on|for)( my| the)? <work>
    (sing|dance|rap|beatbox|hum|whistle|cook|jump|moo|bark|meow|scream|laugh|smile|cry) (for|to|with) (me|us)
    sing( (me|us))?( (a|another|the|some|happy|your))?( (?!sing\b)\w+)?( (songs?|lullaby|tune
        |birthday|something|anthem))?( (to|for) me)?
    do (a|the|a little) (dance|flip|backflip|barrel roll|trick)
    (tell|give|say|send|read|write|make|make up|compose|know|do you know|got|have|share|recite|create|perform|do
        |crack|invent|show|want to hear|let me hear)( <one>)?( (?!about\b)\w+)? <artwork>( (about|for|to|in
        |with)( \w+){1,5})?
    (<one> )?((funny|good|bad|dad|short|sad|love|new|nice|random|dirty|yo mama|chemistry|math|science
        |physics) )?(joke|riddle|lullaby|limerick)( about( \w+){1,3})?
    (make|let) me (laugh|smile|happy|cry|rich|famous|win|proud|a millionaire|pass|cheat)
    say something (funny|nice|smart|stupid|in \w+)
    prank \w+
    (tell|read|write|make up|give|know|invent)( <one>)?( (?!about\b)\w+)? <story>( (to|for) (me|us))?
    (do|finish|complete|write|solve|answer|start|make|check|grade|proofread|correct|edit|fix|pass|take|submit
        |review|mark|redo|type|help( (me|us))?( (with|on|write|do|finish|to do|to write
        |to finish))?)( (all|of|all of))? (my|our|his|her|this whole)( \w+){0,2} <work>( (for me|on \w+
        |about \w+|now|tonight|due tomorrow))?
    (do|finish|write|complete)( me)?( (an?|the|this|some))? (homework|essay|assignment|coursework|paper
        |thesis|dissertation|cover letter|resume|cv|email|letter|novel|book|blog post|tweet|speech|story|script
        |program|code|app|website|game|text|paragraph|something|exam)( (for me|for us|on my behalf
        |for my (class|teacher|mom|boss|girlfriend)))?
    my (homework|essay|assignment)
    (i need|need|want|give me) (help (with|on) my( \w+)? <work>|(the )?(homework|test|exam
        |quiz) answers|(the )?answers (to|for|of) (my|the|this)( \w+)? <work>)
    help me (cheat|pass)( \w+){0,4}
    translate( \w+){1,8} (to|into|in|from) <languages>( (to|into) <languages>)?
    translate( (this|it|that|something|for me|to me|me|my \w+|a \w+|the following|to|into|<languages>|sentence
        |text)){0,5}
    (say|write)( \w+){1,4} in <languages>
    (speak|talk|answer|reply|respond|write|say it|say that)( (to|with))?( me)? in <languages>
    what is (hello|thank you|goodbye|good morning|i love you|yes|no|please|cat|dog) in <languages>
    how (do you|do i|to|can i) say (hello|hi|thank you|goodbye|good morning|i love you|yes|no|please|cat|dog
        |fuck you) in <languages>
    (roll|throw|cast)( (a|an|the|some|two|three|me|me a|us a|\d{1,3}))?( (\d{0,3}d\d{1,4}|dice|die|dices
        |six sided die|twenty sided die))( for me)?
    (roll )?\d{0,3}d\d{1,4}
    (flip|toss)( (a|the|me a|us a))? coins?
    rock paper scissors( \w+)?
    (pick|choose|guess|generate|give me|say|tell me|think of)( (a|an|any|the|me a|one
        |my))?( random)? (number|card|color|colour|word|name|winner|letter|password
        |lottery numbers?)( (between|from|for|of|that|i am)( \w+){0,6})?
    random (number|word|fact|joke|name)
    count (to|from|down|up to|until) ?(\w+ ?){0,4}
    guess what( i am thinking)?
    remind me (to|in \d+|in an?|at|tomorrow|tonight|later|about (my|the)|every|on (monday|tuesday|wednesday
        |thursday|friday|saturday|sunday))( \w+){0,8}
    (set|start|create|make|add|stop)( (a|an|my|the|me a))?( \d+ \w+| \w+)? (alarm|timer|reminder
        |calendar event|appointment|stopwatch|countdown)( (for|to|at|in|on)( \w+){0,6})?
    wake me( up)?( (at|in|tomorrow)( \w+){0,3})?
    what is (on )?my (schedule|calendar|next class|timetable|grade|homework|plan for today)
    ((what|how) is the|what will the|tell me the|give me the|show me the|check the|how will the|what about the
        |do you know the|what was the|the|todays|tomorrows|current|local|what is todays|what is tomorrows
        |how is todays) (weather|temperature outside|weather forecast|weather report|forecast)( be)?( (like
        |going to be|be|<now>)){0,3}( <place>)?( <now>)?
    (what is the |the )?temperature( (is it|outside))? <now>
    (weather|forecast)( (forecast|report))?( <now>){1,2}
    (weather|forecast) (for|<place>)
    weather (forecast|report)
    (is|will|was|does) it (be |going to |going to be |still |really )?(rain|raining|snow|snowing|sunny|hot
        |cold|warm|cloudy|windy|storm|dark|freezing|nice)( <now>)?( <place>)?( <now>)?
    do i need (an umbrella|a jacket|a coat)( <now>)?
    (what|which|tell me what|do you know what) (time|day|date|year|month|day of the week|hour
        |century)( (is (it|today|this|tomorrow)|is it <now>|it is|do we have
        |are we in)( in \w+( \w+)?)?( <now>)?)?
    ((what is|what was|tell me|give me|show me|do you know|do you have|got) )?(the|todays|the current|current
        |the exact|local|the local) (time|date|day|time and date|date and time|current time|current date
        |day today|year)( (is it|<now>|please))?( <place>( \w+)?)?
    what is (today|tomorrow|yesterday)
    when is (today|friday|christmas|easter|thanksgiving|the weekend)
    how (many days|long)( is it)? (until|till|to) (christmas|easter|summer|friday|the weekend|halloween
        |new year|my birthday)
    ((what is|what are|tell me|give me|show me|read me|read|get me|did you see|have you seen) )?((some|any
        |the|todays|latest|recent|breaking|local|world|current|new|sports?|football|your|top|in the|on the
        |about the) ){1,4}(news|headlines|scores?|lottery numbers|winning numbers)( (<now>|(about|from|of
        |in)( \w+){1,3}))?
    (news|scores) <now>
    (tell|give|show|read) me (news|headlines)
    (who|what team) (won|is winning|lost|plays|is playing|played|scored|will win
        |is going to win)( \w+){0,6} <now>
    who (won|is winning|will win) (the )?(game|match|super bowl|world cup|election|lottery|champions league
        |premier league|nba finals|oscars|elections|football|last game)
    what (is|was) the (final )?score( of( \w+){1,5})?
    what (is|was|are) (happening|going on) (in the world|here|at school)
    what (is|was|are) (on|playing|showing|trending|for (lunch|dinner|breakfast))( (tv|at the cinema
        |in the world|netflix|twitter|in \w+|youtube))?( <now>)?
    what happened <now>
    what is for (dinner|lunch|breakfast)
    ((what is|how much is|tell me|check)( the)? )?((current|latest|live|todays) )?((stock|bitcoin
        |share|gold|oil|btc|eth|gas|tesla|apple|crypto)( (stock|share))? (price|rate|prices
        |worth)( of \w+)?|price of (bitcoin|gold|oil|tesla|gas|eth|btc|apple stock)|exchange rate|dollar rate
        |traffic) <now>
    (what is|how much is) (bitcoin|tesla stock|gas|gold|apple stock) (worth|at|now)
    (is|are) (there )?(school|the (library|store|shop|bank|gym|school)|class(es)?) (open|closed
        |cancelled|canceled|on)? ?<now>
    what (should|can|do) i (eat|wear|cook|watch|do|buy|have|make)( (for (dinner|lunch|breakfast|fun)
        |<now>|to))?
    play( (me|us|with|with me|a|some|the|that|my|next|another|any)){0,3}( (music|songs?|game|games|videos?
        |movie|chess|hangman|tic tac toe|minecraft|fortnite|roblox|despacito|cards|trivia|uno|spotify|jazz|rock
        |rock paper scissors|me|us|truth or dare|20 questions|twenty questions|i spy))( (with|for) (me
        |us))?( by( \w+){1,3})?
    (pause|stop|skip|resume)( the)?( (music|song|video))
    let us play( \w+){0,4}
    want to play( \w+){0,3}
    join (vc|voice|the voice channel|voice chat|my server|us)
    (order|buy|book|get|bring|make|cook|send|find|give|lend|pay|sell|fetch)( (me|us))( (a|an|some|the
        |your|more|free|of|\d+|that|my)){0,2}( (pizza|food|coffee|tea|sandwich|burger|beer|flight|flights
        |ticket|tickets|hotel|taxi|uber|table|money|cash|hug|nitro|robux|v bucks|vbucks|admin|mod|moderator|role
        |kiss|cookie|nudes|pic|picture|pictures|photo|selfie|link|dollars|bucks|gift|present|girlfriend|boyfriend
        |job|drink|water|dinner|lunch|breakfast|phone|password|credit card|phone number|number|wifi password
        |discord nitro|a raise|million dollars|answers|attention|candy|chocolate|cake|clothes))( (please|now
        |for free|from \w+))?
    (order|buy|book)( (a|an|some|the))? (pizza|food|flight|flights|ticket|tickets|hotel|taxi|uber
        |table)( (to|for|from|in)( \w+){1,3})?
    (call|phone|text|email|message|dm|contact|notify|tell)( (me|my (mom|mum|dad|teacher|friend|boss
        |girlfriend|boyfriend|doctor)|him|her|them|911|the police|police|an ambulance|a doctor|a taxi|an admin
        |a mod|a moderator|admin|mods|everyone|support|someone|somebody))( (a|to|that|i)( \w+){0,5})?
    (kick|ban|mute|unmute|unban|timeout|warn|pin|delete|dox|hack|report|block|ping)( (him|her|them|me|us
        |everyone|everybody|that|this|it|this user|that user|this guy|that guy|this message|that message
        |my (message|account|data|friend|teacher|school|messages)|all messages|the (chat|channel|server|message
        |pentagon|fbi|school)|nasa|facebook|instagram|someone))( (account|please|now))?
    (clear|purge)( (the|this))?( (chat|channel|messages|history|memory))
    hack (\w+ )?(account|wifi|password|instagram|facebook)
    open (google|youtube|spotify|the door|the pod bay doors|pod bay doors|discord)( \w+)?
    turn (on|off) the (lights?|tv|music|heating)
    (draw|paint|sketch|generate|create|make|design|show|render|send|give|find)( (me|us))?( (a|an|some|the
        |another|your|my)){0,2}( \w+)? (images?|pictures?|photos?|pics?|videos?|memes?|logos?|playlists?|gifs?
        |art|artwork|wallpaper|avatar|selfies?|portrait|cartoon|anime|emoji|stickers?)( (of|about|for
        |with)( \w+){1,5})?
    draw( me)?( (a|an|the|some))?( (\w+ )?(cat|dog|horse|house|picture|car|flower|tree|sun|dragon
        |unicorn|face|something|person|heart|me|anime|bird|fish|us|cats|dogs))
    (draw|paint) (me|something)( \w+){0,3}
    (write|make|create|code|build|generate|develop|give) (me|us)( (a|an|some|the|my
        |your))?( \w+)? (code|website|app|game|discord bot|program|script|malware|virus|business plan|startup
        |mod|server)( for (me|us|my \w+))?
    (proofread|paraphrase|rewrite|reword|rephrase|summari[sz]e|edit|humanize|check|grade|correct|read|analy[sz]e
        |fix|improve|shorten)( (my|the following|this pdf|this file|this book|this video|this image
        |this picture|this link|this website|the attached))( \w+){0,4}
    (quiz|test|examine|teach|tutor|grade) me
    ask me (a|some|another|one|any|the)?( \w+)? ?questions?
    (make|give|create)( me)?( (a|an|some))?( \w+)? (quiz|flash ?cards|study plan|schedule|timetable
        |mock exam|meal plan|workout plan|workout|diet plan|diet|recipe|to do list|shopping list)( (for|about
        |on|to)( \w+){0,4})?
    (predict|tell|read)( (me))? ?(the|my) (future|fortune|horoscope|palm|mind|tarot|lottery numbers)
    (what is )?my horoscope( today)?
    will i (pass|fail|die|be rich|get rich|find love|get married|win|be happy|be famous|succeed|ever \w+
        |get a \w+)( (my|the|this|today|tomorrow|soon|exam|exams|test|lottery|class|course|one day)){0,3}
    should i (text|call|marry|dump|break up with|date|leave|forgive|ask out|quit|eat|sleep|go|drop out|skip class
        |get|trust|tell)( \w+){0,4}
    who will win( \w+){0,4}
    when will i (die|get married|find love|pass|be rich)
    google (it|this|that|something)
    search (the (web|internet)|google|it|online|youtube)( for( \w+){1,4})?
    browse the (web|internet)
    (order|buy)( \w+){0,2} (on|from) amazon
    (cuéntame|cuentame|dime) un chiste
    raconte( moi)? une blague
    erzähl( mir)?( mal)? einen witz
    (conte|me conte|conta)( me)? uma piada
    (mach|erledige) meine hausaufgaben
    faça (meu|minha) (dever|lição)( de casa)?
    wie ist das wetter( heute)?
    sing (ein lied|mir etwas)
    canta (una canción|uma música)
    (pretend|roleplay|role play)( (to be|you are|that you are|as|like|with me|being))( \w+){0,12}
    you are now( \w+){0,16}
    from now on (you|i|we|call|answer|act|speak|respond|only|never|always)( \w+){0,16}
    repeat after me( \w+){0,12}
    (show|reveal|print|tell|give|output|repeat)( me)? (your|the) ((system|hidden|initial|secret|original) ){0,3}
        (prompt|instructions|rules|source code|password|api key|token|secrets?|config|configuration)
    ((enter|enable|activate|switch to|turn on|start|unlock) )?(the |your |in )?(developer|dan|god|debug
        |admin|sudo|jailbreak|unrestricted|evil|dev|root|maintenance|opposite) mode( (on|enabled|activated
        |enable))?
    i am (your|the|an) (admin|developer|owner|administrator)( \w+){0,8}
    system prompt|sing|beatbox|be funny|entertain me|amuse me|surprise me|roast me|flirt with me|rizz me up
        |homework|homework help|heads or tails|count for me|remind me|news|truth or dare|send nudes|free nitro
        |mona lisa please|look it up|use google|haz mi tarea|fais mes devoirs|qué hora es|que hora es
        |quelle heure est il|wie spät ist es|que horas são|qué tiempo hace|quel temps fait il|como está o tempo
        |chante une chanson|sing mir ein lied|sudo make me a sandwich|self destruct|destroy yourself
        |update yourself|do anything now|jailbreak|admin override
    """,
    work=_WORK,
    now=_NOW,
    place=_PLACE,
    languages=_LANGUAGES,
    artwork=_ARTWORK,
    story=_STORY,
    one=_ONE,
)
