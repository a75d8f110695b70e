### Ce que Discord affiche dans son menu de commandes. Limites et explications : ../en/commands.ftl.

cmd-ask-name = demander
cmd-ask-description = Posez une question de cours et recevez l’extrait qui y répond, avec le lien de l’article
cmd-ask-option-question-name = question
cmd-ask-option-question-description = Ce que vous voulez savoir ; une suggestion mène à cet article précis
cmd-ask-option-subject-name = matière
cmd-ask-option-subject-description = Chercher seulement dans cette matière
cmd-ask-option-private-name = privé
cmd-ask-option-private-description = Montrer la réponse à vous seul (vous pourrez la partager ensuite)

choice-yes = Oui
choice-no = Non

cmd-article-name = article
cmd-article-description = Afficher un article d’après son titre
cmd-article-option-title-name = titre
cmd-article-option-title-description = Quelques mots du titre ; choisissez une des suggestions

cmd-related-name = articles-liés
cmd-related-description = Afficher les articles liés à un article
cmd-related-option-title-name = titre
cmd-related-option-title-description = Quelques mots du titre ; choisissez une des suggestions

cmd-browse-name = parcourir
cmd-browse-description = Parcourir les articles d’une matière, page par page
cmd-browse-option-subject-name = matière
cmd-browse-option-subject-description = La matière à parcourir ; sans elle, toutes sont affichées

cmd-help-name = aide
cmd-help-description = Comment poser une question, et à quoi servent les boutons

cmd-about-name = à-propos
cmd-about-description = Ce qu’est ce bot, combien d’articles il connaît et ce qu’il retient

cmd-forget-me-name = oubliez-moi
cmd-forget-me-description = Supprimer tout ce que ce bot retient de vous

cmd-channel-name = salon
cmd-channel-description = Choisir les salons où le bot répond de lui-même aux nouvelles questions
cmd-channel-on-name = activer
cmd-channel-on-description = Répondre aux nouvelles questions d’un salon ou forum, seulement s’il est sûr
cmd-channel-off-name = désactiver
cmd-channel-off-description = Ne plus répondre de lui-même dans un salon ou forum
cmd-channel-list-name = liste
cmd-channel-list-description = Montrer où le bot répond de lui-même
cmd-channel-option-channel-name = salon
cmd-channel-option-channel-description = Un forum, ou un salon textuel pour les questions

cmd-index-name = index
cmd-index-description = Gérer l’index des articles
cmd-index-status-name = état
cmd-index-status-description = Montrer l’index en service, les précédents et la dernière construction
cmd-index-preview-name = aperçu
cmd-index-preview-description = Montrer ce qu’une reconstruction changerait, sans la faire
cmd-index-rebuild-name = reconstruire
cmd-index-rebuild-description = Reconstruire l’index pendant qu’il sert
cmd-index-option-full-name = complète
cmd-index-option-full-description = Relire tous les articles
cmd-index-rollback-name = revenir
cmd-index-rollback-description = Revenir à une génération précédente
cmd-index-option-generation-name = génération
cmd-index-option-generation-description = Laquelle ; la précédente par défaut
cmd-index-history-name = historique
cmd-index-history-description = Montrer les constructions et les retours en arrière
cmd-index-audit-name = audit
cmd-index-audit-description = Montrer tout ce qui a été fait, et par qui
cmd-index-article-name = article
cmd-index-article-description = Montrer comment un article est indexé
cmd-index-option-url-name = adresse
cmd-index-option-url-description = Son adresse, ou le chemin de son fichier

menu-find-answer-name = Trouver une réponse
