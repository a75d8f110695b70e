## O índice, para administradores

admins-only = Só podem fazer isso as pessoas que o operador deste bot nomeou.
index-running = O índice já está sendo construído.
index-held = Em andamento: { $action }, processo { $pid }, iniciado { $when }.
index-held-unknown = Outro processo está alterando o índice agora.
index-share = { $done } de { $total }
index-failed = Não funcionou: { $reason }

index-status-title = O índice
index-none = Ainda não há índice.
index-current-unknown = Não dá para saber qual geração deveria servir: { $reason }
index-cannot-serve = Ela não pode ser usada: { $reason }
index-serves-instead = Este bot responde com a geração { $generation } até que isso seja corrigido.
index-current = Geração { $generation }, criada { $when }
index-counts = { $articles ->
    [one] { $articles } artigo
   *[other] { $articles } artigos
} em { $sections ->
    [one] { $sections } seção
   *[other] { $sections } seções
}, { $size } MB, modelo { $model }
index-second-encoder = Segundo codificador: { $model }
index-second-encoder-unused = O segundo codificador não é usado: { $reason }
index-revision = Revisão dos artigos: { $revision }
index-earlier = Gerações anteriores:
index-idle = Nada está sendo construído.
index-last-build = Última construção: { $outcome }, { $when }, em { $seconds } s
index-unreadable = { $count ->
    [one] Um arquivo não pôde ser lido:
   *[other] { $count } arquivos não puderam ser lidos:
}
index-warnings = { $count ->
    [one] Um aviso sobre artigos que são usados mesmo assim.
   *[other] { $count } avisos sobre artigos que são usados mesmo assim.
}
index-outcome-done = concluída
index-outcome-nothing-new = nada de novo
index-outcome-refused = aguarda confirmação
index-outcome-cancelled = cancelada
index-outcome-failed = falhou
index-outcome-busy = outra estava em andamento
index-action-build = Construção
index-action-preview = Prévia
index-action-rollback = Reversão
index-action-prune = Limpeza
index-action-calibrate = Calibração

index-preview-title = O que uma reconstrução mudaria
index-added = { $count ->
    [one] { $count } adicionado
   *[other] { $count } adicionados
}
index-changed = { $count ->
    [one] { $count } alterado
   *[other] { $count } alterados
}
index-removed = { $count ->
    [one] { $count } removido
   *[other] { $count } removidos
}
index-moved = { $count ->
    [one] { $count } movido
   *[other] { $count } movidos
}
index-commits = { $count ->
    [one] Um commit, de { $before } a { $after }
   *[other] { $count } commits, de { $before } a { $after }
}
index-commits-unknown = Do commit { $before } ao { $after }; não se sabe o que há entre eles.
index-failing = { $count ->
    [one] { $count } que passou a ser ilegível
   *[other] { $count } que passaram a ser ilegíveis
}
index-no-difference = Nada mudou.
index-answers = { $count ->
    [0] 0 de { $asked } perguntas receberia outra primeira resposta.
    [one] { $count } de { $asked } perguntas receberia outra primeira resposta:
   *[other] { $count } de { $asked } perguntas receberiam outra primeira resposta:
}
index-seconds = Uma reconstrução levaria cerca de { $seconds } s.
index-anew-no-index = Ainda não há índice, por isso todos os artigos são lidos.
index-anew-current = Não dá para saber qual geração está em uso, por isso todos os artigos são lidos de novo.
index-anew-damaged = O índice está danificado, por isso todos os artigos são lidos de novo.
index-anew-format = O índice foi criado por outra versão deste programa, por isso todos os artigos são lidos de novo.
index-anew-model = O índice foi criado com outro modelo, por isso todos os artigos são lidos e calculados de novo.
index-anew-reading = Esta versão lê os artigos de outra forma, por isso todos são lidos de novo.
index-anew-many-changes = Muitos artigos mudaram ou sumiram desde a última leitura completa, por isso todos são lidos de novo.
index-anew-asked = Todos os artigos são lidos de novo, como foi pedido.
index-objection = Ela não seria usada sem confirmação: { $reason }
index-whole-list = A lista completa está anexada.

index-build-title = Construindo o índice
index-build-for = Para { $member }
index-stage-fetch = Obtendo os artigos
index-stage-find = Procurando arquivos
index-stage-read = Lendo artigos
index-stage-embed = Calculando vetores
index-stage-index = Escrevendo o índice
index-stage-save = Conferindo e salvando
index-stage-judge = Fazendo perguntas a ele
index-progress = { $done } de { $total }, { $rate } por segundo
index-left = faltam cerca de { $seconds } s
index-built = A geração { $generation } está em uso.
index-nothing-new = Nada mudou; a geração { $generation } continua em uso.
index-refused = A geração { $generation } está pronta, mas não está em uso: { $reason }
index-cancelled = A construção foi cancelada; tudo fica como estava.
index-build-ended = Essa construção já terminou; nada foi interrompido.
index-rolled-back = A geração { $generation } está em uso, no lugar de { $before }.
button-index-cancel = Cancelar
button-index-rollback = Reverter
button-index-confirm = Usar

index-history-title = Construções e reversões
index-audit-title = O que foi feito, e por quem
index-no-events = Ainda não há nada anotado.
index-sections = { $count ->
    [one] Uma seção:
   *[other] { $count } seções:
}
index-article-changed = O arquivo foi alterado pela última vez { $when }.
index-article-gone = { $url } não existe mais desde { $when }.
index-article-moved = { $url } foi movido para { $successor }.
index-article-unknown = { $url } não está no índice e, até onde sei, nunca esteve.
