from django.db import models

from registries.places.models import Organisation


class Reminder(models.Model):
    """A reminder that an organisation was sent, so that it is sent once however often the command runs."""

    organisation = models.ForeignKey(
        Organisation, verbose_name="机构", on_delete=models.CASCADE, related_name="review_reminders"
    )
    #: `registry-3`, `document-12`: what was to be reviewed.
    subject = models.CharField("复核对象", max_length=40)
    due_on = models.DateField("复核日期")
    stage = models.CharField("阶段", max_length=20)
    sent_on = models.DateField("发送日期")

    class Meta:
        verbose_name = verbose_name_plural = "复核提醒"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "subject", "due_on", "stage"], name="each_reminder_is_sent_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.stage}"


class ReminderRun(models.Model):
    """One row: the last day whose reminders the scheduler has sent."""

    ran_on = models.DateField("上次发送日期", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "复核提醒的运行"

    def __str__(self) -> str:
        return str(self.ran_on)
