//! `gazetteer find`: the names of the lists in articles, without the rest of the pipeline.
//!
//! A line an article: `{"id":…,"names":[{"start":…,"end":…,"text":…,"name":…,"type":…},…]}`. Places are counted in code
//! points of the text as received; what a name stands for is its likeliest reading by itself, as `gazetteer lookup` ranks
//! them, whatever stands around it.

use std::process::ExitCode;

use dateline::Result;
use dateline::dictionary::{Case, Dictionary, Kind, is_in_capitals};
use dateline::gazetteer::{Found, Search};
use dateline::ingest::Article;
use dateline::pipeline::Clock;
use dateline::stream::Told;
use serde::Serialize;

use super::super::args::{Cli, Records};
use super::super::dry_run;
use super::super::records::{self, Job};

#[derive(Serialize)]
struct Line<'a> {
    id: &'a str,
    names: Vec<Name<'a>>,
}

#[derive(Serialize)]
struct Name<'a> {
    start: usize,
    end: usize,
    text: &'a str,
    /// The entry's main name.
    name: &'a str,
    #[serde(rename = "type")]
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    country: Option<String>,
    #[serde(skip_serializing_if = "str::is_empty")]
    list_id: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    list: &'a str,
}

pub fn run(cli: &Cli, args: &Records) -> Result<ExitCode> {
    let inputs = records::inputs(cli, args)?;
    if args.watch.dry_run {
        return dry_run::run(args, &inputs);
    }
    let lists = args.lists.open_for(inputs.bytes())?;
    let dictionary = lists.dictionary()?;
    let search = Search::new(&dictionary)?;
    let version = format!("{:016x}", dictionary.stamp());
    let clock = Clock::default();
    let job = Job { inputs: &inputs, version, surveyor: None, clock: &clock, only: None };
    records::stream(cli, args, &job, || {
        let mut seeker = search.seeker();
        let dictionary = &dictionary;
        move |article: &Article<'_>, out: &mut Vec<u8>| {
            write(dictionary, article, seeker.find(&article.body), out);
            Told::default()
        }
    })
}

fn write(dictionary: &Dictionary<'_>, article: &Article<'_>, found: &[Found], out: &mut Vec<u8>) {
    let (mut points, mut counted) = (0, 0);
    let mut point = |byte: u32| {
        points += article.body[counted..byte as usize].chars().count();
        counted = byte as usize;
        points
    };
    let mut names = Vec::with_capacity(found.len());
    for found in found {
        let (start, end) = (point(found.span.start()), point(found.span.end()));
        let text = found.span.of(&article.body);
        let ranked = dictionary.ranked(found.surface);
        // What is written in capitals only is not meant by the same letters in others.
        let is_meant = |case: Case| case < Case::AllCapitals || is_in_capitals(text);
        let Some(likeliest) = ranked.iter().find(|ranked| is_meant(ranked.reading.case())).or(ranked.first()) else {
            continue;
        };
        let number = likeliest.reading.entry();
        let (entry, user) = (dictionary.entry(number), dictionary.user(number));
        let kind = user.map_or_else(|| label(entry.kind, entry.sort), |user| user.kind.label());
        let (list_id, list) = user.map_or(("", ""), |user| (user.id, user.list));
        let country = entry.country().map(str::to_owned);
        names.push(Name { start, end, text, name: entry.name, kind, country, list_id, list });
    }
    serde_json::to_writer(&mut *out, &Line { id: &article.id, names }).expect("strings and numbers go into a vector");
    out.push(b'\n');
}

/// What records call such an entry.
fn label(kind: Kind, sort: &str) -> &'static str {
    match kind {
        Kind::Country | Kind::Admin1 | Kind::County | Kind::City => "GPE",
        Kind::Region if sort == "GPE" => "GPE",
        Kind::Region | Kind::Physical => "LOC",
        Kind::Demonym => "NORP",
        Kind::Organisation => "ORG",
        Kind::Title => "TITLE",
        Kind::User => "",
    }
}
