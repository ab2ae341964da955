"""What happens when the last step is approved (WAGTAIL_FINISH_WORKFLOW_ACTION). Wagtail imports this before any model."""

from typing import Any


def leave_ready(workflow_state: Any, user: Any = None) -> None:
    """Nothing: what was approved waits for whoever publishes it. A list is published with its document number and day, a
    document after the question about personal contact details; neither belongs to the last reviewer."""
