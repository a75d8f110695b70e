"""The image and the compose file: what they copy exists, and how little the container may do."""

from __future__ import annotations

import fnmatch
import json
import os
import re
import shutil
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
import yaml

from tests.deploy.containerfile import arguments_of, stages

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
BASE_IMAGE = "python:3.11-slim-bookworm"
USER = "10001:10001"
QUESTION = "how do plants make sugar from light"
ANSWER = "How does photosynthesis turn light into sugar?"


@pytest.fixture(scope="module")
def builder_and_image():
    return stages(DEPLOY / "Containerfile")


def copied(stage) -> list[str]:
    """What a stage copies from the project's folder."""
    copies = [words.split() for words in arguments_of(stage, "COPY") if not words.startswith("--from=")]
    return [source for *sources, _ in copies for source in sources]


def test_everything_that_the_image_is_made_of_is_sent_and_exists(builder_and_image):
    builder, _ = builder_and_image
    ignored = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    sent = [line.removeprefix("!") for line in ignored if line.startswith("!")]
    assert ignored[1] == "*"
    assert sorted(copied(builder)) == sorted(sent)
    assert [name for name in sent if not (ROOT / name).exists()] == []


def test_the_image_holds_what_the_builder_installed_and_nothing_else_of_it(builder_and_image):
    builder, image = builder_and_image
    assert arguments_of(builder, "FROM") == ["${PYTHON_IMAGE} AS builder"]
    assert arguments_of(image, "COPY") == ["--from=builder /opt/quicktakes /opt/quicktakes"]


def test_it_runs_as_nobody_in_particular_and_tells_how_it_is(builder_and_image):
    _, image = builder_and_image
    assert arguments_of(image, "USER") == [USER]
    assert [words.split() for words in arguments_of(image, "VOLUME")] == [["/data"]]
    (check,) = arguments_of(image, "HEALTHCHECK")
    command = json.loads(check.partition("CMD ")[2])
    assert command[:2] == ["python", "-c"]
    assert "'/healthz'" in command[2]
    assert "QUICKTAKES_MONITORING__PORT=9464" in " ".join(arguments_of(image, "ENV"))
    assert [json.loads(words) for words in arguments_of(image, "ENTRYPOINT")] == [["quicktakes"]]
    assert [json.loads(words) for words in arguments_of(image, "CMD")] == [["run", "--build"]]


def test_the_user_comes_after_all_that_needs_root(builder_and_image):
    names = [instruction.name for instruction in builder_and_image[1]]
    assert max(place for place, name in enumerate(names) if name in {"RUN", "COPY"}) < names.index("USER")


@pytest.mark.parametrize(("status", "ends"), [(200, 0), (503, 1)])
def test_the_health_check_ends_as_the_bot_says(builder_and_image, status, ends):
    class Answer(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(status if self.path == "/healthz" else 404)
            self.end_headers()

        def log_message(self, *_):
            pass

    (check,) = arguments_of(builder_and_image[1], "HEALTHCHECK")
    _, option, code = json.loads(check.partition("CMD ")[2])
    with HTTPServer(("127.0.0.1", 0), Answer) as server:
        threading.Thread(target=server.handle_request, daemon=True).start()
        environment = {**os.environ, "QUICKTAKES_MONITORING__PORT": str(server.server_port)}
        assert subprocess.run([sys.executable, option, code], env=environment, check=False).returncode == ends


@pytest.mark.parametrize("name", ["Containerfile", "compose.yaml", "quicktakes-bot.service", "install_packages.py"])
def test_no_address_and_no_secret_is_named(name):
    text = (DEPLOY / name).read_text("utf-8")
    assert re.findall(r"\w+://\S+|[\w-]+\.(?:io|com|org)/\S+", text) == []
    assert re.findall(r"(?i)(?:token|password|secret)\s*[=:]\s*[\w.-]{16,}$", text) == []


def test_the_composed_container_may_write_its_data_alone():
    composed = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))
    bot = composed["services"]["bot"]
    assert bot["read_only"] is True
    assert bot["cap_drop"] == ["ALL"]
    assert bot["security_opt"] == ["no-new-privileges:true"]
    assert [volume for volume in bot["volumes"] if not volume.endswith(":ro")] == ["data:/data"]
    assert composed["volumes"] == {"data": None}
    assert "ports" not in bot
    assert (DEPLOY / bot["build"]["context"]).resolve() == ROOT
    assert (ROOT / bot["build"]["dockerfile"]).is_file()
    (secret,) = bot["secrets"]
    assert bot["environment"]["QUICKTAKES_DISCORD__TOKEN_FILE"] == f"/run/secrets/{secret}"
    assert list(composed["secrets"]) == [secret]


def test_what_only_an_operator_has_is_not_under_version_control():
    ignored = (ROOT / ".gitignore").read_text("utf-8").splitlines()
    for name in ("deploy/discord_token", "deploy/settings.env"):
        assert any(fnmatch.fnmatch(f"/{name}", pattern) for pattern in ignored), name


def engine_with_base_image() -> tuple[str, str]:
    """An engine of this machine, and the image to start from, which the variable PYTHON_IMAGE can name."""
    image = os.environ.get("PYTHON_IMAGE", BASE_IMAGE)
    engines = [path for name in ("podman", "docker", "buildah") if (path := shutil.which(name))]
    if not engines:
        pytest.skip("needs podman, docker or buildah")
    for engine in engines:
        if (
            subprocess.run([engine, "inspect", "--type", "image", image], capture_output=True, check=False).returncode
            == 0
        ):
            return engine, image
    pytest.skip(f"needs the image {image} in the store of {' or '.join(Path(path).name for path in engines)}")


@pytest.mark.long
def test_the_image_answers_from_a_read_only_root(tmp_path):
    """Variables IMAGE_OPTIONS and RUN_OPTIONS hold what an engine needs on this machine (a mirror, a runtime)."""
    engine, image = engine_with_base_image()
    tag = "quicktakes-bot"
    made = ["make", "image", f"ENGINE={engine}", f"PYTHON_IMAGE={image}"]
    subprocess.run(made, cwd=ROOT, check=True, timeout=3000)
    if Path(engine).name == "buildah":
        pytest.skip("the image is built; running it needs podman or docker")
    data = tmp_path / "data"
    data.mkdir(mode=0o777)
    data.chmod(0o777)
    run = [engine, "run", "--rm", "--interactive", "--read-only", "--tmpfs", "/tmp", "--cap-drop", "ALL"]  # noqa: S108
    run += ["--network", "none", "--volume", f"{data}:/data", *os.environ.get("RUN_OPTIONS", "").split()]

    def inside(*command: str, typed: str = "") -> subprocess.CompletedProcess[str]:
        return subprocess.run([*run, *command], input=typed, capture_output=True, text=True, check=False, timeout=600)

    who = inside("--entrypoint", "sh", tag, "-c", "id --user; touch /opt/quicktakes/x")
    assert who.stdout == "10001\n"
    assert "Read-only file system" in who.stderr
    missing = inside(tag, "index", "status")
    assert missing.returncode == 4, missing.stderr
    built = inside(tag, "index", "build")
    assert built.returncode == 0, built.stderr
    assert inside(tag, "index", "status").returncode == 0
    chat = inside(tag, "chat", typed=f"{QUESTION}\n")
    assert ANSWER in chat.stdout, chat.stderr
