"""The table of changes (调整对照表), A4 across."""

from registries.comparisons import ComparisonTable

from .pdf import print_pdf, qr_svg


def print_comparison(
    table: ComparisonTable, *, before_label: str, after_label: str, address: str, site_name: str
) -> bytes:
    """The table as PDF; `address` is the page that the QR code leads to, "" for a draft that has no public page."""
    return print_pdf(
        "comparison.html",
        {
            "table": table,
            "before_label": before_label,
            "after_label": after_label,
            "qr": qr_svg(address) if address else "",
            "site_name": site_name,
        },
    )
