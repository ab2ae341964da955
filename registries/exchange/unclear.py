class Unclear(Exception):
    """A cell that makes no sense. ``kind`` is a key of ``problems.KINDS``; ``cure`` is the advice where it varies."""

    def __init__(self, kind: str, detail: str, cure: str = "") -> None:
        super().__init__(kind, detail)
        self.kind, self.detail, self.cure = kind, detail, cure
