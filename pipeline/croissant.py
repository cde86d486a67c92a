"""Describe a release to machines that find and load datasets: Croissant 1.1, which is schema.org's
Dataset as well, made from the descriptor of its Data Package.
"""

from eastflank import about

CONTEXT = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileObject": "cr:fileObject",
    "fileProperty": "cr:fileProperty",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}
"""The context that the standard gives, for every Croissant alike."""

_TYPES = {
    "string": "sc:Text",
    "number": "sc:Float",
    "integer": "sc:Integer",
    "boolean": "sc:Boolean",
    "datetime": "sc:Date",
}
_FORMATS = {"parquet": "application/x-parquet", "csv": "text/csv"}


def croissant(package: dict, sizes: dict[str, int], released: str, cite_as: str) -> dict:
    """Return a release as Croissant: a file for each resource, a record set for each table.

    `package` is the descriptor of the dataset, `sizes` the bytes of each of its files by path,
    `released` the day of the release, and `cite_as` its citation. The files stand in `dataset/`,
    beside the Croissant.
    """
    tables = [each for each in package["resources"] if each["format"] == "parquet"]
    return {
        "@context": CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.1",
        "name": package["name"],
        "alternateName": about.TITLE,
        "description": about.DESCRIPTION,
        **({"url": package["homepage"]} if "homepage" in package else {}),
        "creator": {"@type": "sc:Organization", "name": about.AUTHOR},
        "license": about.LICENCE["path"],
        "version": package["version"],
        "datePublished": released,
        "dateModified": package["closing"],
        "inLanguage": "en",
        "isAccessibleForFree": True,
        "isLiveDataset": False,
        "keywords": list(about.KEYWORDS),
        "citeAs": cite_as,
        "distribution": [_file(each, sizes[each["path"]]) for each in package["resources"]],
        "recordSet": [_record_set(each) for each in tables],
    }


def _file(resource: dict, size: int) -> dict:
    return {
        "@type": "cr:FileObject",
        "@id": resource["path"],
        "name": resource["path"],
        "description": resource["title"],
        "contentUrl": f"dataset/{resource['path']}",
        "contentSize": f"{size} B",
        "encodingFormat": _FORMATS[resource["format"]],
        "sha256": resource["hash"].removeprefix("sha256:"),
    }


def _record_set(resource: dict) -> dict:
    table, schema = resource["name"], resource["schema"]
    return {
        "@type": "cr:RecordSet",
        "@id": table,
        "name": table,
        "description": resource["title"],
        **({"url": resource["homepage"]} if "homepage" in resource else {}),
        "key": [{"@id": f"{table}/{name}"} for name in schema["primaryKey"]],
        # Without references: to mlcroissant (1.1) each is a join, by which it loses the rows that
        # refer to none, and it knows no circles. The Data Package has them.
        "field": [_field(table, resource["path"], field) for field in schema["fields"]],
    }


def _field(table: str, file: str, field: dict) -> dict:
    return {
        "@type": "cr:Field",
        "@id": f"{table}/{field['name']}",
        "name": field["name"],
        "description": field["description"],
        "dataType": _TYPES[field["type"]],
        "source": {"fileObject": {"@id": file}, "extract": {"column": field["name"]}},
    }
