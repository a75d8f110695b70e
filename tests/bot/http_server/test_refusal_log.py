"""Refused requests fill no disk."""

from __future__ import annotations

import asyncio
import logging

from bot.http_server.refusal_log import RefusalLog


def test_refused_requests_are_told_of_once_in_a_while(caplog):
    async def scenario():
        refusals = RefusalLog(logging.getLogger("tests.refusals"), "webhook", seconds=0.1)
        for _ in range(5):
            refusals.note("a reason")
        assert len(caplog.records) == 1
        await asyncio.sleep(0.3)
        assert [record.getMessage() for record in caplog.records[1:]] == [
            "webhook: 4 requests were refused, the latest: a reason"
        ]
        refusals.note("another reason")
        refusals.close()

    asyncio.run(scenario())
    assert caplog.records[-1].getMessage() == "webhook: a request was refused: another reason"
