"""`make audit`: every page of the whole site, judged by axe-core and the Nu checker, with a summary.

It takes an hour or two. A part of it: `make audit AUDIT_ARGS="-k posio-sv"`.
"""

import sys
from pathlib import Path
from typing import Any

import pytest

TESTS = Path(__file__).parent / "browser/whole_site.py"


class Summary:
    """Says at the end what was looked at: a plugin of pytest."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "call":
            name = report.nodeid.split("::")[-1]
            self.lines += [f"{name}: {value}" for _key, value in report.user_properties]

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        terminalreporter.section("What was looked at")
        for line in sorted(self.lines):
            terminalreporter.line(line)


if __name__ == "__main__":
    sys.exit(
        pytest.main([str(TESTS), "-n", "auto", "--maxprocesses", "4", *sys.argv[1:]], plugins=[Summary()])
    )
