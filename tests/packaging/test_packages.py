"""The wheel and the source archive: what is in them, and that what is installed from them answers."""

from __future__ import annotations

import subprocess
import sys
import tarfile
import tomllib
import zipfile

import pytest

from bot.version import DISTRIBUTION
from tests.packaging.conftest import ROOT

PACKAGES = ("bot", "config", "content", "embeddings", "retrieval")
DATA_OF_EACH_KIND = {
    "config/defaults.toml",
    "bot/messages/locales/pt-BR/bot.ftl",
    "bot/storage/migrations/versions/m001_first_tables.py",
    "content/first-questions.jsonl",
    "embeddings/py.typed",
    "retrieval/ranking/shipped/any-encoder.json",
}
QUESTION = "how do plants make sugar from light"
ANSWER = "How does photosynthesis turn light into sugar?"
LINK = "/learn/biology/questions/how-does-photosynthesis-turn-light-into-sugar"


def files_of_the_project() -> set[str]:
    """Every file that git knows or would add."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return {name for name in listed.split("\0") if (ROOT / name).is_file()}


def files_of_the_wheel(wheel) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return {name for name in archive.namelist() if ".dist-info/" not in name}


@pytest.fixture(scope="module")
def project_files() -> set[str]:
    if not (ROOT / ".git").exists():
        pytest.skip("needs the project's git repository, to know which files are its own")
    return files_of_the_project()


def test_the_wheel_holds_every_file_of_the_packages_and_no_other(wheel, project_files):
    expected = {name for name in project_files if name.split("/")[0] in PACKAGES}
    assert files_of_the_wheel(wheel) == expected
    assert expected >= DATA_OF_EACH_KIND


def test_the_source_archive_holds_the_project_and_makes_the_same_wheel(packages, wheel, project_files, tmp_path):
    archive = next(packages.glob("*.tar.gz"))
    with tarfile.open(archive) as unpacked:
        names = {name.partition("/")[2] for name in unpacked.getnames()}
        unpacked.extractall(tmp_path, filter="data")
    assert names - {"PKG-INFO"} == project_files
    folder = tmp_path / archive.name.removesuffix(".tar.gz")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path / "again")]
    subprocess.run(command, cwd=folder, check=True, timeout=120)
    assert files_of_the_wheel(next((tmp_path / "again").glob("*.whl"))) == files_of_the_wheel(wheel)


def test_what_the_wheel_says_of_itself(wheel):
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    with zipfile.ZipFile(wheel) as archive:
        about = next(name.split("/")[0] for name in archive.namelist() if ".dist-info/" in name)
        facts = archive.read(f"{about}/METADATA").decode()
        commands = archive.read(f"{about}/entry_points.txt").decode()
        assert archive.read(f"{about}/licenses/LICENSE").decode().startswith("MIT License")
    assert f"Name: {DISTRIBUTION}\nVersion: {project['version']}\n" in facts
    assert facts.count("Requires-Dist: ") >= len(project["dependencies"])
    assert "quicktakes = bot.cli.main:main" in commands


def test_a_chat_is_answered_from_nothing_but_the_wheel(wheel, empty_environment, sample_settings, tmp_path):
    empty_environment.install("--no-deps", "--no-index", str(wheel))
    empty_environment.lend_dependencies()
    where = empty_environment.run(
        "python", "-c", "import bot, config, content; print(*content.__path__)", folder=tmp_path
    )
    assert where.stdout.strip() == str(empty_environment.site_packages / "content"), where.stderr
    data_dir, index_dir = str(sample_settings.data_dir), str(sample_settings.index_dir)
    variables = {"QUICKTAKES_DATA_DIR": data_dir, "QUICKTAKES_INDEX__DIR": index_dir}
    chat = empty_environment.run("quicktakes", "chat", typed=f"{QUESTION}\n", folder=tmp_path, **variables)
    assert chat.returncode == 0, chat.stderr
    assert ANSWER in chat.stdout
    assert LINK in chat.stdout


@pytest.mark.long
def test_an_empty_environment_gets_all_that_the_wheel_needs(wheel, empty_environment, tmp_path):
    """As `make setup` does it: the locked packages, with the torch that suits the machine, then the wheel."""
    installer = [sys.executable, str(ROOT / "deploy" / "install_packages.py")]
    subprocess.run([*installer, "--python", str(empty_environment.python)], check=True, timeout=3000)
    empty_environment.install("--no-index", str(wheel))  # fails where the lock lacks something that the wheel needs
    built = empty_environment.run("quicktakes", "index", "build", folder=tmp_path)
    assert built.returncode == 0, built.stderr
    chat = empty_environment.run("quicktakes", "chat", typed=f"{QUESTION}\n", folder=tmp_path)
    assert chat.returncode == 0, chat.stderr
    assert ANSWER in chat.stdout
    assert LINK in chat.stdout
    doctor = empty_environment.run("quicktakes", "doctor", folder=tmp_path)
    assert doctor.returncode == 0, doctor.stdout
