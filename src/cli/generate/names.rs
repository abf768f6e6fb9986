//! Names in any number, to search for: those of the lists first, then made-up ones of people and organisations.
//!
//! The lists know fewer names of several words than a list of a million has. What is made up is joined from the lists, as
//! such lists are: very many people share a given name, very many organisations the name of their place.

use std::collections::HashSet;

use dateline::dictionary::{Case, Dictionary};
use dateline::{Result, gazetteer};

use super::Dice;
use super::lists::{Lists, is_name};

/// What stands before or behind a place in the name of an organisation.
#[rustfmt::skip]
const ORGANISATIONS: &[[&str; 2]] = &[
    ["University of ", ""], ["Bank of ", ""], ["Port of ", ""], ["Diocese of ", ""], ["", " Police Department"],
    ["", " City Council"], ["", " Chamber of Commerce"], ["", " District Court"], ["", " Daily News"],
    ["", " Mining Company"], ["", " Football Club"], ["", " International Airport"], ["", " Red Crescent Society"],
];

/// A prime far larger than any list, so that steps of it come by every name once.
const STRIDE: u64 = 2_147_483_647;

/// The first so many of a list of names, the same ones every time; a longer list begins as a shorter one.
pub fn names(count: usize) -> Result<Vec<String>> {
    let dictionary = Dictionary::open(gazetteer::shipped())?;
    let (lists, mut dice) = (Lists::new()?, Dice(11));
    let (mut names, mut known) = (Vec::with_capacity(count), HashSet::with_capacity(count));
    let mut add = |name: String| {
        if names.len() < count && known.insert(name.clone()) {
            names.push(name);
        }
        names.len() < count
    };
    // Not in the order of the lists, of which a short list would have the first letters only.
    let count_listed = dictionary.surface_count() as u64;
    let listed = (0..count_listed).map(|at| dictionary.surface((at * STRIDE % count_listed) as u32));
    let mut listed = listed.filter(|surface| surface.case != Case::Any && is_name(surface.text)).map(|s| s.text);
    // Of ten names five are listed, as long as there are any, one is of one word, three are people and one is an
    // organisation.
    loop {
        for _ in 0..5 {
            if let Some(name) = listed.next() {
                add(name.to_owned());
            }
        }
        add(lists.family.draw(&mut dice).to_owned());
        for _ in 0..3 {
            add(format!("{} {}", lists.given.draw(&mut dice), lists.family.draw(&mut dice)));
        }
        let [before, behind] = dice.favour(ORGANISATIONS);
        if !add(format!("{before}{}{behind}", lists.places.draw(&mut dice))) {
            return Ok(names);
        }
    }
}
