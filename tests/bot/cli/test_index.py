"""`quicktakes index …` on small corpora, with the real encoder."""

import re
import shutil

import pytest

CONTENT = """---
title: {question}
question: {question}
answer: {answer}
subject: Physics
url: /learn/physics/{slug}
---

&nbsp;
"""


@pytest.fixture
def content(tmp_path):
    """Three article files, one of them unusable."""
    folder = tmp_path / "articles" / "learn" / "physics"
    folder.mkdir(parents=True)
    for slug, question in {"what-is-heat": "What is heat?", "what-is-work": "What is work?"}.items():
        text = CONTENT.format(question=question, answer="It is energy on its way.", slug=slug)
        folder.joinpath(f"{slug}.md").write_text(text, encoding="utf-8")
    text = CONTENT.format(question="''", answer="Nobody knows.", slug="nothing")
    folder.joinpath("nothing.md").write_text(text, encoding="utf-8")
    return tmp_path / "articles"


@pytest.fixture
def build(run, content, data_dir):
    def build_it(*options: str):
        return run(
            "index",
            "build",
            "--content",
            content,
            *options,
            variables={"QUICKTAKES_INDEX__DIR": "index", "QUICKTAKES_DATA_DIR": str(data_dir)},
        )

    return build_it


def ids(run) -> list[str]:
    """Ids of all generations, newest first; the current one has a star before it."""
    return [re.sub(r"^(\*?) *(\S+).*", r"\1\2", line) for line in run("index", "list", "--index", "index").lines]


def test_a_build_says_what_it_did_and_names_files_that_cannot_be_used(build):
    outcome = build()
    assert outcome.status == 0
    assert outcome.lines[0] == "2 articles in 2 sections: 2 added, 0 changed, 0 removed, 0 unchanged"
    assert outcome.lines[1].startswith("1 file could not be used")
    assert outcome.lines[-1].startswith("generation ")
    assert re.search(r"^learn/physics/nothing\.md:\d+: .*question", outcome.err, re.MULTILINE)


def test_strict_makes_an_unusable_file_a_failure(build):
    assert build("--strict").status == 1


def test_a_second_build_changes_nothing_and_a_changed_file_is_seen(build, content):
    first = build().lines[-1].split()[1]
    assert build().lines[-1] == f"nothing changed; generation {first} stays current"
    path = content / "learn" / "physics" / "what-is-heat.md"
    path.write_text(path.read_text(encoding="utf-8").replace("on its way", "that flows"), encoding="utf-8")
    (content / "learn" / "physics" / "what-is-work.md").unlink()
    changed = build()
    assert changed.lines[0] == "1 article in 1 section: 0 added, 1 changed, 1 removed, 0 unchanged"


def test_full_reads_everything_again_but_embeds_nothing_twice(build):
    build()
    outcome = build("--full")
    assert outcome.lines[0] == "2 articles in 2 sections: 0 added, 0 changed, 0 removed, 2 unchanged"
    assert outcome.lines[2] == "every file was read: a full build was asked for"
    assert outcome.lines[3] == "0 texts embedded, 4 known from before"


def test_status_shows_counts_subjects_and_failures(build, run):
    build()
    outcome = run("index", "status", "--index", "index")
    assert outcome.status == 0
    assert "2 articles in 2 sections" in outcome.lines
    assert "        2  Physics (physics)" in outcome.lines
    assert "ranking and confidence: fitted to this corpus when it was built (2 articles asked for)" in outcome.lines
    assert "1 file could not be used:" in outcome.lines
    assert outcome.lines[-1].startswith("  learn/physics/nothing.md:")


def test_rollback_goes_back_and_forth_and_prune_keeps_the_current_one(build, run):
    build()
    build("--full")
    newest, oldest = ids(run)
    assert newest.startswith("*")
    assert run("index", "rollback", "--index", "index").out == f"generation {oldest} is current now\n"
    assert ids(run) == [newest[1:], f"*{oldest}"]
    assert run("index", "rollback", newest[1:], "--index", "index").status == 0
    assert ids(run) == [newest, oldest]
    assert run("index", "prune", "--keep", "1", "--index", "index").lines == [
        f"removed {oldest}",
        "1 generation removed",
    ]
    assert ids(run) == [newest]


def test_rollback_without_an_earlier_generation_fails_with_advice(build, run):
    build()
    outcome = run("index", "rollback", "--index", "index")
    assert outcome.status == 4
    assert "quicktakes index build" in outcome.err


def test_verify_names_the_damaged_file(build, run, tmp_path):
    build()
    assert run("index", "verify", "--index", "index").status == 0
    current = ids(run)[0][1:]
    damaged = tmp_path / "index" / current / "section_vectors.npy"
    data = bytearray(damaged.read_bytes())
    data[-1] ^= 1
    damaged.chmod(0o600)
    damaged.write_bytes(data)
    outcome = run("index", "verify", "--index", "index")
    assert (outcome.status, outcome.out) == (1, "section_vectors.npy: differs from its checksum\n")
    assert "rollback" in outcome.err


def test_verify_of_an_unknown_generation_is_a_wrong_argument(build, run):
    build()
    outcome = run("index", "verify", "20200101T000000000000Z-0000", "--index", "index")
    assert outcome.status == 2
    assert "there is no generation 20200101T000000000000Z-0000" in outcome.err


def test_a_folder_without_articles_leaves_the_index_as_it_is(build, run, content):
    build()
    before = ids(run)
    shutil.rmtree(content / "learn")
    outcome = build()
    assert outcome.status == 1
    assert f"{content} holds no article files" in outcome.err
    assert ids(run) == before


def test_text_of_a_file_steers_no_terminal(build, content):
    content.joinpath("learn", "physics", "bad\x1b[2J.md").write_text("no front matter", encoding="utf-8")
    outcome = build()
    assert r"bad\x1b[2J.md" in outcome.err
    assert "\x1b" not in outcome.err


def test_the_name_of_a_file_forges_no_line_about_another(build, run, content):
    name = "a.md\nlearn\u202e|physics|what-is-heat.md:1: is wrong.md"
    content.joinpath("learn", "physics", name).write_text("no front matter", encoding="utf-8")
    outcome = build()
    status = run("index", "status", "--index", "index")
    for lines in (outcome.err.splitlines(), status.lines):
        (line,) = [line for line in lines if "is wrong" in line]
        assert line.strip().startswith(
            r"learn/physics/a.md\nlearn\u202e|physics|what-is-heat.md:1: is wrong.md:1: no front"
        )


def test_what_an_article_can_do_without_is_a_warning_and_strict_fails(build, run, content):
    content.joinpath("learn", "physics", "nothing.md").unlink()
    path = content / "learn" / "physics" / "what-is-heat.md"
    path.write_text(path.read_text(encoding="utf-8").replace("question:", "date: someday\nquestion:"), encoding="utf-8")
    for _ in range(2):  # the second finds nothing new, and does not forget
        outcome = build()
        assert outcome.status == 0
        assert "warning: learn/physics/what-is-heat.md:3: date must be a date such as 2025-01-31" in outcome.err
        assert "1 warning about articles that serve, see `quicktakes index status`" in outcome.lines
        assert "2 articles in 2 sections" in outcome.lines[0]
    status = run("index", "status", "--index", "index")
    assert any(line.startswith("warning: learn/physics/what-is-heat.md:3: date") for line in status.lines)
    assert build("--strict").status == 1


def test_a_list_of_no_generations_says_that_there_are_none(run):
    outcome = run("index", "list", "--index", "nowhere")
    assert outcome.status == 4
    assert "nowhere holds no index yet" in outcome.err


def test_where_there_is_nothing_to_go_back_to_a_build_is_named_that_makes_something(build, run):
    build()
    outcome = run("index", "rollback", "--index", "index")
    assert outcome.status == 4
    assert outcome.err.endswith("; `quicktakes index build --full` makes a new one\n")


def test_a_second_encoder_that_is_missing_is_named_by_status_and_answers_go_on(run, settings_variables):
    variables = {
        **settings_variables,
        "QUICKTAKES_RETRIEVAL__SECOND_ENCODER": "/no/such/model",
        "QUICKTAKES_LOGGING__FORMAT": "text",
    }
    status = run("index", "status", variables=variables)
    assert status.status == 0
    assert [line[:51] for line in status.lines if "second" in line] == [
        "second encoder not used: model '/no/such/model': ne"
    ]
    asked = run("ask", "what is osmosis", variables=variables)
    assert asked.out == run("ask", "what is osmosis", variables=settings_variables).out
    assert asked.err.count("retrieval.second_encoder: model '/no/such/model'") == 1
    assert asked.err.rstrip().endswith("answers go on without it")


def test_embedding_ahead_of_a_build_leaves_the_index_and_the_build_nothing_to_embed(run, tmp_path, data_dir):
    content = tmp_path / "content" / "learn" / "biology"
    content.mkdir(parents=True)
    question = "question: Why do cats purr?\nanswer: Cats purr when they are at ease.\n"
    (content / "cats.md").write_text(f"---\n{question}subject: Biology\nurl: /learn/biology/cats\n---\n")
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "encoder").symlink_to(data_dir / "encoder", target_is_directory=True)
    variables = {"QUICKTAKES_DATA_DIR": str(tmp_path / "data")}
    ahead = ["index", "embed", "--content", tmp_path / "content"]
    assert run(*ahead, variables=variables).lines == ["2 texts embedded, 0 in the cache before"]
    assert run("index", "status", variables=variables).status == 4
    assert run(*ahead, variables=variables).lines == ["0 texts embedded, 2 in the cache before"]
    assert "0 texts embedded" in run("index", "build", *ahead[2:], variables=variables).out


def test_workers_are_those_of_a_cluster(run):
    outcome = run("index", "embed", "--workers", "2")
    assert outcome.status == 2
    assert "--workers needs --ray" in outcome.err
