"""The Nu HTML checker (npm vnu-jar, needs Java) over saved pages."""

import json
import subprocess
from collections.abc import Iterable
from pathlib import Path

SECONDS = 180


def check(jar: Path, files: Iterable[Path]) -> dict[str, list[str]]:
    """Errors by the stem of the file; RuntimeError when the checker itself fails."""
    command = ["java", "-Xss2m", "-jar", str(jar), "--errors-only", "--format", "json", *map(str, files)]
    result = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS)
    try:
        messages = json.loads(result.stderr)["messages"]
    except (ValueError, KeyError):
        raise RuntimeError(f"the Nu checker failed:\n{result.stderr[-2000:]}") from None
    found: dict[str, list[str]] = {}
    for message in messages:
        extract = " ".join(message.get("extract", "").split())
        found.setdefault(Path(message["url"]).stem, []).append(f"{message['message']}  {extract[:120]}")
    return found
