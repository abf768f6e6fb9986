//! Makes text of HTML: of a whole page, or of a field that holds markup.
//!
//! html5gum cuts it into tags and strings, with references decoded, exactly as the HTML standard says; no tree is built,
//! since a text needs only to know where paragraphs end, and so a page nested a million deep costs what a flat one does.
//!
//! On the way out:
//!
//! * white space of the source, line breaks too, is one space, never nothing;
//! * elements that stand apart on a page stand apart in the text: paragraphs by an empty line, rows and items by a line
//!   break, cells by a tab; those inside a line leave no trace;
//! * what a reader of the page does not see is not in the text.

mod head;
mod tags;
mod text;

use super::Article;
use head::Head;
use std::borrow::Cow;
use tags::Markup;
use text::{Layout, Writer};

/// Puts the article of a whole page in the place of its body, and its title and date where no field gave them.
pub(super) fn put_page(article: &mut Article<'_>) {
    let Page { text, title, published } = page(&article.body);
    article.body = Cow::Owned(text);
    article.title = article.title.take().or(title.map(Cow::Owned));
    article.published = article.published.take().or(published.map(Cow::Owned));
    article.warnings.push("html");
}

/// What a page holds.
struct Page {
    text: String,
    title: Option<String>,
    /// The publication date, as the page writes it.
    published: Option<String>,
}

fn page(source: &str) -> Page {
    let mut head = Head::default();
    let text = Writer::new(Layout::Flow, Some(&mut head)).write(source);
    Page { text, title: head.title(), published: head.published() }
}

/// The text of a field that holds markup; none when it holds none.
pub(super) fn field(source: &str) -> Option<String> {
    // Without these there is no markup, nor was there any.
    memchr::memchr2(b'<', b'&', source.as_bytes())?;
    let source = unescaped(source);
    let layout = match Markup::of(&source) {
        Markup::None => return None,
        // Without elements for them, paragraphs are told by line breaks.
        Markup::Inline => Layout::Lines,
        Markup::Block => Layout::Flow,
    };
    Some(Writer::new(layout, None).write(&source))
}

/// A line of text, a title, without references and markup.
pub(super) fn line(source: &str) -> Option<String> {
    memchr::memchr2(b'&', b'<', source.as_bytes())?;
    let is_markup = Markup::of(source) != Markup::None;
    if !is_markup && !source.contains(';') {
        return None;
    }
    Some(Writer::new(Layout::Flow, None).write(source)).filter(|text| !text.is_empty())
}

/// A field whose markup was escaped as if it were text (`&lt;p&gt;`), as feeds have it.
fn unescaped(source: &str) -> Cow<'_, str> {
    let is_escaped =
        memchr::memchr(b'<', source.as_bytes()).is_none() && memchr::memmem::find(source.as_bytes(), b"&lt;").is_some();
    if is_escaped { Cow::Owned(Writer::new(Layout::Kept, None).write(source)) } else { Cow::Borrowed(source) }
}

/// Whether a document begins as a page does.
pub(super) fn begins_as_page(text: &str) -> bool {
    let mut rest = text.trim_start();
    for (begin, end) in [("<?xml", "?>"), ("<!--", "-->")] {
        if rest.starts_with(begin) {
            rest = rest.find(end).map_or(rest, |at| rest[at + end.len()..].trim_start());
        }
    }
    let begins = |tag: &str| {
        rest.get(..tag.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(tag))
            && rest[tag.len()..].starts_with(|c: char| c == '>' || c.is_ascii_whitespace())
    };
    ["<!doctype", "<html", "<head", "<body"].into_iter().any(begins)
}

#[cfg(test)]
mod tests;
