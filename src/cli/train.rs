//! `dateline train`: the tagger's weights from articles in which all names are marked.

use std::fs;
use std::io::{self, Write};

use dateline::entities::tagger::{self, Answer, Tagging};
use dateline::ingest::Article;
use dateline::pipeline::{Options, Pipeline};
use dateline::{Error, Result};
use serde::Deserialize;

use super::args::Train;

/// An article to learn from.
#[derive(Deserialize)]
struct Marked {
    text: String,
    published: Option<String>,
    entities: Vec<MarkedName>,
}

/// A name in it; `start` and `end` count code points.
#[derive(Deserialize)]
struct MarkedName {
    start: usize,
    end: usize,
    #[serde(rename = "type")]
    kind: String,
}

/// Reads the articles and writes the table.
pub fn run(train: &Train) -> Result<()> {
    let lists = train.lists.open()?;
    let options = Options { tagging: Tagging::Learns, ..Options::default() };
    let pipeline = Pipeline::with_lists(&lists, options)?;
    let mut worker = pipeline.worker();
    let mut seen = Vec::new();
    for path in &train.files {
        let body = fs::read_to_string(path).map_err(|e| Error::from(e).at(path, 0))?;
        for (number, line) in (1..).zip(body.lines()).filter(|(_, line)| !line.trim().is_empty()) {
            if train.apart.is_some_and(|(kept, all)| (number as usize - 1) % all == kept) {
                continue;
            }
            let marked: Marked =
                serde_json::from_str(line).map_err(|e| Error::usage(e.to_string()).at(path, number))?;
            let name = |name: &MarkedName| (name.start, name.end, Answer::of_label(&name.kind));
            let names: Vec<_> = marked.entities.iter().map(name).collect();
            let article =
                Article { body: marked.text.into(), published: marked.published.map(Into::into), ..Article::default() };
            worker.learn(&article, &names, &mut seen);
        }
    }
    let table = format!(
        "# what: weights of the tagger, in hundredths of a logarithm of odds; made by dateline train\n\
         # columns: family\tfeature\tnothing\tperson\torganisation\tplace\n\
         # source: {}\n# licence: {}\n# date: {}\n{}",
        train.source,
        train.licence,
        train.date,
        tagger::train(&seen)
    );
    match &train.output {
        Some(path) => fs::write(path, table).map_err(|e| Error::from(e).at(path, 0)),
        None => Ok(io::stdout().write_all(table.as_bytes())?),
    }
}
