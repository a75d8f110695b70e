"""Errors of the retrieval library.

Every error carries facts as fields; `str()` says what happened, where, and what to do.
What a member of a Discord server reads is decided elsewhere.
"""

from __future__ import annotations

from pathlib import Path

from retrieval.shown import shown


class RetrievalError(Exception):
    """The root of every error that the retrieval library raises on purpose."""


class ArticleError(RetrievalError):
    """One article file cannot be used.

    Attributes:
        path: The file, as it was found; in the error's text its odd characters are escapes.
        line: 1-based line in the file that the problem is on, or ``None`` where no line applies.
        problem: What is wrong, and what to do about it.
    """

    def __init__(self, path: Path, problem: str, line: int | None = None) -> None:
        self.path = path
        self.line = line
        self.problem = problem
        place = shown(path) if line is None else f"{shown(path)}:{line}"
        super().__init__(f"{place}: {shown(problem)}")


class GenerationError(RetrievalError):
    """A generation of the index is missing, damaged or does not fit this installation."""


class GenerationDamagedError(GenerationError):
    """A file of a generation is missing or differs from its checksum.

    Attributes:
        generation_id: The generation the file belongs to.
        file_name: The file, relative to the generation's folder.
        problem: What differs.
    """

    def __init__(self, generation_id: str, file_name: str, problem: str) -> None:
        self.generation_id = generation_id
        self.file_name = file_name
        self.problem = problem
        super().__init__(
            f"generation {generation_id}: {file_name}: {problem}; "
            "run `quicktakes index rollback`, or `quicktakes index build --full` to make a sound one"
        )


class GenerationMismatchError(GenerationError):
    """A generation was made with another format version, encoder or metric than this process uses."""

    def __init__(self, generation_id: str, problem: str) -> None:
        self.generation_id = generation_id
        self.problem = problem
        super().__init__(f"generation {generation_id}: {problem}; run `quicktakes index build`")


class NoGenerationError(GenerationError):
    """The index folder holds no generation that could serve."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        super().__init__(f"{folder} holds no index yet; run `quicktakes index build`")


class CurrentFileError(GenerationError):
    """The file that names the generation that serves is damaged or gone, though there are generations.

    Attributes:
        path: The file.
        problem: What is wrong with it.
    """

    def __init__(self, path: Path, problem: str) -> None:
        self.path = path
        self.problem = problem
        super().__init__(f"{path} {problem}; run `quicktakes index rollback`, which writes it anew")


class IndexWriteError(RetrievalError):
    """A new generation cannot be written; what served goes on serving.

    Attributes:
        folder: The index folder.
        cause: What the system said.
    """

    def __init__(self, folder: Path, cause: str) -> None:
        self.folder = folder
        self.cause = cause
        super().__init__(
            f"{folder} cannot be written ({cause}); check that the disk has room and the folder may be written; "
            "the index stays as it was"
        )


class BuildLeaseError(RetrievalError):
    """Nobody can tell whether another process changes the index, so this one does not.

    Attributes:
        folder: The index folder.
        cause: Why nobody can, and what to do about it.
    """

    def __init__(self, folder: Path, cause: str) -> None:
        self.folder = folder
        self.cause = cause
        super().__init__(
            f"{folder} is not changed, for nobody can tell whether another process builds: {cause}; "
            "the index stays as it was"
        )


class SearchEngineError(RetrievalError):
    """An engine outside of this process that finds articles cannot be used; it may be back at any time.

    Attributes:
        address: Where it is, without credentials.
        problem: What is wrong, and what to do about it.
    """

    def __init__(self, address: str, problem: str) -> None:
        self.address = address
        self.problem = problem
        super().__init__(f"the search engine at {address}: {problem}")


class JournalError(RetrievalError):
    """The journal of an index cannot be read; the index itself is not concerned.

    Attributes:
        path: The journal.
        cause: What the system said.
    """

    def __init__(self, path: Path, cause: str) -> None:
        self.path = path
        self.cause = cause
        super().__init__(
            f"{path} cannot be read ({cause}); give yourself permission to read it, or move it away: "
            "the next build begins a new one"
        )


class BuildCancelledError(RetrievalError):
    """A build was stopped on request; what served goes on serving, and the vectors computed so far are kept."""

    def __init__(self) -> None:
        super().__init__("the build was cancelled; the index stays as it was")


class NoArticlesError(RetrievalError):
    """A content folder gave not one usable article, so there is nothing an index could be built from.

    Attributes:
        content_root: The folder that was searched.
        failed: How many files were found and could not be used.
    """

    def __init__(self, content_root: Path, failed: int) -> None:
        self.content_root = content_root
        self.failed = failed
        found = f"{failed} article files, none of them usable" if failed else "no article files"
        super().__init__(f"{content_root} holds {found}; check the folder; the index stays as it is")


class NoQuestionsError(RetrievalError):
    """A sample of the articles answers none of the judged questions.

    Attributes:
        content_root: The folder of the articles.
    """

    def __init__(self, content_root: Path) -> None:
        self.content_root = content_root
        super().__init__(
            f"no article in {content_root} answers a judged question; "
            "name the folder of the articles that the questions are about"
        )


class CalibrationError(RetrievalError):
    """A calibration cannot be fitted or read.

    Attributes:
        problem: What is wrong, and what to do about it.
    """

    def __init__(self, problem: str) -> None:
        self.problem = problem
        super().__init__(f"the calibration {problem}; run `quicktakes evaluate FILE --fit`")


class RerankerTooSlowError(RetrievalError):
    """A reranker cannot read even one section in the time that it has for a question.

    Attributes:
        name: The reranker.
        seconds: How long it takes for a section.
        limit: How long it has.
    """

    def __init__(self, name: str, seconds: float, limit: float) -> None:
        self.name = name
        self.seconds = seconds
        self.limit = limit
        super().__init__(
            f"{name} reads a section in {seconds * 1000:,.3g} ms, and has {limit * 1000:,.3g} ms for a question; "
            "choose a smaller model, or raise retrieval.reranker_milliseconds"
        )


class JudgedQuestionError(RetrievalError):
    """A line of a file of judged questions cannot be used.

    Attributes:
        path: The file.
        line: 1-based line.
        problem: What is wrong with it.
    """

    def __init__(self, path: Path, line: int, problem: str) -> None:
        self.path = path
        self.line = line
        self.problem = problem
        super().__init__(f"{path}:{line}: {problem}")
