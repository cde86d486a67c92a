"""The descriptions of the dataset: Parquet metadata, data package and codebook,
all made from the contracts.
"""

import json
import re
import shutil
from pathlib import Path

import duckdb
import pandas as pd
import pyarrow.parquet as pq
import pytest
from frictionless import Package

import eastflank
import schemas
from eastflank import about
from eastflank.about import AUTHOR
from eastflank.codelists import ORDERED
from eastflank.fingerprint import fingerprint
from eastflank.version import CLOSING
from pipeline.check import check
from pipeline.derive import derive
from pipeline.describe import (
    codelists_in_order,
    data_package,
    markdown_table,
    rules,
    size_and_hash,
)
from pipeline.problems import FORM
from pipeline.write import write
from tests.standards import errors_of_package

SMALL_WORLD = Path(__file__).resolve().parents[1] / "seeds"


@pytest.fixture(scope="module")
def dataset(tmp_path_factory) -> Path:
    """The dataset of the small world."""
    folder = tmp_path_factory.mktemp("small") / "dataset"
    write(derive(check(SMALL_WORLD).parsed), folder)
    return folder


@pytest.fixture(scope="module")
def package(dataset) -> dict:
    """The descriptor of that dataset."""
    return json.loads((dataset / "datapackage.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def codebook(dataset) -> dict[str, str]:
    """The sections of the codebook of that dataset, by heading.

    What stands above the first is under the title.
    """
    parts = re.split(
        r"^#+ (.+)\n", (dataset / "CODEBOOK.md").read_text(encoding="utf-8"), flags=re.MULTILINE
    )
    return dict(zip(parts[1::2], parts[2::2], strict=True))


# Parquet metadata


@pytest.mark.parametrize("table", schemas.TABLES)
def test_a_file_alone_tells_what_it_is(table, dataset):
    file = dataset / f"{table}.parquet"
    told = json.loads(pq.read_schema(file).metadata[b"eastflank"])
    assert told == {
        "dataset": "eastflank",
        "table": table,
        "version": eastflank.__version__,
        "fingerprint": fingerprint(pq.read_table(file)),
        "description": told["description"],
        "key": list(schemas.key(table)),
        "licence": "CC-BY-4.0",
    }
    assert told["description"].startswith("A row is ")
    assert (
        "How it is coded: " in told["description"] and "Known weaknesses: " in told["description"]
    )


def test_a_frame_tells_it_in_its_attrs(dataset):
    attrs = pd.read_parquet(dataset / "targets.parquet").attrs
    assert attrs.keys() == {"dataset", "table", "version", "table_fingerprint"}
    assert attrs["table"] == "targets"


def test_duckdb_finds_it_too(dataset):
    question = "select decode(value) from parquet_kv_metadata(?) where key = 'eastflank'::blob"
    [[said]] = duckdb.execute(question, [str(dataset / "targets.parquet")]).fetchall()
    assert '"table": "targets"' in said


@pytest.mark.parametrize("table", schemas.TABLES)
def test_every_column_says_what_its_contract_says(table, dataset):
    for field, column in zip(
        pq.read_schema(dataset / f"{table}.parquet"), schemas.columns(table), strict=True
    ):
        told = {name.decode(): text.decode() for name, text in field.metadata.items()}
        assert field.name == column.name
        assert told.pop("description") == column.description
        assert told.pop("type") == column.kind
        assert told.pop("unit", None) == column.unit
        assert told.pop("derived", None) == ("yes" if column.derived else None)
        assert told.pop("codelist", None) == (column.codelist.__name__ if column.codelist else None)
        assert told.pop("codes", None) == ("; ".join(column.codelist) if column.codelist else None)
        assert ("ordered" in told) == (column.codelist in ORDERED)
        assert told.pop("ordered", "yes") == "yes"
        assert bool(told.pop("missing", None)) == column.nullable
        assert told.pop("reference", "").partition(".")[0] == (column.reference or "")
        assert set(told) <= {"rules", "pattern", "minimum", "maximum"}


def test_units_references_and_reasons_are_told_in_words_of_the_dataset(dataset):
    def told(table, column):
        return pq.read_schema(dataset / f"{table}.parquet").field(column).metadata

    assert told("places", "latitude")[b"unit"] == b"degrees"
    assert told("commitments", "event_id")[b"reference"] == b"events.event_id"
    assert told("commitments", "event_id")[b"missing"] == b"not-stated; not-found"
    assert told("events", "note")[b"missing"] == b"may be empty"
    assert b"a place has both coordinates or neither" in told("places", "longitude")[b"rules"]


# The data package


def of_the_seeds(package: dict) -> dict:
    """Return the descriptor with each seed's resource pointed at its CSV,
    and without the fields marked as derived.
    """
    resources = []
    for resource in package["resources"]:
        if resource["name"] in schemas.SEEDS:
            fields = [field for field in resource["schema"]["fields"] if not field.get("derived")]
            csv = {
                "path": f"{resource['name']}.csv",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
            }
            names = {field["name"] for field in fields}
            schema = resource["schema"] | {"fields": fields}
            keys = schema.get("foreignKeys", [])
            schema["foreignKeys"] = [key for key in keys if names >= set(key["fields"])]
            resources.append(without_its_file(resource) | csv | {"schema": schema})
    return package | {"resources": resources}


def without_its_file(resource: dict) -> dict:
    """Return a resource without what it tells of the bytes of its file."""
    return {name: said for name, said in resource.items() if name not in ("bytes", "hash")}


def faults(descriptor: dict, folder: Path) -> list[tuple]:
    """Return what frictionless finds wrong with the data of a package: resource,
    field and type of each fault.
    """
    report = Package.from_descriptor(descriptor, basepath=str(folder)).validate()
    assert report.errors == []
    return [
        (task.name, getattr(error, "field_name", None), error.type)
        for task in report.tasks
        for error in task.errors
    ]


def test_the_seeds_are_valid_by_the_data_package(package):
    assert faults(of_the_seeds(package), SMALL_WORLD) == []


BREAKS = {
    "a key twice": (
        "milestones",
        "can-2pct-gdp-started,",
        "can-2pct-gdp-announced,",
        None,
        "primary-key",
    ),
    "a key of several columns twice": (
        "event_actors",
        "pledges-2pct,nato,target",
        "pledges-2pct,canada,source",
        None,
        "primary-key",
    ),
    "a reference to no row": ("event_actors", "summit,nato,", "summit,nat,", None, "foreign-key"),
    "a reference to no row of its own table": (
        "events",
        "not-stated,summit,",
        "not-stated,sumit,",
        None,
        "foreign-key",
    ),
    "words for a number": ("targets", ",2,2034,", ",two,2034,", "stated_value", "type-error"),
    "a reason that the column does not take": (
        "places",
        ",23.7",
        ",not-disclosed",
        "longitude",
        "type-error",
    ),
    "a number beyond its limits": ("places", ",52.1,", ",152.1,", "latitude", "constraint-error"),
    "an id that is none": ("places", "brest,", "Brest,", "place_id", "constraint-error"),
    "a text of another form": ("sources", "https://", "ftp://", "url", "constraint-error"),
    "a code that is none": (
        "commitments",
        "official-announcement",
        "announcement",
        "bindingness",
        "constraint-error",
    ),
    "an empty cell": ("events", "Canada pledges 2%,", ",", "title", "constraint-error"),
}
"""Ways to break the seeds: which one, what to put in place of what,
and the field and type of the fault that comes of it.
"""


@pytest.fixture(scope="module")
def faults_of_the_broken(package, tmp_path_factory) -> list[tuple]:
    """What frictionless finds in seeds that are broken in all these ways.

    One validation of a package takes half a second.
    """
    seeds = Path(shutil.copytree(SMALL_WORLD, tmp_path_factory.mktemp("broken") / "seeds"))
    for seed, old, new, _, _ in BREAKS.values():
        path = seeds / f"{seed}.csv"
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8", newline="\n")
    return faults(of_the_seeds(package), seeds)


@pytest.mark.parametrize("way", BREAKS)
def test_a_broken_seed_is_invalid_by_the_data_package(way, faults_of_the_broken):
    seed, _, _, field, fault = BREAKS[way]
    assert (seed, field, fault) in faults_of_the_broken


def test_a_reason_in_a_seed_is_read_as_a_missing_value(package):
    events = Package.from_descriptor(of_the_seeds(package), basepath=str(SMALL_WORLD)).get_resource(
        "events"
    )
    assert [row["place_id"] for row in events.read_rows()] == [None, "polish-border", None]


def test_missing_values_carry_their_labels(package):
    [field] = [field for field in _fields(package, "places") if field["name"] == "latitude"]
    assert field["missingValues"] == [
        {"value": "", "label": "Empty"},
        {"value": "not-applicable", "label": "Not applicable"},
        {"value": "not-found", "label": "Not found"},
    ]


def test_the_flat_csv_is_valid_as_it_is(package, dataset, seeds):
    # The seeds stand beside it, for what it refers to.
    shutil.copy(dataset / "tracker.csv", seeds)
    flat = [resource for resource in package["resources"] if resource["name"] == "tracker-csv"]
    whole = of_the_seeds(package)
    assert faults(whole | {"resources": [*whole["resources"], *flat]}, seeds) == []


def test_frictionless_validates_the_package_as_it_stands(package, dataset):
    assert faults(package, dataset) == []


def test_frictionless_does_judge_parquet(package, dataset, tmp_path):
    folder = Path(shutil.copytree(dataset, tmp_path / "dataset"))
    for table, column, value in (
        ("places", "latitude", 152.1),
        ("places", "country_id", "polen"),
        ("actors", "name", None),
    ):
        frame = pd.read_parquet(folder / f"{table}.parquet")
        frame.loc[0, column] = value
        frame.to_parquet(folder / f"{table}.parquet")
    changed = [without_its_file(resource) for resource in package["resources"]]
    found = faults(package | {"resources": changed}, folder)
    assert ("places", "latitude", "constraint-error") in found
    assert ("places", None, "foreign-key") in found
    assert ("actors", "name", "constraint-error") in found


def test_a_file_of_other_bytes_than_the_package_tells_is_found(package, dataset, tmp_path):
    folder = Path(shutil.copytree(dataset, tmp_path / "dataset"))
    csv = folder / "tracker.csv"
    csv.write_bytes(csv.read_bytes().replace(b"canada", b"kanada", 1))
    found = faults(package, folder)
    assert ("tracker-csv", None, "hash-count") in found


def test_every_resource_is_a_table_and_a_file_of_the_dataset(package, dataset):
    # Without the type, a resource is a file of any sort to the standard's second version, and its
    # schema says nothing.
    assert [resource.get("type") for resource in package["resources"]] == ["table"] * len(
        package["resources"]
    )
    assert [resource["name"] for resource in package["resources"]] == [
        *schemas.TABLES,
        "tracker-csv",
    ]
    assert all((dataset / resource["path"]).is_file() for resource in package["resources"])


@pytest.mark.parametrize("table", schemas.TABLES)
def test_the_fields_of_the_package_are_the_columns_of_the_file(table, package, dataset):
    types = {
        "str": "string",
        "category": "string",
        "float64": "number",
        "int64": "integer",
        "Int64": "integer",
        "bool": "boolean",
        "boolean": "boolean",
    }
    types["datetime64[ms]"] = "datetime"
    dtypes = pd.read_parquet(dataset / f"{table}.parquet").dtypes.astype("str")
    expected = {name: types[dtype] for name, dtype in dtypes.items()}
    assert {field["name"]: field["type"] for field in _fields(package, table)} == expected


def test_a_day_is_of_the_type_in_which_each_file_keeps_it(package):
    kinds = {
        resource["format"]: field["type"]
        for resource in package["resources"]
        if resource["name"] in ("tracker", "tracker-csv")
        for field in resource["schema"]["fields"]
        if field["name"] == "last_heard"
    }
    assert kinds == {"parquet": "datetime", "csv": "date"}


@pytest.mark.parametrize("table", schemas.TABLES)
def test_keys_and_references_are_told_as_the_standard_has_them(table, package):
    schema = _resource(package, table)["schema"]
    assert schema["primaryKey"] == list(schemas.key(table))
    # A table that refers to itself is not named, since the second version of the standard.
    expected = [
        {
            "fields": [column.name],
            "reference": ({} if column.reference == table else {"resource": column.reference})
            | {"fields": list(schemas.key(column.reference))},
        }
        for column in schemas.columns(table)
        if column.reference
    ]
    assert schema.get("foreignKeys", []) == expected


def test_a_coded_field_lists_its_codes_with_their_labels(package):
    [field] = [field for field in _fields(package, "commitments") if field["name"] == "bindingness"]
    assert field["constraints"]["enum"] == [category["value"] for category in field["categories"]]
    assert {"value": "treaty", "label": "Treaty"} in field["categories"]


def test_the_package_names_version_licence_and_fingerprint(package):
    assert package["created"] == f"{CLOSING}T00:00:00Z"
    assert package["contributors"] == [{"title": AUTHOR, "roles": ["author"]}]
    assert package["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert package["version"] == eastflank.__version__
    assert [licence["name"] for licence in package["licenses"]] == ["CC-BY-4.0"]
    assert re.fullmatch("[0-9a-f]{64}", package["fingerprint"])


def test_the_package_is_valid_by_the_schemas_of_the_standard(package):
    assert errors_of_package(package) == []


def test_the_package_names_pages_once_there_is_an_address(monkeypatch):
    held = {"tracker.parquet": size_and_hash(b""), "tracker.csv": size_and_hash(b"")}
    assert "homepage" not in str(data_package({"tracker": "0"}, held))
    monkeypatch.setattr(about, "ADDRESS", "https://example.org/eastflank/")
    package = data_package({"tracker": "0"}, held)
    assert package["homepage"] == "https://example.org/eastflank/"
    assert [resource["homepage"] for resource in package["resources"]] == [
        "https://example.org/eastflank/r/tracker/"
    ] * 2
    assert errors_of_package(package) == []


def test_the_schemas_of_the_standard_do_judge(package):
    assert errors_of_package(package | {"contributors": [{"roles": "author"}]}) != []
    [first, *rest] = package["resources"]
    field = {"name": "due", "type": "day"}
    for wrong in ({"name": 1}, {"schema": first["schema"] | {"fields": [field]}}):
        assert errors_of_package(package | {"resources": [first | wrong, *rest]}) != []


def _resource(package: dict, table: str) -> dict:
    [resource] = [resource for resource in package["resources"] if resource["name"] == table]
    return resource


def _fields(package: dict, table: str) -> list[dict]:
    return _resource(package, table)["schema"]["fields"]


# The codebook


def rows_of(markdown: str) -> list[list[str]]:
    """Return the rows of the first table in some Markdown, the one with the heads first."""
    lines = re.search(r"(?:^\|.*\|\n?)+", markdown, re.MULTILINE)[0].splitlines()
    split = [
        [cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
        for line in lines
    ]
    assert {len(row) for row in split} == {len(split[0])}
    return [split[0], *split[2:]]


@pytest.mark.parametrize("table", schemas.TABLES)
def test_the_codebook_has_what_the_docstring_of_each_contract_says(table, codebook):
    said = " ".join(schemas.TABLES[table].__doc__.split())
    assert said in " ".join(codebook[table].split())


@pytest.mark.parametrize("table", schemas.TABLES)
def test_the_codebook_describes_every_column_in_order(table, codebook):
    _, *rows = rows_of(codebook[table])
    described = [(row[0].strip("`"), row[2]) for row in rows]
    assert described == [(column.name, column.description) for column in schemas.columns(table)]


@pytest.mark.parametrize("table", schemas.TABLES)
def test_the_codebook_and_the_reader_name_the_type_of_a_column_alike(table, codebook, dataset):
    told = eastflank.Dataset(dataset).codebook(table).set_index("column")["type"]
    for name, words, *_ in rows_of(codebook[table])[1:]:
        kind = told[name.strip("`")]
        said = {"edtf": "EDTF date", "code": "["}.get(kind, kind)
        assert words.startswith(said), name


@pytest.mark.parametrize("table", schemas.TABLES)
def test_the_codebook_counts_what_is_in_the_files(table, codebook, dataset):
    frame = pd.read_parquet(dataset / f"{table}.parquet")
    assert f"Rows: {len(frame):,}." in codebook[table]
    for name, *_, facts in rows_of(codebook[table])[1:]:
        column = frame[name.strip("`")]
        told = facts.split("; ") if facts else []
        missing = [f"none {column.isna().sum():,}"] if column.isna().any() else []
        assert told[len(told) - len(missing) :] == missing, name
        known = column.dropna()
        if not len(known) or column.dtype == "str":
            expected = []
        elif column.dtype == "category":
            counts = known.value_counts()
            assert sorted(told[0].split(", ")) == sorted(
                f"{code} {count:,}" for code, count in counts[counts > 0].items()
            )
            continue
        elif column.dtype in ("bool", "boolean"):
            expected = [f"true {known.sum():,}"]
        else:
            ends = [
                f"{end:%Y-%m-%d}" if column.dtype.kind == "M" else f"{end:,.10g}"
                for end in (known.min(), known.max())
            ]
            expected = [" to ".join(dict.fromkeys(ends))]
        assert told[: len(told) - len(missing)] == expected, name


@pytest.mark.parametrize("table", schemas.TABLES)
def test_the_codebook_has_the_sentence_of_every_rule_of_a_table(table, codebook):
    listed = re.findall(r"^- (.+) \(`(\w+)`\)$", codebook[table], re.MULTILINE)
    assert listed == [(sentence, rule) for rule, _, sentence in rules(table)]


def test_the_codebook_has_the_sentence_of_every_rule_of_form(codebook):
    assert re.findall(r"^- (.+) \(`([\w-]+)`\)$", codebook["Rules of form"], re.MULTILINE) == [
        (sentence, rule) for rule, sentence in FORM.items()
    ]


@pytest.mark.parametrize("table", schemas.TABLES)
def test_the_codebook_tells_the_limits_and_forms_that_a_contract_sets(table, codebook):
    told = {row[0].strip("`"): " ".join(row[1:4]) for row in rows_of(codebook[table])[1:]}
    for column in schemas.columns(table):
        for limit in (column.at_least, column.at_most, column.pattern):
            assert limit is None or str(limit) in told[column.name], column.name


def test_the_codebook_defines_every_code(codebook):
    for codelist in codelists_in_order():
        section = codebook[codelist.__name__]
        assert " ".join(codelist.__doc__.split()) in " ".join(section.split())
        defined = [(row[0].strip("`"), row[1], row[2]) for row in rows_of(section)[1:]]
        assert defined == [(code.value, code.label, code.definition) for code in codelist]


def test_every_link_of_the_codebook_leads_to_a_heading(dataset):
    text = (dataset / "CODEBOOK.md").read_text(encoding="utf-8")
    anchors = {
        heading.lower().replace(" ", "-")
        for heading in re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    }
    links = set(re.findall(r"\]\(#([^)]*)\)", text))
    assert links and links <= anchors


def test_the_codebook_names_the_version_and_fingerprint_of_the_package(codebook, package):
    assert f"version {package['version']}" in codebook["Codebook"]
    assert f"`{package['fingerprint']}`" in codebook["Codebook"]


def test_a_bar_in_a_cell_does_not_end_it():
    assert rows_of(markdown_table(("form",), [("a|b",), ("(x|y)+",)])) == [
        ["form"],
        ["a|b"],
        ["(x|y)+"],
    ]
