//! What a page says of its article: title and publication date.

use super::text::Start;
use serde_json::Value;

/// Ways to say the title, from the surest.
const TITLES: [&str; 3] = ["og:title", "twitter:title", "dc.title"];

/// Names of `meta` elements that hold the publication date, from the surest.
const DATES: [&str; 18] = [
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "og:published_time",
    "parsely-pub-date",
    "sailthru.date",
    "pubdate",
    "publishdate",
    "publish-date",
    "publish_date",
    "publication_date",
    "article.published",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dcterms.date",
    "dc.date",
    "date",
];

/// Longest description in JSON that is read, in bytes.
const LONGEST_JSON: usize = 1 << 20;

/// Collects it as the tags come by.
#[derive(Debug, Default)]
pub(super) struct Head {
    /// By [`TITLES`]; then the first heading and the title of the page.
    titles: [Option<String>; TITLES.len()],
    heading: Option<String>,
    page_title: Option<String>,
    /// By [`DATES`]; then that of a `time` element.
    dates: [Option<String>; DATES.len()],
    time: Option<String>,
    /// Headline and date of a description in JSON.
    headline: Option<String>,
    date_published: Option<String>,
    inside: Inside,
    text: String,
}

/// The element whose text is collected.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Inside {
    #[default]
    Nothing,
    Title,
    Heading,
    Json,
}

impl Head {
    pub fn begin(&mut self, start: &Start) {
        let inside = match &start.name[..] {
            b"title" if self.page_title.is_none() => Inside::Title,
            b"h1" if self.heading.is_none() => Inside::Heading,
            b"script" if start.get("type").is_some_and(|t| t.eq_ignore_ascii_case("application/ld+json")) => {
                Inside::Json
            }
            b"meta" => {
                self.meta(start);
                return;
            }
            b"time" => {
                let datetime = start.get("datetime").filter(|value| !value.trim().is_empty());
                let is_sure = start.get("pubdate").is_some() || start.get("itemprop") == Some("datePublished");
                if is_sure || self.time.is_none() {
                    self.time = datetime.map(str::to_owned).or(self.time.take());
                }
                return;
            }
            _ => return,
        };
        self.inside = inside;
        self.text.clear();
    }

    fn meta(&mut self, start: &Start) {
        let Some(content) = start.get("content").map(str::trim).filter(|content| !content.is_empty()) else { return };
        for key in ["property", "name", "itemprop"].iter().filter_map(|key| start.get(key)) {
            let put = |names: &[&str], values: &mut [Option<String>]| {
                if let Some(at) = names.iter().position(|name| name.eq_ignore_ascii_case(key)) {
                    values[at].get_or_insert_with(|| content.to_owned());
                }
            };
            put(&TITLES, &mut self.titles);
            put(&DATES, &mut self.dates);
        }
    }

    pub fn string(&mut self, text: &str) {
        if self.inside != Inside::Nothing && self.text.len() < LONGEST_JSON {
            self.text.push_str(text);
        }
    }

    pub fn end(&mut self, name: &[u8]) {
        match (self.inside, name) {
            (Inside::Title, b"title") => self.page_title = one_line(&self.text),
            (Inside::Heading, b"h1") => self.heading = one_line(&self.text),
            (Inside::Json, b"script") => {
                if let Ok(description) = serde_json::from_str(&self.text) {
                    self.describe(&description, 0);
                }
            }
            _ => return,
        }
        self.inside = Inside::Nothing;
    }

    /// Reads a description of schema.org.
    fn describe(&mut self, value: &Value, depth: usize) {
        match value {
            Value::Array(list) if depth < 4 => list.iter().for_each(|value| self.describe(value, depth + 1)),
            Value::Object(object) => {
                let is_article = |kind: &Value| {
                    kind.as_str().is_some_and(|kind| kind.ends_with("Article") || kind.ends_with("Posting"))
                };
                let kind = object.get("@type");
                let kinds = kind.and_then(Value::as_array);
                if kind.is_some_and(is_article) || kinds.is_some_and(|kinds| kinds.iter().any(is_article)) {
                    let string = |key: &str| object.get(key).and_then(Value::as_str);
                    if self.headline.is_none() {
                        self.headline = string("headline").and_then(one_line);
                    }
                    if self.date_published.is_none() {
                        self.date_published = string("datePublished").map(str::to_owned);
                    }
                }
                for key in ["@graph", "mainEntity"] {
                    if let Some(inner) = object.get(key).filter(|_| depth < 4) {
                        self.describe(inner, depth + 1);
                    }
                }
            }
            _ => {}
        }
    }

    /// The title of the article. That of the page comes last, since the name of the paper stands in it.
    pub fn title(&mut self) -> Option<String> {
        let told = self.headline.take().or_else(|| self.titles.iter_mut().find_map(Option::take));
        let title = told.or(self.heading.take()).or(self.page_title.take())?;
        // Titles in attributes and JSON are often escaped once more.
        Some(super::line(&title).unwrap_or(title))
    }

    /// The publication date, as written.
    pub fn published(&mut self) -> Option<String> {
        let date = self.date_published.take().or_else(|| self.dates.iter_mut().find_map(Option::take));
        date.or(self.time.take())
    }
}

/// The text with its white space as single spaces, unless there is nothing else.
fn one_line(text: &str) -> Option<String> {
    let words: Vec<_> = text.split_whitespace().collect();
    (!words.is_empty()).then(|| words.join(" "))
}
