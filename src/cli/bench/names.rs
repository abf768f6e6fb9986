//! How fast names are found, when there are very many of them.
//!
//! The names are put beside the words that the shipped lists have counted, since a dictionary without common words would
//! not be one. Measured are the search of a text that is not cut ([`Search`]), all it does included; the pipeline's way
//! to the same names, which cuts all tokens and tells what they are; and a bare aho-corasick over the same names and the
//! same text, leftmost-longest, which minds case and does not even look where words end.

use std::io::Write;
use std::time::{Duration, Instant};

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use dateline::dictionary::compile::{Builder, Counts, NewEntry};
use dateline::dictionary::{Case, Dictionary, Image, Kind, class};
use dateline::gazetteer::{self, Finder, Search};
use dateline::ingest::Article;
use dateline::token::{Tokens, hash_folded};
use dateline::{Error, Result};
use serde_json::{Value, json};

use super::super::generate;
use super::{Stage, measure};

/// What was measured with one number of names.
struct Row {
    names: usize,
    /// Bytes of the compiled lists, and the time to open them.
    image: usize,
    open: Duration,
    /// To find names in the text; to cut tokens, tell what they are and find names in them; to search with aho-corasick; to
    /// build that search.
    seek: Duration,
    find: Duration,
    search: Duration,
    build: Duration,
    tokens: usize,
}

impl Row {
    fn ratio(&self) -> f64 {
        self.search.as_secs_f64() / self.seek.as_secs_f64()
    }

    fn per_token(&self, time: Duration) -> f64 {
        time.as_secs_f64() * 1e9 / self.tokens as f64
    }
}

/// Measures with each of these numbers of names and writes a table or JSON.
pub fn run(counts: &[u32], articles: &[Article<'_>], rounds: usize, json: bool) -> Result<()> {
    let mut rows = Vec::new();
    for &count in counts {
        rows.push(row(&generate::names(count as usize)?, articles, rounds)?);
    }
    let mut out = std::io::stdout().lock();
    if json {
        writeln!(out, "{:#}", rows.iter().map(report).collect::<Value>())?;
    } else {
        table(&mut out, &rows)?;
    }
    Ok(())
}

fn row(names: &[String], articles: &[Article<'_>], rounds: usize) -> Result<Row> {
    let image = compile(names)?;
    let start = Instant::now();
    let dictionary = Dictionary::open(&image)?;
    let open = start.elapsed();
    let start = Instant::now();
    let searcher = AhoCorasick::builder()
        .kind(Some(AhoCorasickKind::ContiguousNFA))
        .match_kind(MatchKind::LeftmostLongest)
        .build(names)
        .map_err(|e| Error::usage(format!("aho-corasick: {e}")))?;
    let build = start.elapsed();
    let own = Search::new(&dictionary)?;
    let mut seeker = own.seeker();
    let mut seek = |article: &Article<'_>| seeker.find(&article.body).len();
    let (mut tokens, mut finder, mut matches) = (Tokens::default(), Finder::default(), Vec::new());
    let count = |article: &Article<'_>| {
        tokens.tokenize(&article.body);
        tokens.len()
    };
    let count = articles.iter().map(count).sum();
    let mut find = |article: &Article<'_>| {
        tokens.tokenize(&article.body);
        dictionary.annotate(&mut tokens);
        finder.find(&dictionary, &tokens, &mut matches);
        matches.len()
    };
    let search = |article: &Article<'_>| searcher.find_iter(&*article.body).count();
    if articles.iter().map(&mut seek).sum::<usize>() != articles.iter().map(&mut find).sum::<usize>() {
        return Err(Error::lost("the search of texts and that of tokens did not find the same names"));
    }
    let stages: Vec<Stage<'_>> = vec![
        ("text".into(), Box::new(move || articles.iter().map(&mut seek).sum())),
        ("tokens".into(), Box::new(move || articles.iter().map(&mut find).sum())),
        ("aho-corasick".into(), Box::new(move || articles.iter().map(search).sum())),
    ];
    let times = measure(stages, rounds)?;
    let [(_, seek), (_, find), (_, search)] = times.try_into().expect("three measures give three times");
    Ok(Row { names: names.len(), image: image.len(), open, seek, find, search, build, tokens: count })
}

/// An image of these names and the words that the shipped lists have counted.
fn compile(names: &[String]) -> Result<Image> {
    let shipped = Dictionary::open(gazetteer::shipped())?;
    let mut builder = Builder::new();
    for number in 0..shipped.word_count() as u32 {
        let Some(word) = shipped.word(number).filter(|word| word.count > 0) else { continue };
        let text = shipped.word_text(number);
        let (bits, _) = shipped.probe(hash_folded(&text.to_lowercase()));
        let counts = Counts { count: word.count, lower: word.lower, capital: word.capital, level: word.level };
        builder.add_lexicon(text, counts, bits & class::LEXICON != 0, bits & class::COMMON != 0);
    }
    for name in names {
        let entry = builder.add_entry(&NewEntry::new(name, Kind::User));
        builder.add_name(name, entry, Case::Capital, 0);
    }
    builder.finish()
}

fn report(row: &Row) -> Value {
    json!({
        "names": row.names,
        "image_bytes": row.image,
        "open_ms": row.open.as_secs_f64() * 1e3,
        "search_ns_per_token": row.per_token(row.seek),
        "tokens_and_names_ns_per_token": row.per_token(row.find),
        "aho_corasick_ns_per_token": row.per_token(row.search),
        "aho_corasick_build_seconds": row.build.as_secs_f64(),
        "search_to_aho_corasick": row.ratio(),
    })
}

fn table(out: &mut dyn Write, rows: &[Row]) -> std::io::Result<()> {
    writeln!(out, "ns a token; by tokens: cut, told of, and names found in them; ratio: aho-corasick to search")?;
    writeln!(
        out,
        "{:>9}{:>11}{:>10}{:>9}{:>11}{:>14}{:>16}{:>8}",
        "names", "image MB", "open ms", "search", "by tokens", "aho-corasick", "its build s", "ratio"
    )?;
    for row in rows {
        writeln!(
            out,
            "{:>9}{:>11.1}{:>10.1}{:>9.1}{:>11.1}{:>14.1}{:>16.1}{:>8.2}",
            row.names,
            row.image as f64 / 1e6,
            row.open.as_secs_f64() * 1e3,
            row.per_token(row.seek),
            row.per_token(row.find),
            row.per_token(row.search),
            row.build.as_secs_f64(),
            row.ratio(),
        )?;
    }
    Ok(())
}
