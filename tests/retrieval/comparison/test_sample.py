import pytest

from retrieval.articles.limits import ReadingLimits
from retrieval.comparison.sample import draw_sample
from retrieval.errors import ArticleError, NoArticlesError, NoQuestionsError
from tests.retrieval.article_files import Corpus
from tests.retrieval.comparison.test_questions import judged


@pytest.fixture
def corpus(tmp_path):
    """Twelve articles of one length."""
    corpus = Corpus(tmp_path)
    for number in range(12):
        corpus.write(f"geology/{number:02}", f"What is stone {number:02}", f"Stone {number:02} is hard.")
    return corpus


def names(sample):
    return sorted(path.stem for path in sample.content.rglob("*.md"))


def test_a_sample_is_even_and_the_same_each_time(corpus, tmp_path):
    samples = [draw_sample(corpus.root, tmp_path / name, 4) for name in ("one", "two")]
    assert [names(sample) for sample in samples] == [["00", "03", "06", "09"]] * 2
    sample = samples[0]
    assert (sample.articles, sample.corpus_articles, sample.are_judged, sample.left_out) == (4, 12, False, 0)
    assert sample.share == pytest.approx(1 / 3)
    assert [question.source for question in sample.questions] == [f"/learn/geology/{name}" for name in names(sample)]


def test_the_files_are_copies_and_the_corpus_is_not_touched(corpus, tmp_path):
    before = {path: path.stat() for path in corpus.root.rglob("*.md")}
    sample = draw_sample(corpus.root, tmp_path / "sample", 100)
    assert sample.articles == 12
    assert sample.share == 1
    for path, status in before.items():
        assert path.stat().st_ctime_ns == status.st_ctime_ns  # a link would change it, and look like a change to builds
        copy = sample.content / path.relative_to(corpus.root)
        assert copy.read_bytes() == path.read_bytes()


def test_articles_of_judged_questions_come_first(corpus, tmp_path):
    questions = [judged("hard?", **{"geology/10": 2, "geology/11": 1}), judged("soft?", **{"geology/07": 2})]
    sample = draw_sample(corpus.root, tmp_path / "all", 5, judged=questions)
    assert names(sample) == ["00", "04", "07", "10", "11"]
    assert sample.questions == tuple(questions)
    assert sample.are_judged
    sample = draw_sample(corpus.root, tmp_path / "one", 1, judged=questions)
    assert names(sample) == ["10"]
    assert [question.query for question in sample.questions] == ["hard?"]
    assert sample.left_out == 1


def test_judged_questions_about_other_articles_are_refused_with_what_to_do(corpus, tmp_path):
    with pytest.raises(NoQuestionsError, match="name the folder of the articles that the questions are about"):
        draw_sample(corpus.root, tmp_path / "sample", 5, judged=[judged("soft?", elsewhere=2)])


def test_files_that_cannot_be_used_are_left_out(corpus, tmp_path):
    (corpus.root / "geology" / "00.md").write_text("no article")
    (corpus.root / "geology" / "03.md").write_bytes(b"\xff" * 10)
    sample = draw_sample(corpus.root, tmp_path / "sample", 4)
    assert names(sample) == ["06", "09"]
    with pytest.raises(NoArticlesError):
        draw_sample(corpus.root, tmp_path / "none", 4, limits=ReadingLimits(max_file_bytes=10))


def test_a_folder_without_articles_is_named(tmp_path):
    (tmp_path / "empty").mkdir()
    with pytest.raises(NoArticlesError, match="empty holds no article files"):
        draw_sample(tmp_path / "empty", tmp_path / "sample", 4)
    with pytest.raises(ArticleError, match="gone: is no folder"):
        draw_sample(tmp_path / "gone", tmp_path / "sample", 4)


def test_progress_is_told_of_what_is_read(corpus, tmp_path):
    told = []
    draw_sample(corpus.root, tmp_path / "sample", 4, on_progress=lambda *progress: told.append(progress))
    assert told[-1] == ("read", 4, 4)
