"""Where a model runs, and in which numbers: chosen by what was asked for and what the machine has."""

from __future__ import annotations

import importlib.metadata
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from pathlib import Path
from typing import Protocol

from embeddings.errors import NoGpuError
from embeddings.processor import Precision

_DRIVER_FILES = ("nvidia[0-9]*", "dxg")  # of NVIDIA's driver, and of Windows' subsystem for Linux


class Device(Enum):
    """What computes."""

    AUTO = "auto"
    CPU = "cpu"
    CUDA = "cuda"


class Gpus(Protocol):
    """The GPUs that torch can use."""

    def available(self) -> bool:
        """Whether there is one."""
        ...

    def multiply_bfloat16(self) -> bool:
        """Whether it multiplies bfloat16 in hardware; asked only where there is one."""
        ...


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a model runs on torch.

    Attributes:
        device: `Device.CPU` or `Device.CUDA`.
        precision: `Precision.FLOAT32` or `Precision.BFLOAT16`.
    """

    device: Device = Device.CPU
    precision: Precision = Precision.FLOAT32


def choose_placement(device: Device, precision: Precision, gpus: Gpus) -> Placement:
    """Where torch runs a model.

    On a GPU, bfloat16 is the rule where the hardware has it. On a processor torch is seldom quicker for it, so that
    it has to be asked for.

    Raises:
        NoGpuError: A GPU was asked for, and there is none.
    """
    if device is Device.CPU or not gpus.available():
        if device is Device.CUDA:
            raise NoGpuError
        half = precision is Precision.BFLOAT16
        return Placement(Device.CPU, Precision.BFLOAT16 if half else Precision.FLOAT32)
    half = precision is not Precision.FLOAT32 and gpus.multiply_bfloat16()
    return Placement(Device.CUDA, Precision.BFLOAT16 if half else Precision.FLOAT32)


class CudaGpus:
    """`Gpus` as torch sees them; torch, which takes seconds to import, is asked only where there may be one.

    Args:
        devices: Folder of the system's device files.
        torch_version: Of the torch that is installed; its own metadata without it.
    """

    def __init__(self, devices: Path = Path("/dev"), torch_version: str | None = None) -> None:
        self._devices = devices
        self._torch_version = torch_version or importlib.metadata.version("torch")

    def available(self) -> bool:
        """See `Gpus.available`."""
        return self.conceivable and self._torch_has_one

    def multiply_bfloat16(self) -> bool:
        """See `Gpus.multiply_bfloat16`."""
        import torch  # noqa: PLC0415  # see the class

        return bool(torch.cuda.is_bf16_supported(including_emulation=False))

    @property
    def conceivable(self) -> bool:
        """Whether torch was built for GPUs and the system has a driver for one; costs no import."""
        if self._torch_version.endswith("+cpu"):
            return False
        return any(next(self._devices.glob(pattern), None) is not None for pattern in _DRIVER_FILES)

    @cached_property
    def _torch_has_one(self) -> bool:
        import torch  # noqa: PLC0415  # see the class

        return torch.cuda.is_available()
