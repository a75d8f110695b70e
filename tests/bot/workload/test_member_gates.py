"""So much of one member passes at once, and the rest waits without holding up others."""

from __future__ import annotations

import asyncio

from bot.workload.member_gates import MAX_AT_ONCE, MemberGates

ANN, BEN = 1, 2


def test_a_flood_of_one_member_passes_bit_by_bit_and_others_pass_at_once():
    async def main():
        gates, release = MemberGates(), asyncio.Event()
        inside, passed = [], []

        async def go(member):
            async with gates.passing(member):
                inside.append(member)
                await release.wait()
            passed.append(member)

        tasks = [asyncio.create_task(go(ANN)) for _ in range(3 * MAX_AT_ONCE)] + [asyncio.create_task(go(BEN))]
        await asyncio.sleep(0)
        assert (inside.count(ANN), inside.count(BEN)) == (MAX_AT_ONCE, 1)
        assert len(gates) == 2
        tasks[-2].cancel()
        release.set()
        await asyncio.gather(*tasks, return_exceptions=True)
        assert (passed.count(ANN), passed.count(BEN)) == (3 * MAX_AT_ONCE - 1, 1)
        assert len(gates) == 0  # nobody is remembered who does nothing

    asyncio.run(main())
