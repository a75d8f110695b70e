"""How well questions tell the articles that answer from the others: the listwise loss that an adapter is trained by."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import torch
from torch.nn.functional import normalize

from embeddings.adapters.training.lists import ArticleVectors, CandidateList, batch_of

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

_MAX_SECTIONS = 10
_SHARE_OF_PASSAGE = 0.7
_IMPOSSIBLE = -1e4  # what padding scores: no share at all, and a number in half precision


class ListwiseLoss(torch.nn.Module):
    """Cross-entropy of the candidates that answer, under the softmax of all candidates' cosines.

    The vectors of the candidates are given and never change. Any number of candidates may answer: what counts is their
    share together, so that none of them is pushed down for the sake of another.

    Args:
        model: Embeds the questions; it is what is trained.
        lists: All lists; the label of a question is its list's place.
        vectors: Of the candidates.
        base: Vector of each list's text before training, shape (lists, dimension).
        temperature: What cosines are divided by.
        anchor: What it costs to move away from `base`.
    """

    def __init__(  # noqa: PLR0913  # what it looks at, and the two numbers that weigh it
        self,
        model: SentenceTransformer,
        lists: Sequence[CandidateList],
        vectors: ArticleVectors,
        base: torch.Tensor,
        *,
        temperature: float,
        anchor: float,
    ) -> None:
        super().__init__()
        self.model = model
        self._lists = lists
        self._vectors = vectors
        self._questions = torch.from_numpy(vectors.questions)
        self._sections = torch.from_numpy(vectors.sections)
        self._base = base.cpu()
        self._temperature = temperature
        self._anchor = anchor

    def forward(self, sentence_features: Iterable[dict[str, torch.Tensor]], labels: torch.Tensor) -> torch.Tensor:
        """The loss of a batch.

        Args:
            sentence_features: Tokens of the texts, in the form of sentence-transformers: one column.
            labels: Place of each text's list, shape (batch,).
        """
        features = next(iter(sentence_features))
        asked = normalize(self.model(features)["sentence_embedding"].float(), dim=-1)
        places = labels.tolist()
        batch = batch_of([self._lists[place] for place in places], self._vectors, _MAX_SECTIONS)
        device = asked.device
        known, answers, held = (torch.from_numpy(each).to(device) for each in (batch.known, batch.answers, batch.held))
        questions = self._questions[torch.from_numpy(batch.articles)].to(device).float()
        sections = self._sections[torch.from_numpy(batch.sections)].to(device).float()
        logits = candidate_scores(asked, questions, sections, held) / self._temperature
        logits = logits.masked_fill(~known, _IMPOSSIBLE)
        right = logits.masked_fill(~answers, _IMPOSSIBLE)
        missed = (torch.logsumexp(logits, dim=1) - torch.logsumexp(right, dim=1)).mean()
        moved = 1 - (asked * self._base[labels.cpu()].to(device)).sum(dim=-1).mean()
        loss: torch.Tensor = missed + self._anchor * moved
        return loss


def candidate_scores(
    asked: torch.Tensor, questions: torch.Tensor, sections: torch.Tensor, held: torch.Tensor
) -> torch.Tensor:
    """How near candidates are to questions, as the ranking looks at it: the best passage, and the article's question.

    A section counts alone and under its article's question, as in `retrieval.indexes.evidence.score_passages`.

    Args:
        asked: Shape (lists, dimension).
        questions: Shape (lists, candidates, dimension).
        sections: Shape (lists, candidates, sections, dimension).
        held: Which sections are no padding, shape (lists, candidates, sections).

    Returns:
        Shape (lists, candidates).
    """
    question = torch.einsum("lcd,ld->lc", questions, asked)
    section = torch.einsum("lcsd,ld->lcs", sections, asked)
    likeness = torch.einsum("lcsd,lcd->lcs", sections, questions)
    under_question = (question[..., None] + section) / (2 + 2 * likeness).clamp(min=1e-3).sqrt()
    passage = ((section + under_question) / 2).masked_fill(~held, -1.0).amax(dim=-1)
    return _SHARE_OF_PASSAGE * passage + (1 - _SHARE_OF_PASSAGE) * question
