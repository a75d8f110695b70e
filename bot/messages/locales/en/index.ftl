### What admins of the index read. $reason and $generation are escaped by the caller; other texts as in bot.ftl.
## The index, for admins

admins-only = Only those whom the operator of this bot has named may do that.
index-running = The index is being built already.
# $action: such as Build; $pid: number of a process; $when: a moment that Discord words.
index-held = Under way: { $action }, process { $pid }, begun { $when }.
index-held-unknown = Another process is changing the index right now.
index-share = { $done } of { $total }
# $reason: what went wrong, in English.
index-failed = That did not work: { $reason }

index-status-title = The index
index-none = There is no index yet.
index-current-unknown = Which generation should serve cannot be told: { $reason }
index-cannot-serve = It cannot serve: { $reason }
index-serves-instead = This bot answers from generation { $generation } until that is mended.
# $generation: its id; $when: a moment that Discord words.
index-current = Generation { $generation }, made { $when }
index-counts = { $articles ->
    [one] One article
   *[other] { $articles } articles
} in { $sections ->
    [one] one section
   *[other] { $sections } sections
}, { $size } MB, model { $model }
index-second-encoder = Second encoder: { $model }
# $reason: why, in English.
index-second-encoder-unused = The second encoder is not used: { $reason }
index-revision = Revision of the articles: { $revision }
index-earlier = Earlier generations:
index-idle = Nothing is being built.
index-last-build = Last build: { $outcome }, { $when }, in { $seconds } s
index-unreadable = { $count ->
    [one] One file could not be read:
   *[other] { $count } files could not be read:
}
index-warnings = { $count ->
    [one] One warning about articles that serve all the same.
   *[other] { $count } warnings about articles that serve all the same.
}
index-outcome-done = done
index-outcome-nothing-new = nothing new
index-outcome-refused = waits for confirmation
index-outcome-cancelled = cancelled
index-outcome-failed = failed
index-outcome-busy = another was running
index-action-build = Build
index-action-preview = Preview
index-action-rollback = Rollback
index-action-prune = Clean-up
index-action-calibrate = Calibration

index-preview-title = What a rebuild would change
index-added = { $count } added
index-changed = { $count } changed
index-removed = { $count } removed
index-moved = { $count } moved
index-commits = { $count ->
    [one] One commit, from { $before } to { $after }
   *[other] { $count } commits, from { $before } to { $after }
}
index-commits-unknown = From commit { $before } to { $after }; what lies between is not known.
index-failing = { $count } newly unreadable
index-no-difference = Nothing has changed.
index-answers = { $count ->
    [0] 0 of { $asked } questions would get another first answer.
   *[other] { $count } of { $asked } questions would get another first answer:
}
index-seconds = A rebuild would take about { $seconds } s.
index-anew-no-index = There is no index yet, so every article is read.
index-anew-current = Nobody can tell which generation serves, so every article is read anew.
index-anew-damaged = The index is damaged, so every article is read anew.
index-anew-format = The index was made by another version of this program, so every article is read anew.
index-anew-model = The index was made with another model, so every article is read and embedded anew.
index-anew-reading = This version reads articles differently, so every article is read anew.
index-anew-many-changes = Many articles have changed or gone since all were last read, so every article is read anew.
index-anew-asked = Every article is read anew, as was asked for.
# $reason: in English.
index-objection = It would not serve without confirmation: { $reason }
index-whole-list = The whole list is attached.

index-build-title = Building the index
index-build-for = For { $member }
index-stage-fetch = Fetching the articles
index-stage-find = Looking for files
index-stage-read = Reading articles
index-stage-embed = Embedding
index-stage-index = Writing the index
index-stage-save = Checking and saving
index-stage-judge = Asking it questions
index-progress = { $done } of { $total }, { $rate } a second
index-left = about { $seconds } s left
index-built = Generation { $generation } serves now.
index-nothing-new = Nothing has changed; generation { $generation } goes on serving.
index-refused = Generation { $generation } was made, but does not serve: { $reason }
index-cancelled = The build was cancelled; everything stays as it was.
index-build-ended = That build has ended already; nothing was stopped.
index-rolled-back = Generation { $generation } serves now, after { $before }.
button-index-cancel = Cancel
button-index-rollback = Roll back
button-index-confirm = Let it serve

index-history-title = Builds and rollbacks
index-audit-title = What was done, and by whom
index-no-events = Nothing is written down yet.
index-sections = { $count ->
    [one] One section:
   *[other] { $count } sections:
}
index-article-changed = Its file was last changed { $when }.
index-article-gone = { $url } is gone since { $when }.
index-article-moved = { $url } has moved to { $successor }.
index-article-unknown = { $url } is not in the index, and never was as far as I know.
