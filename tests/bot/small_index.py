"""An index of three articles of its own, with the real encoder."""

from __future__ import annotations

from bot.bootstrap import build_index, make_store

ARTICLE = """---
question: {question}
answer: {answer}
subject: Biology
url: /learn/biology/{name}
---
"""
THREE = (
    ("bees", "How do bees make honey?", "Bees make honey from nectar, which they thicken in the hive."),
    ("tides", "What causes the tides?", "The pull of the moon causes the tides of the sea."),
    ("rust", "Why does iron rust?", "Iron rusts because oxygen and water turn it into iron oxide."),
)


def write(settings, name, question, answer):
    path = settings.index.content_dir / "learn" / "biology" / f"{name}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(ARTICLE.format(name=name, question=question, answer=answer))


def build(settings):
    build_index(settings, full=False, on_progress=lambda *_: None)
    return make_store(settings).current_id()
