"""Reads a Containerfile: instructions with their arguments, stage by stage."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Instruction:
    """One instruction, its continued lines joined."""

    name: str
    arguments: str


def stages(path: Path) -> list[list[Instruction]]:
    """The instructions of each stage, each stage beginning with its FROM; those before the first are left out."""
    text = re.sub(r"\\\n\s*", "", re.sub(r"(?m)^\s*#.*\n", "", path.read_text("utf-8")))
    found: list[list[Instruction]] = []
    for line in text.splitlines():
        name, _, arguments = line.strip().partition(" ")
        if name.upper() == "FROM":
            found.append([])
        if name and found:
            found[-1].append(Instruction(name.upper(), arguments.strip()))
    return found


def arguments_of(stage: list[Instruction], name: str) -> list[str]:
    """What each instruction of that name says."""
    return [instruction.arguments for instruction in stage if instruction.name == name]
