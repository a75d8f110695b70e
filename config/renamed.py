"""Settings that have a new name; the old one is accepted for one version."""

from __future__ import annotations

NEW_NAMES = {  # since 0.1
    "discord.waiting": "discord.queue_size",
    "index.least_golden": "index.min_golden_share",
    "index.most_lost": "index.max_removed_share",
}
"""Old dotted name → new one."""
