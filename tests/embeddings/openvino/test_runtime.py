import subprocess
import sys

from tests.conftest import ROOT

PROGRAM = """
import sys
from embeddings.openvino.runtime import ov
from openvino.tools.ovc import telemetry_utils
print(telemetry_utils.tm.__name__, [name for name in sys.modules if name.startswith("openvino_telemetry.")])
"""


def test_openvino_reports_nothing_to_its_vendor(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        env={"HOME": str(tmp_path), "PATH": ""},
    )
    assert done.stdout == "openvino.tools.ovc.telemetry_stub []\n"
    assert list(tmp_path.iterdir()) == []


FIRST_AT_THE_SAME_TIME = """
import sys, threading
import numpy as np
from embeddings.openvino.runtime import ov
sys.setswitchinterval(1e-6)
ready = []

def first():
    ready.append(1)
    while len(ready) < 8:
        pass
    ov.Type.i64.to_dtype()
    ov.Tensor(np.zeros(1, dtype=np.int64), shared_memory=True)

threads = [threading.Thread(target=first, daemon=True) for _ in range(8)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print("all done")
"""


def test_threads_that_are_first_at_the_same_time_do_not_wait_for_each_other_for_ever():
    done = subprocess.run(
        [sys.executable, "-c", FIRST_AT_THE_SAME_TIME],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        timeout=20,
    )
    assert done.stdout == "all done\n"
