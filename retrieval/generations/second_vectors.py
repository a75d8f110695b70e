"""The vectors of a second encoder, which lie in a generation beside those of the first."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from retrieval.errors import GenerationDamagedError
from retrieval.generations.manifest import Manifest
from retrieval.generations.unreadable import size_problem
from retrieval.indexes.base import ArticleLayout
from retrieval.indexes.matrix import open_matrix

SECOND_QUESTION_VECTORS = "second_question_vectors.npy"
SECOND_SECTION_VECTORS = "second_section_vectors.npy"
SECOND_FILES = (SECOND_QUESTION_VECTORS, SECOND_SECTION_VECTORS)
"""Files without which a generation answers all the same."""


@dataclass(frozen=True, slots=True)
class SecondVectors:
    """The matrices of a second encoder, memory-mapped, and where each article's rows lie in them.

    Attributes:
        questions: Shape (article rows, dimension); rows of removed articles hold anything.
        sections: Shape (section rows, dimension).
        layout: Where the articles' vectors lie.
    """

    questions: NDArray[np.float16]
    sections: NDArray[np.float16]
    layout: ArticleLayout

    def of_article(self, row: int) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Vector of the question, shape (dimension,), and of each section, shape (sections, dimension).

        Raises:
            LookupError: The row holds no article.
        """
        place = int(np.searchsorted(self.layout.rows, row))
        if place == len(self.layout.rows) or self.layout.rows[place] != row:
            msg = f"there is no article in row {row}"
            raise LookupError(msg)
        first, count = int(self.layout.first_sections[place]), int(self.layout.section_counts[place])
        return self.questions[row].astype(np.float32), self.sections[first : first + count].astype(np.float32)


def open_second_vectors(folder: Path, manifest: Manifest, layout: ArticleLayout) -> SecondVectors | None:
    """The second encoder's vectors of a generation; ``None`` where it was built without one.

    Args:
        folder: The generation's folder.
        manifest: What it states.
        layout: Where its articles' vectors lie.

    Raises:
        GenerationDamagedError: A file is missing or is not what it should be.
    """
    if manifest.second is None:
        return None
    counts, dimension = manifest.counts, manifest.second.dimension
    questions = _matrix(folder, SECOND_QUESTION_VECTORS, (counts.article_rows, dimension), manifest)
    sections = _matrix(folder, SECOND_SECTION_VECTORS, (counts.section_rows, dimension), manifest)
    return SecondVectors(questions, sections, layout)


def _matrix(folder: Path, name: str, shape: tuple[int, int], manifest: Manifest) -> NDArray[np.float16]:
    problem = "does not belong to the generation" if name not in manifest.files else ""
    problem = problem or size_problem(folder / name, manifest.files[name].size)
    if not problem:
        try:
            matrix = open_matrix(folder / name)
        except (OSError, ValueError, SyntaxError) as error:
            problem = f"cannot be read ({error})"
        else:
            if (matrix.shape, matrix.dtype) == (shape, np.dtype(np.float16)):
                return matrix
            problem = f"holds {matrix.dtype} of shape {matrix.shape} instead of {shape}"
    raise GenerationDamagedError(manifest.id, name, problem)
