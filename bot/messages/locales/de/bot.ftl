### Alles, was der Bot von sich aus sagt. Grenzen und Erklärungen: ../en/bot.ftl.

## Eine Antwort

confidence-very-likely = Sehr wahrscheinlich die Antwort auf deine Frage
confidence-likely = Wahrscheinlich die Antwort auf deine Frage
confidence-possibly = Möglicherweise die Antwort auf deine Frage
confidence-unlikely = Wohl nicht ganz das, was du gefragt hast
confidence-chosen = Der Artikel, den du gewählt hast
answer-quoted = Wörtlich zitiert aus [dem Artikel]({ $link })
answer-also-in = Auch beantwortet in: { $subjects }
answer-cut = Das ist nur ein Teil des Auszugs; „{ button-read-more }“ zeigt den Rest.
answer-follow-up = Verstanden als Fortsetzung von „{ $question }“
answer-asked-by = { $member } hat gefragt: { $question }
answer-shared-by = Geteilt von { $member }
answer-about-message = Zu [dieser Nachricht]({ $link })

button-read-more = Ganzen Artikel lesen
button-back-to-excerpt = Zurück zum Auszug
button-first-page = Erste Seite
button-previous-page = Vorherige Seite
button-next-page = Nächste Seite
button-last-page = Letzte Seite
button-page-number = Seite { $page } von { $pages }
button-not-this-one = Nicht diese
button-helpful = Hilfreich
button-not-helpful = Nicht hilfreich
button-share = Teilen
button-delete = Löschen
button-related = Verwandte Artikel
button-all-subjects = Alle Fächer
select-other-matches = Andere Treffer
select-related = Verwandte Artikel
select-candidates = Wähle, was du gemeint hast
select-subjects = Wähle ein Fach
select-articles = Wähle einen Artikel

## Vielleicht

candidates-title = Ich bin mir nicht sicher. Hast du einen von diesen gemeint?
candidates-hint = Wähle einen, oder frag mit anderen Worten. Ich zitiere nur Artikel und erfinde nie eine Antwort.
several-title = Zu jeder deiner Fragen der nächste Artikel

## Keine Antwort

none-title = Ich habe keinen Artikel gefunden, der das beantwortet
none-text = Meine Artikel scheinen diese Frage nicht zu behandeln, und das sage ich lieber, als zu raten.
none-closest = Am nächsten kommen diese Titel:
none-rephrase =
    Du kannst versuchen:
    - nur eine Sache auf einmal zu fragen, in einem ganzen Satz
    - die Wörter eines Lehrbuchs zu verwenden und die Schreibweise zu prüfen
none-in-subject = Vielleicht gibt es außerhalb von { $subject } eine Antwort: Lass das Fach weg oder wähle ein anderes.
none-nothing-asked = Darin habe ich keine Frage gefunden. Frag mich zum Beispiel „What is osmosis?“; meine Artikel sind auf Englisch.
none-greeting = Hallo! Ich bin da. Frag mich etwas, das du lernst, zum Beispiel „What is osmosis?“, und ich suche einen Artikel, der es beantwortet; meine Artikel sind auf Englisch.
none-thanks = Gern geschehen! Ich bin da, wenn die nächste Frage auftaucht.
none-feelings = Danke, dass du mir das sagst. Ich bin nur ein Bot, der Artikel zitiert. Wenn dich etwas bedrückt, sprich bitte mit jemandem, dem du vertraust.
none-complaint = Es tut mir leid, dass ich nicht helfen konnte. Ich zitiere nur Artikel und finde nicht immer den richtigen: Frag bitte noch einmal mit anderen Worten.
none-about-the-bot = Ich bin ein Bot. Ich beantworte Lernfragen mit wörtlichen Zitaten aus Artikeln und erfinde nichts. Frag mich zum Beispiel „What is osmosis?“
none-cannot-do = Das kann ich nicht: Ich zitiere nur Artikel, die Lernfragen beantworten. Frag mich nach dem Thema selbst, dann suche ich einen.
none-needs-context = Ich weiß nicht, worauf sich das bezieht. Antworte auf eine meiner Antworten, um weiterzufragen, oder frag in einem ganzen Satz, zum Beispiel „Why does ice float on water?“
none-left = Das war der letzte Treffer. Frag mit anderen Worten, dann suche ich neu.
none-no-text = Diese Nachricht hat keinen Text, den ich lesen kann. Kopiere die Frage stattdessen in { $command }.

## Andere Wege zu fragen

mention-empty = Hallo, ich bin ein Bot, der Lernfragen mit Zitaten aus Artikeln beantwortet. Erwähne mich mit einer Frage, oder nutze { $command }.
dm-welcome = Stell mir eine Lernfrage, und ich antworte mit einem Auszug aus einem Artikel und dem Link dazu. Antworte auf meine Nachricht, um weiterzufragen.
forum-introduction = Ich bin ein Bot und habe vielleicht einen Artikel gefunden, der das beantwortet. Niemand hat mich darum gebeten, also urteile bitte selbst.
forum-farewell = Ich antworte in jedem Beitrag nur einmal. Erwähne mich, um weiterzufragen.
related-title = Verwandte Artikel zu „{ $title }“
related-none = Der Artikel „{ $title }“ nennt keine verwandten Artikel.
browse-subjects-title = { $count ->
    [one] Ein Fach
   *[other] { $count } Fächer
}
browse-title = { $subject }: { $count ->
    [one] ein Artikel
   *[other] { $count } Artikel
}
browse-empty = In { $subject } gibt es keinen Artikel.
suggestion-subject = { $subject } ({ $count })

## Bewerten, teilen, löschen

feedback-helpful = Danke! Schön, dass es geholfen hat.
feedback-not-helpful = Danke für den Hinweis.
feedback-not-helpful-next = Danke für den Hinweis. „{ button-not-this-one }“ zeigt den nächsten Treffer.
feedback-withdrawn = Deine Bewertung ist zurückgenommen.

## Absagen

not-yours = Diese Buttons gehören der Person, die gefragt hat. Frag mich selbst, um eigene zu bekommen.
not-yours-delete = Nur wer gefragt hat und Moderatoren dürfen diese Antwort löschen.
busy = Ich habe gerade mehr Fragen, als ich beantworten kann. Bitte versuch es gleich noch einmal.
busy-with-yours = Ich arbeite noch an deiner vorigen Anfrage. Bitte warte, bis sie fertig ist.
answer-too-slow = { $seconds ->
    [one] Damit bin ich in einer Sekunde nicht fertig geworden und warte nicht länger.
   *[other] Damit bin ich in { $seconds } Sekunden nicht fertig geworden und warte nicht länger.
} Bitte frag mit anderen, einfacheren Worten. Wenn es so bleibt, nenne einem Moderator diese Kennung: { $reference }
cooldown-member = { $seconds ->
    [one] Das ging schnell! Bitte warte eine Sekunde bis zur nächsten Frage.
   *[other] Das ging schnell! Bitte warte { $seconds } Sekunden bis zur nächsten Frage.
}
cooldown-press = { $seconds ->
    [one] Das ging schnell! Bitte warte eine Sekunde, bevor du weitermachst.
   *[other] Das ging schnell! Bitte warte { $seconds } Sekunden, bevor du weitermachst.
}
cooldown-server = { $seconds ->
    [one] Auf diesem Server wird gerade viel gefragt. Bitte versuch es in einer Sekunde noch einmal.
   *[other] Auf diesem Server wird gerade viel gefragt. Bitte versuch es in { $seconds } Sekunden noch einmal.
}
question-too-long = Das ist mir zu lang. Bitte frag mit höchstens { $limit } Zeichen.
subject-unknown = Es gibt kein Fach namens „{ $subject }“. Wähle einen der Vorschläge.
article-unknown = Ich kenne keinen Artikel namens „{ $title }“.
article-nearest = Der nächstliegende Artikel zu „{ $title }“
article-gone = Diesen Artikel kenne ich nicht mehr.
article-moved = Dieser Artikel ist umgezogen: { $link }
article-gone-since = Der Artikel „{ $title }“ wurde am { $when } entfernt.
answer-expired = Diese Antwort ist zu alt, ihre Buttons funktionieren nicht mehr. Bitte frag noch einmal.
moderators-only = Das dürfen nur Mitglieder, die die Kanäle dieses Servers verwalten dürfen.
server-only = Das geht nur auf einem Server.

## Kanäle, in denen der Bot von selbst antwortet

channel-on = Ab jetzt beantworte ich neue Fragen in { $channel } von selbst: nur wenn ich sicher bin, jede nur einmal, und ich sage dazu, dass ich ein Bot bin.
channel-on-already = In { $channel } antworte ich schon von selbst.
channel-off = In { $channel } antworte ich nicht mehr von selbst.
channel-off-already = In { $channel } antworte ich nicht von selbst.
channel-list = Ich antworte von selbst in: { $channels }
channel-list-none = Ich antworte auf diesem Server nirgends von selbst. { $command } schaltet einen Kanal ein.
channel-missing-permissions = In { $channel } darf ich nicht antworten. Ich brauche dort diese Berechtigungen: { $permissions }.
channel-needs-content-intent = Beiträge in { $channel } kann ich nicht lesen: Wer mich betreibt, hat den Zugriff auf Nachrichteninhalte (Message Content) nicht eingeschaltet. Mitglieder können mich stattdessen erwähnen.
permission-view-channel = Kanal ansehen
permission-send-messages = Nachrichten senden
permission-send-messages-in-threads = Nachrichten in Threads senden
permission-attach-files = Dateien anhängen
permission-read-message-history = Nachrichtenverlauf anzeigen

## Hilfe und Auskunft

help-title = Wie man fragt
help-ask =
    - { $ask } mit einer Frage. Ein gewählter Vorschlag wird mit genau diesem Artikel beantwortet.
    - Erwähne { $bot } mit einer Frage, oder schick ihm eine Direktnachricht.
    - Antworte auf eine Antwort, um weiterzufragen: „und das zweite?“
    - Bei jeder Nachricht: Apps, dann „{ menu-find-answer-name }“. Nur du siehst die Antwort, bis du sie teilst.
help-find = { $article } zeigt einen Artikel nach seinem Titel, { $related }, was mit ihm verwandt ist, und { $browse } die Artikel eines Fachs.
help-buttons-title = Was die Buttons tun
help-buttons =
    - **{ button-read-more }**: im Artikel blättern, an Ort und Stelle
    - **{ select-other-matches }**, **{ button-not-this-one }**: ein anderer Artikel, der vielleicht passt
    - **{ button-helpful }**, **{ button-not-helpful }**: mir sagen, wie gut es passt
    - **{ button-share }**: eine private Antwort allen hier zeigen
    - **{ button-delete }**: die Antwort entfernen; für den, der gefragt hat, und für Moderatoren
help-honest = Jede Antwort ist aus einem Artikel zitiert, nie von einer Maschine geschrieben. Passt keiner, dann sage ich das.
about-title = Über { $bot }
about-text = Ich beantworte Lernfragen mit Auszügen aus veröffentlichten Artikeln, Wort für Wort, jeder mit dem Link zu seiner Seite.
about-articles = { $count ->
    [one] Ich kenne einen Artikel
   *[other] Ich kenne { $count } Artikel
} in { $subjects ->
    [one] einem Fach
   *[other] { $subjects } Fächern
}.
about-versions = Index { $generation }, Version { $version }
privacy-title = Datenschutz
privacy-text = { $days ->
    [one] Damit Buttons und Anschlussfragen funktionieren, speichere ich deine Frage, den Artikel dazu und deine Discord-ID einen Tag lang.
   *[other] Damit Buttons und Anschlussfragen funktionieren, speichere ich deine Frage, den Artikel dazu und deine Discord-ID { $days } Tage lang.
} Danach bleibt von deinen Bewertungen nur die Bewertung, ohne deine ID. Andere Nachrichten speichere ich nicht. { $command } löscht sofort alles über dich.
forgotten = { $count ->
    [0] Ich hatte nichts über dich gespeichert.
    [one] Erledigt. Ich habe das Einzige gelöscht, was ich über dich gespeichert hatte.
   *[other] Erledigt. Ich habe alle { $count } Dinge gelöscht, die ich über dich gespeichert hatte.
}

## Fehler

error-unknown = Bei mir ist etwas schiefgegangen, nicht bei dir. Bitte versuch es noch einmal; bleibt es so, nenn einem Moderator diese Kennung: { $reference }
error-no-index = Ich habe noch keine Artikel, aus denen ich antworten kann. Bitte nenn dem, der mich betreibt, diese Kennung: { $reference }
error-index-damaged = Mein Index der Artikel muss repariert werden. Bitte nenn dem, der mich betreibt, diese Kennung: { $reference }
error-model = Ich kann gerade keine Fragen lesen. Bitte nenn dem, der mich betreibt, diese Kennung: { $reference }
error-storage = Ich kann mir gerade nichts merken, deshalb ging das nicht. Bitte versuch es später noch einmal. Kennung: { $reference }
error-search-engine = Ich kann gerade nichts nachschlagen, bin aber bald wieder da. Bitte versuch es in einer Minute noch einmal. Kennung: { $reference }
error-too-slow = Das hat zu lange gedauert. Bitte versuch es noch einmal. Kennung: { $reference }
error-discord-permission = Das darf ich hier nicht. Ein Moderator kann meine Berechtigungen ändern. Kennung: { $reference }
error-discord-gone = Diese Nachricht, diesen Beitrag oder diesen Kanal gibt es nicht mehr. Kennung: { $reference }
error-discord = Discord hat meine Antwort nicht angenommen. Bitte versuch es gleich noch einmal. Kennung: { $reference }
