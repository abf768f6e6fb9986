//! A million names: how large their image is, how long it takes to make and how soon it is open.
//!
//! `cargo bench --bench lists`. The names are those of the shipped lists, and people whose names are put together from
//! the given and family names among them, until there are a million. The image goes through a file, as a user's does.

use cpu_time::ThreadTime;
use dateline::dictionary::compile::{Builder, NewEntry};
use dateline::dictionary::{Case, Dictionary, Kind, lists};
use dateline::gazetteer::{Lists, shipped};
use dateline::token::hash_folded;
use std::path::Path;
use std::time::{Duration, Instant};

const NAMES: usize = 1_000_000;
/// The bars, in bytes.
const MOST_SHIPPED: usize = 40_000_000;
const MOST_OF_A_MILLION: usize = 65_000_000;

fn main() {
    let known = Dictionary::open(shipped()).expect("the shipped lists");
    let mut builder = Builder::new();
    let start = Instant::now();
    lists::read_folder(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/gazetteers")), &mut builder)
        .expect("the lists are well formed");
    let read = start.elapsed();
    let start = Instant::now();
    let people = people(&known, NAMES - known.patterns().len());
    for name in &people {
        let entry = builder.add_entry(&NewEntry::new(name, Kind::User));
        builder.add_name(name, entry, Case::Capital, 0);
    }
    let added = start.elapsed();
    let start = Instant::now();
    let image = builder.finish().expect("the names fit");
    let compiled = start.elapsed();
    let path = std::env::temp_dir().join(format!("dateline-names-{}.image", std::process::id()));
    std::fs::write(&path, &*image).expect("the folder for passing files can be written");
    let opened = (0..7).map(|_| open(&path, &people, false)).min().expect("seven rounds");
    open(&path, &people, true);
    std::fs::remove_file(&path).expect("it was just written");

    println!("shipped lists: {:.1} MB, a million names: {:.1} MB", megabytes(shipped().len()), megabytes(image.len()));
    println!(
        "lists read {read:.2?}, names added {added:.2?}, image made {compiled:.2?}, file read and open {opened:.2?}"
    );
    assert!(shipped().len() <= MOST_SHIPPED, "the shipped image outgrows {MOST_SHIPPED} bytes");
    assert!(image.len() <= MOST_OF_A_MILLION, "the image of a million names outgrows {MOST_OF_A_MILLION} bytes");
}

/// `count` different names of two words, the likelier ones first.
fn people(dictionary: &Dictionary<'_>, count: usize) -> Vec<String> {
    let weighed = |weight: fn(&Dictionary<'_>, u32) -> u8| {
        let mut names: Vec<(u8, u32)> =
            (0..dictionary.word_count() as u32).map(|word| (weight(dictionary, word), word)).collect();
        names.sort_by_key(|&(weight, word)| (std::cmp::Reverse(weight), word));
        names.truncate(4000);
        names.into_iter().map(|(_, word)| dictionary.word_text(word)).collect::<Vec<_>>()
    };
    let given = weighed(|d, word| d.given_weight(word));
    let surnames = weighed(|d, word| d.surname_weight(word));
    // Diagonals through the square of both, so that every name of either is used alike.
    let names = (0..given.len()).flat_map(|shift| {
        let surnames = &surnames;
        let pairs = given.iter().enumerate();
        pairs.map(move |(at, given)| format!("{given} {}", surnames[(at * 7 + shift) % surnames.len()]))
    });
    names.take(count).collect()
}

/// From a file to the first name found; `tell` prints how large each part of the image is.
fn open(path: &Path, people: &[String], tell: bool) -> Duration {
    // Time of this thread: what else runs beside it does not count.
    let start = ThreadTime::now();
    let lists = Lists::open(path).expect("it was just written");
    let dictionary = lists.dictionary().expect("it was just opened");
    let given = people[0].split(' ').next().expect("a given name").to_lowercase();
    assert_ne!(dictionary.probe(hash_folded(&given)).0, 0);
    let time = start.elapsed();
    if tell {
        println!("{:<44}{:>12}{:>14}", "section", "rows", "bytes");
        for section in dictionary.sections() {
            println!("{:<44}{:>12}{:>14}", section.name, section.rows, section.bytes);
        }
        println!("{} names", dictionary.patterns().len());
    }
    time
}

fn megabytes(bytes: usize) -> f64 {
    bytes as f64 / 1e6
}
