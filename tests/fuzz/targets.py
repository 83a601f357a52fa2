"""What is fuzzed: every reader of what others hand us, each with files to begin from and the one way it may refuse."""

import hashlib
import io
import tempfile
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyreadstat
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule, DataBarRule
from openpyxl.styles import Font
from shapely import Polygon

from data.contracts.definitions import CONTRACTS
from data.contracts.problems import ContractError
from data.intake import tables
from data.intake.bulk import StatbankError, read_bulk
from data.intake.examination import Delivered, examine
from data.intake.templates import template
from data.partnership import our_partnership
from data.publishing.package import export
from data.publishing.package_import import load_package
from data.store import Incoming, Publication, Store, StoreError, migrate, open_store
from geo import boundaries

CODES = {"OMRÅDE": ["000", "163"], "OVERTRÆD": ["TOT", "12"], "Tid": ["2025K3", "2025K4"]}
BULK = "OMRÅDE;OVERTRÆD;TID;INDHOLD\r\n" + "".join(
    f"{area};TOT;{quarter};{number}\r\n"
    for area in CODES["OMRÅDE"]
    for quarter, number in (("2025K3", 912), ("2025K4", 877))
)
SURVEY = """wave;area_id;indicator;series;share;n;rounded;provenance;source_id
2025;grantoften;tryg_i_nabolag;jm;0,83;210;0;example;eksempeldata
2025;"vaerebro-park";tryg_i_nabolag;jm;0,71;"195";0;example;eksempeldata
"""
SHAPES = gpd.GeoDataFrame(
    {"kode": ["0163", "0159"], "navn": ["Herlev", "Gladsaxe"]},
    geometry=[
        Polygon([(12.40, 55.70), (12.50, 55.70), (12.50, 55.75)]),
        Polygon([(12.4, 55.8), (12.5, 55.8), (12, 56)]),
    ],
    crs=4326,
)
MUNICIPALITY = ("municipality", "")


@dataclass(frozen=True)
class Target:
    """A reader: files it takes, what it does with one, and the errors by which it may refuse it."""

    seeds: Callable[[], list[bytes]]
    read: Callable[[bytes], object]
    refuses: type[Exception]
    is_archive: bool = False

    def survive(self, content: bytes) -> None:
        """Hand the reader a file; raises only where the reader has a fault."""
        try:
            self.read(content)
        except self.refuses as refused:
            if not str(refused).strip():
                raise AssertionError("a file was refused without a word") from refused


# Files to begin from ----------------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def _texts() -> list[bytes]:
    csv = [template(kind, "csv") for kind in CONTRACTS]
    return [
        *csv,
        SURVEY.encode(),
        SURVEY.encode("cp1252"),
        b"sep=,\r\n" + SURVEY.replace(",", ".").replace(";", ",").encode(),
    ]


@lru_cache(maxsize=1)
def _workbooks() -> list[bytes]:
    return [template("survey", "xlsx"), template("incidents", "xlsx"), _with_odd_formats()]


def _with_odd_formats() -> bytes:
    book, buffer = Workbook(), io.BytesIO()
    book.active.append(("period", "area_id", "category", "count", "provenance", "source_id"))
    for number, code in enumerate(("#,##0,", '[<5]"<5";0" tusinde"', '0.0"%";;', '_-* #,##0_-;"-"??_-'), 2):
        book.active.append((f"202{number}K1", "grantoften", "TOT", 541, "example", "eksempeldata"))
        book.active.cell(number, 4).number_format = code
        book.active.cell(number, 5).font = Font(strike=True)
    raised = TextBlock(InlineFont(vertAlign="superscript", color="FFFFFFFF"), "1")
    book.active.append(("2026K1", "grantoften", "TOT", CellRichText("541", raised), "example", "eksempeldata"))
    book.active["F2"].font = Font(color="FFFFFFFF")
    for rule in (
        CellIsRule("lessThan", ["5"], font=Font(color="FFFFFF")),
        DataBarRule("min", None, "max", None, "FF0000", showValue=False),
    ):
        book.active.conditional_formatting.add("D2:D9", rule)
    book.active["D2"].comment = Comment("foreløbigt", "os")
    book.save(buffer)
    return buffer.getvalue()


@lru_cache(maxsize=1)
def _open_documents() -> list[bytes]:
    buffer = io.BytesIO()
    cells = "".join(
        f"<table:table-cell office:value-type='string'><text:p>{word}</text:p></table:table-cell>"
        for word in ("period", "4")
    )
    namespaces = "".join(
        f' xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for short, name in (("office", "office"), ("table", "table"), ("text", "text"))
    )
    content = (
        f"<office:document-content{namespaces}><office:body><office:spreadsheet><table:table table:name='Ark1'>"
        f"<table:table-row>{cells}</table:table-row><table:table-row table:number-rows-repeated='2'>{cells}"
        "</table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", content)
    return [buffer.getvalue()]


@lru_cache
def _written(suffix: str) -> bytes:
    """The outlines in a format of files, as a map program writes them."""
    with tempfile.TemporaryDirectory() as folder:
        SHAPES.to_file(Path(folder) / f"lag{suffix}", engine="pyogrio")
        if suffix != ".shp":
            return (Path(folder) / f"lag{suffix}").read_bytes()
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            for part in sorted(Path(folder).iterdir()):
                archive.write(part, part.name)
        return buffer.getvalue()


def _partners(name: str) -> bytes:
    """A file of the kind that partners send, from the tests of those kinds."""
    return (Path(__file__).parents[1] / "data" / "files" / name).read_bytes()


@lru_cache(maxsize=1)
def _statistics() -> list[bytes]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "fil.sav"
        pyreadstat.write_sav(
            pd.DataFrame({"omr": [1.0, 2.0], "share": [0.8, 0.7], "note": ["a", "æ"]}), str(path),
            column_labels=["Område", "Andel", ""], variable_value_labels={"omr": {1.0: "Herlev"}},
        )  # fmt: skip
        return [path.read_bytes()]


@lru_cache(maxsize=1)
def _outlines() -> list[bytes]:
    return [_written(".geojson"), _written(".gpkg")]


@lru_cache(maxsize=1)
def _package() -> bytes:
    """A whole package with loaded rows, which are what is read of one that nobody has signed."""
    store = _store_with_rows()
    table = pd.DataFrame({"area_id": ["herlev"], "share": [0.83], "n": [7], "geometry": [SHAPES.geometry.iloc[0].wkb]})
    sources = pd.DataFrame({"source_id": ["dst"], "title": ["STRAF11"], "url": [""]})
    store.publish({"ledelse": {"areas": table, "sources": sources}}, Publication(by="fuzz"))
    with tempfile.TemporaryDirectory() as folder:
        export(store, 1, Path(folder) / "udgave.zip")
        return (Path(folder) / "udgave.zip").read_bytes()


# Readers ----------------------------------------------------------------------------------------------------------


def _empty_store() -> Store:
    store = open_store(f"sqlite:///{tempfile.mkdtemp()}/store.db")
    migrate(store)
    return store


@lru_cache(maxsize=1)
def _store_with_areas() -> Store:
    """A store that files can refer to, one for the process."""
    return _store_with_rows()


def _store_with_rows() -> Store:
    store = _empty_store()
    areas = pd.DataFrame(
        [("grantoften", "", "Grantoften", "housing_area", "ballerup"), ("ballerup", "151", "Ballerup", *MUNICIPALITY),
         ("gladsaxe", "159", "Gladsaxe", *MUNICIPALITY), ("herlev", "163", "Herlev", *MUNICIPALITY)],
        columns=["area_id", "code", "name", "level", "parent_id"],
    )  # fmt: skip
    areas = areas.assign(outline="none", provenance="example", source_id="eksempeldata")
    sources = {"source_id": ["eksempeldata"], "title": ["Eksempel"], "publisher": ["Os"], "licence": [""], "url": [""]}
    rows = pd.DataFrame(sources).assign(retrieved=pd.Timestamp("2026-01-01"), coverage="", provenance="example")
    store.load([Incoming("sources", rows, "s.csv", "0" * 64), Incoming("areas", areas, "a.csv", "0" * 64)], by="fuzz")
    return store


def _all_or_nothing(content: bytes) -> None:
    """The whole way of a delivery: every table of it is ready to be loaded, or there are words on why none may be."""
    store, good = _store_with_areas(), Delivered("god.csv", SURVEY.encode())
    for name in ("fil.csv", "fil.geojson"):
        examined = examine([Delivered(name, content), good], store, our_partnership())
        if any(not problem.sentence.strip() for problem in examined.problems):
            raise AssertionError("a problem without words")
        if not examined.problems:
            _, after = store.trial(examined.incoming)
            for each in examined.incoming:
                if len(after[each.kind]) < len(each.frame):
                    raise AssertionError(f"rows of {each.kind} were lost on the way")


def _load_package(content: bytes) -> None:
    store = _store_with_areas()
    number = len(store.releases())
    with tempfile.NamedTemporaryFile(suffix=".zip") as file:
        file.write(content)
        file.flush()
        try:
            load_package(store, Path(file.name), by="fuzz")
        except StoreError:
            if len(store.releases()) != number:
                raise AssertionError("a refused package was published") from None
            raise


def _members(content: bytes) -> Mapping[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def repacked(seed: bytes, change: Callable[[bytes], bytes], which: int) -> bytes:
    """An archive one of whose members is changed, packed so that the archive itself is sound."""
    members = dict(_members(seed))
    chosen = sorted(members)[which % len(members)]
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, change(content) if name == chosen else content)
    return buffer.getvalue()


def _descriptor(content: bytes) -> None:
    """A package whose description alone is changed."""
    members = dict(_members(_package()))
    members["datapackage.json"] = content
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, member in members.items():
            archive.writestr(name, member)
    _load_package(buffer.getvalue())


def _bulk(content: bytes) -> pd.DataFrame:
    return read_bulk(content, "STRAF11", CODES)


def _outline_target(name: str, *, is_archive: bool = False) -> Target:
    """The reader of outlines, begun from a partner's file of a kind."""
    file = f"fil{Path(name).suffix}"
    return Target(
        lambda: [_partners(name)], lambda content: boundaries.read(content, file), boundaries.BoundaryError, is_archive
    )


TARGETS: dict[str, Target] = {
    "csv": Target(_texts, lambda content: tables.read(content, "fil.csv"), ContractError),
    "xlsx": Target(_workbooks, lambda content: tables.read(content, "fil.xlsx"), ContractError, True),
    "ods": Target(_open_documents, lambda content: tables.read(content, "fil.ods"), ContractError, True),
    "outlines": Target(_outlines, lambda content: boundaries.read(content, "fil.geojson"), boundaries.BoundaryError),
    "shapefile": Target(
        lambda: [_written(".shp")], lambda content: boundaries.read(content, "fil.zip"), boundaries.BoundaryError, True
    ),
    "xls": Target(lambda: [_partners("10-to-ark.xls")], lambda content: tables.read(content, "fil.xls"), ContractError),
    "sav": Target(_statistics, lambda content: tables.read(content, "fil.sav"), ContractError),
    "kml": _outline_target("10-herlev.kml"),
    "kmz": _outline_target("10-herlev.kmz", is_archive=True),
    "gml": _outline_target("10-dagi.gml"),
    "topojson": _outline_target("10-herlev.topojson"),
    "bulk": Target(lambda: [BULK.encode(), BULK.encode("utf-8-sig")], _bulk, StatbankError),
    "delivery": Target(lambda: [*_texts(), _written(".geojson")], _all_or_nothing, ContractError),
    "package": Target(lambda: [_package()], _load_package, StoreError, True),
    "descriptor": Target(lambda: [_members(_package())["datapackage.json"]], _descriptor, StoreError),
}


def write_seeds(name: str, folder: Path) -> None:
    """The files to begin from, as files in a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for seed in TARGETS[name].seeds():
        (folder / hashlib.sha256(seed).hexdigest()).write_bytes(seed)
