### Tout ce que le bot dit de lui-même. Limites et explications : ../en/bot.ftl.
### Devant « : ; ? ! » et à l’intérieur des guillemets, l’espace est insécable (U+00A0).

## Une réponse

confidence-very-likely = Très probablement la réponse à votre question
confidence-likely = Probablement la réponse à votre question
confidence-possibly = Peut-être la réponse à votre question
confidence-unlikely = Sans doute pas tout à fait ce que vous demandiez
confidence-chosen = L’article que vous avez choisi
answer-quoted = Citation mot pour mot de [l’article]({ $link })
answer-also-in = Réponse aussi dans : { $subjects }
answer-cut = Ceci n’est qu’une partie de l’extrait ; « { button-read-more } » montre le reste.
answer-follow-up = Comprise comme la suite de « { $question } »
answer-asked-by = { $member } a demandé : { $question }
answer-shared-by = Partagé par { $member }
answer-about-message = À propos de [ce message]({ $link })

button-read-more = Lire tout l’article
button-back-to-excerpt = Revenir à l’extrait
button-first-page = Première page
button-previous-page = Page précédente
button-next-page = Page suivante
button-last-page = Dernière page
button-page-number = Page { $page } sur { $pages }
button-not-this-one = Pas celle-ci
button-helpful = Utile
button-not-helpful = Pas utile
button-share = Partager
button-delete = Supprimer
button-related = Articles liés
button-all-subjects = Toutes les matières
select-other-matches = Autres résultats
select-related = Articles liés
select-candidates = Choisissez ce que vous vouliez dire
select-subjects = Choisissez une matière
select-articles = Choisissez un article

## Peut-être

candidates-title = Je n’en suis pas sûr. Pensiez-vous à l’un de ceux-ci ?
candidates-hint = Choisissez-en un, ou reformulez. Je cite seulement des articles et n’invente jamais de réponse.
several-title = Pour chacune de vos questions, l’article le plus proche

## Pas de réponse

none-title = Je n’ai trouvé aucun article qui réponde à cela
none-text = Mes articles ne semblent pas traiter cette question, et je préfère le dire plutôt que de deviner.
none-closest = Les titres les plus proches sont :
none-rephrase =
    Vous pouvez essayer :
    - de demander une seule chose à la fois, en une phrase complète
    - d’employer les mots d’un manuel et de vérifier l’orthographe
none-in-subject = Il y a peut-être une réponse hors de { $subject } : n’indiquez pas de matière, ou choisissez-en une autre.
none-nothing-asked = Je n’y ai pas trouvé de question. Demandez-moi par exemple « What is osmosis? » ; mes articles sont en anglais.
none-greeting = Bonjour ! Je suis là. Posez-moi une question sur ce que vous étudiez, par exemple « What is osmosis? », et je cherche un article qui y réponde ; mes articles sont en anglais.
none-thanks = Je vous en prie ! Je suis là dès que la prochaine question se présente.
none-feelings = Merci de me le dire. Je ne suis qu’un bot qui cite des articles ; si quelque chose vous pèse, parlez-en à une personne de confiance.
none-complaint = Je suis désolé de ne pas avoir aidé. Je cite seulement des articles et ne trouve pas toujours le bon : reformulez votre question, s’il vous plaît.
none-about-the-bot = Je suis un bot. Je réponds aux questions de cours en citant des articles mot pour mot, et je n’invente rien. Demandez-moi par exemple « What is osmosis? »
none-cannot-do = Cela, je ne peux pas le faire : je cite seulement des articles qui répondent à des questions de cours. Interrogez-moi sur le sujet lui-même, et j’en cherche un.
none-needs-context = Je ne sais pas de quoi il s’agit. Répondez à l’une de mes réponses pour continuer, ou posez une phrase complète, par exemple « Why does ice float on water? »
none-left = C’était le dernier résultat. Reformulez, et je chercherai de nouveau.
none-no-text = Ce message n’a pas de texte que je puisse lire. Copiez plutôt la question dans { $command }.

## Autres façons de demander

mention-empty = Bonjour, je suis un bot qui répond aux questions de cours en citant des articles. Mentionnez-moi avec une question, ou utilisez { $command }.
dm-welcome = Posez-moi une question de cours : je réponds par un extrait d’article et son lien. Répondez à mon message pour aller plus loin.
forum-introduction = Je suis un bot, et j’ai peut-être trouvé un article qui répond à cela. Personne ne me l’a demandé : à vous d’en juger.
forum-farewell = Je réponds une seule fois par publication. Mentionnez-moi pour aller plus loin.
related-title = Articles liés à « { $title } »
related-none = L’article « { $title } » n’indique aucun article lié.
browse-subjects-title = { $count ->
    [one] Une matière
   *[other] { $count } matières
}
browse-title = { $subject } : { $count ->
    [0] aucun article
    [one] un article
   *[other] { $count } articles
}
browse-empty = Il n’y a aucun article dans { $subject }.
suggestion-subject = { $subject } ({ $count })

## Avis, partage, suppression

feedback-helpful = Merci ! Je suis content que cela vous ait aidé.
feedback-not-helpful = Merci de me l’avoir dit.
feedback-not-helpful-next = Merci de me l’avoir dit. « { button-not-this-one } » affiche le résultat suivant.
feedback-withdrawn = Votre avis est retiré.

## Refus

not-yours = Ces boutons sont réservés à la personne qui a posé la question. Posez-moi la vôtre pour avoir vos propres boutons.
not-yours-delete = Seuls la personne qui a posé la question et les modérateurs peuvent supprimer cette réponse.
busy = J’ai plus de questions que je ne peux en traiter. Réessayez dans un instant.
busy-with-yours = Je travaille encore sur votre demande précédente. Attendez qu’elle soit terminée.
answer-too-slow = { $seconds ->
    [one] Je n’ai pas pu terminer en { $seconds } seconde et j’ai cessé d’attendre.
   *[other] Je n’ai pas pu terminer en { $seconds } secondes et j’ai cessé d’attendre.
} Reformulez plus simplement. Si cela continue, donnez cette référence à un modérateur : { $reference }
cooldown-member = { $seconds ->
    [one] Quelle rapidité ! Attendez { $seconds } seconde avant votre prochaine question.
   *[other] Quelle rapidité ! Attendez { $seconds } secondes avant votre prochaine question.
}
cooldown-press = { $seconds ->
    [one] Quelle rapidité ! Attendez { $seconds } seconde avant de continuer.
   *[other] Quelle rapidité ! Attendez { $seconds } secondes avant de continuer.
}
cooldown-server = { $seconds ->
    [one] On me pose beaucoup de questions sur ce serveur. Réessayez dans { $seconds } seconde.
   *[other] On me pose beaucoup de questions sur ce serveur. Réessayez dans { $seconds } secondes.
}
question-too-long = C’est trop long pour moi. Posez votre question en { $limit } caractères au plus.
subject-unknown = Aucune matière ne s’appelle « { $subject } ». Choisissez une des suggestions.
article-unknown = Je ne connais aucun article intitulé « { $title } ».
article-nearest = L’article le plus proche de « { $title } »
article-gone = Cet article n’est plus parmi ceux que je connais.
article-moved = Cet article a été déplacé : { $link }
article-gone-since = L’article « { $title } » a été retiré le { $when }.
answer-expired = Cette réponse est trop ancienne pour que ses boutons fonctionnent. Posez de nouveau votre question.
moderators-only = Seules les personnes qui peuvent gérer les salons de ce serveur ont ce droit.
server-only = Cela ne fonctionne que sur un serveur.

## Salons où le bot répond de lui-même

channel-on = Désormais, je réponds de moi-même aux nouvelles questions dans { $channel } : seulement quand je suis sûr, une seule fois pour chacune, et je dis que je suis un bot.
channel-on-already = Je réponds déjà de moi-même dans { $channel }.
channel-off = Je ne réponds plus de moi-même dans { $channel }.
channel-off-already = Je ne réponds pas de moi-même dans { $channel }.
channel-list = Je réponds de moi-même dans : { $channels }
channel-list-none = Je ne réponds de moi-même dans aucun salon de ce serveur. { $command } active un salon.
channel-missing-permissions = Je n’ai pas le droit de répondre dans { $channel }. Il m’y faut ces permissions : { $permissions }.
channel-needs-content-intent = Je ne peux pas lire les publications de { $channel } : la personne qui m’héberge n’a pas activé l’accès au contenu des messages (Message Content). Les membres peuvent me mentionner.
permission-view-channel = Voir le salon
permission-send-messages = Envoyer des messages
permission-send-messages-in-threads = Envoyer des messages dans les fils
permission-attach-files = Joindre des fichiers
permission-read-message-history = Voir les anciens messages

## Aide et informations

help-title = Comment poser une question
help-ask =
    - { $ask } avec une question. Choisir une suggestion affiche cet article précis.
    - Mentionnez { $bot } avec une question, ou envoyez-lui un message privé.
    - Répondez à une réponse pour aller plus loin : « et le deuxième ? »
    - Sur un message : Applications, puis « { menu-find-answer-name } ». Vous seul voyez la réponse tant que vous ne la partagez pas.
help-find = { $article } affiche un article d’après son titre, { $related } ce qui lui est lié et { $browse } les articles d’une matière.
help-buttons-title = À quoi servent les boutons
help-buttons =
    - **{ button-read-more }** : parcourir l’article page par page, dans le même message
    - **{ select-other-matches }**, **{ button-not-this-one }** : un autre article qui répond peut-être
    - **{ button-helpful }**, **{ button-not-helpful }** : me dire si cela convient
    - **{ button-share }** : montrer à tous une réponse privée
    - **{ button-delete }** : retirer la réponse ; pour la personne qui a posé la question et les modérateurs
help-honest = Chaque réponse est citée d’un article, jamais écrite par une machine. Si aucun article ne convient, je le dis.
about-title = À propos de { $bot }
about-text = Je réponds aux questions de cours par des extraits d’articles publiés, mot pour mot, chacun avec le lien de sa page.
about-articles = { $count ->
    [0] Je ne connais aucun article
    [one] Je connais un article
   *[other] Je connais { $count } articles
} dans { $subjects ->
    [0] aucune matière
    [one] une matière
   *[other] { $subjects } matières
}.
about-versions = Index { $generation }, version { $version }
privacy-title = Confidentialité
privacy-text = { $days ->
    [one] Pour que les boutons et les questions de suivi fonctionnent, je garde votre question, l’article qui y a répondu et votre identifiant Discord pendant { $days } jour.
   *[other] Pour que les boutons et les questions de suivi fonctionnent, je garde votre question, l’article qui y a répondu et votre identifiant Discord pendant { $days } jours.
} Ensuite, de vos avis il ne reste que l’avis, sans votre identifiant. Je ne garde aucun autre message. { $command } supprime aussitôt tout ce qui vous concerne.
forgotten = { $count ->
    [0] Je n’avais rien retenu de vous.
    [one] C’est fait. J’ai supprimé la seule chose que j’avais retenue de vous.
   *[other] C’est fait. J’ai supprimé les { $count } choses que j’avais retenues de vous.
}

## Erreurs

error-unknown = Une erreur s’est produite de mon côté, pas du vôtre. Réessayez ; si cela continue, donnez cette référence à un modérateur : { $reference }
error-no-index = Je n’ai pas encore d’articles pour répondre. Donnez cette référence à la personne qui m’héberge : { $reference }
error-index-damaged = Mon index d’articles doit être réparé. Donnez cette référence à la personne qui m’héberge : { $reference }
error-model = Je ne peux pas lire de questions pour le moment. Donnez cette référence à la personne qui m’héberge : { $reference }
error-storage = Je ne peux rien retenir pour le moment, et cela n’a donc pas fonctionné. Réessayez plus tard. Référence : { $reference }
error-search-engine = Je ne peux rien chercher pour le moment, mais je reviens bientôt. Réessayez dans une minute. Référence : { $reference }
error-too-slow = Cela a pris trop de temps. Réessayez. Référence : { $reference }
error-discord-permission = Je n’ai pas le droit de faire cela ici. Un modérateur peut changer mes permissions. Référence : { $reference }
error-discord-gone = Ce message, cette publication ou ce salon n’existe plus. Référence : { $reference }
error-discord = Discord n’a pas accepté ma réponse. Réessayez dans un instant. Référence : { $reference }
