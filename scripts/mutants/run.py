#!/usr/bin/env python3
"""Plants each bug of list.py in a copy of the engine and runs the tests that must notice it. Exit 1 if one survives."""

import argparse
import pathlib
import shutil
import subprocess
import sys

from list import MUTANTS

ROOT = pathlib.Path(__file__).resolve().parents[2]
COPIED = [
    "Sources/Language/CPCRE2", "Sources/Language/Patterns", "Sources/Model", "Sources/Engine", "Sources/TestSupport",
    "Sources/Simulation", "Tests/EngineTests",
]

MANIFEST = """// swift-tools-version: 6.2
import PackageDescription
let log = Target.Dependency.product(name: "Logging", package: "swift-log")
let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let package = Package(
  name: "mutants",
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
  ],
  targets: [
    .systemLibrary(name: "CPCRE2", path: "Sources/Language/CPCRE2", pkgConfig: "libpcre2-8"),
    .target(name: "Patterns", dependencies: ["CPCRE2"], path: "Sources/Language/Patterns"),
    .target(name: "Model", dependencies: ["Patterns"]),
    .target(name: "Engine", dependencies: ["Model", "Patterns", log]),
    .target(name: "TestSupport", dependencies: ["Engine", "Model", log]),
    .target(name: "ADSimulator", dependencies: ["Engine", "Model"], path: "Sources/Simulation/ADSimulator"),
    .target(name: "Oracle", dependencies: ["Model"], path: "Sources/Simulation/Oracle"),
    .target(
      name: "Simulation", dependencies: ["ADSimulator", "Engine", "Model", "Oracle", "TestSupport", log],
      path: "Sources/Simulation/Simulation"),
    .executableTarget(
      name: "adprov-simulate", dependencies: ["Simulation", arguments], path: "Sources/Simulation/adprov-simulate"),
    .testTarget(name: "EngineTests", dependencies: ["Engine", "Model", "TestSupport", log]),
  ]
)
for target in package.targets where target.type != .system {
  target.swiftSettings = [
    .enableUpcomingFeature("ExistentialAny"), .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  ]
}
"""


def lay_out(folder: pathlib.Path) -> None:
    for name in COPIED:
        target = folder / name
        if target.exists():
            shutil.rmtree(target)
        shutil.copytree(ROOT / name, target)
    (folder / "Package.swift").write_text(MANIFEST)


def run(folder: pathlib.Path, *command: str, timeout: int = 600) -> bool:
    try:
        return subprocess.run(
            command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=timeout
        ).returncode == 0
    except subprocess.TimeoutExpired:
        return False


def is_caught(folder: pathlib.Path, seeds: int) -> str | None:
    """The name of what noticed it; None when nothing did."""
    if not run(folder, "swift", "build", "--build-tests"):
        return "the compiler"
    # A test that hangs has noticed something, too.
    if not run(folder, "swift", "test", "--skip-build", timeout=180):
        return "EngineTests"
    if not run(folder, ".build/debug/adprov-simulate", "--seeds", str(seeds), "--ops", "500", timeout=3600):
        return "the simulation"
    return None


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=60)
    parser.add_argument("--only", action="append", help="a part of a mutant's name; may be repeated")
    parser.add_argument("--folder", default=str(ROOT / ".build-mutants"))
    options = parser.parse_args()
    folder = pathlib.Path(options.folder)
    folder.mkdir(parents=True, exist_ok=True)
    lay_out(folder)
    if (found := is_caught(folder, options.seeds)) is not None:
        print(f"without any planted bug, {found} fails already")
        return 1
    survivors = []
    chosen = [m for m in MUTANTS if not options.only or any(part in m[0] for part in options.only)]
    for name, file, old, new in chosen:
        path = folder / file
        text = path.read_text()
        if text.count(old) != 1:
            print(f"STALE     {name}: its text is {text.count(old)} times in {file}", flush=True)
            survivors.append(name)
            continue
        path.write_text(text.replace(old, new))
        found = is_caught(folder, options.seeds)
        path.write_text(text)
        if found == "the compiler":
            print(f"STALE     {name}: it does not compile", flush=True)
            survivors.append(name)
        elif found is None:
            print(f"SURVIVED  {name}", flush=True)
            survivors.append(name)
        else:
            print(f"caught    {name}, by {found}", flush=True)
    print(f"{len(chosen) - len(survivors)} of {len(chosen)} caught")
    return 1 if survivors else 0


if __name__ == "__main__":
    sys.exit(main())
