"""What every feature of the website stands on: images, documents, the site's identity, the page generation."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image, get_upload_to

from .uploads.fields import CleanImageField
from .uploads.papers import UnusablePaper, check_paper, safe_name
from .uploads.pictures import CleanPicture, clean_picture


class CustomImage(AbstractImage):
    file = CleanImageField("文件", upload_to=get_upload_to, width_field="width", height_field="height")
    alt_text = models.CharField("替代文字", max_length=200, blank=True, help_text="给看不见图片的人：写出图上有什么。")

    admin_form_fields = (*Image.admin_form_fields, "alt_text")

    class Meta(AbstractImage.Meta):
        verbose_name = verbose_name_plural = "图片"

    @property
    def default_alt_text(self) -> str:
        return self.alt_text or self.title

    def _set_image_file_metadata(self) -> None:
        self._clean_upload()
        super()._set_image_file_metadata()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Whoever saves a new file (form, import, demonstration), it is stored clean (raises UnusablePicture)."""
        if self._clean_upload():
            super()._set_image_file_metadata()
        super().save(*args, **kwargs)

    def _clean_upload(self) -> bool:
        if not self.file or self.file._committed or isinstance(self.file.file, CleanPicture):
            return False
        self.file = clean_picture(self.file.file)  # type: ignore[assignment]
        return True


class CustomRendition(AbstractRendition):
    image = models.ForeignKey(CustomImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="one_rendition_a_filter")
        ]


class CustomDocument(AbstractDocument):
    admin_form_fields = Document.admin_form_fields

    class Meta(AbstractDocument.Meta):
        verbose_name = verbose_name_plural = "附件"

    def clean(self) -> None:
        super().clean()
        if self.file and not self.file._committed:
            try:
                check_paper(self.file.file, self.file.name)
            except UnusablePaper as error:
                raise ValidationError({"file": str(error)}) from error

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.file and not self.file._committed:
            self.file.name = safe_name(self.file.name)
        super().save(*args, **kwargs)


@register_setting(icon="site")
class SiteIdentity(BaseSiteSetting):
    """What the footer and the meta tags of a government site must state (国办发〔2017〕47号)."""

    site_name = models.CharField("网站名称", max_length=60, default="九单公开")
    host_organisation = models.CharField("主办单位", max_length=60, blank=True)
    undertaking_organisation = models.CharField("承办单位", max_length=60, blank=True)
    site_id_code = models.CharField("网站标识码", max_length=10, blank=True, help_text="10位数字，前6位为区划代码。")
    icp_number = models.CharField("ICP备案号", max_length=40, blank=True)
    police_number = models.CharField(
        "公安备案号", max_length=40, blank=True, help_text="例如：宁公网安备 64018102000000号。"
    )
    telephone = models.CharField("联系电话", max_length=30, blank=True)
    address = models.CharField("地址", max_length=120, blank=True)
    notice = models.CharField(
        "全站提示", max_length=120, blank=True, help_text="显示在每页顶部，例如：示例数据，仅供演示。"
    )

    panels = [
        MultiFieldPanel(
            [FieldPanel("site_name"), FieldPanel("host_organisation"), FieldPanel("undertaking_organisation")], "名称"
        ),
        MultiFieldPanel(
            [FieldPanel("site_id_code"), FieldPanel("icp_number"), FieldPanel("police_number")], "标识和备案"
        ),
        MultiFieldPanel([FieldPanel("telephone"), FieldPanel("address"), FieldPanel("notice")], "联系和提示"),
    ]

    class Meta:
        verbose_name = "网站标识"


class Generation(models.Model):
    """One number for the whole public site; every publication raises it in its own transaction (see page_cache)."""

    number = models.PositiveBigIntegerField(default=1)
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.number)
