"""Programs the tests judge with: Debian's poppler-utils, qpdf and zbar-tools."""

import os
import shutil

import pytest


def tool(name: str) -> str:
    """The program's path. Without it the test is skipped with the reason; on the build server it fails."""
    path = shutil.which(name)
    if path:
        return path
    reason = f"the program {name} is not installed; make test installs it"
    if os.environ.get("CI", "").lower() in {"1", "true", "yes"}:
        pytest.fail(reason)
    pytest.skip(reason)
