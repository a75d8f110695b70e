"""Members ask, articles change and Discord misbehaves, for seconds here and for minutes in `make test-endurance`."""

from __future__ import annotations

import asyncio
import shutil

from tests.bot.sample_settings import sample_settings
from tests.endurance.bot_process import BotFolders
from tests.endurance.endurance import Endurance
from tests.endurance.load_plan import SHORT
from tests.endurance.tally import Tally
from tests.endurance.verdict import faults
from tests.retrieval.sample_index import sample_index_dir

__all__ = ["sample_index_dir", "sample_settings"]


def test_some_seconds_of_everything_lose_no_question_and_leave_nothing_behind(
    sample_settings, sample_content, tmp_path, capsys
):
    folders = BotFolders(tmp_path)
    shutil.copytree(sample_content / "learn", folders.content / "learn")
    shutil.copytree(sample_settings.index_dir, folders.index)
    folders.data.mkdir()
    (folders.data / "encoder").symlink_to(sample_settings.encoder_cache_dir, target_is_directory=True)
    shutil.copytree(sample_settings.vector_cache_path, folders.data / "vectors")
    endurance = Endurance(SHORT, folders, Tally())
    asyncio.run(endurance.run())
    with capsys.disabled():
        print(f"\n{endurance.report()}")  # noqa: T201
    assert faults(endurance) == []
