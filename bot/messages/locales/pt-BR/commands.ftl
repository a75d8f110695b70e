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

cmd-forget-me-name = esqueça-me
cmd-forget-me-description = Apagar tudo o que este bot guarda sobre você

cmd-channel-name = canal
cmd-channel-description = Escolher os canais em que o bot responde por conta própria a perguntas novas
cmd-channel-on-name = ativar
cmd-channel-on-description = Responder a perguntas novas em um canal ou fórum, só quando tem certeza
cmd-channel-off-name = desativar
cmd-channel-off-description = Parar de responder por conta própria em um canal ou fórum
cmd-channel-list-name = lista
cmd-channel-list-description = Mostrar onde o bot responde por conta própria
cmd-channel-option-channel-name = canal
cmd-channel-option-channel-description = Um fórum ou um canal de texto para perguntas

cmd-index-name = índice
cmd-index-description = Gerenciar o índice de artigos
cmd-index-status-name = estado
cmd-index-status-description = Mostrar o índice em uso, os anteriores e a última construção
cmd-index-preview-name = prévia
cmd-index-preview-description = Mostrar o que uma reconstrução mudaria, sem fazê-la
cmd-index-rebuild-name = reconstruir
cmd-index-rebuild-description = Reconstruir o índice enquanto continua em uso
cmd-index-option-full-name = completa
cmd-index-option-full-description = Ler de novo todos os artigos
cmd-index-rollback-name = reverter
cmd-index-rollback-description = Voltar a uma geração anterior
cmd-index-option-generation-name = geração
cmd-index-option-generation-description = Qual; a anterior se for omitida
cmd-index-history-name = histórico
cmd-index-history-description = Mostrar construções e reversões
cmd-index-audit-name = auditoria
cmd-index-audit-description = Mostrar tudo o que foi feito, e por quem
cmd-index-article-name = artigo
cmd-index-article-description = Mostrar como um artigo está indexado
cmd-index-option-url-name = endereço
cmd-index-option-url-description = Seu endereço, ou o caminho do arquivo

menu-find-answer-name = Encontrar uma resposta
