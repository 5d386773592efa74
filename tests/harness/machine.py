"""Which tools that some tests need are on this machine, and how to get the others."""

import functools
import os
import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "node_modules/axe-core/axe.min.js"
ICAL = ROOT / "node_modules/ical.js/dist/ical.es5.min.cjs"
NU = ROOT / "node_modules/vnu-jar/build/dist/vnu.jar"
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MAC_CHROME = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"


def chromium() -> str | None:
    """Where the browser is: what CHROMIUM names, or the first one found."""
    if named := os.environ.get("CHROMIUM"):
        return shutil.which(named)
    found = (shutil.which(name) for name in (*CHROMIUMS, MAC_CHROME))
    return next(filter(None, found), None)


def java() -> str | None:
    """Where Java is. It is started once: macOS has a `java` that only offers to install one."""
    path = shutil.which("java")
    if path and subprocess.run([path, "-version"], capture_output=True, check=False).returncode == 0:
        return path
    return None


@functools.cache
def missing() -> dict[str, list[str]]:
    """For each marker, what keeps its tests from running here; an empty list when nothing does."""
    no_chromium = "no Chromium (install it, or set CHROMIUM to where it is)"
    no_axe = "no axe-core (install npm, and `make test` fetches it)"
    no_ical = "no ical.js (install npm, and `make test` fetches it)"
    no_java = "no Java (install a Java runtime)"
    no_nu = "no Nu HTML checker (install npm, and `make test` fetches it)"
    return {
        "browser": [
            text
            for text, here in (
                (no_chromium, chromium()),
                (no_axe, AXE.exists()),
                (no_ical, ICAL.exists()),
            )
            if not here
        ],
        "java": [text for text, here in ((no_java, java()), (no_nu, NU.exists())) if not here],
    }
