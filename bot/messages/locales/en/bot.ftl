### Everything that the bot says by itself. Text of articles is quoted as it is and stands in no catalogue.
### A caller escapes what members wrote and what an article says ($question, $title, $subject …) before it comes here.
### Keys that begin with `button-` are at most 80 characters, with `select-` (placeholders) at most 150, with `modal-`
### (titles) at most 45; every other text is at most 2,000 with its arguments. Bold and links are Discord's Markdown.

## An answer

# How sure the bot is, in words. One line below the excerpt.
confidence-very-likely = Very likely the answer to your question
confidence-likely = Likely the answer to your question
confidence-possibly = Possibly the answer to your question
confidence-unlikely = Probably not quite what you asked
# Chosen by title or from a list, so that there is no doubt which article was meant.
confidence-chosen = The article you chose
# $link: the article's address.
answer-quoted = Quoted word for word from [the article]({ $link })
# $subjects: names of other subjects in which the same question is answered.
answer-also-in = Also answered in: { $subjects }
# Below an excerpt that is too long for one message.
answer-cut = This is only a part of the excerpt; “{ button-read-more }” shows the rest.
# Under an answer that was found with the help of the question before. $question: that earlier question.
answer-follow-up = Understood as a follow-up to “{ $question }”
# Above an answer in a channel. $member: a mention that does not ping; $question: what was asked.
answer-asked-by = { $member } asked: { $question }
# Above a private answer that was made public. $member: a mention that does not ping.
answer-shared-by = Shared by { $member }
# Above a message that somebody else wrote and that the bot was asked about. $link: address of that message.
answer-about-message = About [this message]({ $link })

button-read-more = Read the whole article
button-back-to-excerpt = Back to the excerpt
button-first-page = First page
button-previous-page = Previous page
button-next-page = Next page
button-last-page = Last page
# Also the text between the two buttons, which cannot be pressed.
button-page-number = Page { $page } of { $pages }
button-not-this-one = Not this one
button-helpful = Helpful
button-not-helpful = Not helpful
button-share = Share
button-delete = Delete
button-related = Related articles
button-all-subjects = All subjects
select-other-matches = Other matches
select-related = Related articles
select-candidates = Choose what you meant
select-subjects = Choose a subject
select-articles = Choose an article

## Possibly

candidates-title = I am not sure. Did you mean one of these?
# Below the candidates.
candidates-hint = Choose one, or ask again in other words. I only quote articles and never make up an answer.
# Instead of candidates-title where a message holds several questions.
several-title = For each of your questions, the nearest article

## No answer

none-title = I found no article that answers this
none-text = My articles do not seem to cover this question, and I would rather say so than guess.
# Above a list of titles.
none-closest = The nearest titles are:
none-rephrase =
    You could try to:
    - ask one thing at a time, as a whole sentence
    - use the words a textbook would use, and check the spelling
# Below that advice, only while a subject was chosen. $subject: its name.
none-in-subject = There may be an answer outside { $subject }: leave out the subject, or choose another one.
# The question had no words in it.
none-nothing-asked = I could not find a question in that. Ask me something like “What is osmosis?”
# What a member said is no question. Each is a whole reply; no article is named.
none-greeting = Hello! I am here. Ask me something that you study, such as “What is osmosis?”, and I look for an article that answers it.
none-thanks = You are welcome! I am here whenever the next question comes up.
none-feelings = Thank you for telling me. I am only a bot that quotes articles, so if something weighs on you, please talk to somebody you trust.
none-complaint = I am sorry that I was no help. I only quote articles and do not always find the right one: please ask again in other words.
none-about-the-bot = I am a bot. I answer study questions by quoting articles, word for word, and I make up nothing. Ask me something like “What is osmosis?”
none-cannot-do = That is nothing I can do: I only quote articles that answer study questions. Ask me about the topic itself, and I look for one.
none-needs-context = I do not know what that refers to. Reply to one of my answers to ask further, or ask in a whole sentence, such as “Why does ice float on water?”
# "Not this one" was pressed and nothing is left.
none-left = That was the last match. Ask again in other words, and I will look afresh.
# A message command or a mention on a message without any text.
none-no-text = That message has no text that I can read. Copy the question into { $command } instead.

## Other ways to ask

# A mention without a question. $command: a clickable command.
mention-empty = Hi, I am a bot that answers study questions by quoting articles. Mention me with a question, or use { $command }.
# The first direct message of a member.
dm-welcome = Ask me a study question, and I answer with an excerpt of an article and a link to it. Reply to an answer to ask further.
# First line of what the bot posts by itself under a new post.
forum-introduction = I am a bot, and I may have found an article that answers this. Nobody asked me to, so please judge for yourself.
# Last line of the same message.
forum-farewell = I answer once in a post. Mention me to ask further.
related-title = Articles related to “{ $title }”
related-none = The article “{ $title }” names no related articles.
browse-subjects-title = { $count ->
    [one] One subject
   *[other] { $count } subjects
}
browse-title = { $subject }: { $count ->
    [one] one article
   *[other] { $count } articles
}
browse-empty = There is no article in { $subject }.
# Suggestions while typing, at most 100 characters.
suggestion-subject = { $subject } ({ $count })

## Feedback, sharing, deleting

feedback-helpful = Thank you! I am glad that it helped.
feedback-not-helpful = Thank you for telling me.
# The same where that button is there and theirs to press.
feedback-not-helpful-next = Thank you for telling me. “{ button-not-this-one }” shows the next match.
feedback-withdrawn = Your rating is taken back.

## Refusals, each a private reply

not-yours = These buttons belong to whoever asked. Ask me yourself to get your own.
not-yours-delete = Only the member who asked and moderators may delete this answer.
busy = I have more questions than I can answer right now. Please try again in a moment.
busy-with-yours = I am still working on what you asked before. Please wait until that is done.
# $seconds: how long an answer may take.
answer-too-slow = { $seconds ->
    [one] I could not finish that within one second, so I have stopped waiting for it.
   *[other] I could not finish that within { $seconds } seconds, so I have stopped waiting for it.
} Please ask in other, simpler words. If it stays so, tell a moderator this reference: { $reference }
cooldown-member = { $seconds ->
    [one] That was quick! Please wait one second before your next question.
   *[other] That was quick! Please wait { $seconds } seconds before your next question.
}
cooldown-press = { $seconds ->
    [one] That was quick! Please wait one second before you go on.
   *[other] That was quick! Please wait { $seconds } seconds before you go on.
}
cooldown-server = { $seconds ->
    [one] This server asks a lot right now. Please try again in one second.
   *[other] This server asks a lot right now. Please try again in { $seconds } seconds.
}
# $limit: most characters of a question.
question-too-long = That is too long for me. Please ask in at most { $limit } characters.
subject-unknown = There is no subject called “{ $subject }”. Choose one of the suggestions.
# Above a list of titles, where there are some.
article-unknown = I know no article called “{ $title }”.
# Above an article whose title is not what was typed. $title: what was typed.
article-nearest = The nearest article to “{ $title }”
article-gone = That article is no longer among those that I know.
# $link: the article's question as a link. $when: a date.
article-moved = That article has moved: { $link }
article-gone-since = The article “{ $title }” was taken down on { $when }.
# A button of a message so old that what it answered was removed.
answer-expired = This answer is too old for its buttons to work. Please ask again.
moderators-only = Only members who may manage this server's channels can do that.
server-only = This works only in a server.

## Channels where the bot answers by itself

# $channel: a mention of a channel.
channel-on = From now on I answer new questions in { $channel } by myself, only when I am confident, once each, and I say that I am a bot.
channel-on-already = I already answer by myself in { $channel }.
channel-off = I no longer answer by myself in { $channel }.
channel-off-already = I do not answer by myself in { $channel }.
channel-list = I answer by myself in: { $channels }
channel-list-none = I answer by myself nowhere in this server. { $command } switches a channel on.
# $permissions: names of permissions, see `permission-…`.
channel-missing-permissions = I am not allowed to answer in { $channel }. I need these permissions there: { $permissions }.
channel-needs-content-intent = I cannot read posts in { $channel }: whoever runs me has not switched on the Message Content intent. Members can mention me instead.

# Names of permissions as the settings of a channel show them in Discord's own clients in this language.
permission-view-channel = View Channel
permission-send-messages = Send Messages
permission-send-messages-in-threads = Send Messages in Threads
permission-attach-files = Attach Files
permission-read-message-history = Read Message History

## Help and about

help-title = How to ask
# $ask, $article, $related, $browse: clickable commands. $bot: the bot's name.
help-ask =
    - { $ask } with a question. Choosing a suggestion answers with exactly that article.
    - Mention { $bot } with a question, or send it a direct message.
    - Reply to an answer to ask further: “and the second one?”
    - On any message: Apps, then “{ menu-find-answer-name }”. Only you see the answer until you share it.
help-find = { $article } shows an article by its title, { $related } what is related to it, and { $browse } the articles of a subject.
help-buttons-title = What the buttons do
help-buttons =
    - **{ button-read-more }**: turn the pages of the article, in place
    - **{ select-other-matches }**, **{ button-not-this-one }**: another article that may answer
    - **{ button-helpful }**, **{ button-not-helpful }**: tell me how well it fits
    - **{ button-share }**: show a private answer to everybody here
    - **{ button-delete }**: remove the answer; for whoever asked and for moderators
help-honest = Every answer is quoted from an article, never written by a machine. Where no article fits, I say so.
about-title = About { $bot }
about-text = I answer study questions with excerpts of published articles, word for word, each with a link to its page.
about-articles = { $count ->
    [one] I know one article
   *[other] I know { $count } articles
} in { $subjects ->
    [one] one subject
   *[other] { $subjects } subjects
}.
# $generation: id of the index; $version: the program's version.
about-versions = Index { $generation }, version { $version }
privacy-title = Privacy
# $days: after how many days it is deleted.
privacy-text = { $days ->
    [one] So that buttons and follow-ups work, I keep your question, which article answered it, and your Discord ID for one day.
   *[other] So that buttons and follow-ups work, I keep your question, which article answered it, and your Discord ID for { $days } days.
} After that, of your ratings only the rating stays, without your ID. I keep no other messages. { $command } deletes everything about you at once.
forgotten = { $count ->
    [0] I remembered nothing about you.
    [one] Done. I deleted the one thing that I remembered about you.
   *[other] Done. I deleted the { $count } things that I remembered about you.
}

## Errors
# $reference: eight characters that the log carries too.

error-unknown = Something went wrong on my side, not on yours. Please try again; if it stays so, tell a moderator this reference: { $reference }
error-no-index = I have no articles to answer from yet. Please tell whoever runs me this reference: { $reference }
error-index-damaged = My index of articles needs repair. Please tell whoever runs me this reference: { $reference }
error-model = I cannot read questions at the moment. Please tell whoever runs me this reference: { $reference }
error-storage = I cannot remember anything at the moment, so that did not work. Please try again later. Reference: { $reference }
error-search-engine = I cannot look anything up at the moment, but I will be back soon. Please try again in a minute. Reference: { $reference }
error-too-slow = That took too long. Please try again. Reference: { $reference }
error-discord-permission = I am not allowed to do that here. A moderator can change my permissions. Reference: { $reference }
error-discord-gone = That message, post or channel is no longer there. Reference: { $reference }
error-discord = Discord did not accept my answer. Please try again in a moment. Reference: { $reference }
