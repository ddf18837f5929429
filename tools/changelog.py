"""`./dev changelog`: the files of changes/ as a section of CHANGELOG.md, made by towncrier."""

import subprocess

from . import packages, released
from .places import Places


def changelog(checkout, options):
    """Show the section; with a version write it, remove the files and note the data it brings."""
    places = Places.of(checkout)
    places.make()
    command = [packages.lint_environment(places) / "bin/towncrier", "build", "--dir", checkout, "--yes"]
    command += ["--version", options.version] if options.version else ["--version", "Unreleased", "--draft"]
    status = subprocess.run(command, cwd=checkout).returncode
    if options.version and not status:
        released.note(checkout)
    return status
