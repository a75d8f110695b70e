### Tudo o que o bot diz por conta própria. Limites e explicações: ../en/bot.ftl.

## Uma resposta

confidence-very-likely = Muito provavelmente a resposta à sua pergunta
confidence-likely = Provavelmente a resposta à sua pergunta
confidence-possibly = Possivelmente a resposta à sua pergunta
confidence-unlikely = Talvez não seja bem o que você perguntou
confidence-chosen = O artigo que você escolheu
answer-quoted = Citado palavra por palavra do [artigo]({ $link })
answer-also-in = Também respondida em: { $subjects }
answer-cut = Esta é só uma parte do trecho; “{ button-read-more }” mostra o resto.
answer-follow-up = Entendida como continuação de “{ $question }”
answer-asked-by = { $member } perguntou: { $question }
answer-shared-by = Compartilhado por { $member }
answer-about-message = Sobre [esta mensagem]({ $link })

button-read-more = Ler o artigo inteiro
button-back-to-excerpt = Voltar ao trecho
button-first-page = Primeira página
button-previous-page = Página anterior
button-next-page = Próxima página
button-last-page = Última página
button-page-number = Página { $page } de { $pages }
button-not-this-one = Não é esta
button-helpful = Útil
button-not-helpful = Não é útil
button-share = Compartilhar
button-delete = Excluir
button-related = Artigos relacionados
button-all-subjects = Todas as matérias
select-other-matches = Outros resultados
select-related = Artigos relacionados
select-candidates = Escolha o que você quis dizer
select-subjects = Escolha uma matéria
select-articles = Escolha um artigo

## Talvez

candidates-title = Não tenho certeza. Você quis dizer algum destes?
candidates-hint = Escolha um ou pergunte com outras palavras. Eu só cito artigos e nunca invento uma resposta.
several-title = Para cada uma das suas perguntas, o artigo mais próximo

## Sem resposta

none-title = Não encontrei nenhum artigo que responda a isso
none-text = Meus artigos não parecem tratar dessa pergunta, e prefiro dizer isso a adivinhar.
none-closest = Os títulos mais próximos são:
none-rephrase =
    Você pode tentar:
    - perguntar uma coisa de cada vez, em uma frase completa
    - usar as palavras de um livro didático e conferir a ortografia
none-in-subject = Pode haver uma resposta fora de { $subject }: pergunte sem indicar a matéria ou escolha outra.
none-nothing-asked = Não encontrei nenhuma pergunta aí. Pergunte algo como “What is osmosis?”; meus artigos são em inglês.
none-greeting = Olá! Estou aqui. Pergunte algo que você estuda, como “What is osmosis?”, e eu procuro um artigo que responda; meus artigos são em inglês.
none-thanks = De nada! Estou aqui quando surgir a próxima pergunta.
none-feelings = Obrigado por me contar. Sou só um bot que cita artigos; se algo pesa sobre você, converse com alguém de confiança.
none-complaint = Sinto muito por não ter ajudado. Eu só cito artigos e nem sempre encontro o certo: pergunte de novo com outras palavras, por favor.
none-about-the-bot = Eu sou um bot. Respondo a perguntas de estudo citando artigos, palavra por palavra, e não invento nada. Pergunte algo como “What is osmosis?”
none-cannot-do = Isso eu não consigo fazer: só cito artigos que respondem a perguntas de estudo. Pergunte sobre o próprio tema, e eu procuro um.
none-needs-context = Não sei a que isso se refere. Responda a uma das minhas respostas para continuar, ou pergunte com uma frase completa, como “Why does ice float on water?”
none-left = Esse era o último resultado. Pergunte com outras palavras, e eu procuro de novo.
none-no-text = Essa mensagem não tem texto que eu possa ler. Copie a pergunta e cole em { $command }.

## Outras formas de perguntar

mention-empty = Oi, sou um bot que responde a perguntas de estudo citando artigos. Mencione-me com uma pergunta ou use { $command }.
dm-welcome = Faça uma pergunta de estudo, e eu respondo com um trecho de um artigo e o link dele. Responda à minha mensagem para continuar perguntando.
forum-introduction = Sou um bot e talvez tenha encontrado um artigo que responde a isso. Ninguém me pediu, então avalie por conta própria.
forum-farewell = Respondo uma vez só em cada publicação. Mencione-me para continuar perguntando.
related-title = Artigos relacionados a “{ $title }”
related-none = O artigo “{ $title }” não indica artigos relacionados.
browse-subjects-title = { $count ->
    [one] Uma matéria
   *[other] { $count } matérias
}
browse-title = { $subject }: { $count ->
    [0] nenhum artigo
    [one] um artigo
   *[other] { $count } artigos
}
browse-empty = Não há nenhum artigo em { $subject }.
suggestion-subject = { $subject } ({ $count })

## Avaliar, compartilhar, excluir

feedback-helpful = Obrigado! Que bom que ajudou.
feedback-not-helpful = Obrigado por avisar.
feedback-not-helpful-next = Obrigado por avisar. “{ button-not-this-one }” mostra o próximo resultado.
feedback-withdrawn = Sua avaliação foi retirada.

## Recusas

not-yours = Estes botões são de quem perguntou. Faça a sua pergunta para ter os seus.
not-yours-delete = Só quem perguntou e os moderadores podem excluir esta resposta.
busy = Tenho mais perguntas agora do que consigo responder. Tente de novo daqui a pouco.
busy-with-yours = Ainda estou trabalhando no que você pediu antes. Espere até terminar.
answer-too-slow = { $seconds ->
    [one] Não consegui terminar isso em { $seconds } segundo e parei de esperar.
   *[other] Não consegui terminar isso em { $seconds } segundos e parei de esperar.
} Pergunte com outras palavras, mais simples. Se continuar assim, diga esta referência a um moderador: { $reference }
cooldown-member = { $seconds ->
    [one] Que rapidez! Espere { $seconds } segundo antes da próxima pergunta.
   *[other] Que rapidez! Espere { $seconds } segundos antes da próxima pergunta.
}
cooldown-press = { $seconds ->
    [one] Que rapidez! Espere { $seconds } segundo antes de continuar.
   *[other] Que rapidez! Espere { $seconds } segundos antes de continuar.
}
cooldown-server = { $seconds ->
    [one] Este servidor está perguntando muito agora. Tente de novo em { $seconds } segundo.
   *[other] Este servidor está perguntando muito agora. Tente de novo em { $seconds } segundos.
}
question-too-long = Isso é longo demais para mim. Pergunte com no máximo { $limit } caracteres.
subject-unknown = Não há nenhuma matéria chamada “{ $subject }”. Escolha uma das sugestões.
article-unknown = Não conheço nenhum artigo chamado “{ $title }”.
article-nearest = O artigo mais próximo de “{ $title }”
article-gone = Esse artigo não está mais entre os que conheço.
article-moved = Esse artigo foi movido: { $link }
article-gone-since = O artigo “{ $title }” foi retirado em { $when }.
answer-expired = Esta resposta é antiga demais, e seus botões não funcionam mais. Pergunte de novo.
moderators-only = Só quem pode gerenciar os canais deste servidor pode fazer isso.
server-only = Isso só funciona em um servidor.

## Canais em que o bot responde sozinho

channel-on = A partir de agora respondo por conta própria às perguntas novas em { $channel }: só quando tenho certeza, uma vez em cada uma, e digo que sou um bot.
channel-on-already = Já respondo por conta própria em { $channel }.
channel-off = Não respondo mais por conta própria em { $channel }.
channel-off-already = Não respondo por conta própria em { $channel }.
channel-list = Respondo por conta própria em: { $channels }
channel-list-none = Não respondo por conta própria em nenhum canal deste servidor. { $command } ativa um canal.
channel-missing-permissions = Não tenho permissão para responder em { $channel }. Preciso destas permissões lá: { $permissions }.
channel-needs-content-intent = Não consigo ler as publicações de { $channel }: quem me administra não ativou o acesso ao conteúdo das mensagens (Message Content). Os membros podem me mencionar.
permission-view-channel = Ver canal
permission-send-messages = Enviar mensagens
permission-send-messages-in-threads = Enviar mensagens em tópicos
permission-attach-files = Anexar arquivos
permission-read-message-history = Ver histórico de mensagens

## Ajuda e informações

help-title = Como perguntar
help-ask =
    - { $ask } com uma pergunta. Escolher uma sugestão mostra exatamente aquele artigo.
    - Mencione { $bot } com uma pergunta ou envie uma mensagem direta.
    - Responda a uma resposta para continuar perguntando: “e o segundo?”
    - Em qualquer mensagem: Aplicativos e depois “{ menu-find-answer-name }”. Só você vê a resposta até compartilhar.
help-find = { $article } mostra um artigo pelo título, { $related } o que está relacionado a ele e { $browse } os artigos de uma matéria.
help-buttons-title = O que os botões fazem
help-buttons =
    - **{ button-read-more }**: passar as páginas do artigo na mesma mensagem
    - **{ select-other-matches }**, **{ button-not-this-one }**: outro artigo que talvez responda
    - **{ button-helpful }**, **{ button-not-helpful }**: dizer se acertei
    - **{ button-share }**: mostrar a todos aqui uma resposta privada
    - **{ button-delete }**: remover a resposta; para quem perguntou e para moderadores
help-honest = Cada resposta é citada de um artigo, nunca escrita por uma máquina. Se nenhum artigo serve, eu digo.
about-title = Sobre { $bot }
about-text = Respondo a perguntas de estudo com trechos de artigos publicados, palavra por palavra, cada um com o link da sua página.
about-articles = { $count ->
    [0] Não conheço nenhum artigo
    [one] Conheço um artigo
   *[other] Conheço { $count } artigos
} de { $subjects ->
    [0] nenhuma matéria
    [one] uma matéria
   *[other] { $subjects } matérias
}.
about-versions = Índice { $generation }, versão { $version }
privacy-title = Privacidade
privacy-text = { $days ->
    [one] Para que os botões e as continuações funcionem, guardo sua pergunta, o artigo que a respondeu e seu ID do Discord por { $days } dia.
   *[other] Para que os botões e as continuações funcionem, guardo sua pergunta, o artigo que a respondeu e seu ID do Discord por { $days } dias.
} Depois, das suas avaliações fica só a avaliação, sem seu ID. Não guardo outras mensagens. { $command } apaga na hora tudo sobre você.
forgotten = { $count ->
    [0] Eu não guardava nada sobre você.
    [one] Pronto. Apaguei a única coisa que eu guardava sobre você.
   *[other] Pronto. Apaguei as { $count } coisas que eu guardava sobre você.
}

## Erros

error-unknown = Algo deu errado do meu lado, não do seu. Tente de novo; se continuar, passe esta referência a um moderador: { $reference }
error-no-index = Ainda não tenho artigos com que responder. Passe esta referência a quem me administra: { $reference }
error-index-damaged = Meu índice de artigos precisa de reparo. Passe esta referência a quem me administra: { $reference }
error-model = Não consigo ler perguntas no momento. Passe esta referência a quem me administra: { $reference }
error-storage = Não consigo guardar nada no momento, então isso não funcionou. Tente mais tarde. Referência: { $reference }
error-search-engine = Não consigo procurar nada no momento, mas volto logo. Tente de novo em um minuto. Referência: { $reference }
error-too-slow = Isso demorou demais. Tente de novo. Referência: { $reference }
error-discord-permission = Não tenho permissão para fazer isso aqui. Um moderador pode mudar minhas permissões. Referência: { $reference }
error-discord-gone = Essa mensagem, publicação ou canal não existe mais. Referência: { $reference }
error-discord = O Discord não aceitou minha resposta. Tente de novo daqui a pouco. Referência: { $reference }
