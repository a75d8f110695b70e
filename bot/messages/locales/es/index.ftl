## El índice, para administradores

admins-only = Solo pueden hacer eso las personas que ha nombrado quien opera este bot.
index-running = El índice ya se está construyendo.
index-held = En curso: { $action }, proceso { $pid }, iniciado { $when }.
index-held-unknown = Otro proceso está modificando el índice ahora mismo.
index-share = { $done } de { $total }
index-failed = No ha funcionado: { $reason }

index-status-title = El índice
index-none = Todavía no hay índice.
index-current-unknown = No se puede saber qué generación debería servir: { $reason }
index-cannot-serve = No se puede usar: { $reason }
index-serves-instead = Este bot responde con la generación { $generation } hasta que se arregle.
index-current = Generación { $generation }, creada { $when }
index-counts = { $articles ->
    [one] Un artículo
   *[other] { $articles } artículos
} en { $sections ->
    [one] una sección
   *[other] { $sections } secciones
}, { $size } MB, modelo { $model }
index-second-encoder = Segundo codificador: { $model }
index-second-encoder-unused = El segundo codificador no se usa: { $reason }
index-revision = Revisión de los artículos: { $revision }
index-earlier = Generaciones anteriores:
index-idle = No se está construyendo nada.
index-last-build = Última construcción: { $outcome }, { $when }, en { $seconds } s
index-unreadable = { $count ->
    [one] No se pudo leer un archivo:
   *[other] No se pudieron leer { $count } archivos:
}
index-warnings = { $count ->
    [one] Un aviso sobre artículos que se usan de todos modos.
   *[other] { $count } avisos sobre artículos que se usan de todos modos.
}
index-outcome-done = hecha
index-outcome-nothing-new = sin cambios
index-outcome-refused = espera confirmación
index-outcome-cancelled = cancelada
index-outcome-failed = fallida
index-outcome-busy = había otra en marcha
index-action-build = Construcción
index-action-preview = Vista previa
index-action-rollback = Reversión
index-action-prune = Limpieza
index-action-calibrate = Calibración

index-preview-title = Qué cambiaría una reconstrucción
index-added = { $count ->
    [one] { $count } añadido
   *[other] { $count } añadidos
}
index-changed = { $count ->
    [one] { $count } modificado
   *[other] { $count } modificados
}
index-removed = { $count ->
    [one] { $count } eliminado
   *[other] { $count } eliminados
}
index-moved = { $count ->
    [one] { $count } trasladado
   *[other] { $count } trasladados
}
index-commits = { $count ->
    [one] Un commit, de { $before } a { $after }
   *[other] { $count } commits, de { $before } a { $after }
}
index-commits-unknown = Del commit { $before } al { $after }; no se sabe qué hay entre ellos.
index-failing = { $count ->
    [one] { $count } ilegible por primera vez
   *[other] { $count } ilegibles por primera vez
}
index-no-difference = No ha cambiado nada.
index-answers = { $count ->
    [0] 0 de { $asked } preguntas recibirían otra primera respuesta.
    [one] { $count } de { $asked } preguntas recibiría otra primera respuesta:
   *[other] { $count } de { $asked } preguntas recibirían otra primera respuesta:
}
index-seconds = Una reconstrucción tardaría unos { $seconds } s.
index-anew-no-index = Todavía no hay índice, así que se leen todos los artículos.
index-anew-current = No se puede saber qué generación está en uso, así que se vuelven a leer todos los artículos.
index-anew-damaged = El índice está dañado, así que se vuelven a leer todos los artículos.
index-anew-format = El índice lo creó otra versión de este programa, así que se vuelven a leer todos los artículos.
index-anew-model = El índice se creó con otro modelo, así que se vuelven a leer y a calcular todos los artículos.
index-anew-reading = Esta versión lee los artículos de otra manera, así que se vuelven a leer todos.
index-anew-many-changes = Muchos artículos han cambiado o desaparecido desde la última lectura completa, así que se vuelven a leer todos.
index-anew-asked = Se vuelven a leer todos los artículos, como se ha pedido.
index-objection = No se usaría sin confirmación: { $reason }
index-whole-list = La lista completa va adjunta.

index-build-title = Construyendo el índice
index-build-for = Para { $member }
index-stage-fetch = Obteniendo los artículos
index-stage-find = Buscando archivos
index-stage-read = Leyendo artículos
index-stage-embed = Calculando vectores
index-stage-index = Escribiendo el índice
index-stage-save = Comprobando y guardando
index-stage-judge = Haciéndole preguntas
index-progress = { $done } de { $total }, { $rate } por segundo
index-left = quedan unos { $seconds } s
index-built = La generación { $generation } está en uso.
index-nothing-new = No ha cambiado nada; la generación { $generation } sigue en uso.
index-refused = La generación { $generation } está hecha, pero no se usa: { $reason }
index-cancelled = La construcción se canceló; todo queda como estaba.
index-build-ended = Esa construcción ya ha terminado; no se ha detenido nada.
index-rolled-back = La generación { $generation } está en uso, en lugar de { $before }.
button-index-cancel = Cancelar
button-index-rollback = Revertir
button-index-confirm = Usarla

index-history-title = Construcciones y reversiones
index-audit-title = Qué se hizo y quién lo hizo
index-no-events = Todavía no hay nada anotado.
index-sections = { $count ->
    [one] Una sección:
   *[other] { $count } secciones:
}
index-article-changed = Su archivo cambió por última vez { $when }.
index-article-gone = { $url } ya no está desde { $when }.
index-article-moved = { $url } se ha trasladado a { $successor }.
index-article-unknown = { $url } no está en el índice y, que yo sepa, nunca estuvo.
