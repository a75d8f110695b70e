"""What every end-to-end run says about itself."""

from __future__ import annotations

from tests.e2e.double.validation import load_description


def pytest_terminal_summary(terminalreporter):
    if load_description() is None:
        terminalreporter.write_line(
            "Discord's OpenAPI description is absent (shared/discord/openapi.json beside the checkout): "
            "the requests of the end-to-end tests were not checked against it."
        )
