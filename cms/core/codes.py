"""QR codes for pages."""

import segno


def qr_image(address: str) -> str:
    """A QR code of the address as a `data:` URI of an SVG image, to be shown 25 mm wide or larger."""
    code = segno.make(address, error="m", micro=False)
    return str(code.svg_data_uri(border=4, omitsize=False, scale=4))
