"""Settings of the bot's database."""

from __future__ import annotations

from urllib.parse import urlsplit

from pydantic import Field, SecretStr, field_validator

from config.group import SettingsGroup, documented

_SCHEMES = ("postgresql", "postgres")
_ACCEPTED = (
    "expected an address such as postgresql://user:password@host:5432/name, "
    "with : / ? # @ and % in the password written as %3A %2F %3F %23 %40 and %25"
)


class DatabaseSettings(SettingsGroup):
    """Where the bot keeps what it remembers."""

    url: SecretStr | None = Field(
        default=None,
        description="PostgreSQL database of what the bot remembers",
        json_schema_extra=documented(
            unset="the file `bot.sqlite` below `data_dir`",
            details=", `postgresql://user:password@host/name`; never shown with its password; "
            "see [scaling out](scaling-out.md)",
        ),
    )

    @field_validator("url")
    @classmethod
    def _address(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not _is_address(value.get_secret_value()):
            raise ValueError(_ACCEPTED)
        return value


def _is_address(text: str) -> bool:
    """Whether it is an address of PostgreSQL. Several hosts may stand in it, with commas between."""
    try:
        parts = urlsplit(text)
        hosts = parts.netloc.rpartition("@")[2].split(",")
        ports = [host.rpartition(":")[2] for host in hosts if ":" in host.rpartition("]")[2]]
    except ValueError:
        return False
    has_port = all(port.isascii() and port.isdecimal() and 0 < int(port[:6]) < 1 << 16 for port in ports)
    return parts.scheme in _SCHEMES and has_port and len(parts.path) > 1 and text.isprintable() and not parts.fragment
