"""What it costs to observe a question, and to read the metrics: `python benchmarks/monitoring.py`."""

from __future__ import annotations

import asyncio
import logging
import os
import time
from collections.abc import Callable
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from bot.logs.formatting import JsonFormatter
from bot.logs.records import SecretFilter
from bot.logs.redaction import Redactor
from bot.monitoring.asked import AskedMonitor, note_reply
from bot.monitoring.metrics import STAGES, Metrics
from bot.monitoring.outcomes import Surface
from retrieval.domain import NoAnswer, NoAnswerReason
from retrieval.stages import timed

if TYPE_CHECKING:
    from collections.abc import Iterator

ROUNDS = 20_000
REPLY = NoAnswer("why", NoAnswerReason.NOTHING_FITS, (), 0.25)


def microseconds(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Processor time of one round, the least of five series."""
    series = []
    for _ in range(5):
        began = time.process_time()
        for _ in range(rounds // 5):
            work()
        series.append((time.process_time() - began) * 5 / rounds)
    return 1e6 * min(series)


@contextmanager
def logged(level: int) -> Iterator[None]:
    """Log as the bot does, to nowhere."""
    logger = logging.getLogger("bot.monitoring")
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        handler = logging.StreamHandler(nowhere)
        handler.setFormatter(JsonFormatter())
        for _ in range(2):  # that of the settings' secrets and that of the token
            handler.addFilter(SecretFilter(Redactor(["MTE4.abc-DEF_123.xyz"])))
        logger.handlers, logger.propagate = [handler], False
        logger.setLevel(level)
        yield


async def main() -> None:
    """Measure and print."""
    metrics = Metrics()
    monitor = AskedMonitor(metrics)

    def question(*, is_observed: bool) -> None:
        with monitor.observed(Surface.ASK) if is_observed else nullcontext():
            for stage in STAGES:
                with timed(stage):
                    pass
            note_reply(REPLY)

    with logged(logging.WARNING):
        print(f"a question that nobody observes: {microseconds(lambda: question(is_observed=False)):.0f} µs")
        print(f"a question, measured:            {microseconds(lambda: question(is_observed=True)):.0f} µs")
    with logged(logging.INFO):
        print(f"a question, measured and logged: {microseconds(lambda: question(is_observed=True)):.0f} µs")
    print(f"a step of the event loop's watch: {microseconds(lambda: metrics.loop_delayed(0.001)):.1f} µs, 100 a second")
    milliseconds, size = microseconds(metrics.exposition, 100) / 1000, len(metrics.exposition()[0])
    print(f"reading /metrics: {milliseconds:.1f} ms, {size:,} bytes")


if __name__ == "__main__":
    asyncio.run(main())
