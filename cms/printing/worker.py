"""The process that turns HTML into PDF, and nothing else: HTML on standard input, PDF on standard output.

Run as `python -m cms.printing.worker <most pages, or 0>` by `cms.printing.pdf`. It lives apart so that a layout that eats time or memory
kills this process and not the web server, and it can reach neither the network nor a file: everything a sheet shows
comes inside its HTML.
"""

import resource
import sys
from typing import Any

CPU_SECONDS = 60
MEMORY_BYTES = 2 * 1024**3
#: Exit status when no font of this machine has some character; the last line on standard error is those characters.
MISSING_GLYPHS = 3
#: Exit status when the sheet has more pages than it may.
TOO_MANY_PAGES = 4


def main() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    from weasyprint import HTML
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher

    from cms.printing.finisher import finish

    most_pages = int(sys.argv[1])

    def check_and_finish(document: Any, pdf: Any) -> None:
        if most_pages and len(document.pages) > most_pages:
            sys.exit(TOO_MANY_PAGES)
        missing = sorted({chr(point) for font in document.fonts.values() for point in font.missing})
        if missing:
            sys.stderr.write("".join(missing))
            sys.exit(MISSING_GLYPHS)
        finish(document, pdf)

    source = sys.stdin.buffer.read().decode()
    document = HTML(string=source, url_fetcher=URLFetcher(allowed_protocols={"data"}, allow_redirects=False))
    sys.stdout.buffer.write(
        document.write_pdf(pdf_variant="pdf/a-3a", font_config=FontConfiguration(), finisher=check_and_finish)
    )


if __name__ == "__main__":
    main()
