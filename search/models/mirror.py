"""What the record knows of the index on a search server (`search.outbox`)."""

from django.db import models


class Mirror(models.Model):
    """The index of a search server that mirrors the documents, at most one row. Without it nothing is mirrored, and no
    change is noted down."""

    #: The index that answers; "" until the first one is complete.
    index = models.CharField(max_length=100, blank=True)
    #: The index that is being filled to take its place. It gets every change as well.
    building = models.CharField(max_length=100, blank=True)
    #: What the index was laid out as; documents laid out otherwise need a new one.
    layout = models.CharField(max_length=64, blank=True)
    #: How often changes have been sent to it.
    sent = models.BigIntegerField(default=0)
    built_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_mirror")]

    def __str__(self) -> str:
        return self.index


class IndexChange(models.Model):
    """A document was written or deleted, and the mirror has not been told yet. Written by triggers of the database in
    the transaction of the change (`search.outbox`); the key counts upwards, and the mirror keeps the latest."""

    document = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.pk}: {self.document}"
