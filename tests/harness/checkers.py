"""The two judges of a page: axe-core in the browser, the Nu HTML checker under Java."""

import functools
import json
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.harness.machine import AXE, NU, java

# By tag, so that rules which axe leaves off unless asked (target size) are asked for too.
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

# A short run pays most for Java's second compiler (4 s instead of 1); without it the checker needs a larger stack.
JAVA_OPTIONS = ["-XX:TieredStopAtLevel=1", "-Xss4m"]
NU_OPTIONS = ["--format", "json", "--stdout", "--errors-only", "--exit-zero-always"]


@functools.cache
def _axe() -> str:
    return AXE.read_text(encoding="utf-8")


def axe_violations(page: Any) -> list[str]:
    """What axe finds wrong on the page as it stands: "rule: what to do (where)", one line for each place."""
    # A click ends when the next page begins: its heading may be read before its stylesheet has come.
    page.wait_for_load_state()
    if not page.evaluate("'axe' in window"):
        page.evaluate(_axe())
    result = page.evaluate(
        "tags => axe.run(document, {runOnly: tags, resultTypes: ['violations']})",
        AXE_TAGS,
    )
    return [
        f"{rule['id']}: {rule['help']} ({' '.join(map(str, node['target']))})"
        for rule in result["violations"]
        for node in rule["nodes"]
    ]


def html_errors(documents: Mapping[str, str], folder: Path) -> list[str]:
    """What the Nu checker finds wrong: "name:line: message". Give it many at once: starting Java takes a second."""
    files = []
    for number, (name, html) in enumerate(documents.items()):
        file = folder / f"{number}.html"
        file.write_text(html, encoding="utf-8")
        files.append((str(file), name))
    command = [str(java()), *JAVA_OPTIONS, "-jar", str(NU), *NU_OPTIONS, *(path for path, _ in files)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    names = {Path(path).as_uri().replace("file://", "file:"): name for path, name in files}
    return [
        f"{names[message['url']]}:{message.get('lastLine', 0)}: {message['message']}"
        for message in json.loads(done.stdout)["messages"]
    ]
