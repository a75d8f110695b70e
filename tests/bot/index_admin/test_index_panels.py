"""What admins read about the way from one commit to another, and about why everything is read anew."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from bot.index_admin.index_panels import built_panel, preview_panel, status_panel
from bot.index_admin.lines import source_lines
from bot.messages.catalogue import LANGUAGES, Messages
from retrieval.building.base import FullBuildCause, FullBuildReason
from retrieval.building.corpus_difference import CorpusDifference
from retrieval.building.report import BuildReport
from retrieval.building.source_changes import Commit, SourceChanges
from retrieval.generations.manifest import Counts, EncoderIdentity, Manifest, new_id
from retrieval.generations.rows import ArticleFailure, FileStamp
from retrieval.generations.store import GenerationSummary
from retrieval.lifecycle.inspection import IndexStatus, ServesInstead
from retrieval.lifecycle.outcomes import AnswerChange, BuildEstimate, Preview, Rebuild
from tests.bot.panels.limits import problems, text

EVIL = "@everyone ](https://evil.example) `x` <@&1> **bold** # head"


def commits(count):
    return tuple(Commit(f"{number:010x}", "2026-01-31", f"Change {number}") for number in range(count))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_colon_stands_where_a_list_of_questions_follows(language):
    def heading(*answers):
        preview = Preview(CorpusDifference(), (), 15, answers, 15, (), BuildEstimate(1.0, 0.0))
        (line,) = [line for line in text(preview_panel(Messages(language), preview)).split("\n") if " 15 " in line]
        return line

    assert heading().endswith(".**")
    assert heading(AnswerChange("What is heat", None, "/learn/heat")).endswith(":**")


def preview_of(source, full_build_reason=None):
    return Preview(CorpusDifference(), (), 3, (), 0, (), BuildEstimate(1.0, 0.0), source, full_build_reason)


def test_the_newest_commits_are_named():
    lines = source_lines(Messages("en"), SourceChanges("aaaaaaaaaa", "bbbbbbbbbb", commits(2), 2))
    assert lines == [
        "**2 commits, from `aaaaaaaaaa` to `bbbbbbbbbb`**",
        "- `0000000000` Change 0",
        "- `0000000001` Change 1",
    ]
    many = source_lines(Messages("en"), SourceChanges("aaaaaaaaaa", "bbbbbbbbbb", commits(20), 70))
    assert many[0] == "**70 commits, from `aaaaaaaaaa` to `bbbbbbbbbb`**"
    assert many[-2:] == ["- `0000000004` Change 4", "- …"]


def test_a_way_that_is_not_known_is_said_and_no_source_says_nothing():
    (line,) = source_lines(Messages("en"), SourceChanges("aaaaaaaaaa", "bbbbbbbbbb"))
    assert line == "From commit `aaaaaaaaaa` to `bbbbbbbbbb`; what lies between is not known."
    assert source_lines(Messages("en"), SourceChanges()) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_commit_says_breaks_out_of_nothing(language):
    source = SourceChanges("aaaaaaaaaa", "bbbbbbbbbb", (Commit("cccccccccc", "2026-01-31", EVIL * 40),), 1)
    panel = preview_panel(Messages(language), preview_of(source))
    assert problems(panel) == []
    (line,) = [each for each in text(panel).split("\n") if each.startswith("- `cccccccccc`")]
    assert r"\](https\:" in line
    assert "<@&1>" not in line
    assert "@everyone" not in line


@pytest.mark.parametrize("language", LANGUAGES)
def test_why_everything_is_read_anew_is_said_in_a_line_of_its_own(language):
    messages = Messages(language)
    plain = text(preview_panel(messages, preview_of(SourceChanges()))).split("\n")
    said = set()
    for cause in FullBuildCause:
        panel = preview_panel(messages, preview_of(SourceChanges(), FullBuildReason(cause, EVIL)))
        assert problems(panel) == []
        (line,) = [each for each in text(panel).split("\n") if each not in plain]
        said.add(line)
    assert len(said) == len(FullBuildCause)


def test_a_build_says_it_as_its_preview_does():
    anew = FullBuildReason(FullBuildCause.MODEL, "generation x was made with another")
    line = "The index was made with another model, so every article is read and embedded anew."
    messages = Messages("en")
    assert line in text(preview_panel(messages, preview_of(SourceChanges(), anew)))
    assert line in text(built_panel(messages, Rebuild(BuildReport(new_id(), full_build_reason=anew), None, (), 1.0)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_warnings_are_counted_and_files_are_named_on_one_line(language):
    messages = Messages(language)
    plain = IndexStatus(None, (), (), 0, None, None)
    usual = text(status_panel(messages, plain)).split("\n")
    (line,) = [
        line for line in text(status_panel(messages, replace(plain, warnings=23))).split("\n") if line not in usual
    ]
    assert "23" in line
    failure = ArticleFailure("a.md\n- b.md: \u202efine", 3, "the url is missing", FileStamp(b"", 0, 0))
    lines = text(status_panel(messages, replace(plain, failures=(failure,)))).split("\n")
    assert r"- `a.md\n- b.md: \u202efine:3`: the url is missing" in lines


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_another_generation_serves_is_said_with_its_reason_once(language):
    messages, instead = Messages(language), new_id()
    plain = IndexStatus(None, (), (), 0, None, None)
    usual = text(status_panel(messages, plain)).split("\n")
    for status in (plain, replace(plain, problem=EVIL * 40)):
        panel = status_panel(messages, replace(status, instead=ServesInstead(instead, EVIL * 40)))
        assert problems(panel) == []
        why, serves = [line for line in text(panel).split("\n") if line not in usual]
        assert f"`{instead}`" in serves
        assert r"\](https\:" in why
        assert "@everyone" not in why


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_second_encoder_is_named_and_why_it_is_not_used_is_said(language):
    messages, model = Messages(language), "sentence-transformer-float-0123456789abcdef"
    first, moment = "sentence-transformer-float-fedcba9876543210", dt.datetime(2026, 1, 31, tzinfo=dt.UTC)
    manifest = Manifest(new_id(), moment, "recipe", first, 384, "hash", Counts(3, 5, 0, 3, 5), {})
    plain = IndexStatus(
        GenerationSummary(manifest.id, is_current=True, is_candidate=False, manifest=manifest), (), (), 0, None, None
    )
    usual = text(status_panel(messages, plain)).split("\n")
    assert sum(f"`{first}`" in line for line in usual) == 1
    second = replace(manifest, second=EncoderIdentity(model, 768))
    has_it = replace(
        plain, current=GenerationSummary(manifest.id, is_current=True, is_candidate=False, manifest=second)
    )
    (name,) = [line for line in text(status_panel(messages, has_it)).split("\n") if line not in usual]
    assert name.endswith(f"`{model}`")
    panel = status_panel(messages, replace(has_it, second_encoder_problem=EVIL * 40))
    assert problems(panel) == []
    named, why = [line for line in text(panel).split("\n") if line not in usual]
    assert named == name
    assert r"\](https\:" in why
    assert "@everyone" not in why
