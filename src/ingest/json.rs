//! Makes an article of one JSON line.
//!
//! Every dump names its fields differently, and most of a line is fields that nobody asked for. So the line is walked
//! once: a wanted value is borrowed from it (copied only where it holds escapes), everything else is stepped over
//! without being built. serde_json walks it; lines of the usual kind are read quicker, to the same values (`quick.rs`).

use std::borrow::Cow;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

use super::dead::{Reason, Reject};
use super::mend::mend;
use super::{Article, Options, decode, html, quick};

const ID: usize = 0;
const TEXT: usize = 1;
const TITLE: usize = 2;
const PUBLISHED: usize = 3;

/// The usual names of each field, the strongest first. Case does not count.
const USUAL: [&[&str]; 4] = [
    &["id", "doc_id", "document_id", "article_id", "docid", "_id", "uid", "uuid", "guid", "url", "link"],
    &["text", "content", "body", "maintext", "article", "article_text", "full_text", "fulltext"],
    &["title", "headline", "title_page"],
    &[
        "published",
        "date_publish",
        "date_published",
        "pub_date",
        "pubdate",
        "published_at",
        "publication_date",
        "publish_date",
        "published_date",
        "publishedat",
        "date",
        "timestamp",
    ],
];

/// Which keys of a JSON object hold the id, the text, the title and the date.
#[derive(Clone, Debug)]
pub struct Fields {
    names: [Name; 4],
    max_record: usize,
}

#[derive(Clone, Debug)]
enum Name {
    /// The usual ones, and the [`look`] of each.
    Usual(&'static [&'static str], u64),
    /// As given, and cut at its dots.
    Given(String, Vec<String>),
}

impl Fields {
    /// The keys that the options name, and the usual ones for the rest.
    pub fn new(options: &Options) -> Self {
        let given = [&options.id, &options.text, &options.title, &options.published];
        let name = |field: usize| match given[field] {
            Some(name) => Name::Given(name.clone(), name.split('.').map(str::to_owned).collect()),
            None => Name::Usual(USUAL[field], USUAL[field].iter().fold(0, |looks, name| looks | look(name))),
        };
        Fields { names: [name(ID), name(TEXT), name(TITLE), name(PUBLISHED)], max_record: options.max_record }
    }

    /// The article in a JSON line, without `source`, and without `id` where the line has none.
    ///
    /// Of a repeated key the last one counts. A key with `null` or with something else than a string or a number is
    /// as good as absent.
    ///
    /// # Errors
    /// The line is not UTF-8, not a JSON object, or holds no text.
    pub fn article<'a>(&self, line: &'a [u8]) -> Result<Article<'a>, Reject> {
        if let Some(found) = quick::find(self, line) {
            return self.assemble(found);
        }
        let line = match std::str::from_utf8(line) {
            Ok(line) => line,
            Err(e) => return self.decoded(line).ok_or_else(|| Reject::new(Reason::BadUtf8, e.to_string())),
        };
        match self.find(line) {
            Ok(found) => self.assemble(found),
            Err(refused) => {
                let mended = mend(line).and_then(|mended| {
                    let article = self.assemble(self.find(&mended).ok()?);
                    Some(article.map(Article::into_owned))
                });
                let mut article = mended.ok_or_else(|| Reject::new(Reason::BadJson, refused.to_string()))??;
                article.warnings.push("mended_json");
                Ok(article)
            }
        }
    }

    /// The keys of a line under which id, text, title and date stand.
    pub(super) fn keys(&self, line: &[u8]) -> [Option<String>; 4] {
        let Ok(Value::Object(object)) = serde_json::from_slice(line) else { return Default::default() };
        let is_held = |value: &Value| value.is_string() || value.is_number();
        self.names.each_ref().map(|name| match name {
            Name::Usual(names, _) => {
                let held =
                    |name: &&str| object.iter().find(|(key, value)| key.eq_ignore_ascii_case(name) && is_held(value));
                names.iter().find_map(held).map(|(key, _)| key.clone())
            }
            Name::Given(name, parts) => {
                let inside = || parts[1..].iter().try_fold(object.get(&parts[0])?, |value, part| value.get(part));
                object.get(name).or_else(inside).filter(|value| is_held(value)).map(|_| name.clone())
            }
        })
    }

    /// The article of a line that is not UTF-8, though JSON must be: a few bytes are no reason to lose it.
    fn decoded(&self, line: &[u8]) -> Option<Article<'static>> {
        let (line, warning) = decode(line);
        let mut article = self.assemble(self.find(&line).ok()?).ok()?.into_owned();
        article.warnings.extend(warning);
        Some(article)
    }

    /// What a line holds, as serde_json reads it.
    pub(super) fn find<'a>(&self, line: &'a str) -> Result<Found<'a>, serde_json::Error> {
        let mut found = Found::default();
        let mut json = serde_json::Deserializer::from_str(line);
        json.deserialize_map(Object { fields: self, depth: 0, open: [true; 4], found: &mut found })?;
        json.end()?;
        Ok(found)
    }

    /// Longest document, in bytes.
    pub(super) fn max_record(&self) -> usize {
        self.max_record
    }

    /// Which of these columns of a table hold the fields.
    ///
    /// # Errors
    /// None holds a text.
    pub(super) fn columns<'c>(&self, names: impl Iterator<Item = &'c str>) -> Result<[Option<usize>; 4], Reject> {
        let mut found = [None; 4];
        let mut ranks = [usize::MAX; 4];
        for (column, name) in names.enumerate() {
            let given = |n: &Name| matches!(n, Name::Given(given, _) if given == name.trim());
            let fields = self.names.iter().position(given).map(|field| (field, 0));
            let usual = || match self.step(name.trim(), 0, [true; 4]) {
                Step::Take { field, rank } => Some((field, rank)),
                _ => None,
            };
            if let Some((field, rank)) = fields.or_else(usual).filter(|(field, rank)| *rank < ranks[*field]) {
                (found[field], ranks[field]) = (Some(column), rank);
            }
        }
        if found[TEXT].is_some() { Ok(found) } else { Err(self.no_text("column")) }
    }

    /// The article in a row of a table, of which the values of the four fields are given.
    pub(super) fn row<'a>(&self, values: [Option<Cow<'a, str>>; 4]) -> Result<Article<'a>, Reject> {
        let mut found = Found::default();
        for (field, value) in values.into_iter().enumerate() {
            found.put(field, 0, value);
        }
        self.assemble(found)
    }

    fn no_text(&self, key: &str) -> Reject {
        let message = match &self.names[TEXT] {
            Name::Given(name, _) => format!("no string under the {key} `{name}`"),
            Name::Usual(names, _) => format!("no string under any of the {key}s {}", names.join(", ")),
        };
        Reject::new(Reason::MissingField, message)
    }

    fn assemble<'a>(&self, found: Found<'a>) -> Result<Article<'a>, Reject> {
        let [id, text, title, published] = found.values;
        let body = text.ok_or_else(|| self.no_text("key"))?;
        let id = id.unwrap_or_default();
        let mut article = Article { id, body, title, published, ..Article::default() };
        if html::begins_as_page(&article.body) {
            html::put_page(&mut article);
        } else if let Some(text) = html::field(&article.body) {
            article.body = Cow::Owned(text);
            article.warnings.push("html");
        }
        if let Some(line) = article.title.as_deref().and_then(html::line) {
            article.title = Some(Cow::Owned(line));
        }
        Ok(article)
    }

    /// What to do with the value of `key`, `depth` objects deep, for the fields still `open` here.
    pub(super) fn step(&self, key: &str, depth: usize, open: [bool; 4]) -> Step {
        let (mut inside, own) = ([false; 4], look(key));
        for (field, name) in self.names.iter().enumerate().filter(|(field, _)| open[*field]) {
            match name {
                Name::Usual(names, looks) if depth == 0 && looks & own != 0 => {
                    if let Some(rank) = names.iter().position(|name| name.eq_ignore_ascii_case(key)) {
                        return Step::Take { field, rank };
                    }
                }
                Name::Given(name, _) if depth == 0 && name == key => return Step::Take { field, rank: 0 },
                Name::Given(_, parts) if parts[depth] == key => {
                    if depth + 1 == parts.len() {
                        return Step::Take { field, rank: 0 };
                    }
                    inside[field] = true;
                }
                _ => {}
            }
        }
        if inside == [false; 4] { Step::Skip } else { Step::Enter(inside) }
    }
}

/// One of 64 bits, by a key's length and first letter, whatever its case: a key that has none of a field's bits is no
/// name of that field.
fn look(key: &str) -> u64 {
    let first = key.bytes().next().map_or(0, |byte| usize::from(byte | 0x20));
    1 << ((first * 5 + key.len()) % 64)
}

/// Whether texts are usually found under this name.
pub(super) fn is_text_name(name: &str) -> bool {
    USUAL[TEXT].iter().any(|usual| usual.eq_ignore_ascii_case(name))
}

/// What to do with a value.
pub(super) enum Step {
    Skip,
    Take { field: usize, rank: usize },
    Enter([bool; 4]),
}

/// The wanted values of a line, and how strong the names are that they stood under.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Found<'a> {
    values: [Option<Cow<'a, str>>; 4],
    ranks: [usize; 4],
}

impl<'a> Found<'a> {
    /// A stronger name beats a weaker one, the same name said again beats the earlier one.
    pub fn put(&mut self, field: usize, rank: usize, value: Option<Cow<'a, str>>) {
        // An empty id names nothing; the position does.
        let value = value.filter(|value| field != ID || !value.is_empty());
        let held = self.values[field].is_some();
        if held && rank > self.ranks[field] || value.is_none() && rank != self.ranks[field] {
            return;
        }
        self.values[field] = value;
        self.ranks[field] = rank;
    }
}

/// Walks one object. Anything but an object where a dotted name expects one holds nothing.
struct Object<'f, 'v, 'de> {
    fields: &'f Fields,
    depth: usize,
    open: [bool; 4],
    found: &'v mut Found<'de>,
}

impl<'de> Visitor<'de> for Object<'_, '_, 'de> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let Object { fields, depth, open, found } = self;
        while let Some(step) = map.next_key_seed(Key { fields, depth, open })? {
            match step {
                Step::Skip => drop(map.next_value::<IgnoredAny>()?),
                Step::Take { field, rank } => {
                    found.put(field, rank, map.next_value_seed(Leaf)?);
                }
                Step::Enter(inside) => {
                    map.next_value_seed(Object { fields, depth: depth + 1, open: inside, found: &mut *found })?;
                }
            }
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(())
    }

    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }
}

impl<'de> DeserializeSeed<'de> for Object<'_, '_, 'de> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, value: D) -> Result<(), D::Error> {
        value.deserialize_any(self)
    }
}

struct Key<'f> {
    fields: &'f Fields,
    depth: usize,
    open: [bool; 4],
}

impl<'de> DeserializeSeed<'de> for Key<'_> {
    type Value = Step;

    fn deserialize<D: Deserializer<'de>>(self, key: D) -> Result<Step, D::Error> {
        key.deserialize_str(self)
    }
}

impl Visitor<'_> for Key<'_> {
    type Value = Step;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E>(self, key: &str) -> Result<Step, E> {
        Ok(self.fields.step(key, self.depth, self.open))
    }
}

/// A wanted value: a string or a number, else nothing.
struct Leaf;

impl<'de> DeserializeSeed<'de> for Leaf {
    type Value = Option<Cow<'de, str>>;

    fn deserialize<D: Deserializer<'de>>(self, value: D) -> Result<Self::Value, D::Error> {
        value.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Leaf {
    type Value = Option<Cow<'de, str>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Some(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Some(Cow::Owned(text.to_owned())))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Self::Value, E> {
        Ok(Some(Cow::Owned(number.to_string())))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Self::Value, E> {
        Ok(Some(Cow::Owned(number.to_string())))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Self::Value, E> {
        Ok(Some(Cow::Owned(number.to_string())))
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(None)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> (String, String) {
        let article = Fields::new(&Options::default()).article(line.as_bytes()).expect("an article");
        (article.id.into_owned(), article.body.into_owned())
    }

    fn reason(line: &[u8]) -> Reason {
        Fields::new(&Options::default()).article(line).expect_err("a reject").reason
    }

    #[test]
    fn usual_names_are_found() {
        let cases = [
            (r#"{"id":"a","text":"t"}"#, "a", "t"),
            (r#"{"id":7,"content":"t"}"#, "7", "t"),
            (r#"{"ID":-7,"Body":"t"}"#, "-7", "t"),
            (r#"{"url":"u","maintext":"t","id":"a"}"#, "a", "t"),
            (r#"{"id":"a","url":"u","text":"t"}"#, "a", "t"),
            (r#"{"id":null,"url":"u","text":"t"}"#, "u", "t"),
            (r#"{"id":"","text":"t"}"#, "", "t"),
            (r#"{"_id":{"$oid":"x"},"text":"t"}"#, "", "t"),
            (r#"{"text":{"no":1},"body":"t"}"#, "", "t"),
            (r#"{"text":"first","text":"last"}"#, "", "last"),
            (r#"{"x":[1,{"text":"deep"}],"text":"a\nb \ud83d\ude00"}"#, "", "a\nb 😀"),
            (r#"{"text":"cut \ud83d","n":NaN}"#, "", "cut \u{fffd}"),
            (r#"{"text":"<p>one\ntwo</p><p>three</p>"}"#, "", "one two\n\nthree"),
            (r#"{"text":"<html><title>x</title><p>one</p>"}"#, "", "one"),
            ("{\"text\":\"nul \\u0000 kept\"}\r", "", "nul \0 kept"),
        ];
        for (line, id, body) in cases {
            assert_eq!(read(line), (id.to_owned(), body.to_owned()), "{line}");
        }
    }

    #[test]
    fn every_defect_has_its_reason() {
        assert_eq!(reason(b"{\"text\":\"\xff\""), Reason::BadUtf8);
        assert_eq!(reason(b"{\"text\":\"a\""), Reason::BadJson);
        assert_eq!(reason(b"{\"text\":\"a\"} {}"), Reason::BadJson);
        assert_eq!(reason(b"[1]"), Reason::BadJson);
        assert_eq!(reason(b"{\"text\":\"a\",\"text\":null}"), Reason::MissingField);
        assert_eq!(reason(b"{\"title\":\"a\"}"), Reason::MissingField);
    }

    #[test]
    fn a_line_is_not_lost_over_a_few_bytes() {
        let fields = Fields::new(&Options::default());
        let article = fields.article(b"{\"text\":\"\xc3\xa9t\xc3\xa9 \xff\"}").expect("an article");
        assert_eq!((&*article.body, &article.warnings[..]), ("été \u{fffd}", &["bad_utf8"][..]));
        let article = fields.article(b"{\"text\":\"caf\xe9\"}").expect("an article");
        assert_eq!((&*article.body, &article.warnings[..]), ("café", &["windows_1252"][..]));
    }

    #[test]
    fn named_fields_reach_inside_objects() {
        let options = Options {
            text: Some("doc.parts.main".into()),
            id: Some("doc.id".into()),
            title: Some("a.b".into()),
            ..Options::default()
        };
        let line = br#"{"text":"no","doc":{"id":3,"parts":{"main":"yes"}},"a.b":"T","date":"2026-01-02"}"#;
        let article = Fields::new(&options).article(line).expect("an article");
        assert_eq!((&*article.id, &*article.body), ("3", "yes"));
        assert_eq!((article.title.as_deref(), article.published.as_deref()), (Some("T"), Some("2026-01-02")));
        let flat = br#"{"text":"no","doc":"scalar"}"#;
        assert_eq!(Fields::new(&options).article(flat).expect_err("a reject").reason, Reason::MissingField);
    }

    #[test]
    fn a_text_without_escapes_is_borrowed() {
        let article = Fields::new(&Options::default()).article(br#"{"text":"plain"}"#).expect("an article");
        assert!(matches!(article.body, Cow::Borrowed("plain")));
    }
}
