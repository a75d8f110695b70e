"""The scripts and files of continuous integration: what they refuse, and that they run what developers run."""

from __future__ import annotations

import importlib.util
from importlib import metadata

import pytest
import yaml

from tests.conftest import ROOT


def script(name: str):
    """A script of `.ci`, imported."""
    found = importlib.util.spec_from_file_location(name, ROOT / ".ci" / f"{name}.py")
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


def package(folder, header: str, licence: str = "") -> metadata.Distribution:
    """An installed package with this metadata."""
    info = folder / "some-1.0.dist-info"
    (info / "licenses").mkdir(parents=True)
    (info / "METADATA").write_text(f"Metadata-Version: 2.4\nName: some\nVersion: 1.0\n{header}\n", encoding="utf-8")
    (info / "licenses" / "LICENSE").write_text(licence, encoding="utf-8")
    return metadata.PathDistribution(info)


@pytest.mark.parametrize(
    ("header", "text", "licence"),
    [
        ("License-Expression: MIT AND PSF-2.0", "", "MIT AND PSF-2.0"),
        ("Classifier: License :: OSI Approved :: BSD License", "", "BSD License"),
        ("License: Apache 2.0", "", "Apache 2.0"),
        ("License-File: LICENSE", "Permission is hereby granted, free of charge, to any person obtaining a copy", None),
        ("License-File: LICENSE", "All rights reserved", "not stated"),
        ("Classifier: Private :: Do Not Upload", "", "not stated"),
    ],
)
def test_the_licence_is_what_the_package_states(tmp_path, header, text, licence):
    if licence is None:
        licence, text = "MIT (by its text)", f"{text}\nof this software"
    assert script("licences").licence_of(package(tmp_path, header, text)) == licence


@pytest.mark.parametrize(
    ("licence", "binds"),
    [
        ("GPL-3.0-only", True),
        ("AGPL-3.0", True),
        ("GNU General Public License v2 (GPLv2)", True),
        ("LGPL-2.1", False),
        ("GNU Lesser General Public License v3", False),
        ("Mozilla Public License 2.0 (MPL 2.0)", False),
        ("MIT", False),
    ],
)
def test_licences_that_bind_the_program_are_known(licence, binds):
    assert bool(script("licences").BINDING.search(licence)) is binds


@pytest.mark.parametrize(
    ("packages", "status", "said"),
    [
        ([{"name": "a", "version": "1", "vulns": []}], 0, "1 packages looked up, 0 known"),
        (
            [{"name": "a", "version": "1", "vulns": [{"id": "PYSEC-1", "fix_versions": ["2"]}]}],
            1,
            "a 1: PYSEC-1, fixed in 2",
        ),
        ([{"name": "a", "skip_reason": "not found"}], 3, "NOT CHECKED: 1 of 1 packages"),
    ],
)
def test_what_was_not_checked_does_not_pass_for_sound(packages, status, said, capsys):
    assert script("audit").report(packages) == status
    told = capsys.readouterr()
    assert said in told.out + told.err


def test_the_workflow_only_runs_what_developers_run():
    workflow = yaml.safe_load((ROOT / ".github" / "workflows" / "test.yml").read_text(encoding="utf-8"))
    (job,) = workflow["jobs"].values()
    assert [step["run"] for step in job["steps"] if "run" in step] == ["make test"]
    assert workflow["permissions"] == {"contents": "read"}


def test_hooks_and_updates_are_readable():
    hooks = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"][0]["hooks"]
    assert [hook["id"] for hook in hooks] == ["ruff-check", "ruff-format", "import-linter"]
    updates = yaml.safe_load((ROOT / ".github" / "dependabot.yml").read_text(encoding="utf-8"))["updates"]
    assert {update["package-ecosystem"] for update in updates} == {"pip", "github-actions"}
