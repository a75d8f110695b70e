"""Settings of what tells from outside how a running bot is."""

from __future__ import annotations

from pydantic import Field

from config.group import SettingsGroup, documented


class MonitoringSettings(SettingsGroup):
    """Where the bot answers ``/metrics``, ``/healthz`` and ``/readyz``, and when it gives itself up."""

    host: str = Field(
        min_length=1,
        description="Where the bot answers requests for health and metrics",
        json_schema_extra=documented(details="; see [Monitoring](monitoring.md)"),
    )
    port: int = Field(
        ge=0,
        le=65_535,
        description="Port for health and metrics; 0 to not listen",
        json_schema_extra=documented(details="; may be that of the webhook"),
    )
    gateway_seconds: float = Field(
        ge=0,
        le=86_400,
        description="Seconds without a connection to Discord until the bot ends; 0 for never",
        json_schema_extra=documented(details="; the [exit status](command-line.md#exit-status) is 5 then"),
    )
