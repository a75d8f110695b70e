"""Why a question was answered as it was, for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from bot.cli.views.output import one_line, percentage
from retrieval.domain import Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rich.console import RenderableType

    from retrieval.answering.explanation import ExplainedProbability, Explanation

_OUTCOMES = {
    Outcome.ANSWER: "an answer",
    Outcome.CANDIDATES: "candidates",
    Outcome.NO_ANSWER: "no answer",
}
_SMALL = 0.005
_BAR = 6
_BAR_UNIT = 0.25


def explanation_view(explanation: Explanation, adapter: str) -> RenderableType:
    """What was looked for, what was decided and why, and the evidence of the first articles, for each question.

    Args:
        explanation: What is shown.
        adapter: What the adapter of questions is called.
    """
    return Group(*_parts(explanation, Text(f"Adapter of questions: {adapter}")))


def _parts(explanation: Explanation, *more: RenderableType) -> list[RenderableType]:
    ranking, questions = explanation.ranking, explanation.questions
    parts: list[RenderableType] = [Text(f"Looked for: {one_line(ranking.read_as) or 'nothing'}"), *more]
    if questions:
        reply = _OUTCOMES[ranking.outcome]
        parts.append(Text(f"Reply: {reply}, one for each of {len(questions)} questions in the message"))
        for number, question in enumerate(questions, start=1):
            parts += [Text(""), Text(f"Question {number} of {len(questions)}", style="bold"), *_parts(question)]
        return parts
    if explanation.covered is None or explanation.first is None:
        return [*parts, Text("Nothing was found.")]
    parts += [
        Text(
            f"Reply: {_OUTCOMES[ranking.outcome]}, since the confidence is {percentage(ranking.confidence)} "
            f"(answers from {percentage(explanation.answer_from)}, candidates from "
            f"{percentage(explanation.candidates_from)})"
        ),
        Text(""),
        *_probability("The articles speak of it", explanation.covered),
        *_probability("If they do, the first one answers", explanation.first),
        Text("Articles, best first; each figure beside what it adds to the score, against the mean of all found:"),
    ]
    for place, each in enumerate(explanation.hits, start=1):
        title = f"{place}. {one_line(each.hit.article.question)}"
        parts += [Text(""), Text(title, style="bold"), Text(f"   {one_line(each.hit.article.url)}", style="dim")]
        parts.append(Text(f"   score {each.hit.score:+.2f}, the best of them with {percentage(each.hit.share)}"))
        parts.append(Padding(_table(each.figures, each.contributions), (0, 0, 0, 3)))
    return parts


def _probability(title: str, each: ExplainedProbability) -> list[RenderableType]:
    table = Padding(_table(each.figures, each.contributions), (0, 0, 0, 3))
    return [Text(f"{title}: {percentage(each.probability)}", style="bold"), table, Text("")]


def _table(figures: Mapping[str, float], contributions: Mapping[str, float]) -> Table:
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    for name, figure in sorted(figures.items(), key=lambda pair: -abs(contributions.get(pair[0], 0.0))):
        added = contributions.get(name, 0.0)
        if abs(added) >= _SMALL:
            table.add_row(name.replace("_", " "), f"{figure:.3f}", f"{added:+.2f}", _bar(added))
    return table


def _bar(added: float) -> str:
    length = min(round(abs(added) / _BAR_UNIT), _BAR)
    return ("+" if added > 0 else "-") * length
