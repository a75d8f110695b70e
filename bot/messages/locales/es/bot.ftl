### Todo lo que el bot dice por sí mismo. Límites y explicaciones: ../en/bot.ftl.

## Una respuesta

confidence-very-likely = Muy probablemente la respuesta a tu pregunta
confidence-likely = Probablemente la respuesta a tu pregunta
confidence-possibly = Posiblemente la respuesta a tu pregunta
confidence-unlikely = Seguramente no es del todo lo que preguntaste
confidence-chosen = El artículo que elegiste
answer-quoted = Citado palabra por palabra del [artículo]({ $link })
answer-also-in = También respondida en: { $subjects }
answer-cut = Esta es solo una parte del fragmento; «{ button-read-more }» muestra el resto.
answer-follow-up = Entendida como continuación de «{ $question }»
answer-asked-by = { $member } preguntó: { $question }
answer-shared-by = Compartido por { $member }
answer-about-message = Sobre [este mensaje]({ $link })

button-read-more = Leer el artículo completo
button-back-to-excerpt = Volver al fragmento
button-first-page = Primera página
button-previous-page = Página anterior
button-next-page = Página siguiente
button-last-page = Última página
button-page-number = Página { $page } de { $pages }
button-not-this-one = Esta no
button-helpful = Útil
button-not-helpful = No es útil
button-share = Compartir
button-delete = Eliminar
button-related = Artículos relacionados
button-all-subjects = Todas las materias
select-other-matches = Otras coincidencias
select-related = Artículos relacionados
select-candidates = Elige lo que querías decir
select-subjects = Elige una materia
select-articles = Elige un artículo

## Quizás

candidates-title = No estoy seguro. ¿Te refieres a uno de estos?
candidates-hint = Elige uno o pregunta con otras palabras. Solo cito artículos y nunca me invento una respuesta.
several-title = Para cada una de tus preguntas, el artículo más cercano

## Sin respuesta

none-title = No encontré ningún artículo que responda a esto
none-text = Parece que mis artículos no tratan esta pregunta, y prefiero decirlo antes que adivinar.
none-closest = Los títulos más cercanos son:
none-rephrase =
    Puedes probar a:
    - preguntar una sola cosa a la vez, con una frase completa
    - usar las palabras de un libro de texto y revisar la ortografía
none-in-subject = Puede haber una respuesta fuera de { $subject }: pregunta sin indicar la materia o elige otra.
none-nothing-asked = No encontré ninguna pregunta ahí. Pregúntame algo como «What is osmosis?»; mis artículos están en inglés.
none-greeting = ¡Hola! Aquí estoy. Pregúntame algo de lo que estudias, como «What is osmosis?», y busco un artículo que lo responda; mis artículos están en inglés.
none-thanks = ¡De nada! Aquí estoy cuando surja la próxima pregunta.
none-feelings = Gracias por contármelo. Solo soy un bot que cita artículos; si algo te preocupa, habla con alguien de confianza, por favor.
none-complaint = Siento no haberte ayudado. Solo cito artículos y no siempre encuentro el adecuado: vuelve a preguntar con otras palabras, por favor.
none-about-the-bot = Soy un bot. Respondo a preguntas de estudio citando artículos palabra por palabra, y no me invento nada. Pregúntame algo como «What is osmosis?»
none-cannot-do = Eso no puedo hacerlo: solo cito artículos que responden a preguntas de estudio. Pregúntame por el tema mismo y busco uno.
none-needs-context = No sé a qué se refiere eso. Responde a una de mis respuestas para seguir preguntando, o pregunta con una frase completa, como «Why does ice float on water?»
none-left = Esa era la última coincidencia. Pregunta con otras palabras y volveré a buscar.
none-no-text = Ese mensaje no tiene texto que yo pueda leer. Copia la pregunta y pégala en { $command }.

## Otras formas de preguntar

mention-empty = Hola, soy un bot que responde a preguntas de estudio citando artículos. Mencióname con una pregunta o usa { $command }.
dm-welcome = Hazme una pregunta de estudio y te respondo con un fragmento de un artículo y su enlace. Responde a mi mensaje para seguir preguntando.
forum-introduction = Soy un bot y quizás he encontrado un artículo que responde a esto. Nadie me lo pidió, así que júzgalo tú.
forum-farewell = Respondo una sola vez en cada publicación. Mencióname para seguir preguntando.
related-title = Artículos relacionados con «{ $title }»
related-none = El artículo «{ $title }» no menciona artículos relacionados.
browse-subjects-title = { $count ->
    [one] Una materia
   *[other] { $count } materias
}
browse-title = { $subject }: { $count ->
    [one] un artículo
   *[other] { $count } artículos
}
browse-empty = No hay ningún artículo en { $subject }.
suggestion-subject = { $subject } ({ $count })

## Valorar, compartir, borrar

feedback-helpful = ¡Gracias! Me alegro de que te haya servido.
feedback-not-helpful = Gracias por decírmelo.
feedback-not-helpful-next = Gracias por decírmelo. «{ button-not-this-one }» muestra la siguiente coincidencia.
feedback-withdrawn = Tu valoración se ha retirado.

## Negativas

not-yours = Estos botones son de quien preguntó. Pregúntame tú para tener los tuyos.
not-yours-delete = Solo quien preguntó y los moderadores pueden eliminar esta respuesta.
busy = Ahora mismo tengo más preguntas de las que puedo responder. Inténtalo de nuevo en un momento.
busy-with-yours = Todavía estoy trabajando en lo que preguntaste antes. Espera a que termine.
answer-too-slow = { $seconds ->
    [one] No pude terminar eso en un segundo y he dejado de esperar.
   *[other] No pude terminar eso en { $seconds } segundos y he dejado de esperar.
} Pregunta con otras palabras, más sencillas. Si sigue así, dile a un moderador esta referencia: { $reference }
cooldown-member = { $seconds ->
    [one] ¡Qué rapidez! Espera un segundo antes de la próxima pregunta.
   *[other] ¡Qué rapidez! Espera { $seconds } segundos antes de la próxima pregunta.
}
cooldown-press = { $seconds ->
    [one] ¡Qué rapidez! Espera un segundo antes de seguir.
   *[other] ¡Qué rapidez! Espera { $seconds } segundos antes de seguir.
}
cooldown-server = { $seconds ->
    [one] En este servidor se pregunta mucho ahora mismo. Inténtalo de nuevo en un segundo.
   *[other] En este servidor se pregunta mucho ahora mismo. Inténtalo de nuevo en { $seconds } segundos.
}
question-too-long = Eso es demasiado largo para mí. Pregunta con { $limit } caracteres como máximo.
subject-unknown = No hay ninguna materia llamada «{ $subject }». Elige una de las sugerencias.
article-unknown = No conozco ningún artículo llamado «{ $title }».
article-nearest = El artículo más cercano a «{ $title }»
article-gone = Ese artículo ya no está entre los que conozco.
article-moved = Ese artículo se ha trasladado: { $link }
article-gone-since = El artículo «{ $title }» se retiró el { $when }.
answer-expired = Esta respuesta es demasiado antigua y sus botones ya no funcionan. Vuelve a preguntar.
moderators-only = Solo quienes pueden gestionar los canales de este servidor pueden hacer eso.
server-only = Esto solo funciona en un servidor.

## Canales donde el bot responde por sí mismo

channel-on = A partir de ahora respondo por mi cuenta a las preguntas nuevas en { $channel }: solo cuando estoy seguro, una vez en cada una, y digo que soy un bot.
channel-on-already = Ya respondo por mi cuenta en { $channel }.
channel-off = Ya no respondo por mi cuenta en { $channel }.
channel-off-already = No respondo por mi cuenta en { $channel }.
channel-list = Respondo por mi cuenta en: { $channels }
channel-list-none = No respondo por mi cuenta en ningún canal de este servidor. { $command } activa un canal.
channel-missing-permissions = No tengo permiso para responder en { $channel }. Allí necesito estos permisos: { $permissions }.
channel-needs-content-intent = No puedo leer las publicaciones de { $channel }: quien me administra no ha activado el acceso al contenido de los mensajes (Message Content). Los miembros pueden mencionarme.
permission-view-channel = Ver canal
permission-send-messages = Enviar mensajes
permission-send-messages-in-threads = Enviar mensajes en hilos
permission-attach-files = Adjuntar archivos
permission-read-message-history = Leer el historial de mensajes

## Ayuda e información

help-title = Cómo preguntar
help-ask =
    - { $ask } con una pregunta. Al elegir una sugerencia se responde con ese mismo artículo.
    - Menciona a { $bot } con una pregunta o envíale un mensaje directo.
    - Responde a una respuesta para seguir preguntando: «¿y el segundo?»
    - En cualquier mensaje: Aplicaciones y luego «{ menu-find-answer-name }». Solo tú ves la respuesta hasta que la compartas.
help-find = { $article } muestra un artículo por su título, { $related } lo que está relacionado con él y { $browse } los artículos de una materia.
help-buttons-title = Para qué sirven los botones
help-buttons =
    - **{ button-read-more }**: pasar las páginas del artículo en el mismo mensaje
    - **{ select-other-matches }**, **{ button-not-this-one }**: otro artículo que quizás responde
    - **{ button-helpful }**, **{ button-not-helpful }**: decirme si acerté
    - **{ button-share }**: mostrar a todos una respuesta privada
    - **{ button-delete }**: quitar la respuesta; para quien preguntó y los moderadores
help-honest = Cada respuesta se cita de un artículo, nunca la escribe una máquina. Si ningún artículo sirve, lo digo.
about-title = Acerca de { $bot }
about-text = Respondo a preguntas de estudio con fragmentos de artículos publicados, palabra por palabra, cada uno con el enlace a su página.
about-articles = { $count ->
    [one] Conozco un artículo
   *[other] Conozco { $count } artículos
} de { $subjects ->
    [one] una materia
   *[other] { $subjects } materias
}.
about-versions = Índice { $generation }, versión { $version }
privacy-title = Privacidad
privacy-text = { $days ->
    [one] Para que funcionen los botones y las continuaciones, guardo durante un día tu pregunta, qué artículo la respondió y tu ID de Discord.
   *[other] Para que funcionen los botones y las continuaciones, guardo durante { $days } días tu pregunta, qué artículo la respondió y tu ID de Discord.
} Después, de tus valoraciones solo queda la valoración, sin tu ID. No guardo ningún otro mensaje. { $command } borra al momento todo lo que sé de ti.
forgotten = { $count ->
    [0] No recordaba nada de ti.
    [one] Hecho. Borré lo único que recordaba de ti.
   *[other] Hecho. Borré las { $count } cosas que recordaba de ti.
}

## Errores

error-unknown = Algo ha fallado por mi parte, no por la tuya. Inténtalo de nuevo; si sigue igual, da esta referencia a un moderador: { $reference }
error-no-index = Todavía no tengo artículos con los que responder. Da esta referencia a quien me administra: { $reference }
error-index-damaged = Mi índice de artículos necesita una reparación. Da esta referencia a quien me administra: { $reference }
error-model = Ahora mismo no puedo leer preguntas. Da esta referencia a quien me administra: { $reference }
error-storage = Ahora mismo no puedo recordar nada, así que eso no funcionó. Inténtalo más tarde. Referencia: { $reference }
error-search-engine = Ahora mismo no puedo buscar nada, pero volveré pronto. Inténtalo de nuevo en un minuto. Referencia: { $reference }
error-too-slow = Eso tardó demasiado. Inténtalo de nuevo. Referencia: { $reference }
error-discord-permission = No tengo permiso para hacer eso aquí. Un moderador puede cambiar mis permisos. Referencia: { $reference }
error-discord-gone = Ese mensaje, publicación o canal ya no existe. Referencia: { $reference }
error-discord = Discord no aceptó mi respuesta. Inténtalo de nuevo en un momento. Referencia: { $reference }
