"""orgs.tsv, org_heads.tsv, event_heads.tsv and facility_heads.tsv."""

from __future__ import annotations

import html
import re
from collections import defaultdict

from common import HAND, clean, fold, is_latin, join_aliases, read_hand, split_aliases, write_list
from lexicon import FUNCTION_WORDS
from sources import Readers, WordNet, field

SOURCE = "CIA World Factbook (parties, forces, armed groups, legislatures, courts); WordNet 3.0 (armed groups); hand lists"
LICENCE = "public domain (Factbook); WordNet 3.0 licence; CC0-1.0 (hand)"
ACRONYM = re.compile(r"[A-Z][\w/&.'-]{0,13}")
FORCE_HEAD = re.compile(r"\b(?:Army|Navy|Forces?|Guards?|Corps|Police|Gendarmerie|Service|Command|Militia|Rangers|Marines|Infantry|"
                        r"Regiment|Agency|Directorate|Department|Bureau|Constabulary|Carabinieri|Battalion|Brigade|Ministry|"
                        r"Basij|Guardia|Troops|Scouts|Gendarmes|Patrol)\b")
CAPITAL_RUN = re.compile(r"((?:[A-Z][\w'’.-]*)(?: (?:of|the|and|for|de|del|da|al|d'[A-Z][\w'’.-]*|[A-Z][\w'’.-]*))*)(?: \(([A-Z][A-Za-z-]{1,10})[,;)])?")
BARE = {fold(x) for x in ("Army", "Navy", "Air Force", "Police", "Marines", "Guard", "Forces", "Command", "Service", "Corps",
        "Police Force", "Ground Forces", "Ground Force", "Land Force", "Land Forces", "Air Forces", "Naval Force", "Naval Forces",
        "Armed Forces", "Security Forces", "Security Force", "Coast Guard", "Military Police", "Special Forces", "Rangers", "Army and Air Force",
        "Department", "Ministry", "Agency", "Border Guard", "Infantry", "Joint Force", "Joint Forces", "Police Service", "Royal Police", "Fire Service")}
BAD_ROW = re.compile(r"\b(?:is|are|has|which|note|none|vacant|includes|include|consists|independent|various|several|other|approximately|see|www|formerly|seats)\b|[\d\[\]{}<>:;]", re.I)
DANGLING = re.compile(r"^(?:of|the|and|for|or|The|Other|In|An?|de|del|da) |(?: (?:of|the|and|for|or|de|del|da|al))+$")
GENERIC_PARTY = {fold(x) for x in ("Coalition", "Alliance", "Independents", "Opposition", "Union", "Party", "Others", "Independent")}


class Organisations:
    """Organisations by folded name and country; earlier additions win."""

    def __init__(self):
        self.rows: dict[tuple[str, str], dict] = {}
        self.protected: set[str] = set()
        self.other_names: set[tuple[str, str]] = set()
        self.international: set[str] = set()

    def add(self, name, acronym, cc, sector, kind, aliases=(), trusted=False) -> None:
        """Add or complete one organisation."""
        name = clean(name) if trusted else tidy(name)
        if not name or (not trusted and (fold(name) in self.protected or (fold(name), cc) in self.other_names)):
            return
        if trusted and not cc:
            self.international |= {acronym, *aliases}
        elif not trusted and acronym in self.international:
            acronym = ""  # "EU" is no party of one country
        ident = (fold(name), cc)
        row = self.rows.setdefault(ident, {"name": name, "acronym": "", "cc": cc, "sector": sector, "kind": kind, "aliases": []})
        row["acronym"] = row["acronym"] or clean(acronym or "")
        row["aliases"] += [a for a in aliases if a]
        if trusted:
            # A group that a source gives without country is the one that the hand list names so, wherever that is.
            self.protected.add(fold(name))
            self.other_names |= {(fold(a), c) for a in aliases for c in {cc, "" if kind in {"armed_group", "party"} else cc}}

    def merged(self):
        """Rows; a name used by several countries becomes one row without country."""
        countries = defaultdict(list)
        for (key, cc), row in self.rows.items():
            countries[key].append(row)
        for rows in countries.values():
            kinds = {r["kind"] for r in rows}
            if len(rows) > 1 and len(kinds) == 1 and not any(fold(r["name"]) in self.protected for r in rows):
                first = rows[0]
                yield first["name"], "", "", first["sector"], first["kind"], ""
                continue
            for r in rows:
                aliases = [a for a in r["aliases"] if a != r["acronym"]]
                yield r["name"], r["acronym"], r["cc"], r["sector"], r["kind"], join_aliases(aliases, r["name"])


def tidy(name: str) -> str:
    """A clean organisation name from a source, or an empty string."""
    name = clean(re.sub(r"\(.*?\)", "", name)).strip(" .,*-'\"/")
    while DANGLING.search(name):
        name = DANGLING.sub("", name).strip()
    if not is_latin(name) or not 3 <= len(name) <= 80 or len(name.split()) > 10 or BAD_ROW.search(name):
        return ""
    if not (name[0].isupper() or name.startswith(("al-", "ash-"))) or name.count("(") != name.count(")"):
        return ""
    return name


def build(readers: Readers) -> list:
    """Write the organisation lists."""
    orgs = Organisations()
    for path in sorted(HAND.glob("orgs_*.tsv")):
        for r in read_hand(path.name):
            orgs.add(r["name"], r["acronym"], r["cc"], r["sector"], r["kind"], split_aliases(r["aliases"]), trusted=True)
    for cc, profiles in sorted(readers.factbook().items()):
        for profile in profiles:
            add_parties(orgs, cc, profile)
            add_forces(orgs, cc, profile)
            add_armed_groups(orgs, profile)
            add_legislatures(orgs, cc, profile)
            add_courts(orgs, cc, profile)
    add_wordnet_groups(orgs, WordNet(readers.sources))
    own, free = "hand list", "CC0-1.0"
    return [
        write_list("orgs.tsv", "organisations", SOURCE, LICENCE, drop_words(readers, orgs.merged())),
        write_list("org_heads.tsv", "words that head or end the name of an organisation", own, free,
                   [(r["word"], r["kind"], r["sector"]) for r in read_hand("org_heads.tsv")]),
        write_list("event_heads.tsv", "words that head the name of an event", own, free,
                   [(r["word"],) for r in read_hand("event_heads.tsv")]),
        write_list("facility_heads.tsv", "words that head the name of a facility", own, free,
                   [(r["word"],) for r in read_hand("facility_heads.tsv")]),
    ]


def drop_words(readers: Readers, rows):
    """Leave out source rows that are a single English word, such as a party called `Future`."""
    for row in rows:
        name, kind = row[0], row[4]
        if kind in {"party", "force", "armed_group"} and " " not in name and readers.is_common_word(fold(name), 60):
            continue
        yield row


def html_items(text: str) -> list[str]:
    """Items of a field that is broken into lines."""
    parts = re.split(r"<br ?/?>|</p>|\n|;", text)
    return [clean(html.unescape(re.sub(r"<[^>]+>", " ", p)).replace("\xa0", " ")) for p in parts]


def add_parties(orgs: Organisations, cc: str, profile: dict) -> None:
    """Lines such as `Awami National Party or ANP (remark)`."""
    for item in html_items(field(profile, "Government", "Political parties", raw=True)):
        item = re.sub(r"\[.*?\]|\*+", "", item).strip()
        if not item or item.lower().startswith("note") or "," in item.split("(")[0]:
            continue
        remarks = re.findall(r"\(([^()]*)\)", item)
        pieces = [p.strip() for p in re.sub(r"\([^()]*\)", " ", item).split(" or ")]
        acronyms = [p for p in pieces[1:] if ACRONYM.fullmatch(p) and not p.islower() and sum(c.isupper() for c in p) >= 2]
        others = [tidy(p) for p in pieces[1:] if p not in acronyms]
        aliases = [tidy(r) for r in remarks if r[:1].isupper() and 1 < len(r.split()) < 8]
        for remark in remarks:
            if not acronyms and ACRONYM.fullmatch(remark) and remark.isupper() and 2 <= len(remark) <= 8:
                acronyms.append(remark)
        if fold(pieces[0]) in GENERIC_PARTY:
            continue
        orgs.add(pieces[0], acronyms[0] if acronyms else "", cc, "", "party",
                 [a for a in aliases + others if a and len(a) > 4] + acronyms[1:])


def add_forces(orgs: Organisations, cc: str, profile: dict) -> None:
    """Capital runs with a force word in the list of forces."""
    text = field(profile, "Military and Security", "Military and security forces", raw=True)
    for item in html_items(text):
        item = re.sub(r"\((?:includes?|aka|also)\b", ", ", item)
        for name, acronym in CAPITAL_RUN.findall(item):
            name = tidy(name)
            if not name or not FORCE_HEAD.search(name) or fold(name) in BARE or len(name.split()) < 2:
                continue
            if name.startswith("Ministry"):
                orgs.add(name, acronym, cc, "GOV", "ministry")
            else:
                sector = "COP" if re.search(r"Police|Gendarmerie|Constabulary|Carabinieri", name) else "MIL"
                is_acronym = acronym.isupper() and acronym.lower() not in FUNCTION_WORDS  # "IN" is no navy
                orgs.add(name, acronym if is_acronym else "", cc, sector, "force")


def add_armed_groups(orgs: Organisations, profile: dict) -> None:
    """Names in the list of terrorist groups."""
    for item in field(profile, "Terrorism", "Terrorist group(s)").split(";"):
        match = re.match(r"\s*(.+?)(?: \(([A-Z][\w-]{1,12})\))?\s*$", re.sub(r"\bnote:.*", "", item))
        if match:
            names = [tidy(n) for n in re.split(r"/| \(aka |, aka ", match[1])]
            names = [n for n in names if n]
            if names:
                orgs.add(names[0], match[2], "", "REB", "armed_group", names[1:])


def add_legislatures(orgs: Organisations, cc: str, profile: dict) -> None:
    """Names of parliaments and chambers, English and local."""
    for path in (("Legislative branch", "legislature name"), ("Legislative branch - lower chamber", "chamber name"),
                 ("Legislative branch - upper chamber", "chamber name")):
        text = field(profile, "Government", *path)
        names = [tidy(n) for n in re.split(r"[()/]| or ", text)]
        names = [n for n in names if n]
        if names:
            orgs.add(names[0], "", cc, "LEG", "legislature", names[1:])
            for local in names[1:]:
                orgs.add(local, "", cc, "LEG", "legislature")


def add_courts(orgs: Organisations, cc: str, profile: dict) -> None:
    """Names of the highest courts."""
    for item in field(profile, "Government", "Judicial branch", "highest court(s)").split(";"):
        names = [tidy(n) for n in re.split(r"\(| or ", item)[:2]]
        if names and names[0] and re.search(r"Court|Tribunal|Council|Chamber|Judicature|Cour|Corte", names[0]):
            aliases = [n for n in names[1:] if n and not n[0].islower() and len(n.split()) > 1]
            orgs.add(names[0], "", cc, "JUD", "court", aliases)


def add_wordnet_groups(orgs: Organisations, wordnet: WordNet) -> None:
    """Terrorist organisations of WordNet."""
    for words in wordnet.instances_of("terrorist organization", {14}):
        full = max(words, key=len)
        acronyms = [w for w in words if w.isupper() and len(w) <= 8]
        aliases = [w for w in words if w not in acronyms and w != full and len(w) > 5 and " " in w]
        orgs.add(full, acronyms[0] if acronyms else "", "", "REB", "armed_group", aliases)
