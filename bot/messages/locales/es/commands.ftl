### Lo que Discord muestra en su menú de comandos. Límites y explicaciones: ../en/commands.ftl.

cmd-ask-name = preguntar
cmd-ask-description = Haz una pregunta de estudio y recibe un fragmento que la responde, con enlace al artículo
cmd-ask-option-question-name = pregunta
cmd-ask-option-question-description = Lo que quieres saber; elige una sugerencia para ver justo ese artículo
cmd-ask-option-subject-name = materia
cmd-ask-option-subject-description = Buscar solo en esta materia
cmd-ask-option-private-name = privado
cmd-ask-option-private-description = Mostrar la respuesta solo a ti (después puedes compartirla)

choice-yes = Sí
choice-no = No

cmd-article-name = artículo
cmd-article-description = Mostrar un artículo por su título
cmd-article-option-title-name = título
cmd-article-option-title-description = Palabras del título; elige una de las sugerencias

cmd-related-name = relacionados
cmd-related-description = Mostrar los artículos relacionados con un artículo
cmd-related-option-title-name = título
cmd-related-option-title-description = Palabras del título; elige una de las sugerencias

cmd-browse-name = explorar
cmd-browse-description = Recorrer los artículos de una materia, página a página
cmd-browse-option-subject-name = materia
cmd-browse-option-subject-description = La materia que quieres recorrer; sin ella se muestran todas

cmd-help-name = ayuda
cmd-help-description = Cómo preguntar y para qué sirven los botones

cmd-about-name = acerca-de
cmd-about-description = Qué es este bot, cuántos artículos conoce y qué recuerda

cmd-forget-me-name = olvídame
cmd-forget-me-description = Borrar todo lo que este bot recuerda de ti

cmd-channel-name = canal
cmd-channel-description = Elegir los canales donde el bot responde por su cuenta a preguntas nuevas
cmd-channel-on-name = activar
cmd-channel-on-description = Responder a preguntas nuevas en un canal o foro, solo cuando está seguro
cmd-channel-off-name = desactivar
cmd-channel-off-description = Dejar de responder por su cuenta en un canal o foro
cmd-channel-list-name = lista
cmd-channel-list-description = Mostrar dónde responde el bot por su cuenta
cmd-channel-option-channel-name = canal
cmd-channel-option-channel-description = Un foro o un canal de texto para preguntas

cmd-index-name = índice
cmd-index-description = Gestionar el índice de artículos
cmd-index-status-name = estado
cmd-index-status-description = Mostrar el índice en uso, los anteriores y la última construcción
cmd-index-preview-name = vista-previa
cmd-index-preview-description = Mostrar qué cambiaría una reconstrucción, sin hacerla
cmd-index-rebuild-name = reconstruir
cmd-index-rebuild-description = Reconstruir el índice mientras sigue en uso
cmd-index-option-full-name = completa
cmd-index-option-full-description = Leer de nuevo todos los artículos
cmd-index-rollback-name = revertir
cmd-index-rollback-description = Volver a una generación anterior
cmd-index-option-generation-name = generación
cmd-index-option-generation-description = Cuál; la anterior si se omite
cmd-index-history-name = historial
cmd-index-history-description = Mostrar construcciones y reversiones
cmd-index-audit-name = auditoría
cmd-index-audit-description = Mostrar todo lo que se hizo y quién lo hizo
cmd-index-article-name = artículo
cmd-index-article-description = Mostrar cómo está indexado un artículo
cmd-index-option-url-name = dirección
cmd-index-option-url-description = Su dirección, o la ruta de su archivo

menu-find-answer-name = Buscar una respuesta
