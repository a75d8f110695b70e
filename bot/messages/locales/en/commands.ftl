### What Discord shows in its command menu. Names are 1 to 32 characters: lower case, digits, - and _, without spaces
### (`menu-…` names may have both). Descriptions are at most 100 characters. A command of a group is named group, then
### command: `cmd-channel-on` is `/channel on`. An option is named command, then `option`, then its English name.

cmd-ask-name = ask
cmd-ask-description = Ask a study question and get an excerpt that answers it, with a link to the article
cmd-ask-option-question-name = question
cmd-ask-option-question-description = What you want to know; choose a suggestion to get exactly that article
cmd-ask-option-subject-name = subject
cmd-ask-option-subject-description = Look only in this subject
cmd-ask-option-private-name = private
cmd-ask-option-private-description = Show the answer only to you (you can share it afterwards)

choice-yes = Yes
choice-no = No

cmd-article-name = article
cmd-article-description = Show an article by its title
cmd-article-option-title-name = title
cmd-article-option-title-description = Any words of the title; choose one of the suggestions

cmd-related-name = related
cmd-related-description = Show the articles that are related to an article
cmd-related-option-title-name = title
cmd-related-option-title-description = Any words of the title; choose one of the suggestions

cmd-browse-name = browse
cmd-browse-description = Browse the articles of a subject, page by page
cmd-browse-option-subject-name = subject
cmd-browse-option-subject-description = The subject to browse; leave it out to see all subjects

cmd-help-name = help
cmd-help-description = How to ask, and what the buttons do

cmd-about-name = about
cmd-about-description = What this bot is, how many articles it knows, and what it remembers

cmd-forget-me-name = forget-me
cmd-forget-me-description = Delete everything that this bot remembers about you

cmd-channel-name = channel
cmd-channel-description = Choose the channels where the bot answers new questions by itself
cmd-channel-on-name = on
cmd-channel-on-description = Answer new questions in a channel or forum, only when confident
cmd-channel-off-name = off
cmd-channel-off-description = Stop answering by itself in a channel or forum
cmd-channel-list-name = list
cmd-channel-list-description = Show where the bot answers by itself
cmd-channel-option-channel-name = channel
cmd-channel-option-channel-description = A forum, or a text channel for questions

cmd-index-name = index
cmd-index-description = Look after the index of articles
cmd-index-status-name = status
cmd-index-status-description = Show the index that serves, earlier ones, and the last build
cmd-index-preview-name = preview
cmd-index-preview-description = Show what a rebuild would change, without doing it
cmd-index-rebuild-name = rebuild
cmd-index-rebuild-description = Rebuild the index from the articles while it serves
cmd-index-option-full-name = full
cmd-index-option-full-description = Read every article anew
cmd-index-rollback-name = rollback
cmd-index-rollback-description = Let an earlier generation serve
cmd-index-option-generation-name = generation
cmd-index-option-generation-description = Which one; the one before if left out
cmd-index-history-name = history
cmd-index-history-description = Show builds and rollbacks
cmd-index-audit-name = audit
cmd-index-audit-description = Show everything that was done, and by whom
cmd-index-article-name = article
cmd-index-article-description = Show how one article is indexed
cmd-index-option-url-name = url
cmd-index-option-url-description = Its address, or the path of its file

# Menu of a message: Apps, then this. 1 to 32 characters.
menu-find-answer-name = Find an answer
