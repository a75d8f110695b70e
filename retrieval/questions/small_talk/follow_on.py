"""What makes sense only after something that was said before."""

from __future__ import annotations

from retrieval.questions.small_talk.notation import read_phrases

_DETAIL = """
    examples?|details?|info|more|explanations?|another|another one|one|one more|others|other ones|a hint|summary
    |the summary|the definition|the meaning|the answers?|the rest|it|this|that|these|those|them|everything
    |something|anything|stuff|all|all of it|the point|the context|the difference|the source|the link|proof of that
    |the steps|the next one|the next step|what|why|how|the solution|that one|this one|the second one|the first one
    |the last one|the other one|the others|the same
"""

FOLLOW_ON = read_phrases(
    r"""
    for (example|instance)
    (i )?(just )?(need|want) (an?|the|some|more) (answers?|examples?|explanation)
    who says( so| that)?
    skip( (it|this|that))?
    ((give|show|tell|send|get|write|list|say|offer|provide|name|have|got|need|want|any|i need|i want|is there
        |are there|do you have|you have|can i (have|get|see))( (me|us|to me|to us|out))? )?((a|an|another
        |some|any|the|one|one more|few|a few|two|three|more|other|many|of|simple|real|real life|real-life|good
        |better|different|concrete|further|extra|additional|full|short|quick|brief|bigger|own|your|its|their|this
        |that) ){0,4}<detail>( (of|for|about|like|to|on|in)( (it|this|that|these|those|them|detail
        |one sentence|short|simple words|that one))?)?( (please|again|in detail|in short))?
    (tell me about|what about|how about|and|explain|describe) (it|this|that|these|those|them|the (others?
        |rest|other one|second one|first one|last one|next one))
    (please )?(explain|elaborate|clarify|expand|simplify|summari[sz]e|define|describe|rephrase|shorten|compare
        |repeat|continue|reword|specify|justify|prove|break|show|answer|discuss|solve|calculate|translate|go|carry
        |keep|tell|say|read|try|do|finish|proceed|quote)( (it|this|that|them|these|those|more|again|further
        |better|in (more )?detail|in (simple|simpler|plain|easy|easier|other|your own|layman|laymans
        |lay)( (words|terms|english|language))?|simply|briefly|deeply|fully|shortly|differently
        |like i am (five|5|a child|a kid|dumb|stupid)|to (me|us)|to a (child|kid|five year old|5 year old)
        |for (me|us|dummies)|on (that|this|it)|down|step by step|on|ahead|going|further|one more time|once more
        |why|how|what you mean|what (this|that|it) (is|means)|your answer|the answer|the last (one|part)
        |the (first|second|third) (one|part)|a bit|a little|in (one|two|a few|three|short) (sentences?
        |words?)|in english|in short|in brief|out|up|so i (understand|get it)|without (jargon|math)
        |with (an example|examples)|by example|easier|slower|slowly)){0,4}
    (go|carry|keep|move) (on|ahead|going)( (please|then))?
    next( (one|please|question|page|step|part|slide|topic|chapter|article))?
    previous( (one|page))?
    say (that|it|what)( again)?
    (tell|say|show)( me)? (it )?again
    back to (it|that|the topic)
    and (then|so|what|now|next|after that|that|why|how|else|more)
    so (what|why|how|then|now)
    what (else|now|then|next|if|for|so|about)
    what (next|now) then
    how (so|come)
    why (not|so|though|is that|that)
    but (why|how|what|who|when|where)
    (in|with) (short|brief|detail|more detail|simple words|simple terms|simpler terms|plain english|other words
        |one sentence|two sentences|layman terms|laymans terms|a nutshell|english|steps|bullet points|an example
        |examples|fewer words)
    (make it |make this |make that |much |a bit |a little )?(simpler|shorter|longer|easier|clearer|simple
        |better|more simple|more detailed|less complicated|slower|too long|too short|too hard|too complicated
        |bigger)( (please|words|version|answer))?
    eli ?5
    tl ?dr
    too long( did not read)?
    what (do|did) you mean( by (that|this|it))?
    what (does|do|did) (that|this|it|these|they|he|she|those) (mean|say|do|stand for|look like
        |have to do with (it|this|that))( (exactly|here|in (this|that) context|by (that|this|it)))?
    answers?
    (the )?answer
    questions?
    explanations?
    options? [a-e]
    what is the (answer|solution|question|point|matter|meaning|problem|topic|task|definition|summary|example
        |next (one|step|question)|first one|second one|last one|right answer|correct answer|reason|catch|use|deal
        |idea|difference|rest|context|source|link)( (to|of|for) (this|that|it|these|the question|number \w+))?
    (i (still |really |just |honestly )?(do not|can not|did not|could not)|do not|did not)( (really|even
        |quite|fully))? (get|understand|know|follow|remember|think so|see|see why|care|believe (it|that|this
        |you)|agree|mean that|want that)( (it|this|that|these|anything|you|what you mean|what (this|that
        |it) (is|means)|why|how|what to (do|say|ask)|yet|at all|a thing|any of (it|this|that)|the (question
        |answer|difference|topic|last part)|what you are saying|what is going on|the point|shit|either)){0,3}
    (i am )?(so |very |really |still |totally |a bit )?(lost|confused|stuck|clueless|unsure|not sure
        |curious)( (about (this|that|it)|here|on this|with this))?
    no (idea|clue)
    i have no (idea|clue)
    i forgot( (it|this|that))?
    (i am )?not (getting|following|understanding) (it|this|that)
    (huh|eh|hm|hmm|um|uh|uhm|er|erm|ah|oh|mhm|nah|no|nope|yes|yeah|yea|yep|yup|ja|nein|sí|si|oui|non|não|sim
        |maybe|perhaps|sure|possibly|both|neither|none|all|either|what|wait|wait what|pardon|sorry what|excuse me
        |say what|oh really|really|is it|are they|seriously|for real|because|since|why|please|pretty please|no no
        |no no no|yes yes|no thanks|yes please|no way|i think so|i guess|i guess so|i suppose|i hope so|depends
        |it depends|whatever|anything|something|nothing|everything|someone|idk man|dunno|do not know|not really
        |not yet|absolutely|definitely|probably|i do not care|you know|you tell me|guess|things|stuff|thing|wdym|eg
        |e g|i e|etc|ditto|do it|do that|do this|solve it|solve this|fix it|this|that)
    (who|what|when|where|why|how|which)( (exactly|one|ones|else|of them|of these|of those|part|thing
        |time))?( (is|are|was|were|do|does|did|has|have|had|can|could|would|will|should))?( not)? (it|this
        |that|these|those|they|them|he|she|him|her|there|one)( (ever|really|even|actually|all|not))?( (work
        |works|mean|happen|happened|do|done|stand for|look like|look|come from|come about|start|end|begin|matter
        |called|used for|used|made|made of|made from|important|so important|true|wrong|right|possible|for|about
        |like|from|to|with|so|then|there|here|apply|relate|help|cost|take|go|occur|form|exist|different|found
        |discovered|invented|calculated|measured|caused|related|defined|supposed to|known for|famous|famous for
        |famous so|die|live|born|be|use|have|need|say|get|see))?( (exactly|again|here|then|so|to (it|this
        |that|them|me|us)|with (it|this|that)|in (this|that) case|from|for|about|like|by|together|it|this|that
        |too|mean|work))?
    who (invented|discovered|wrote|said|found|made|created|did|does|came up with|proposed|developed|thought of
        |needs|uses|cares) (it|this|that|these|them|those)
    how (much|many|long|often|far|big|small|fast|old|hard|high|large|important|deep|good|bad)( (is|are|was
        |were|does|do|did) (it|this|that|they|these|those|he|she))?( (take|cost|last|weigh|need|have))?
    (is|was|are|were|does|do|did|can|could|will|would|should|has|have) (it|this|that|these|those|they|he|she
        |there)( (all|really|ever|always|even|also|only|a|an|the|any))?( (true|right|correct|wrong|good|bad
        |possible|important|safe|dangerous|hard|easy|it|that|so|more|work|happen|matter|exist|mean|hurt|help
        |example|examples|exception|exceptions|other|others|difference|one|enough|everything|allowed|legal
        |necessary|normal|ok|fine|better|worse|real|free|clear))?( (then|here|too|or not|that|so|though|it))?
    (what is |what about |solve |do |explain |answer |answer to |the answer (to|for|of) |solution (to|for
        |of) |how to (do|solve) |how about |and |help (me )?(with|on) )?(the )?(step|part|number|question
        |exercise|problem|task|no|nr|q|slide|option|item|answer|page|chapter|exercise|lesson
        |unit) ([0-9]{1,3}[a-z]?|[a-h]|one|two|three|four|five)( (please|again|then))?
    q[0-9]{1,3}
    (the )?(first|second|third|fourth|last|next|other|previous|former|latter)( (one|ones|two|part|step
        |question|point|option|answer))
    (option|answer) [a-e]
    (y )?(por qué|por que|porque|pourquoi|warum|wieso|weshalb|por quê|cómo|comment|wie|como|qué|quoi|was|o quê
        |y luego|et ensuite|et alors|und dann|und jetzt|e depois|e agora|e então|más|mehr|plus|mais|otro ejemplo
        |un ejemplo|ejemplo|un exemple|exemple|ein beispiel|beispiel|um exemplo|exemplo|dame un ejemplo
        |gib mir ein beispiel|donne moi un exemple|me dê um exemplo|explica|explique|erklär(e)?( das| es
        | mir das)?|weiter|siguiente|suivant|próximo|continúa|continue|qué es esto|que es esto|qué es eso
        |qu est ce que c est|c est quoi|was ist das|was bedeutet das|o que é isso|o que é isto
        |qué significa( eso)?|no entiendo|je ne comprends pas|ich verstehe (das )?nicht|não entendi|não entendo
        |no sé|je ne sais pas|ich weiß (es )?nicht|não sei)
    says who|citation needed|me too|go back|undo|umm|uhh|hmm|ehh|again|once more|one more time|repeat|come again
        |continue|then what|now what|or else|tldr please|step by step|meaning|definition|summary|conclusion
        |in conclusion|explanation|details|info|clarification|elaboration|continue reading|answer key|not sure
        |i am not sure|beats me|who knows|true or false|yes or no
    """,
    detail=_DETAIL,
)
