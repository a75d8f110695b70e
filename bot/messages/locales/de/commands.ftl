### Was Discord in seinem Befehlsmenü zeigt. Grenzen und Erklärungen: ../en/commands.ftl.

cmd-ask-name = fragen
cmd-ask-description = Stell eine Lernfrage: Du bekommst einen passenden Auszug und den Link zum Artikel
cmd-ask-option-question-name = frage
cmd-ask-option-question-description = Was du wissen willst; ein gewählter Vorschlag zeigt genau diesen Artikel
cmd-ask-option-subject-name = fach
cmd-ask-option-subject-description = Nur in diesem Fach suchen
cmd-ask-option-private-name = privat
cmd-ask-option-private-description = Die Antwort nur dir zeigen (du kannst sie danach teilen)

choice-yes = Ja
choice-no = Nein

cmd-article-name = artikel
cmd-article-description = Einen Artikel nach seinem Titel zeigen
cmd-article-option-title-name = titel
cmd-article-option-title-description = Wörter aus dem Titel; wähle einen der Vorschläge

cmd-related-name = verwandte
cmd-related-description = Die Artikel zeigen, die mit einem Artikel verwandt sind
cmd-related-option-title-name = titel
cmd-related-option-title-description = Wörter aus dem Titel; wähle einen der Vorschläge

cmd-browse-name = stöbern
cmd-browse-description = In den Artikeln eines Fachs blättern
cmd-browse-option-subject-name = fach
cmd-browse-option-subject-description = Das Fach; ohne Angabe werden alle Fächer gezeigt

cmd-help-name = hilfe
cmd-help-description = Wie man fragt und was die Buttons tun

cmd-about-name = über
cmd-about-description = Was dieser Bot ist, wie viele Artikel er kennt und was er sich merkt

cmd-forget-me-name = vergiss-mich
cmd-forget-me-description = Alles löschen, was dieser Bot über dich gespeichert hat

cmd-channel-name = kanal
cmd-channel-description = Kanäle wählen, in denen der Bot neue Fragen von selbst beantwortet
cmd-channel-on-name = ein
cmd-channel-on-description = Neue Fragen in einem Kanal oder Forum beantworten, nur wenn er sicher ist
cmd-channel-off-name = aus
cmd-channel-off-description = In einem Kanal oder Forum nicht mehr von selbst antworten
cmd-channel-list-name = liste
cmd-channel-list-description = Zeigen, wo der Bot von selbst antwortet
cmd-channel-option-channel-name = kanal
cmd-channel-option-channel-description = Ein Forum oder ein Textkanal für Fragen

cmd-index-name = index
cmd-index-description = Den Index der Artikel pflegen
cmd-index-status-name = status
cmd-index-status-description = Den jetzigen Index, frühere und den letzten Aufbau zeigen
cmd-index-preview-name = vorschau
cmd-index-preview-description = Zeigen, was ein Neuaufbau ändern würde, ohne ihn auszuführen
cmd-index-rebuild-name = neuaufbau
cmd-index-rebuild-description = Den Index neu aufbauen, während er weiter antwortet
cmd-index-option-full-name = ganz
cmd-index-option-full-description = Jeden Artikel neu lesen
cmd-index-rollback-name = zurücksetzen
cmd-index-rollback-description = Auf eine frühere Generation zurücksetzen
cmd-index-option-generation-name = generation
cmd-index-option-generation-description = Welche; ohne Angabe die davor
cmd-index-history-name = verlauf
cmd-index-history-description = Zeigen, wann aufgebaut und zurückgesetzt wurde
cmd-index-audit-name = protokoll
cmd-index-audit-description = Zeigen, was getan wurde, und von wem
cmd-index-article-name = artikel
cmd-index-article-description = Zeigen, wie ein Artikel im Index steht
cmd-index-option-url-name = adresse
cmd-index-option-url-description = Seine Adresse oder der Pfad seiner Datei

menu-find-answer-name = Antwort finden
