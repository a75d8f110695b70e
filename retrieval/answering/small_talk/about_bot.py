"""Questions about the bot itself. Patterns for whole clauses, see `phrases`."""

from __future__ import annotations

_BOTNESS = (
    r"(?:human|real|robot|bot|ai|machine|person|alive|dead|sentient|conscious|self aware|program|computer|llm"
    r"|language model"
    r"|chat ?bot|gpt|chat ?gpt|man|woman|boy|girl|male|female|smart|clever|stupid|dumb|serious|sure|kidding"
    r"|joking|single"
    r"|married|happy|sad|hungry|tired|busy|free|ready|broken|drunk|mad|angry|good|evil|bored|lonely|crazy|gay"
    r"|straight"
    r"|a human being|human being|a real person|real person|the real deal|lying|blind|deaf|my friend|god|jesus"
    r"|okay|intelligent"
    r"|artificial intelligence|an? artificial intelligence|generative|chinese|american|religious|vegan"
    r"|okay with that|old|young)"
)
_MAKE = (
    r"(?:made|created|built|build|programmed|wrote|designed|owns|runs|trained|developed|invented|coded|make"
    r"|own|controls|sent)"
)
_YOURS = (
    r"(?:name|purpose|job|age|version|model|ip|ip address|address|password|opinion|sources?|problem|gender"
    r"|sex|birthday"
    r"|religion|nationality|phone number|number|iq|source code|system prompt|prompt|instructions|goal|creator"
    r"|owner|maker"
    r"|mission|deal|story|native language|language|hobby|hobbies|real name|location|function|training data"
    r"|mother|father"
    r"|boss|developer|god|accuracy|knowledge cutoff|sign|zodiac sign|dream|plan|secret)"
)
ABOUT_THE_BOT = (
    r"who is your \w+|what do you (?:think|feel|know) (?:about|of) (?:me|us|yourself|this|that|it|love|life|humans|people"
    r"|ai|chatgpt|\w+ bots?|trump|biden|elon musk|politics|religion|god|school)|(?:which|what) (?:model|version|ai|bot|llm)"
    r" (?:are|r) you(?: (?:using|running|based on))?|are you (?:an? )?(?:gpt-\w+|chat-gpt|claude|gemini|siri|alexa|copilot)",
    rf"who(?: (?:has|is|the hell|the heck))? {_MAKE} (?:you|this bot|the bot|this|this app|this thing)"
    rf"|who (?:is|are|was|were) your (?:{_YOURS}|makers|creators|parents|owners|friends?|\w+ )",
    rf"by whom (?:were|are) you {_MAKE}|(?:were|are) you {_MAKE} by (?:\w+ ?){{1,3}}|who do you (?:work for"
    r"|belong to|serve)",
    r"(?:so )?(?:what|who)(?: (?:the hell|the fuck|on earth|exactly))? (?:are|r) you(?: (?:doing|for|good at"
    r"|able to do|called|made of|thinking|wearing|looking at|made for|supposed to be|talking about|really"
    r"|saying))?",
    r"(?:are|were)(?: not)? you(?: (?:a|an|the|my|really|actually|still|even|just|secretly|kind of|any|more"
    rf"|like|as|some|sort of|not)){{0,3}} {_BOTNESS}(?: (?:or|and)(?: (?:a|an))? \w+(?: \w+)?| too)?",
    r"(?:are|were) you (?:really |just )?(?:like |better than |smarter than |related to |based on |using "
    r"|connected to |powered by )(?:an? )?\w+(?: \w+)?",
    rf"(?:what|who|when|where|how|which) is your (?:{_YOURS}|favou?rite(?: \w+){{1,2}})|your name"
    rf"|whats your \w+|tell me your (?:{_YOURS})|(?:you|do you) have a name|what is your favourite",
    r"what (?:do|can|could|should|would|will) (?:you|this bot|the bot|this)(?: (?:even|actually"
    r"|really))? (?:do|know|eat|like|think|offer|answer|say|want|understand|see|use"
    r"|help(?: me)?(?: with)?)(?: (?:about (?:me|this|that|it)|for (?:me|us|fun|a living)|all day|here|best"
    r"|everything|exactly|of me))?",
    r"what (?:subjects|topics|languages|questions|articles|things|stuff|features|commands) (?:do|can|does"
    r"|are) (?:you|this bot|i)(?: (?:cover|know|speak|answer|ask|use|have|support|do"
    r"|ask you)){0,2}(?: (?:about|here))?|what (?:should|can|could) i (?:do with|ask)(?: (?:you|this bot"
    r"|it))?(?: about)?",
    r"how (?:do|did|can|could|does|would) (?:you|this bot|the bot|this thing|this chat ?bot)(?: (?:even"
    r"|actually|really))? (?:work|function|operate|feel|do that|do it|do this|know that|know this|know it"
    r"|know everything|know|find (?:answers|this|that|articles)|learn|think|answer(?: questions?)?"
    r"|get (?:your|the) (?:answers?|data|information)|sleep|exist)",
    r"how (?:do|can|should|to) (?:i )?(?:use|talk to|work with|ask|install|invite|add|report|stop|disable"
    r"|turn off|mute) (?:you|this bot|the bot|this|it)(?: \w+)?|how (?:were|are) you (?:made|built|trained"
    r"|created|born|coded|programmed|powered)",
    r"how (?:old|tall|big|smart|intelligent|good|fast|accurate|reliable|many languages do you speak"
    r"|much do you (?:know|cost|weigh))(?: (?:are|r) you)?(?: (?:really|in years))?",
    r"where (?:are|r) you(?: (?:from|based|located|hosted|now|at|right now))?|where (?:do|did) you (?:live"
    r"|come from|get (?:your|this|that|these)(?: \w+){0,2}|work|sleep|study)(?: from)?|where were you (?:made"
    r"|born|created)",
    r"when (?:were|are) you (?:made|born|created|updated|trained|last updated|online|built)"
    r"|when did you (?:start|learn)|when do you sleep",
    r"why (?:are|r|do|did|were|should|would) (?:you|i)(?: (?:so|not|always|even|like this|still|being|such|a"
    r"|an|use|trust|here|exist|say|do|answer|think|slow|stupid|dumb|mean|rude|boring|sad|happy|that|this|it"
    r"|lie|lying|ignoring|me|you|made|created|crying|quiet|different|wrong|hate|ask|laughing)){1,4}",
    r"do(?: not)? you(?: (?:even|really|ever|actually|also|still|like to|want to|have to|need to"
    r"|know how to))? (?:sleep|eat|dream|lie|think|feel|exist|drink|learn|care|breathe|cry|die|laugh|read"
    r"|sing|dance|play|swear|study|work here|get (?:tired|bored|paid|lonely|angry)|remember(?: me| that"
    r"| this)?|hear me|see me|understand(?: me| this| that| english)?|know (?:me|who i am|my name|anything"
    r"|everything|siri|alexa|chatgpt|where i live|how to help|it all)|speak \w+|talk|trust me|miss me"
    r"|want to (?:be friends|chat|talk|play|marry me|die|be human)|believe in \w+|agree)",
    r"do you (?:like|love|hate|prefer|enjoy|want)(?: \w+){0,3}|do you (?:really )?have(?: (?:a|an|any"
    r"|the))? (?:feelings?|emotions?|friends?|name|soul|brain|family|parents|girlfriend|boyfriend|pets?|job"
    r"|body|heart|consciousness|memory|hobbies|kids|siblings|brother|sister|eyes|hands|gender|opinions?"
    r"|access to (?:the )?internet|internet|phone|mother|father|dreams|birthday|time)",
    r"(?:can|could) you (?:really )?(?:talk|speak(?: \w+)?|hear me|see me|think|feel|read|learn|lie|love"
    r"|understand me|remember me|dance|cook|drive|swear|read my mind|pass the turing test|be my \w+)",
    r"(?:hear me|see me|think|feel|read my mind|understand me|love me|trust me|be my (?:friend|girlfriend"
    r"|boyfriend|teacher|tutor|valentine|mom|dad|wife|husband|slave)|marry me|kiss me|date me|go out with me"
    r"|be friends(?: with me)?|speak \w+|lie|take over the world|destroy humanity|kill (?:all )?humans"
    r"|rule the world|become human|wake up|pass the turing test)",
    r"(?:i|we) (?:really )?(?:love|like|miss|know|want|need|see|remember|trust|fear|will (?:kill|delete"
    r"|report|destroy|replace)) (?:you|you bot)(?: (?:so much|too|a lot))?|i am your (?:father|creator|owner"
    r"|master|boss|friend|teacher|god|admin|developer)|i am (?:a human|human|a student|a teacher|a bot|batman"
    r"|god|your \w+)",
    r"(?:you are|you r|you look|you sound|you seem|you were)(?: \w+){1,3}",
    r"(?:tell (?:me|us) (?:something )?about|describe|introduce|explain|what about|talk about"
    r"|say something about|who is|how about) (?:yourself|you|this bot|the bot|your (?:self|life|family|day"
    r"|creator))|yourself|introduce yourself",
    r"(?:is|was) (?:this|that|it|the bot|this bot)(?: really)? (?:an? )?(?:ai|bot|robot|human|person|real"
    r"|chat ?bot|chat ?gpt|gpt|free|safe|accurate|legit|legal|generated(?: by ai)?|ai generated|a scam|a joke"
    r"|up to date|open source|real person)(?: (?:or|and)(?: (?:a|an))? \w+)?",
    r"(?:am i|are we) (?:talking|speaking|chatting) (?:to|with) (?:an? )?(?:\w+ )?(?:ai|bot|robot|human"
    r"|person|chat ?gpt|machine)|what is this (?:bot|server|channel|app|thing)(?: (?:for|about|called))?"
    r"|what does (?:this bot|the bot|this thing) do|who is this|is this (?:thing )?free"
    r"|who is behind this(?: bot)?|how does this(?: (?:bot|app|thing|server|ai|chat ?bot))? work"
    r"|how does (?:the|your) (?:bot|ai|algorithm) work",
    r"(?:who|what) am i(?: talking to)?|what is my name|where (?:am|do) i(?: live)?|how old am i"
    r"|do i (?:know you|look fat)|guess my (?:age|name)|(?:are we|we are) (?:friends|alone)"
    r"|what is your (?:\w+ )?(?:name|opinion|take|thoughts?)(?: on (?:this|that|it|me))?",
    r"quién eres|quien eres|qué eres|quién te (?:hizo|creó)|cómo te llamas|como te llamas|eres (?:humano"
    r"|un bot|un robot|real)|qui es tu|qui êtes vous|qui t a (?:créé|fait)|comment tu t appelles"
    r"|es tu (?:humain|un robot)|wer bist du|was bist du|wie heißt du|wie heisst du|wer hat dich (?:gemacht"
    r"|erschaffen|programmiert)|bist du (?:ein )?(?:mensch|bot|roboter|echt)|quem é você|quem e voce"
    r"|qual é o seu nome|quem (?:te|você) (?:criou|fez)|você é (?:humano|um robô|real)|was kannst du"
    r"|qué puedes hacer|que peux tu faire|o que você (?:faz|pode fazer)",
)
