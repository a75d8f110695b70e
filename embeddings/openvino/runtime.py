"""The one module that imports OpenVINO, so that its telemetry is off wherever it is used.

`import openvino` and every conversion report to the vendor by way of the package `openvino_telemetry`, unless a file
in the home folder says otherwise. Where that package cannot be imported OpenVINO uses a stub of its own, so an
import that is bound to fail switches the reports off, and makes the start shorter.
"""

from __future__ import annotations

import sys

sys.modules.setdefault("openvino_telemetry", None)  # type: ignore[arg-type]  # None is how Python marks what must fail

import numpy as np  # noqa: E402 - the line above must come first
import openvino as ov  # noqa: E402

# The binding's tables of number types are made when they are first looked at, under a lock of C++, and while one is
# made it lets go of Python's lock: two threads that are first at the same time wait for each other for ever, and with
# them the whole process. So they are looked at here, where there is one thread.
ov.Type.i64.to_dtype()
_ = ov.Tensor(np.zeros(1, dtype=np.int64)).data

__all__ = ["ov"]
