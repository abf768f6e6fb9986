//! What a text may write otherwise than the lists do, and how large the lists are.

use crate::records::{self, text};
use dateline::dictionary::Dictionary;
use dateline::gazetteer::shipped;
use dateline::pipeline::{Options, Pipeline};

/// Sentences, and the entities in them by their type and the name in the lists; of demonyms and people as written.
const WRITTEN: [(&str, &str); 55] = [
    // Where all is in capitals, they make no names of words.
    ("A BOMB EXPLODED TODAY NEAR THE BRIDGE IN RIGA.", "GPE Riga"),
    ("THE 21 GUARDS OF THE PRISON LEFT. THE REST OF THE GUARDS SAID SO.", ""),
    ("TWO MEN WERE SHOT ON THE MAIN ROAD IN RIGA.", "GPE Riga"),
    ("Then Anna Berg spoke to Peter Smith.", "PERSON Anna Berg|PERSON Peter Smith"),
    ("The mayor, Otto Berg, left.", "PERSON Otto Berg"),
    ("Maria Lopez met John Miller at Ferris Park.", "PERSON Maria Lopez|PERSON John Miller|FAC Ferris Park"),
    ("The minister of Türkiye spoke.", "GPE Turkey"),
    ("The minister of Turkiye spoke.", "GPE Turkey"),
    ("The minister of Turkey spoke.", "GPE Turkey"),
    ("He lives in Sistan and Baluchestan.", "GPE Sistan and Baluchestan"),
    ("He lives in Sistan-Baluchestan.", "GPE Sistan and Baluchestan"),
    ("He lives in Sistan–Baluchestan.", "GPE Sistan and Baluchestan"),
    ("He lives in Sistan Baluchestan.", "GPE Sistan and Baluchestan"),
    ("He lives in Sistan & Baluchestan.", "GPE Sistan and Baluchestan"),
    ("He lives in Sistan va Baluchestan.", "GPE Sistan and Baluchestan"),
    ("They met in Saint Lucia.", "GPE Saint Lucia"),
    ("They met in St. Lucia.", "GPE Saint Lucia"),
    ("They met in St Lucia.", "GPE Saint Lucia"),
    ("They met in St Kitts & Nevis.", "GPE Saint Kitts and Nevis"),
    ("They met in Bosnia-Herzegovina.", "GPE Bosnia and Herzegovina"),
    ("They met in Port-au-Prince.", "GPE Port-au-Prince"),
    ("They met in Port au Prince.", "GPE Port-au-Prince"),
    ("They met in Guinea Bissau.", "GPE Guinea-Bissau"),
    ("They met in Khyber-Pakhtunkhwa.", "GPE Khyber Pakhtunkhwa"),
    ("They met in Lodz.", "GPE Łódź"),
    ("They met in Sao Paulo.", "GPE São Paulo"),
    ("They met in Côte d’Ivoire.", "GPE Ivory Coast"),
    ("They climbed Mt. Kenya.", "LOC Mount Kenya"),
    ("They met in Ft. Worth.", "GPE Fort Worth"),
    ("Pakistan's army said so.", "GPE Pakistan"),
    ("Pakistan’s army said so.", "GPE Pakistan"),
    ("The Pakistan-Azerbaijan relations are good.", "GPE Pakistan|GPE Azerbaijan"),
    ("The Tehran–Baku road is closed.", "GPE Tehran|GPE Baku"),
    ("The US-Iran talks ended.", "GPE United States|GPE Iran"),
    ("The U.S.-Iran talks ended.", "GPE United States|GPE Iran"),
    ("The UK-France deal ended.", "GPE United Kingdom|GPE France"),
    ("The Kuala Lumpur-based firm closed.", "GPE Kuala Lumpur"),
    ("A US-led force came.", "GPE United States"),
    ("The Anglo-Irish treaty held.", "NORP Anglo|NORP Irish"),
    ("The Jean-Claude Mercier team won.", "PERSON Jean-Claude Mercier"),
    ("Then Leung Wai-fong spoke to Park Min-seo.", "PERSON Leung Wai-fong|PERSON Park Min-seo"),
    ("The Hong Kong-led talks ended.", "GPE Hong Kong"),
    ("The Hong Kong government paid.", "GPE Hong Kong"),
    ("They met in Veldruna.", "GPE Veldruna"),
    ("The village of Veldruna burned down.", "GPE Veldruna"),
    ("They met Veldruna.", ""),
    ("The group Veldruna claimed the attack.", "ORG Veldruna"),
    ("A Veldruna spokesman declined.", "ORG Veldruna"),
    ("Then the Veldruna said it would pay.", "ORG Veldruna"),
    ("They met Natasha again.", "PERSON Natasha"),
    ("He searched it with Google again.", "ORG Google"),
    ("They joined the XQV again.", "ORG XQV"),
    ("They bought the DVD again.", ""),
    ("They bought the XQ40 again.", ""),
    ("THE BARN WAS FULL AND THE PEOPLE SANG.", ""),
];

#[test]
fn names_are_found_however_they_are_written() {
    let pipeline = Pipeline::new(Options::default()).expect("the shipped lists");
    let mut worker = pipeline.worker();
    let mut wrong = Vec::new();
    for (sentence, expected) in WRITTEN {
        let all = records::of(&mut worker, sentence);
        let entities = all.iter().filter(|record| record["kind"] == "entity");
        let found = entities.map(|e| format!("{} {}", text(e, "type"), text(e, "name"))).collect::<Vec<_>>().join("|");
        if found != expected {
            wrong.push(format!("{sentence} {expected:?} {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_shipped_lists_stay_small() {
    const MOST: usize = 40_000_000;
    let sections = Dictionary::open(shipped()).expect("the shipped lists").sections();
    assert!(shipped().len() <= MOST, "{} bytes: {sections:#?}", shipped().len());
    let sum: usize = sections.iter().map(|s| s.bytes).sum();
    assert!(sum <= shipped().len() && shipped().len() < sum + 1024, "the sections are the image");
}
