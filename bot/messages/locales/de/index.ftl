## Der Index, für Verwalter

admins-only = Das dürfen nur die, die der Betreiber dieses Bots benannt hat.
index-running = Der Index wird schon gebaut.
index-held = Im Gange: { $action }, Prozess { $pid }, begonnen { $when }.
index-held-unknown = Ein anderer Prozess ändert gerade den Index.
index-share = { $done } von { $total }
index-failed = Das hat nicht geklappt: { $reason }

index-status-title = Der Index
index-none = Es gibt noch keinen Index.
index-current-unknown = Welche Generation dienen soll, lässt sich nicht sagen: { $reason }
index-current = Generation { $generation }, erstellt { $when }
index-counts = { $articles } Artikel in { $sections } Abschnitten, { $size } MB, Modell { $model }
index-revision = Stand der Artikel: { $revision }
index-earlier = Frühere Generationen:
index-idle = Gerade wird nichts gebaut.
index-last-build = Letzter Bau: { $outcome }, { $when }, in { $seconds } s
index-unreadable = { $count ->
    [one] Eine Datei konnte nicht gelesen werden:
   *[other] { $count } Dateien konnten nicht gelesen werden:
}
index-outcome-done = fertig
index-outcome-nothing-new = nichts Neues
index-outcome-refused = wartet auf ein Wort
index-outcome-cancelled = abgebrochen
index-outcome-failed = gescheitert
index-outcome-busy = ein anderer lief
index-action-build = Bau
index-action-preview = Vorschau
index-action-rollback = Rückkehr
index-action-prune = Aufräumen
index-action-calibrate = Kalibrierung

index-preview-title = Was ein neuer Bau ändern würde
index-added = { $count } neu
index-changed = { $count } geändert
index-removed = { $count } entfernt
index-moved = { $count } umgezogen
index-commits = { $count ->
    [one] Ein Commit, von { $before } bis { $after }
   *[other] { $count } Commits, von { $before } bis { $after }
}
index-commits-unknown = Von Commit { $before } zu { $after }; was dazwischen liegt, ist nicht bekannt.
index-failing = { $count } neuerdings unlesbar
index-no-difference = Nichts hat sich geändert.
index-answers = { $count } von { $asked } Fragen bekämen eine andere erste Antwort:
index-seconds = Ein neuer Bau würde etwa { $seconds } s dauern.
index-objection = Ohne ein Wort würde er nicht benutzt: { $reason }
index-whole-list = Die ganze Liste hängt an.

index-build-title = Der Index wird gebaut
index-build-for = Für { $member }
index-stage-fetch = Artikel abrufen
index-stage-find = Dateien suchen
index-stage-read = Artikel lesen
index-stage-embed = Vektoren berechnen
index-stage-index = Index schreiben
index-stage-save = Prüfen und speichern
index-stage-judge = Fragen werden gestellt
index-progress = { $done } von { $total }, { $rate } in der Sekunde
index-left = noch etwa { $seconds } s
index-built = Generation { $generation } antwortet jetzt.
index-nothing-new = Nichts hat sich geändert; Generation { $generation } antwortet weiter.
index-refused = Generation { $generation } ist fertig, antwortet aber nicht: { $reason }
index-cancelled = Der Bau wurde abgebrochen; alles bleibt, wie es war.
index-rolled-back = Generation { $generation } antwortet jetzt, nach { $before }.
button-index-cancel = Abbrechen
button-index-rollback = Zurückkehren
button-index-confirm = Antworten lassen

index-history-title = Bauten und Rückkehren
index-audit-title = Was getan wurde, und von wem
index-no-events = Noch ist nichts aufgeschrieben.
index-sections = { $count ->
    [one] Ein Abschnitt:
   *[other] { $count } Abschnitte:
}
index-article-changed = Die Datei wurde zuletzt { $when } geändert.
index-article-gone = { $url } ist seit { $when } nicht mehr da.
index-article-moved = { $url } ist nach { $successor } umgezogen.
index-article-unknown = { $url } ist nicht im Index und war es, soweit ich weiß, nie.
