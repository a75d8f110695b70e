import subprocess
import sys
from pathlib import Path

PROGRAM = """
import sys
from embeddings.openvino_runtime import ov
from openvino.tools.ovc import telemetry_utils
print(telemetry_utils.tm.__name__, [name for name in sys.modules if name.startswith("openvino_telemetry.")])
"""


def test_openvino_reports_nothing_to_its_vendor(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
        env={"HOME": str(tmp_path), "PATH": ""},
    )
    assert done.stdout == "openvino.tools.ovc.telemetry_stub []\n"
    assert list(tmp_path.iterdir()) == []
