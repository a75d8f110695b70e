"""The one module that imports OpenVINO, so that its telemetry is off wherever it is used.

`import openvino` and every conversion report to the vendor by way of the package `openvino_telemetry`, unless a file
in the home folder says otherwise. Where that package cannot be imported OpenVINO uses a stub of its own, so an
import that is bound to fail switches the reports off, and makes the start shorter.
"""

from __future__ import annotations

import sys

sys.modules.setdefault("openvino_telemetry", None)  # type: ignore[arg-type]  # None is how Python marks what must fail

import openvino as ov  # noqa: E402 - the line above must come first

__all__ = ["ov"]
