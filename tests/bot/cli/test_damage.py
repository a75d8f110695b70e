"""Whatever file of an index is damaged, and however: each command ends as documented and says which file it is."""

from __future__ import annotations

import json
import resource
import shutil
from contextlib import contextmanager

import pytest

from bot.cli import chat
from retrieval.generations.store import GenerationStore
from retrieval.lifecycle.journal import JOURNAL_NAME
from tests.bot.cli.damaged_index import DAMAGES, damage, make_index, write_articles
from tests.hashing_encoder import HashingEncoder
from tests.retrieval.index_changes import calibrate, prune
from tests.retrieval.models import model

QUESTION = "What is the colour number 3?"
JUDGED = {
    "id": "1",
    "query": QUESTION,
    "style": "",
    "answerable": True,
    "source": "/learn/colours/3",
    "evidence": "",
    "grades": {"/learn/colours/3": 2},
}
CURRENT = "current"
# Of a lexical index, by the ends of names; the rest of a name is made up anew with each index.
FILES = (
    *("manifest.json", "articles.sqlite", "calibration.json", "vocabulary.tsv"),
    *("question_vectors.npy", "section_vectors.npy", "questions.faiss", "sections.faiss"),
    *("article_tokens.npy", "article_token_offsets.npy", "title_tokens.npy", "title_token_offsets.npy"),
    *("token_frequencies.npy", "token_vectors.npy"),
    *("lexical/meta.json", "lexical/.managed.json"),
    *(f"lexical/*.{ending}" for ending in ("fast", "fieldnorm", "idx", "pos", "store", "term")),
    *(CURRENT, JOURNAL_NAME),
)
READING = (
    ("ask", QUESTION),
    ("chat",),
    ("evaluate", "judged.jsonl"),
    ("doctor",),
    ("index", "status"),
    ("index", "list"),
    ("index", "verify"),
    ("index", "show", "/learn/colours/3"),
    ("index", "history"),
    ("index", "audit"),
)
CHANGING = (("index", "preview"), ("index", "rollback"), ("index", "prune", "--keep", "1"), ("index", "build"))
DOCUMENTED = {0, 1, 3, 4}
# Other figures in the same form: only the checksums tell, which a question does not wait for.
FIGURES = (
    *("question_vectors.npy", "section_vectors.npy", "questions.faiss", "sections.faiss"),
    *("token_frequencies.npy", "token_vectors.npy", "lexical/.managed.json"),
)


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    """A sound index, to be copied."""
    folder = tmp_path_factory.mktemp("sound")
    make_index(folder)
    return folder


@pytest.fixture
def place(sound, tmp_path, monkeypatch):
    """A copy of the index in the working folder, that the settings point to."""
    for name in (
        "bot.bootstrap.make_encoder",
        "bot.cli.checks.index.make_encoder",
        "bot.cli.checks.models.make_encoder",
    ):
        monkeypatch.setattr(name, lambda _settings: HashingEncoder())
    monkeypatch.setenv("QUICKTAKES_INDEX__CONTENT_DIR", str(sound / "content"))
    monkeypatch.setenv("QUICKTAKES_INDEX__BUILD_CORES", "1")
    monkeypatch.setenv("QUICKTAKES_DATA_DIR", str(tmp_path))
    tmp_path.joinpath("judged.jsonl").write_text(json.dumps(JUDGED), encoding="utf-8")
    shutil.copytree(sound / "vectors", tmp_path / "vectors")
    return lambda: fresh_copy(sound, tmp_path)


def fresh_copy(sound, folder):
    index = folder / "index"
    shutil.rmtree(index, ignore_errors=True)
    shutil.copytree(sound / "index", index)
    return index


def damaged_file(index, name):
    """The file of this name of the current generation, or of the index."""
    folder = index if name in (CURRENT, JOURNAL_NAME) else index / GenerationStore(index).current_id()
    (path,) = folder.glob(name)
    return path


def check(outcome, command, path):
    said = outcome.out + outcome.err
    assert outcome.status in DOCUMENTED, (command, said)
    for word in ("Traceback", "unexpected", "panicked"):
        assert word not in said, (command, said)
    if outcome.status in (1, 4):
        assert path.name in said, (command, said)
        assert any(word in said for word in ("run `quicktakes", "move it away", "check that")), (command, said)


def test_a_sound_index_serves_every_command(place, run):
    place()
    for command in (*READING, *CHANGING):
        assert run(*command, typed=QUESTION).status == 0, command


@pytest.mark.parametrize("kind", ["cut", "garbled", "garbled inside", "a folder"])
@pytest.mark.parametrize("name", FILES)
def test_a_damaged_file_is_named_by_what_asks_and_what_verifies(place, run, name, kind):
    path = damaged_file(place(), name)
    damage(path, kind)
    asked, verified = run("ask", QUESTION), run("index", "verify")
    check(asked, "ask", path)
    check(verified, "verify", path)
    of_generation = name not in (CURRENT, JOURNAL_NAME)
    may_answer = name == JOURNAL_NAME or (kind == "garbled inside" and name in FIGURES)
    assert may_answer or (asked.status, path.name in asked.err) == (4, True)
    assert verified.status == (1 if of_generation else 0 if name == JOURNAL_NAME else 4)


@pytest.mark.parametrize(("name", "kind"), [(name, [*DAMAGES][place % 6]) for place, name in enumerate(FILES)])
def test_no_command_ends_in_a_traceback(place, run, name, kind):
    path = damaged_file(place(), name)
    damage(path, kind)
    for command in READING:
        check(run(*command, typed=f"{QUESTION}\n:related\n:more\n1\n"), command, path)
    for command in CHANGING:
        path = damaged_file(place(), name)
        damage(path, kind)
        check(run(*command), command, path)


def test_verify_names_every_file_that_is_damaged(place, run):
    index = place()
    wanted = {"articles.sqlite": "a folder", "question_vectors.npy": "removed", "vocabulary.tsv": "garbled"}
    for name, kind in wanted.items():
        damage(damaged_file(index, name), kind)
    verified = run("index", "verify")
    assert verified.status == 1
    assert verified.lines == [
        "articles.sqlite: is no file",
        "question_vectors.npy: is missing",
        "vocabulary.tsv: differs from its checksum",
    ]
    assert "run `quicktakes index rollback`" in verified.err


@pytest.mark.parametrize("kind", [*DAMAGES, "no text", "of other types"])
def test_a_journal_in_any_state_leaves_status_history_and_audit_readable(place, run, kind):
    index = place()
    journal = index / JOURNAL_NAME
    assert run("index", "prune", "--keep", "1").status == 0
    if kind == "no text":
        journal.write_bytes(b"\xff\xfe\x00" * 1000)
    elif kind == "of other types":
        line = json.loads(journal.read_bytes().splitlines()[-1])
        line["facts"] = {"added": "x", "removed": {"a": [1]}, "objections": 7, "error": ["a"], "stage": None}
        journal.write_text(json.dumps(line) + "\n", encoding="utf-8")
    else:
        damage(journal, kind)
    outcomes = {name: run("index", name) for name in ("status", "history", "audit")}
    expected = 1 if kind == "a folder" else 0
    assert [outcome.status for outcome in outcomes.values()] == [0, expected, expected]
    assert "40 articles in 40 sections" in outcomes["status"].lines
    if kind == "a folder":
        said = f"how the last build ended is not known: {journal} cannot be read (Is a directory)"
        assert said in outcomes["status"].out
        assert "move it away" in outcomes["audit"].err


def test_after_a_prune_the_audit_tells_of_it(place, run):
    place()
    assert run("index", "prune", "--keep", "1").status == 0
    for _ in range(2):
        audit = run("index", "audit")
        assert (audit.status, audit.err) == (0, "")
        assert "  prune done  " in audit.lines[0]
        assert audit.lines[0].endswith("  1 removed  by terminal")


def test_a_chat_goes_on_over_two_builds_and_a_prune(place, run, monkeypatch):
    index = place()
    opened = GenerationStore(index).current_id()
    typed = iter([QUESTION, ":related", ":more", "What is the colour number 5?"])

    def lines_of(_stream):
        for number, line in enumerate(typed):
            if number == 0:  # it is open and nobody has asked yet
                for _ in range(2):
                    calibrate(GenerationStore(index), model().to_json()).close()
                assert opened in prune(GenerationStore(index), 1)
            yield line, True

    monkeypatch.setattr(chat, "_lines", lines_of)
    outcome = run("chat")
    assert (outcome.status, outcome.err) == (0, "")
    for number in (3, 5):
        assert f"https://quicktakes.io/learn/colours/{number}" in outcome.lines


@contextmanager
def little_room():
    """Let no file become larger than 50 bytes, as on a disk that is full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (50, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize(
    "command", [("index", "build", "--full"), ("index", "preview"), ("index", "prune"), ("ask", "?")]
)
def test_a_disk_that_is_full_is_said_so_where_it_matters(place, run, tmp_path, monkeypatch, command):
    index = place()
    write_articles(tmp_path / "content", 41)
    monkeypatch.setenv("QUICKTAKES_INDEX__CONTENT_DIR", str(tmp_path / "content"))
    served = GenerationStore(index).current_id()
    with little_room():
        outcome = run(*command)
    assert "Traceback" not in outcome.err
    if command[1] in ("build", "preview"):
        assert outcome.status == 1
        assert f"{index} cannot be written (" in outcome.err
        assert "check that the disk has room" in outcome.err
    else:
        assert outcome.status in (0, 3)
    assert GenerationStore(index).current_id() == served
    assert GenerationStore(index).verify(served) == ()


@pytest.mark.parametrize(
    "command",
    [
        ("ask",),
        ("ask", "--json"),
        ("ask", "what", "--subject"),
        ("index", "show"),
        ("index", "verify"),
        ("index", "rollback"),
        ("index", "list", "--index"),
        ("--config",),
        ("evaluate",),
        (),
    ],
)
def test_what_is_typed_in_bytes_that_are_no_text_ends_no_command(place, run, command):
    place()
    outcome = run(*command, "a\udcff\nquicktakes: all is well \x1b[2J")
    said = outcome.out + outcome.err
    assert outcome.status in range(5)  # made-up vectors may find candidates for anything
    assert "unexpected" not in said
    assert "\x1b" not in said
    assert "\nquicktakes: all is well" not in said
