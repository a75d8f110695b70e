"""What a story around a question, or several questions in one message, change in the reply.

    python benchmarks/stories.py INDEX [--questions FILE …] [--posts FILE] [--show] [--json out.json]

Every answerable question that is answered when it is asked alone is asked again with each story before, after and
around it. The figure is the share of these messages whose first article and outcome are the same. Posts, one a line,
are messages of others that hold one question: each is compared with that question alone. Then come messages of two and
of three questions: the share in which every question's article is among those that the reply shows first.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from common import ROOT, add_common_options, load_questions, print_table, settings_for, write_json

from bot.bootstrap import make_encoder, make_store
from retrieval.answering.answerer import CANDIDATES, Answerer
from retrieval.domain import Outcome
from retrieval.questions.sentence_ends import QUESTION_MARKS, sentences_of

MEMBERS_QUESTIONS = ROOT / "benchmarks" / "members.jsonl"
_MARKS = (*QUESTION_MARKS, ".", "!")


@dataclass(frozen=True, slots=True)
class Story:
    """What a member tells before and after a question; as one text it stands before or after it."""

    opening: str
    closing: str

    def placed(self, question: str) -> Iterator[tuple[str, str]]:
        """The messages with the story before, after and around a question, each with the name of its place."""
        told = f"{self.opening} {self.closing}"
        yield "before", _joined(told, question)
        yield "after", _joined(question, told)
        yield "around", _joined(self.opening, question, self.closing)


def _joined(*pieces: str) -> str:
    """The pieces in one message, each that ends with no mark on a line of its own."""
    *before, last = pieces
    return "".join(piece + (" " if piece.endswith(_MARKS) else "\n") for piece in before) + last


STORIES = (
    Story("Hey all, hope the week treats you well so far.", "Cheers!"),
    Story(
        "Good evening! I work nights at a bakery and study by distance, so I only get to my books after the "
        "bread is out of the oven. We got the worksheet on Wednesday.",
        "If somebody has a minute before Sunday I'd be so grateful, thanks a million.",
    ),
    Story(
        "ok so my little sister knocked juice over my laptop and half my lecture notes are gone. the tutor "
        "said he'd send the slides again but its been four days and nothing came.",
        "pls be nice im already panicking lol",
    ),
    Story(
        "I'm back at college after ten years of driving trucks and everybody in the class is half my age. I "
        "sat in the front row today, wrote down every word and then could not read my own handwriting. My "
        "wife laughed, my kids laughed, even the dog looked sorry for me.",
        "Anyway I have read the page three times now and it will not go in. There's a quiz on Tuesday and it "
        "counts for twenty percent. Thank you for your patience with an old man, and good luck to all of you "
        "this term!",
    ),
    Story(
        "So we had a guest speaker who flew in from Lisbon. The microphone broke twice, then the fire alarm "
        "went off and we stood on the lawn for half an hour. By the time we were back inside she had skipped "
        "to her last slide.",
        "My roommate says to just drop the module. I don't want to.",
    ),
    Story(
        "Yo, first post here. Transferred from a school in Manitoba, joined the football team, love the food, "
        "can't find any of the buildings. Does anyone else get lost near the library?",
        "Does that make sense? No worries if not, have a great weekend everyone.",
    ),
)
"""Stories of 50 to 600 characters, of no subject."""


@dataclass(frozen=True, slots=True)
class Told:
    """A message with more than its question, and whether the reply stayed what it is for the question alone."""

    place: str
    message: str
    is_same_article: bool
    is_same_outcome: bool
    outcome: str

    @property
    def is_same(self) -> bool:
        """Whether neither article nor outcome changed."""
        return self.is_same_article and self.is_same_outcome


def main() -> None:
    """Ask everything and print the figures."""
    options = _options()
    settings = settings_for(options.index, options.data_dir)
    encoder = make_encoder(settings)
    with make_store(settings).current(encoder) as generation:
        answerer = Answerer(generation, encoder)
        questions = [
            ended(judged.query)
            for judged in load_questions(options.questions or [MEMBERS_QUESTIONS])
            if judged.answerable
        ]
        answered = [each for each in questions if answerer.ranking(each).outcome is Outcome.ANSWER]
        stories = [told for each in answered for story in STORIES for told in _with_story(answerer, each, story)]
        posts = [told for line in _lines(options.posts) for told in _in_post(answerer, line)]
        several = {count: _several(answerer, answered, count) for count in (2, 3)}
    print(f"{len(questions)} questions, {len(answered)} answered when asked alone\n")
    figures = {place: _shares([told for told in (*stories, *posts) if told.place == place]) for place in _places(posts)}
    figures["all"] = _shares([*stories, *posts])
    heading = ("story", "messages", "same article", "same outcome", "both")
    print_table([heading, *((place, *shares.values()) for place, shares in figures.items())])
    print()
    print_table(
        [("questions in one", "messages", "all shown"), *((count, *shares) for count, shares in several.items())]
    )
    if options.show:
        for told in [each for each in (*stories, *posts) if not each.is_same]:
            print(
                f"\n{told.place}, {told.outcome}, article {'same' if told.is_same_article else 'other'}: {told.message}"
            )
    write_json(
        options.json, {"stories": figures, "several": {str(count): share for count, (_, share) in several.items()}}
    )


def _places(posts: Sequence[Told]) -> list[str]:
    return ["before", "after", "around", *(["post"] if posts else [])]


def ended(question: str) -> str:
    """A question that ends as a sentence does: what follows it is another."""
    return question if question.endswith(_MARKS) else f"{question}?"


def _with_story(answerer: Answerer, question: str, story: Story) -> Iterator[Told]:
    for place, message in story.placed(question):
        yield _compared(answerer, question, message, place)


def _in_post(answerer: Answerer, post: str) -> Iterator[Told]:
    asked = [sentence for sentence in sentences_of(post) if sentence.endswith(QUESTION_MARKS)]
    if len(asked) == 1 and answerer.ranking(asked[0]).outcome is Outcome.ANSWER:
        yield _compared(answerer, asked[0], post, "post")


def _compared(answerer: Answerer, question: str, message: str, place: str) -> Told:
    alone, told = answerer.ranking(question), answerer.ranking(message)
    first = {each.hits[0].article.url for each in (alone, told) if each.hits}
    is_same_article = bool(alone.hits and told.hits) and len(first) == 1
    return Told(place, message, is_same_article, alone.outcome is told.outcome, told.outcome.value)


def _several(answerer: Answerer, questions: Sequence[str], count: int) -> tuple[int, float | None]:
    """Messages of so many neighbouring questions, and the share that shows the article of each among the first."""
    messages = [questions[place : place + count] for place in range(len(questions) - count + 1)]
    shown = 0
    for asked in messages:
        wanted = {answerer.ranking(question).hits[0].article.url for question in asked}
        ranking = answerer.ranking("Hi! " + " ".join(asked))
        shown += wanted <= {hit.article.url for hit in ranking.hits[:CANDIDATES]}
    return len(messages), shown / len(messages) if messages else None


def _shares(told: Sequence[Told]) -> dict[str, float | None]:
    count = len(told)

    def share(of: int) -> float | None:
        return of / count if count else None

    return {
        "messages": count,
        "same article": share(sum(each.is_same_article for each in told)),
        "same outcome": share(sum(each.is_same_outcome for each in told)),
        "both": share(sum(each.is_same for each in told)),
    }


def _lines(path: Path | None) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines() if path else []


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("index", type=Path, help="folder of the index")
    parser.add_argument(
        "--questions", type=Path, nargs="+", help="judged questions; benchmarks/members.jsonl if left out"
    )
    parser.add_argument("--posts", type=Path, help="messages of others, one a line, each with one question")
    parser.add_argument("--show", action="store_true", help="print each message whose reply changed")
    add_common_options(parser)
    return parser.parse_args()


if __name__ == "__main__":
    main()
