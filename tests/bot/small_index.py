"""An index of three articles of its own, with the real encoder."""

from __future__ import annotations

from bot.bootstrap import SettingsIndexBuilder, make_store
from retrieval.progress import ignore_progress

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


def build(settings, *, full=False):
    """Let the articles as they are now serve, whatever the rules for builds; gives the generation's id."""
    with make_store(settings).writing() as writer:
        report = SettingsIndexBuilder(settings).build(writer, full=full, on_progress=ignore_progress)
        if report.is_new:
            writer.activate(report.generation_id)
    return report.generation_id
