//! Sentences as the news writes them, each with its amounts.

use super::*;
use crate::entities::cases::check;
use crate::entities::time::{Reference, TimeReader};
use crate::segment::{Part, Sentence};
use crate::token::Tokens;

fn find(text: &str) -> Vec<(String, String)> {
    let dictionary = Dictionary::open(crate::gazetteer::shipped()).expect("the shipped lists open");
    let mut tokens = Tokens::default();
    tokens.tokenize(text);
    dictionary.annotate(&mut tokens);
    let sentence =
        [Sentence { first: 0, end: tokens.len() as u32, paragraph: 0, part: Part::Body }].into_iter().collect();
    let mut dates = Vec::new();
    TimeReader::new(&dictionary).read(
        text,
        &tokens,
        &sentence,
        Reference::default(),
        &mut Default::default(),
        &mut dates,
    );
    let mut out = Vec::new();
    AmountReader::new(&dictionary).read(text, &tokens, &sentence, &dates, &mut out);
    let slice =
        |first: u32, end: u32| &text[tokens[first as usize].start as usize..tokens[end as usize - 1].end as usize];
    out.iter()
        .map(|a| {
            let number = if a.min == a.max { format!("{}", a.min) } else { format!("{}..{}", a.min, a.max) };
            let hedge = a.hedge.map_or(String::new(), |h| format!(" {h:?}"));
            let item = a.item.map_or(String::new(), |(f, e)| format!(" of {}", slice(f, e)));
            (slice(a.first, a.end).to_string(), format!("{number} {}{hedge}{item}", a.unit).trim().to_string())
        })
        .collect()
}

#[test]
fn money() {
    check(
        find,
        &[
            ("worth $72 million", &[("$72 million", "72000000 USD")]),
            ("over US$3.5bn in aid", &[("US$3.5bn", "3500000000 USD Over")]),
            ("Rs 4,250 crore and Rs. 500", &[("Rs 4,250 crore", "42500000000 INR"), ("Rs. 500", "500 INR")]),
            ("RM70,000 or KD 120 million", &[("RM70,000", "70000 MYR"), ("KD 120 million", "120000000 KWD")]),
            ("fined R150 000 and Tk 3 crore", &[("R150 000", "150000 ZAR"), ("Tk 3 crore", "30000000 BDT")]),
            ("€2.5m, £1,000 and A$20", &[("€2.5m", "2500000 EUR"), ("£1,000", "1000 GBP"), ("A$20", "20 AUD")]),
            ("300 million euros or 40 dollars", &[("300 million euros", "300000000 EUR"), ("40 dollars", "40 USD")]),
            ("$2-3 billion", &[("$2-3 billion", "2000000000..3000000000 USD")]),
            (
                "50 Canadian dollars, 9 Hong Kong dollars",
                &[("50 Canadian dollars", "50 CAD"), ("9 Hong Kong dollars", "9 HKD")],
            ),
            ("USD 5 million and 20 CHF", &[("USD 5 million", "5000000 USD"), ("20 CHF", "20 CHF")]),
            ("half a million dollars", &[("half a million dollars", "500000 USD")]),
            ("a 30-million-dollar deal", &[("30-million-dollar", "30000000 USD")]),
            ("between $1m and $2m", &[("$1m and $2m", "1000000..2000000 USD")]),
            ("twenty-five cents", &[("twenty-five cents", "0.25 USD")]),
            ("sold at 85¢ or 30k$", &[("85¢", "0.85 USD"), ("30k$", "30000 USD")]),
            ("between 30 euros and 45 euros", &[("30 euros and 45 euros", "30..45 EUR")]),
            ("losses of 40 MUSD or 900 KEUR", &[("40 MUSD", "40000000 USD"), ("900 KEUR", "900000 EUR")]),
            ("three quarters of a million euros", &[("three quarters of a million euros", "750000 EUR")]),
        ],
    );
}

#[test]
fn hundredths() {
    check(
        find,
        &[
            ("A ticket is $12 and 75c.", &[("$12 and 75c", "12.75 USD")]),
            ("It cost 18 euros 60.", &[("18 euros 60", "18.6 EUR")]),
            ("She paid nine dollars and thirty-five.", &[("nine dollars and thirty-five", "9.35 USD")]),
            ("3 dollars 40 cents each", &[("3 dollars 40 cents", "3.4 USD")]),
            ("She gave $5 and 20 books.", &[("$5", "5 USD")]),
            ("They raised $3 million and 20.", &[("$3 million", "3000000 USD")]),
            ("It opened at $14 37 days ago.", &[("$14", "14 USD")]),
            ("5 cents and 10 cents", &[("5 cents", "0.05 USD"), ("10 cents", "0.1 USD")]),
        ],
    );
}

#[test]
fn pounds() {
    check(
        find,
        &[
            ("He paid 40 pounds for it.", &[("40 pounds", "40 GBP")]),
            ("The pike weighed just over 40 pounds.", &[("40 pounds", "40 lb Over")]),
            ("She lost 40 pounds in a year.", &[("40 pounds", "40 lb")]),
            ("It carries a tonne, or 2,200 pounds.", &[("2,200 pounds", "2200 lb")]),
            ("two tonnes, or 4,400 pounds", &[("two tonnes", "2 t"), ("4,400 pounds", "4400 lb")]),
            ("A ton costs 300 pounds.", &[("300 pounds", "300 GBP")]),
            ("a load of 40 pounds (18 kg)", &[("40 pounds", "40 lb"), ("18 kg", "18 kg")]),
        ],
    );
}

#[test]
fn quantities() {
    check(
        find,
        &[
            ("seized 1,800 kilograms of opium", &[("1,800 kilograms", "1800 kg of opium")]),
            ("an area of 90 square kilometres", &[("90 square kilometres", "90 km2")]),
            ("winds of 120 km/h and 75 miles per hour", &[("120 km/h", "120 km/h"), ("75 miles per hour", "75 mph")]),
            ("about 5km away, nearly six-mile trip", &[("5km", "5 km About"), ("six-mile", "6 mi About")]),
            ("30 degrees Celsius", &[("30 degrees Celsius", "30 celsius")]),
            (
                "35° Celsius, 90°F or 40°",
                &[("35° Celsius", "35 celsius"), ("90°F", "90 fahrenheit"), ("40°", "40 degree")],
            ),
            ("16,000 metric tons of wheat", &[("16,000 metric tons", "16000 t of wheat")]),
            ("a 1.8m wall at 84 MW", &[("1.8m", "1.8 m"), ("84 MW", "84 MW")]),
            (
                "5%, 6.5 percent and seven per cent",
                &[("5%", "5 %"), ("6.5 percent", "6.5 %"), ("seven per cent", "7 %")],
            ),
            ("two percentage points", &[("two percentage points", "2 %")]),
            ("between 6 km and 9 km", &[("6 km and 9 km", "6..9 km")]),
            ("from 5 percent to 7 percent", &[("5 percent", "5 %"), ("7 percent", "7 %")]),
            ("10-15 tonnes of rice", &[("10-15 tonnes", "10..15 t of rice")]),
        ],
    );
}

#[test]
fn counts() {
    check(
        find,
        &[
            ("killed 14 militants", &[("14 militants", "14  of militants")]),
            ("at least twenty soldiers died", &[("twenty soldiers", "20  Over of soldiers")]),
            ("three armed men fled", &[("three armed men", "3  of men")]),
            ("dozens of people", &[("dozens of people", "24  Over of people")]),
            (
                "more than two hundred thousand refugees",
                &[("two hundred thousand refugees", "200000  Over of refugees")],
            ),
            ("a dozen police officers", &[("a dozen police officers", "12  of police officers")]),
        ],
    );
}

#[test]
fn what_only_looks_like_an_amount() {
    check(
        find,
        &[
            ("In 2019 they won 3-1 on 5 May at 10:30.", &[]),
            ("Call 020 7946 0018; Resolution 2231; F-16 jets.", &[]),
            ("the 45-year-old, the 3rd man", &[]),
            ("XYZ Bhd and 30 per diem", &[]),
            ("for three years and 48 hours", &[]),
            ("Boeing 737 and Article 5", &[]),
        ],
    );
}

/// Every word of amounts between neighbours of all sorts.
#[test]
fn nothing_is_lost_by_looking_first() {
    let dictionary = Dictionary::open(crate::gazetteer::shipped()).expect("the shipped lists open");
    let reader = AmountReader::new(&dictionary);
    let mut words: Vec<String> = (0..dictionary.word_count() as u32)
        .map(|w| dictionary.word_text(w))
        .filter(|w| {
            dictionary.probe(crate::token::hash_folded(&w.to_lowercase())).0 & (class::NUMBER | class::MONEY) != 0
        })
        .flat_map(|w| [w.to_lowercase(), w.to_uppercase()])
        .collect();
    words.extend(["5", "24", "90s", "75ml", "1999", "12,000", "½", "$", "€", "°", "…", "RM50", "A4"].map(String::from));
    let before = ["", "the ", "a ", "between 2 and ", "half a ", "u.s.", "more than ", "-"];
    let behind = [
        "",
        " port",
        " port men",
        " heavily armed men",
        " of them",
        " of the men",
        " to 30 kg",
        " or 6 miles",
        " and a half",
        "%",
        " per cent",
        " per hour",
        " percent",
        " Hong Kong dollars",
        " Canadian dollars",
        " rupees",
        " m euros",
        " mn",
        "/4 mile",
        "-mile",
        ".5 kg",
        ". 5 kg",
        ",000 men",
        ", 5 kg",
        " (kg)",
        " degrees",
        "°C",
        " square miles",
        " 5",
        "$5",
        ". 5",
        " $ 5",
        " people",
        " USD million",
        " kg.",
        "'s men",
        " feet 2 inches",
        " 000",
        " unlisteword kg",
        " ton",
    ];
    let mut tokens = Tokens::default();
    for word in &words {
        for (before, behind) in before.iter().flat_map(|b| behind.iter().map(move |e| (b, e))) {
            let text = format!("{before}{word}{behind}");
            tokens.tokenize(&text);
            dictionary.annotate(&mut tokens);
            let end = tokens.len();
            let scan = reader.scan(&text, &tokens);
            for at in (0..end).filter(|at| is_trigger(&text, &tokens[*at]) && !scan.may_begin(*at)) {
                assert_eq!(scan.amount(at), Err(at + 1), "{text}, token {at}");
            }
        }
    }
}
