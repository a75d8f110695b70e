"""Replies made by hand, for tests of what is shown."""

from retrieval.domain import (
    Answer,
    Article,
    Candidates,
    Evidence,
    Excerpt,
    Hit,
    NoAnswer,
    NoAnswerReason,
    Subject,
)

SITE = "https://example.org"
BIOLOGY = Subject("biology", "Biology")
CHEMISTRY = Subject("chemistry", "Chemistry")
ANSWER_TEXT = (
    "## Water and membranes\n\n"
    "A membrane lets water pass. **Osmosis** is the movement of water towards the side with *more* solute. "
    "It stops when the pressures balance.\n"
)
BEST = "**Osmosis** is the movement of water towards the side with *more* solute."


def article(question: str, subject: Subject = BIOLOGY, answer: str = ANSWER_TEXT) -> Article:
    slug = question.lower().rstrip("?").replace(" ", "-")
    url = f"/learn/{subject.key}/{slug}"
    return Article(url=url, question=question, answer=answer, subject=subject, path=f"{url[1:]}.md")


def hit(found: Article, score: float = 0.5, also_in: tuple[Article, ...] = ()) -> Hit:
    return Hit(found, score, Evidence(0.5, 0.5, 0, 1.0), also_in)


def excerpt(text: str = ANSWER_TEXT, best: str = BEST, heading_path: tuple[str, ...] = ()) -> Excerpt:
    start = text.index(best)
    return Excerpt(text, 0, len(text), heading_path, start, start + len(best))


OSMOSIS = article("What is osmosis?")
DIFFUSION = article("What is diffusion?")
PRESSURE = article("What is osmotic pressure?", CHEMISTRY)


def answered(**changes) -> Answer:
    parts = {
        "question": "osmosis??",
        "hit": hit(OSMOSIS, 0.9, also_in=(article("What is osmosis?", CHEMISTRY),)),
        "excerpt": excerpt(heading_path=("Transport", "Passive")),
        "confidence": 0.934,
        "others": (hit(DIFFUSION), hit(PRESSURE)),
        "related": (PRESSURE,),
    }
    return Answer(**(parts | changes))


CANDIDATES = Candidates("water thing", (hit(OSMOSIS), hit(DIFFUSION)), (excerpt(), excerpt()), 0.5)
NO_ANSWER = NoAnswer("who won", NoAnswerReason.NOTHING_FITS, (hit(DIFFUSION),), 0.02)
NOTHING_ASKED = NoAnswer("", NoAnswerReason.NOTHING_ASKED, (), 0.0)
