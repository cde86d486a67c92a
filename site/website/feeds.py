"""What machines read: the map of the site, the feed of changes, and the dataset's description."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from eastflank import about
from website.changes import Step
from website.pages import Pages

PARQUET = "application/vnd.apache.parquet"

XML = '<?xml version="1.0" encoding="UTF-8"?>\n'


def dataset(pages: Pages) -> dict:
    """Return the dataset in the words of schema.org, for search engines of data."""
    world = pages.world
    told = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": about.TITLE,
        "alternateName": about.SUBTITLE,
        "description": about.DESCRIPTION,
        "version": world.version,
        "license": about.LICENCE["path"],
        "creator": {"@type": "Organization", "name": about.AUTHOR},
        "keywords": list(about.KEYWORDS),
        "isAccessibleForFree": True,
        "dateModified": world.closing,
        "identifier": f"sha256:{world.data.package['fingerprint']}",
        "url": pages.address,
        "distribution": [
            {
                "@type": "DataDownload",
                "name": file,
                "encodingFormat": kind,
                "contentUrl": f"{pages.address}data/{file}",
            }
            for file, kind in files(pages).items()
        ],
    }
    return {name: value for name, value in told.items() if value}


def files(pages: Pages) -> dict[str, str]:
    """Return the files of the dataset that can be had from the site, each with its media type."""
    tables = {f"{name}.parquet": PARQUET for name in pages.world.data.names}
    return {"tracker.csv": "text/csv"} | tables


def write(pages: Pages, found: list[Step]) -> None:
    """Write the map, the feed and the rules for robots, after all pages are made.

    A map must have whole addresses, so without a base address there is none.
    """
    world = pages.world
    pages.write("changes.atom", _feed(pages, found))
    for name in (*files(pages), "datapackage.json"):
        pages.write(f"data/{name}", (world.data.folder / name).read_bytes())
    if pages.address:
        places = "".join(
            f"<url><loc>{escape(pages.address + path)}</loc></url>\n" for path in sorted(pages.made)
        )
        space = "http://www.sitemaps.org/schemas/sitemap/0.9"
        pages.write(
            "sitemap.xml",
            f'{XML}<urlset xmlns="{space}">\n{places}</urlset>\n',
        )
        pages.write("robots.txt", f"Sitemap: {pages.address}sitemap.xml\n")


def _feed(pages: Pages, found: list[Step]) -> str:
    """Return the feed of changes: an entry for each step from one version to the next."""
    closing = f"{pages.world.closing}T00:00:00Z"
    entries = [
        f"<entry><id>urn:eastflank:{escape(step.changes.new)}</id>"
        f"<title>{escape(f'Eastflank {step.changes.new}')}</title>"
        f"<updated>{f'{step.released}T00:00:00Z' if step.released else closing}</updated>"
        f"<link href={quoteattr(f'{pages.address}{step.path}index.html')}/>"
        f"<summary>{escape(in_words(step))}</summary></entry>\n"
        for step in found
    ]
    return (
        f'{XML}<feed xmlns="http://www.w3.org/2005/Atom">\n'
        f"<id>urn:eastflank</id><title>{escape(about.TITLE)}</title><updated>{closing}</updated>"
        f"<author><name>{escape(about.AUTHOR)}</name></author>"
        f"<link href={quoteattr(f'{pages.address}index.html')}/>\n{''.join(entries)}</feed>\n"
    )


def in_words(step: Step) -> str:
    """Return how many rows came and went in each table: "66 commitments added; ..."."""
    said = [
        f"{count:,} {table.replace('_', ' ')} {change}"
        for table, counts in step.counts.items()
        for change, count in counts.items()
        if change in ("added", "removed", "retired")
    ]
    return f"Since {step.changes.old}: {'; '.join(said) or 'no row came or went'}."
