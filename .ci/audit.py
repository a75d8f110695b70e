"""Look for known vulnerabilities of the locked packages. Run by `make audit`, in the environment that has pip-audit.

Exits with 1 where there is one, and with 3 where the source of advisories could not be asked about every package.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

LOCK = Path(__file__).resolve().parent.parent / "requirements.lock"
VULNERABLE, NOT_CHECKED = 1, 3


def main() -> int:
    """Ask, and tell what came of it."""
    command = [sys.executable, "-m", "pip_audit", "--requirement", str(LOCK), "--no-deps", "--disable-pip"]
    command += ["--format", "json", "--progress-spinner", "off"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    try:
        packages = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError):
        reason = done.stderr.strip().rpartition("\n")[2]
        print(f"NOT CHECKED: the source of advisories cannot be reached from here ({reason})", file=sys.stderr)
        return NOT_CHECKED
    return report(packages)


def report(packages: list[dict[str, object]]) -> int:
    """Tell which packages have known vulnerabilities, and how many were not looked up; gives the exit status."""
    found = [(package, each) for package in packages for each in package.get("vulns", [])]
    for package, each in found:
        fixed = ", ".join(each["fix_versions"]) or "no version"
        print(f"{package['name']} {package['version']}: {each['id']}, fixed in {fixed}")
    skipped = [package for package in packages if "skip_reason" in package]
    if skipped:
        reason = skipped[0]["skip_reason"]
        print(f"NOT CHECKED: {len(skipped)} of {len(packages)} packages, such as: {reason}", file=sys.stderr)
    else:
        print(f"{len(packages)} packages looked up, {len(found)} known vulnerabilities")
    if found:
        return VULNERABLE
    return NOT_CHECKED if skipped else 0


if __name__ == "__main__":
    sys.exit(main())
