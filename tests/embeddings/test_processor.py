import os

import pytest

from embeddings.processor import has_native_bfloat16, usable_cores


@pytest.mark.parametrize(
    ("flags", "native"),
    [
        ("fpu sse2 avx2 fma", False),
        ("fpu avx512f avx512bw avx512_vnni", False),  # imitates bfloat16, slower than single precision
        ("fpu avx512f avx512_bf16", True),
        ("fpu amx_bf16 amx_tile", True),
    ],
)
def test_bfloat16_counts_only_where_the_processor_has_it(flags, native, tmp_path):
    cpu_info = tmp_path / "cpuinfo"
    cpu_info.write_text(f"processor\t: 0\nmodel name\t: avx512_bf16 in a name\nflags\t\t: {flags}\nbugs\t\t:\n")
    assert has_native_bfloat16(cpu_info) is native


def test_without_a_list_of_features_single_precision_is_used(tmp_path):
    assert has_native_bfloat16(tmp_path / "none") is False


@pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="the system cannot bind processes to cores")
def test_only_cores_that_the_process_may_use_count():
    allowed = os.sched_getaffinity(0)
    try:
        os.sched_setaffinity(0, {min(allowed)})
        assert usable_cores() == 1
    finally:
        os.sched_setaffinity(0, allowed)
    assert usable_cores() == len(allowed)
