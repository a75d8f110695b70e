## Der Index, für Verwalter

admins-only = Das dürfen nur die, die der Betreiber dieses Bots benannt hat.
index-running = Der Index wird bereits aufgebaut.
index-held = Im Gange: { $action }, Prozess { $pid }, begonnen { $when }.
index-held-unknown = Ein anderer Prozess ändert gerade den Index.
index-share = { $done } von { $total }
index-failed = Das hat nicht geklappt: { $reason }

index-status-title = Der Index
index-none = Es gibt noch keinen Index.
index-current-unknown = Welche Generation in Betrieb sein soll, lässt sich nicht sagen: { $reason }
index-cannot-serve = Sie kann nicht in Betrieb gehen: { $reason }
index-serves-instead = Dieser Bot antwortet aus Generation { $generation }, bis das behoben ist.
index-current = Generation { $generation }, erstellt { $when }
index-counts = { $articles } Artikel in { $sections ->
    [one] einem Abschnitt
   *[other] { $sections } Abschnitten
}, { $size } MB, Modell { $model }
index-second-encoder = Zweiter Encoder: { $model }
index-second-encoder-unused = Der zweite Encoder wird nicht benutzt: { $reason }
index-revision = Stand der Artikel: { $revision }
index-earlier = Frühere Generationen:
index-idle = Gerade läuft kein Aufbau.
index-last-build = Letzter Aufbau: { $outcome }, { $when }, in { $seconds } s
index-unreadable = { $count ->
    [one] Eine Datei konnte nicht gelesen werden:
   *[other] { $count } Dateien konnten nicht gelesen werden:
}
index-warnings = { $count ->
    [one] Eine Warnung zu Artikeln, die trotzdem verwendet werden.
   *[other] { $count } Warnungen zu Artikeln, die trotzdem verwendet werden.
}
index-outcome-done = fertig
index-outcome-nothing-new = nichts Neues
index-outcome-refused = wartet auf Bestätigung
index-outcome-cancelled = abgebrochen
index-outcome-failed = gescheitert
index-outcome-busy = ein anderer lief
index-action-build = Aufbau
index-action-preview = Vorschau
index-action-rollback = Zurücksetzen
index-action-prune = Aufräumen
index-action-calibrate = Kalibrierung

index-preview-title = Was ein Neuaufbau ändern würde
index-added = { $count } neu
index-changed = { $count } geändert
index-removed = { $count } entfernt
index-moved = { $count } umgezogen
index-commits = { $count ->
    [one] Ein Commit, von { $before } bis { $after }
   *[other] { $count } Commits, von { $before } bis { $after }
}
index-commits-unknown = Von Commit { $before } zu { $after }; was dazwischen liegt, ist nicht bekannt.
index-failing = { $count } neu unlesbar
index-no-difference = Nichts hat sich geändert.
index-answers = { $count ->
    [0] 0 von { $asked } Fragen bekämen eine andere erste Antwort.
    [one] { $count } von { $asked } Fragen bekäme eine andere erste Antwort:
   *[other] { $count } von { $asked } Fragen bekämen eine andere erste Antwort:
}
index-seconds = Ein Neuaufbau würde etwa { $seconds } s dauern.
index-anew-no-index = Es gibt noch keinen Index, darum wird jeder Artikel gelesen.
index-anew-current = Welche Generation in Betrieb ist, lässt sich nicht sagen, darum wird jeder Artikel neu gelesen.
index-anew-damaged = Der Index ist beschädigt, darum wird jeder Artikel neu gelesen.
index-anew-format = Der Index stammt von einer anderen Version dieses Programms, darum wird jeder Artikel neu gelesen.
index-anew-model = Der Index wurde mit einem anderen Modell erstellt, darum wird für jeden Artikel alles neu gelesen und berechnet.
index-anew-reading = Diese Version liest Artikel anders, darum wird jeder Artikel neu gelesen.
index-anew-many-changes = Viele Artikel wurden geändert oder entfernt, seit zuletzt alle gelesen wurden, darum wird jeder Artikel neu gelesen.
index-anew-asked = Jeder Artikel wird neu gelesen, wie gewünscht.
index-objection = Ohne Bestätigung ginge der neue Index nicht in Betrieb: { $reason }
index-whole-list = Die vollständige Liste ist angehängt.

index-build-title = Der Index wird aufgebaut
index-build-for = Für { $member }
index-stage-fetch = Artikel abrufen
index-stage-find = Dateien suchen
index-stage-read = Artikel lesen
index-stage-embed = Vektoren berechnen
index-stage-index = Index schreiben
index-stage-save = Prüfen und speichern
index-stage-judge = Fragen werden gestellt
index-progress = { $done } von { $total }, { $rate } pro Sekunde
index-left = noch etwa { $seconds } s
index-built = Generation { $generation } ist jetzt in Betrieb.
index-nothing-new = Nichts hat sich geändert; Generation { $generation } bleibt in Betrieb.
index-refused = Generation { $generation } ist fertig, aber nicht in Betrieb: { $reason }
index-cancelled = Der Aufbau wurde abgebrochen; alles bleibt, wie es war.
index-build-ended = Dieser Aufbau ist schon zu Ende; es wurde nichts abgebrochen.
index-rolled-back = Generation { $generation } ist jetzt in Betrieb, statt { $before }.
button-index-cancel = Abbrechen
button-index-rollback = Zurücksetzen
button-index-confirm = In Betrieb nehmen

index-history-title = Verlauf des Index
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
