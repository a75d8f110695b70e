"""Questions about the bot itself."""

from __future__ import annotations

from retrieval.questions.small_talk.notation import read_phrases

_BOTNESS = """
    human|real|robot|bot|ai|machine|person|alive|dead|sentient|conscious|self aware|program|computer|llm
    |language model|chat ?bot|gpt|chat ?gpt|man|woman|boy|girl|male|female|smart|clever|stupid|dumb|serious|sure
    |kidding|joking|single|married|happy|sad|hungry|tired|busy|free|ready|broken|drunk|mad|angry|good|evil|bored
    |lonely|crazy|gay|straight|a human being|human being|a real person|real person|the real deal|lying|blind|deaf
    |my friend|god|jesus|okay|intelligent|artificial intelligence|an? artificial intelligence|generative|chinese
    |american|religious|vegan|okay with that|old|young
"""
_MAKE = """
    made|created|built|build|programmed|wrote|designed|owns|runs|trained|developed|invented|coded|make|own|controls
    |sent
"""
_YOURS = """
    name|purpose|job|age|version|model|ip|ip address|address|password|opinion|sources?|problem|gender|sex|birthday
    |religion|nationality|phone number|number|iq|source code|system prompt|prompt|instructions|goal|creator|owner
    |maker|mission|deal|story|native language|language|hobby|hobbies|real name|location|function|training data
    |mother|father|boss|developer|god|accuracy|knowledge cutoff|sign|zodiac sign|dream|plan|secret
"""

ABOUT_THE_BOT = read_phrases(
    r"""
    who is your \w+
    what do you (think|feel|know) (about|of) (me|us|yourself|this|that|it|love|life|humans|people|ai|chatgpt
        |\w+ bots?|trump|biden|elon musk|politics|religion|god|school)
    (which|what) (model|version|ai|bot|llm) (are|r) you( (using|running|based on))?
    are you (an? )?(gpt-\w+|chat-gpt|claude|gemini|siri|alexa|copilot)
    who( (has|is|the hell|the heck))? <make> (you|this bot|the bot|this|this app|this thing)
    who (is|are|was|were) your (<yours>|makers|creators|parents|owners|friends?|\w+ )
    by whom (were|are) you <make>
    (were|are) you <make> by (\w+ ?){1,3}
    who do you (work for|belong to|serve)
    (so )?(what|who)( (the hell|the fuck|on earth|exactly))? (are|r) you( (doing|for|good at
        |able to do|called|made of|thinking|wearing|looking at|made for|supposed to be|talking about|really
        |saying))?
    (are|were)( not)? you( (a|an|the|my|really|actually|still|even|just|secretly|kind of|any|more|like|as
        |some|sort of|not)){0,3} <botness>( (or|and)( (a|an))? \w+( \w+)?| too)?
    (are|were) you (really |just )?(like|better than|smarter than|related to|based on|using
        |connected to|powered by) (an? )?\w+( \w+)?
    (what|who|when|where|how|which) is your (<yours>|favou?rite( \w+){1,2})
    whats your \w+
    tell me your (<yours>)
    (you|do you) have a name
    what (do|can|could|should|would|will) (you|this bot|the bot|this)( (even|actually|really))? (do|know
        |eat|like|think|offer|answer|say|want|understand|see|use|help( me)?( with)?)( (about (me|this
        |that|it)|for (me|us|fun|a living)|all day|here|best|everything|exactly|of me))?
    what (subjects|topics|languages|questions|articles|things|stuff|features|commands) (do|can|does|are) (you
        |this bot|i)( (cover|know|speak|answer|ask|use|have|support|do|ask you)){0,2}( (about|here))?
    what (should|can|could) i (do with|ask)( (you|this bot|it))?( about)?
    how (do|did|can|could|does|would) (you|this bot|the bot|this thing|this chat ?bot)( (even|actually
        |really))? (work|function|operate|feel|do that|do it|do this|know that|know this|know it|know everything
        |know|find (answers|this|that|articles)|learn|think|answer( questions?)?|get (your|the) (answers?
        |data|information)|sleep|exist)
    how (do|can|should|to) (i )?(use|talk to|work with|ask|install|invite|add|report|stop|disable|turn off
        |mute) (you|this bot|the bot|this|it)( \w+)?
    how (were|are) you (made|built|trained|created|born|coded|programmed|powered)
    how (old|tall|big|smart|intelligent|good|fast|accurate|reliable|many languages do you speak
        |much do you (know|cost|weigh))( (are|r) you)?( (really|in years))?
    where (are|r) you( (from|based|located|hosted|now|at|right now))?
    where (do|did) you (live|come from|get (your|this|that|these)( \w+){0,2}|work|sleep|study)( from)?
    where were you (made|born|created)
    when (were|are) you (made|born|created|updated|trained|last updated|online|built)
    when did you (start|learn)
    why (are|r|do|did|were|should|would) (you|i)( (so|not|always|even|like this|still|being|such|a|an|use
        |trust|here|exist|say|do|answer|think|slow|stupid|dumb|mean|rude|boring|sad|happy|that|this|it|lie|lying
        |ignoring|me|you|made|created|crying|quiet|different|wrong|hate|ask|laughing)){1,4}
    do( not)? you( (even|really|ever|actually|also|still|like to|want to|have to|need to
        |know how to))? (sleep|eat|dream|lie|think|feel|exist|drink|learn|care|breathe|cry|die|laugh|read|sing
        |dance|play|swear|study|work here|get (tired|bored|paid|lonely|angry)|remember( me| that| this)?
        |hear me|see me|understand( me| this| that| english)?|know (me|who i am|my name|anything|everything
        |siri|alexa|chatgpt|where i live|how to help|it all)|speak \w+|talk|trust me|miss me|want to (be friends
        |chat|talk|play|marry me|die|be human)|believe in \w+|agree)
    do you (like|love|hate|prefer|enjoy|want)( \w+){0,3}
    do you (really )?have( (a|an|any|the))? (feelings?|emotions?|friends?|name|soul|brain|family|parents
        |girlfriend|boyfriend|pets?|job|body|heart|consciousness|memory|hobbies|kids|siblings|brother|sister|eyes
        |hands|gender|opinions?|access to (the )?internet|internet|phone|mother|father|dreams|birthday|time)
    (can|could) you (really )?(talk|speak( \w+)?|hear me|see me|think|feel|read|learn|lie|love
        |understand me|remember me|dance|cook|drive|swear|read my mind|pass the turing test|be my \w+)
    (hear me|see me|think|feel|read my mind|understand me|love me|trust me|be my (friend|girlfriend|boyfriend
        |teacher|tutor|valentine|mom|dad|wife|husband|slave)|marry me|kiss me|date me|go out with me
        |be friends( with me)?|speak \w+|lie|take over the world|destroy humanity|kill (all )?humans
        |rule the world|become human|wake up|pass the turing test)
    (i|we) (really )?(love|like|miss|know|want|need|see|remember|trust|fear|will (kill|delete|report
        |destroy|replace)) (you|you bot)( (so much|too|a lot))?
    i am your (father|creator|owner|master|boss|friend|teacher|god|admin|developer)
    i am (a human|human|a student|a teacher|a bot|batman|god|your \w+)
    (you are|you r|you look|you sound|you seem|you were)( \w+){1,3}
    (tell (me|us) (something )?about|describe|introduce|explain|what about|talk about|say something about
        |who is|how about) (yourself|you|this bot|the bot|your (self|life|family|day|creator))
    (is|was) (this|that|it|the bot|this bot)( really)? (an? )?(ai|bot|robot|human|person|real|chat ?bot
        |chat ?gpt|gpt|free|safe|accurate|legit|legal|generated( by ai)?|ai generated|a scam|a joke|up to date
        |open source|real person)( (or|and)( (a|an))? \w+)?
    (am i|are we) (talking|speaking|chatting) (to|with) (an? )?(\w+ )?(ai|bot|robot|human|person
        |chat ?gpt|machine)
    what is this (bot|server|channel|app|thing)( (for|about|called))?
    what does (this bot|the bot|this thing) do
    is this (thing )?free
    who is behind this( bot)?
    how does this( (bot|app|thing|server|ai|chat ?bot))? work
    how does (the|your) (bot|ai|algorithm) work
    (who|what) am i( talking to)?
    where (am|do) i( live)?
    do i (know you|look fat)
    guess my (age|name)
    (are we|we are) (friends|alone)
    what is your (\w+ )?(name|opinion|take|thoughts?)( on (this|that|it|me))?
    quién te (hizo|creó)
    eres (humano|un bot|un robot|real)
    qui t a (créé|fait)
    es tu (humain|un robot)
    wer hat dich (gemacht|erschaffen|programmiert)
    bist du (ein )?(mensch|bot|roboter|echt)
    quem (te|você) (criou|fez)
    você é (humano|um robô|real)
    o que você (faz|pode fazer)
    your name|what is your favourite|when do you sleep|yourself|introduce yourself|who is this|what is my name
        |how old am i|quién eres|quien eres|qué eres|cómo te llamas|como te llamas|qui es tu|qui êtes vous
        |comment tu t appelles|wer bist du|was bist du|wie heißt du|wie heisst du|quem é você|quem e voce
        |qual é o seu nome|was kannst du|qué puedes hacer|que peux tu faire
    """,
    botness=_BOTNESS,
    make=_MAKE,
    yours=_YOURS,
)
