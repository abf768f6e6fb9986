"""physical.tsv: seas, rivers, mountains, islands and other natural features."""

from __future__ import annotations

import re

from common import ROOT, clean, fold, is_latin, join_aliases, read_hand, read_list, split_aliases, write_list
from sources import Readers, WordNet, field

SOURCE = "WordNet 3.0 instances; CIA World Factbook; hand list"
LICENCE = "WordNet 3.0 licence; public domain (Factbook); CC0-1.0 (hand)"
OBJECT_FILES = {6, 15, 17}
WORDNET_KINDS = [
    ("ocean", "ocean"), ("sea", "sea"), ("gulf", "gulf"), ("bay", "bay"), ("strait", "strait"), ("channel", "strait"),
    ("canal", "canal"), ("river", "river"), ("lake", "lake"), ("volcano", "volcano"), ("mountain peak", "peak"),
    ("mountain", "peak"), ("range", "range"), ("desert", "desert"), ("peninsula", "peninsula"), ("archipelago", "islands"),
    ("island", "island"),
]
HEAD_KINDS = {
    "Sea": "sea", "Ocean": "ocean", "Gulf": "gulf", "Bay": "bay", "Bight": "bay", "Strait": "strait", "Straits": "strait",
    "Channel": "strait", "Passage": "strait", "Desert": "desert", "Mountains": "range", "Range": "range", "Canal": "canal",
    "Peninsula": "peninsula", "Islands": "islands", "Archipelago": "islands", "Lake": "lake", "River": "river",
}
NAMED = re.compile(r"\b((?:[A-Z][a-z]+ ){1,3}(?:Sea|Ocean|Gulf|Bay|Strait|Channel|Desert|Mountains|Range|Canal|Peninsula|Islands|Archipelago)"
                   r"|(?:Gulf|Bay|Strait|Straits|Bight) of [A-Z][a-z]+)\b")
LEADING = re.compile(r"^(?:The|North|In|On|Its|Most|Both|Along|Between|Off|Near|South|East|West|Northern|Southern|Eastern|Western|"
                     r"Central|Some|Many|Other|All|Two|Three|Of|And|To|From|At|Major|Great|Old)\s+(?=[A-Z]\w+ [A-Z])")
FREQUENT_NAME = 9


class Features:
    """Features by folded name."""

    def __init__(self, readers: Readers):
        self.readers = readers
        self.rows: list[tuple] = []
        self.owners: dict[str, tuple] = {}
        countries = read_list(ROOT / "countries.tsv")
        self.blocked = {fold(n) for r in countries for n in [r["name"], *split_aliases(r["aliases"])]}
        self.blocked |= {fold(r["name"]) for r in read_list(ROOT / "given.tsv") if int(r["weight"]) >= FREQUENT_NAME}
        self.blocked |= {fold(r["name"]) for r in read_list(ROOT / "surnames.tsv") if int(r["weight"]) >= FREQUENT_NAME}
        self.blocked |= {fold(r["name"]) for r in read_list(ROOT / "places.tsv") if int(r["population"]) >= 50_000}
        self.blocked |= {fold(r["name"]) for r in read_list(ROOT / "admin1.tsv")}

    def safe(self, name: str) -> bool:
        """True if a bare name is not mainly a person, a town, a country or a word."""
        key = fold(name)
        return " " in key or (key not in self.blocked and not self.readers.is_common_word(key, 60))

    def add(self, names: list[str], kind: str, trusted: bool = False, at: tuple[str, str] = ("", "")) -> None:
        """Add a feature; the first safe spelling becomes its name. Only the hand list knows where it lies."""
        names = [n for n in map(clean, names) if is_latin(n) and n[:1].isupper() and 3 <= len(n) <= 45]
        usable = [n for n in names if (trusted or self.safe(n)) and fold(n) not in self.owners]
        owner = next((self.owners[fold(n)] for n in names if fold(n) in self.owners), None)
        if owner is None or owner[1] != kind or trusted:
            if not usable:
                return
            owner = (usable.pop(0), kind, *at, [])
            self.rows.append(owner)
        # What a source gives beside a name that is known is another name of the same feature.
        owner[-1].extend(usable)
        self.owners |= {fold(n): owner for n in [owner[0], *usable]}


def build(readers: Readers) -> list:
    """Write the list; hand rows come first and win."""
    features = Features(readers)
    for row in read_hand("physical.tsv"):
        features.add([row["name"], *split_aliases(row["aliases"])], row["kind"], trusted=True, at=(row["lat"], row["lon"]))
    add_wordnet(features)
    add_factbook(features)
    rows = [(*row[:-1], join_aliases(row[-1], row[0])) for row in features.rows]
    return [write_list("physical.tsv", "natural features", SOURCE, LICENCE, rows)]


def add_wordnet(features: Features) -> None:
    """Instances of geographic concepts."""
    wordnet = WordNet(features.readers.sources)
    for concept, kind in WORDNET_KINDS:
        for words in wordnet.instances_of(concept, {14, *OBJECT_FILES}):
            features.add([w for w in words if not w.isupper()], kind)


def add_factbook(features: Features) -> None:
    """Rivers, lakes, highest points and names in geographic prose."""
    for profiles in features.readers.factbook().values():
        for profile in profiles:
            for segment in field(profile, "Geography", "Major rivers (by length in km)").split(";"):
                match = re.match(r"\s*([A-Z][^()\-–\d]{2,40}?)\s*(?:river (?:mouth|source)\s*)?(?:\(|[-–] )", segment)
                if match:
                    for part in re.split(r"/| or ", match[1]):
                        add_watered(features, part, "river", "River")
            for key in ("fresh water lake(s)", "salt water lake(s)"):
                for segment in field(profile, "Geography", "Major lakes (area sq km)", key).split(";"):
                    match = re.match(r"\s*([A-Z][^()\-–\d]{2,40}?)\s*(?:\(|[-–] )", segment)
                    if match:
                        features.add([match[1]], "lake")
            for key in ("Location", "Geography - note", "Maritime claims", "Terrain"):
                for name in NAMED.findall(field(profile, "Geography", key)):
                    add_headed(features, name)


def add_watered(features: Features, name: str, kind: str, head: str) -> None:
    """A river with and without its head word."""
    name = clean(re.sub(r"\b(?:river|River)\b.*", "", name))
    if name:
        features.add([name, f"{name} {head}"], kind)


def add_headed(features: Features, name: str) -> None:
    """A name that carries its kind, such as `Gulf of Aden`."""
    name = LEADING.sub("", name)
    words = name.split()
    kind = HEAD_KINDS.get(words[-1]) or HEAD_KINDS.get(words[0])
    if kind and len(words) > 1 and not all(features.readers.is_common_word(w.lower(), 35) for w in words):
        features.add([name], kind)
