//! How else a text may write the name of a place that the lists write in one way.
//!
//! Letters, accents and kinds of dashes need no other spelling: words and symbols are folded before they are compared.

use super::Kind;

/// What joins the two parts of a division's or a country's name.
const JOINTS: [&str; 4] = [" and ", " & ", "-", " "];
/// The Persian "and", written in the names of divisions where that is spoken.
const PERSIAN_AND: &str = " va ";
const PERSIAN: [&str; 4] = ["AF", "IR", "TJ", "UZ"];

/// Words that are written out or cut short before a name.
const SHORT: [[&str; 3]; 4] =
    [["Saint", "St.", "St"], ["Sainte", "Ste.", "Ste"], ["Mount", "Mt.", "Mt"], ["Fort", "Ft.", "Ft"]];

/// "West-Coast" is a wind's, a wine's or a way's as often as the region's.
const COMPASS: [&str; 5] = ["North", "South", "East", "West", "Central"];

/// Other spellings of a place's name, none of them twice, without the name itself. Towns have many other names, of
/// which nobody would write another spelling still: `is_own` says that it is its main name.
pub(super) fn other_spellings(name: &str, kind: Kind, country: &str, is_own: bool) -> Vec<String> {
    let is_division = matches!(kind, Kind::Country | Kind::Admin1 | Kind::Region);
    if !is_own && !is_division || COMPASS.iter().any(|word| name.starts_with(word)) {
        return Vec::new();
    }
    let mut all = vec![name.to_owned()];
    let mut add = |spellings: fn(&str, Kind, &str) -> Vec<String>| {
        for at in 0..all.len() {
            for spelling in spellings(&all[at], kind, country) {
                if !all.contains(&spelling) {
                    all.push(spelling);
                }
            }
        }
    };
    add(shortened);
    add(joined);
    add(unhyphened);
    all.remove(0);
    all
}

/// "Saint Lucia", "St. Lucia", "St Lucia".
fn shortened(name: &str, kind: Kind, _: &str) -> Vec<String> {
    let words: Vec<&str> = name.split(' ').collect();
    let known = match kind {
        // A saint's parish on a small island is hardly ever meant, and his churches and other towns are.
        Kind::Admin1 => &SHORT[2..],
        Kind::Physical => &SHORT[2..3],
        _ => &SHORT[..],
    };
    let is_name = |word: &&str| word.starts_with(char::is_uppercase);
    let place = |at: usize| known.iter().find(|forms| forms.contains(&words[at]));
    let Some((at, forms)) = (0..words.len()).find_map(|at| Some((at, place(at)?))) else { return Vec::new() };
    if !words.get(at + 1).is_some_and(is_name) {
        return Vec::new();
    }
    let with = |form: &&str| {
        let mut words = words.clone();
        words[at] = form;
        words.join(" ")
    };
    forms.iter().map(with).collect()
}

/// "Sistan and Baluchestan", "Sistan-Baluchestan", "Sistan va Baluchestan"; "Khyber Pakhtunkhwa", "Khyber-Pakhtunkhwa".
fn joined(name: &str, kind: Kind, country: &str) -> Vec<String> {
    if !matches!(kind, Kind::Country | Kind::Admin1) {
        return Vec::new();
    }
    let parts = [" and ", " & ", PERSIAN_AND].iter().find_map(|joint| name.split_once(joint));
    let is_part = |part: &str| part.starts_with(char::is_uppercase);
    match parts {
        Some((first, second)) if is_part(second) => {
            let persian = PERSIAN.contains(&country).then_some(PERSIAN_AND);
            JOINTS.into_iter().chain(persian).map(|joint| [first, joint, second].concat()).collect()
        }
        Some((first, second)) => [" and ", " & "].map(|joint| [first, joint, second].concat()).into(),
        None => match name.split_once(' ') {
            Some((first, second)) if is_part(second) && !second.contains(' ') && !first.ends_with('.') => {
                vec![format!("{first}-{second}")]
            }
            _ => Vec::new(),
        },
    }
}

/// "Port-au-Prince", "Port au Prince"; but "Al Qasim" is as often a person as "Al-Qasim" is a town.
fn unhyphened(name: &str, _: Kind, _: &str) -> Vec<String> {
    let is_hyphen = |c| matches!(c, '-' | '–');
    match name.find(is_hyphen) {
        Some(at) if name[..at].chars().count() > 2 => vec![name.replace(is_hyphen, " ")],
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_text_may_write_otherwise() {
        for (name, kind, country, others) in [
            ("Riga", Kind::City, "LV", ""),
            ("Saint Lucia", Kind::Country, "LC", "St. Lucia|St Lucia|Saint-Lucia|St-Lucia"),
            ("Mount Ararat", Kind::Physical, "", "Mt. Ararat|Mt Ararat"),
            ("Port-au-Prince", Kind::City, "HT", "Port au Prince"),
            ("Al-Qasim", Kind::City, "IQ", ""),
            ("West Coast", Kind::Admin1, "NZ", ""),
            ("Saint", Kind::City, "FR", ""),
            ("Saint Peter", Kind::Admin1, "BB", "Saint-Peter"),
            ("Khyber Pakhtunkhwa", Kind::Admin1, "PK", "Khyber-Pakhtunkhwa"),
            ("Nizhny Novgorod", Kind::City, "RU", ""),
            ("Tyne and Wear", Kind::Admin1, "GB", "Tyne & Wear|Tyne-Wear|Tyne Wear"),
            (
                "Saint Vincent and the Grenadines",
                Kind::Country,
                "VC",
                concat!(
                    "St. Vincent and the Grenadines|St Vincent and the Grenadines|Saint Vincent & the Grenadines|",
                    "St. Vincent & the Grenadines|St Vincent & the Grenadines"
                ),
            ),
            (
                "Sistan and Baluchestan",
                Kind::Admin1,
                "IR",
                "Sistan & Baluchestan|Sistan-Baluchestan|Sistan Baluchestan|Sistan va Baluchestan",
            ),
        ] {
            assert!(kind != Kind::City || other_spellings(name, kind, country, false).is_empty(), "{name}");
            assert_eq!(other_spellings(name, kind, country, true).join("|"), others, "{name}");
        }
    }
}
