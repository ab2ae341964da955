"""The process that turns HTML into PDF, and nothing else: HTML on standard input, PDF on standard output.

Run as `python -m cms.printing.worker` by `cms.printing.pdf`. It lives apart so that a layout that eats time or memory
kills this process and not the web server, and it can reach neither the network nor a file: everything a sheet shows
comes inside its HTML.
"""

import resource
import sys

CPU_SECONDS = 60
MEMORY_BYTES = 2 * 1024**3


def main() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    from weasyprint import HTML
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher

    from cms.printing.finisher import finish

    source = sys.stdin.buffer.read().decode()
    document = HTML(string=source, url_fetcher=URLFetcher(allowed_protocols={"data"}, allow_redirects=False))
    sys.stdout.buffer.write(
        document.write_pdf(pdf_variant="pdf/a-3a", font_config=FontConfiguration(), finisher=finish)
    )


if __name__ == "__main__":
    main()
