"""The build keeps its word: README, Makefile, pinned requirements and lock file say the same."""

import json
import re
import subprocess
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.harness.machine import ROOT

TARGET = re.compile(r"^([a-z]+):", re.MULTILINE)
PIN = re.compile(
    r"^([a-z0-9.-]+)(?:\[[a-z,-]+\])?==(\S+)(?: ; [^\\\n]+)? \\\n((?: {4}--hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)",
    re.MULTILINE,
)

MADE_BY_A_MACHINE = {
    ".venv", "node_modules", "var", "__pycache__", ".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis",
}  # fmt: skip


def read(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def targets() -> set[str]:
    return set(TARGET.findall(read("Makefile")))


def pins(name: str) -> dict[str, str]:
    return {package: version for package, version, _ in PIN.findall(read(f"requirements/{name}.txt"))}


def asked_for(name: str) -> list[Requirement]:
    lines = (line.strip() for line in read(f"requirements/{name}.in").splitlines())
    return [Requirement(line) for line in lines if line and not line.startswith(("#", "-"))]


def our_files() -> list[str]:
    """What is, or would be, in the repository; unpacked from an archive, everything but what a machine makes."""
    if not (ROOT / ".git").exists():
        files = (file.relative_to(ROOT) for file in ROOT.rglob("*") if file.is_file())
        return [str(file) for file in files if not MADE_BY_A_MACHINE & set(file.parts)]
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def our_texts() -> dict[str, str]:
    texts = {}
    for name in our_files():
        try:
            texts[name] = read(name)
        except UnicodeDecodeError:
            continue
    return texts


def test_every_command_in_the_readme_is_a_target_of_the_makefile() -> None:
    named = set(re.findall(r"\bmake ([a-z]+)", read("README.md")))
    assert {"run", "test"} <= named
    assert named - targets() == set()


def test_every_target_is_phony_and_the_list_shows_it() -> None:
    makefile = read("Makefile")
    phony = re.search(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)
    assert phony is not None
    assert set(phony[1].split()) == targets()
    assert set(re.findall(r"^([a-z]+):.* ## \S", makefile, re.MULTILINE)) == targets() - {"checkers"}


def test_every_file_that_the_makefile_runs_is_there() -> None:
    named = re.findall(r"\btests/[a-z_/]+\.py|\bmanage\.py|requirements/[a-z]+\.(?:in|txt)", read("Makefile"))
    assert {name for name in named if not (ROOT / name).exists()} == set()


def test_the_readme_is_short_and_everything_it_links_to_is_there() -> None:
    readme = read("README.md")
    assert len(readme.splitlines()) <= 60
    links = [link for link in re.findall(r"\]\(([^)#]+)", readme) if "://" not in link]
    assert [link for link in links if not (ROOT / link).exists()] == []


@pytest.mark.parametrize("name", ["run", "dev"])
def test_requirements_are_compiled_from_what_is_asked_for(name: str) -> None:
    pinned = pins(name)
    assert asked_for(name)
    for requirement in asked_for(name):
        version = pinned[canonicalize_name(requirement.name)]
        assert requirement.specifier.contains(version), (
            f"{requirement} is pinned to {version}: make requirements"
        )


@pytest.mark.parametrize("name", ["run", "dev"])
def test_every_pinned_package_has_its_hashes_and_names_no_host(name: str) -> None:
    text = read(f"requirements/{name}.txt")
    packages = re.findall(r"^([a-z0-9.-]+)", text, re.MULTILINE)
    assert packages == list(pins(name))
    assert "://" not in text


def test_the_tests_run_with_the_versions_that_the_portal_runs_with() -> None:
    run, dev = pins("run"), pins("dev")
    assert {package: dev.get(package) for package in run} == run


def test_the_lock_file_has_digests_and_names_no_host() -> None:
    lock = read("package-lock.json")
    packages = json.loads(lock)["packages"]
    asked = packages.pop("")
    assert asked["devDependencies"] == json.loads(read("package.json"))["devDependencies"]
    assert {
        path.removeprefix("node_modules/"): entry["version"] for path, entry in packages.items()
    } == asked["devDependencies"]
    assert all(entry["integrity"].startswith("sha512-") for entry in packages.values())
    assert "://" not in lock


# Written so that this file does not hold what it looks for.
FORBIDDEN = {
    "a machine's path": r"/(wor[k]|roo[t]|hom[e]/\w+|User[s]/\w+)/",
    "a package registry's host": r"pypi[.]org|pythonhosted[.]org|npmjs[.](org|com)|deb[.]debian[.]org",
    "unfinished work": r"\b(TOD[O]|FIXM[E]|HAC[K]|lorem ipsu[m])\b",
    "a test that does not run": r"pytest[.](mark[.])?(ski[p]|xfai[l]|importorski[p])",
    "a merge left half done": r"^(<{7}|>{7}) ",
}


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_file_holds(what: str) -> None:
    pattern = re.compile(FORBIDDEN[what], re.MULTILINE)
    assert [name for name, text in our_texts().items() if pattern.search(text)] == []


def test_what_a_machine_makes_is_not_in_the_repository() -> None:
    assert [name for name in our_files() if MADE_BY_A_MACHINE & set(Path(name).parts)] == []
