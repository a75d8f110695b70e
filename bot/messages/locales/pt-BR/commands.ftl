### O que o Discord mostra no menu de comandos. Limites e explicações: ../en/commands.ftl.

cmd-ask-name = perguntar
cmd-ask-description = Faça uma pergunta de estudo e receba um trecho que responde, com o link do artigo
cmd-ask-option-question-name = pergunta
cmd-ask-option-question-description = O que você quer saber; uma sugestão leva exatamente àquele artigo
cmd-ask-option-subject-name = matéria
cmd-ask-option-subject-description = Procurar só nesta matéria
cmd-ask-option-private-name = privado
cmd-ask-option-private-description = Mostrar a resposta só para você (depois você pode compartilhar)

choice-yes = Sim
choice-no = Não

cmd-article-name = artigo
cmd-article-description = Mostrar um artigo pelo título
cmd-article-option-title-name = título
cmd-article-option-title-description = Palavras do título; escolha uma das sugestões

cmd-related-name = relacionados
cmd-related-description = Mostrar os artigos relacionados a um artigo
cmd-related-option-title-name = título
cmd-related-option-title-description = Palavras do título; escolha uma das sugestões

cmd-browse-name = explorar
cmd-browse-description = Percorrer os artigos de uma matéria, página por página
cmd-browse-option-subject-name = matéria
cmd-browse-option-subject-description = A matéria a percorrer; sem ela, todas são mostradas

cmd-help-name = ajuda
cmd-help-description = Como perguntar e o que os botões fazem

cmd-about-name = sobre
cmd-about-description = O que é este bot, quantos artigos ele conhece e o que ele guarda

cmd-forget-me-name = esquecer-me
cmd-forget-me-description = Apagar tudo o que este bot guarda sobre você

cmd-channel-name = canal
cmd-channel-description = Escolher os canais em que o bot responde sozinho a perguntas novas
cmd-channel-on-name = ativar
cmd-channel-on-description = Responder a perguntas novas em um canal ou fórum, só com segurança
cmd-channel-off-name = desativar
cmd-channel-off-description = Parar de responder sozinho em um canal ou fórum
cmd-channel-list-name = lista
cmd-channel-list-description = Mostrar onde o bot responde sozinho
cmd-channel-option-channel-name = canal
cmd-channel-option-channel-description = Um fórum ou um canal de texto para perguntas

menu-find-answer-name = Encontrar uma resposta
