## L’index, pour les administrateurs

admins-only = Seules les personnes désignées par l’opérateur de ce bot peuvent faire cela.
index-running = L’index est déjà en cours de construction.
index-held = En cours : { $action }, processus { $pid }, commencé { $when }.
index-held-unknown = Un autre processus modifie l’index en ce moment.
index-share = { $done } sur { $total }
index-failed = Cela n’a pas marché : { $reason }

index-status-title = L’index
index-none = Il n’y a pas encore d’index.
index-current-unknown = Impossible de dire quelle génération devrait servir : { $reason }
index-cannot-serve = Elle ne peut pas être mise en service : { $reason }
index-serves-instead = Ce bot répond avec la génération { $generation } jusqu’à la réparation.
index-current = Génération { $generation }, créée { $when }
index-counts = { $articles ->
    [one] { $articles } article
   *[other] { $articles } articles
} en { $sections ->
    [one] { $sections } section
   *[other] { $sections } sections
}, { $size } Mo, modèle { $model }
index-second-encoder = Second encodeur : { $model }
index-second-encoder-unused = Le second encodeur n’est pas utilisé : { $reason }
index-revision = Révision des articles : { $revision }
index-earlier = Générations précédentes :
index-idle = Rien n’est en construction.
index-last-build = Dernière construction : { $outcome }, { $when }, en { $seconds } s
index-unreadable = { $count ->
    [one] Un fichier n’a pas pu être lu :
   *[other] { $count } fichiers n’ont pas pu être lus :
}
index-warnings = { $count ->
    [one] Un avertissement sur des articles qui servent malgré tout.
   *[other] { $count } avertissements sur des articles qui servent malgré tout.
}
index-outcome-done = succès
index-outcome-nothing-new = rien de nouveau
index-outcome-refused = en attente de confirmation
index-outcome-cancelled = annulation
index-outcome-failed = échec
index-outcome-busy = un autre processus était en cours
index-action-build = Construction
index-action-preview = Aperçu
index-action-rollback = Retour en arrière
index-action-prune = Nettoyage
index-action-calibrate = Calibrage

index-preview-title = Ce qu’une reconstruction changerait
index-added = { $count ->
    [one] { $count } ajouté
   *[other] { $count } ajoutés
}
index-changed = { $count ->
    [one] { $count } modifié
   *[other] { $count } modifiés
}
index-removed = { $count ->
    [one] { $count } supprimé
   *[other] { $count } supprimés
}
index-moved = { $count ->
    [one] { $count } déplacé
   *[other] { $count } déplacés
}
index-commits = { $count ->
    [one] Un commit, de { $before } à { $after }
   *[other] { $count } commits, de { $before } à { $after }
}
index-commits-unknown = Du commit { $before } au commit { $after } ; ce qui les sépare n’est pas connu.
index-failing = { $count ->
    [one] { $count } devenu illisible
   *[other] { $count } devenus illisibles
}
index-no-difference = Rien n’a changé.
index-answers = { $count ->
    [0] 0 question sur { $asked } recevrait une autre première réponse.
    [one] { $count } question sur { $asked } recevrait une autre première réponse :
   *[other] { $count } questions sur { $asked } recevraient une autre première réponse :
}
index-seconds = Une reconstruction prendrait environ { $seconds } s.
index-anew-no-index = Il n’y a pas encore d’index, donc tous les articles sont lus.
index-anew-current = Impossible de dire quelle génération est en service, donc tous les articles sont relus.
index-anew-damaged = L’index est endommagé, donc tous les articles sont relus.
index-anew-format = L’index vient d’une autre version de ce programme, donc tous les articles sont relus.
index-anew-model = L’index a été créé avec un autre modèle, donc tous les articles sont relus et recalculés.
index-anew-reading = Cette version lit les articles autrement, donc tous sont relus.
index-anew-many-changes = Beaucoup d’articles ont changé ou disparu depuis la dernière lecture complète, donc tous sont relus.
index-anew-asked = Tous les articles sont relus, comme demandé.
index-objection = Elle ne servirait pas sans confirmation : { $reason }
index-whole-list = La liste complète est jointe.

index-build-title = Construction de l’index
index-build-for = Pour { $member }
index-stage-fetch = Récupération des articles
index-stage-find = Recherche des fichiers
index-stage-read = Lecture des articles
index-stage-embed = Calcul des vecteurs
index-stage-index = Écriture de l’index
index-stage-save = Vérification et enregistrement
index-stage-judge = Questions posées à l’index
index-progress = { $done } sur { $total }, { $rate } par seconde
index-left = encore { $seconds } s environ
index-built = La génération { $generation } est en service.
index-nothing-new = Rien n’a changé ; la génération { $generation } reste en service.
index-refused = La génération { $generation } est faite, mais n’est pas en service : { $reason }
index-cancelled = La construction a été annulée ; tout reste comme avant.
index-build-ended = Cette construction est déjà terminée ; rien n’a été interrompu.
index-rolled-back = La génération { $generation } est en service, à la place de { $before }.
button-index-cancel = Annuler
button-index-rollback = Revenir en arrière
button-index-confirm = Mettre en service

index-history-title = Constructions et retours en arrière
index-audit-title = Ce qui a été fait, et par qui
index-no-events = Rien n’est encore noté.
index-sections = { $count ->
    [one] Une section :
   *[other] { $count } sections :
}
index-article-changed = Son fichier a été modifié pour la dernière fois { $when }.
index-article-gone = { $url } n’est plus là depuis { $when }.
index-article-moved = { $url } se trouve maintenant à { $successor }.
index-article-unknown = { $url } n’est pas dans l’index et, à ma connaissance, n’y a jamais été.
