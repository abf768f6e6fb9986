//! The text between the tags.

use super::head::Head;
use super::tags::{Tag, is_void};
use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span, Tokenizer};
use std::convert::Infallible;
use std::ops::Range;

/// What white space of the source means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Layout {
    /// A space, whatever it is.
    Flow,
    /// Line breaks count.
    Lines,
    /// All of it counts, and tags are not expected.
    Kept,
}

/// What stands between two words, from little to much.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    None,
    Space,
    Cell,
    Line,
    Paragraph,
}

impl Gap {
    fn text(self) -> &'static str {
        match self {
            Gap::None => "",
            Gap::Space => " ",
            Gap::Cell => "\t",
            Gap::Line => "\n",
            Gap::Paragraph => "\n\n",
        }
    }
}

/// Shortest stretch, in bytes, that is taken for the article alone; a shorter one is a teaser.
const SHORTEST_ARTICLE: usize = 250;

/// A start tag with the attributes that count.
#[derive(Debug, Default)]
pub(super) struct Start {
    pub name: Vec<u8>,
    pub attributes: Vec<(Vec<u8>, String)>,
}

impl Start {
    /// The value of an attribute.
    pub fn get(&self, key: &str) -> Option<&str> {
        self.attributes.iter().find(|(name, _)| name == key.as_bytes()).map(|(_, value)| value.as_str())
    }

    fn is_hidden(&self) -> bool {
        let style = || self.get("style").unwrap_or_default().replace(' ', "").to_ascii_lowercase();
        self.get("hidden").is_some() || style().contains("display:none")
    }
}

/// An element that is open: until as many of its name have ended as have begun.
#[derive(Debug)]
struct Open {
    name: Vec<u8>,
    depth: u32,
    /// Bytes of text before it.
    from: usize,
}

/// Which elements hold the article alone, from the surest.
const HOLDERS: usize = 3;

/// Reads a source and writes its text.
pub(super) struct Writer<'h> {
    layout: Layout,
    head: Option<&'h mut Head>,
    out: String,
    gap: Gap,
    preformatted: u32,
    /// The element that is passed over.
    unseen: Option<Open>,
    /// Whether elements beside the article are passed over.
    leaves_asides: bool,
    start: Start,
    /// Elements that hold the article alone, open and ended.
    open: [Option<Open>; HOLDERS],
    held: [Vec<Range<usize>>; HOLDERS],
}

impl<'h> Writer<'h> {
    /// A writer of a field, or of a page, whose head is noted.
    pub fn new(layout: Layout, head: Option<&'h mut Head>) -> Self {
        Writer {
            layout,
            head,
            out: String::new(),
            gap: Gap::None,
            preformatted: 0,
            unseen: None,
            leaves_asides: true,
            start: Start::default(),
            open: [const { None }; HOLDERS],
            held: [const { Vec::new() }; HOLDERS],
        }
    }

    /// The text of `source`.
    pub fn write(mut self, source: &str) -> String {
        self.read(source);
        // An element beside the article that never ends would take the article with it.
        if self.unseen.is_some() {
            let head = self.head.take();
            self = Writer { leaves_asides: false, ..Writer::new(self.layout, head) };
            self.read(source);
        }
        let article = if self.head.is_some() { self.article() } else { None };
        match article {
            Some(range) => self.out[range].trim_matches(['\n', '\t', ' ']).to_owned(),
            None => self.out,
        }
    }

    fn read(&mut self, source: &str) {
        self.out.reserve(source.len() / 2);
        let handle = |event: CallbackEvent<'_>, _: Span<()>| -> Option<Infallible> {
            self.event(event);
            None
        };
        let mut emitter = CallbackEmitter::new(handle);
        emitter.naively_switch_states(true);
        let Ok(()) = Tokenizer::new_with_emitter(source, emitter).finish();
    }

    fn event(&mut self, event: CallbackEvent<'_>) {
        match event {
            CallbackEvent::OpenStartTag { name } => {
                self.start.name.clear();
                self.start.name.extend_from_slice(name);
                self.start.attributes.clear();
            }
            CallbackEvent::AttributeName { name } => self.start.attributes.push((name.to_vec(), String::new())),
            CallbackEvent::AttributeValue { value } => {
                if let Some((_, last)) = self.start.attributes.last_mut() {
                    last.push_str(&String::from_utf8_lossy(value));
                }
            }
            CallbackEvent::CloseStartTag { .. } => {
                let start = std::mem::take(&mut self.start);
                self.begin(&start);
                self.start = start;
            }
            CallbackEvent::EndTag { name } => self.end(name),
            CallbackEvent::String { value } => self.string(&String::from_utf8_lossy(value)),
            _ => {}
        }
    }

    fn begin(&mut self, start: &Start) {
        if let Some(unseen) = &mut self.unseen {
            unseen.depth += u32::from(unseen.name == start.name);
            return;
        }
        if let Some(head) = &mut self.head {
            head.begin(start);
        }
        let tag = Tag::of(&start.name);
        let is_passed_over = match tag {
            Tag::Unseen => true,
            Tag::Aside | Tag::Title => self.leaves_asides && self.head.is_some(),
            _ => start.is_hidden() && self.leaves_asides,
        };
        self.part(tag);
        if is_void(&start.name) {
            return;
        }
        if is_passed_over {
            self.unseen = Some(Open { name: start.name.clone(), depth: 1, from: 0 });
            return;
        }
        self.preformatted += u32::from(tag == Tag::Preformatted);
        let holds = [
            start.get("itemprop").is_some_and(|property| property.split_whitespace().any(|p| p == "articleBody")),
            start.name == b"article",
            start.name == b"main",
        ];
        for (open, holds) in self.open.iter_mut().zip(holds) {
            match open {
                Some(open) => open.depth += u32::from(open.name == start.name),
                None if holds => *open = Some(Open { name: start.name.clone(), depth: 1, from: self.out.len() }),
                None => {}
            }
        }
    }

    fn end(&mut self, name: &[u8]) {
        if let Some(unseen) = self.unseen.as_mut() {
            unseen.depth -= u32::from(unseen.name == name);
            if unseen.depth == 0 {
                self.unseen = None;
                if let Some(head) = &mut self.head {
                    head.end(name);
                }
                self.part(Tag::of(name));
            }
            return;
        }
        if let Some(head) = &mut self.head {
            head.end(name);
        }
        let tag = Tag::of(name);
        self.preformatted = self.preformatted.saturating_sub(u32::from(tag == Tag::Preformatted));
        // An end tag of a line break is read as one by browsers.
        self.part(tag);
        for (open, held) in self.open.iter_mut().zip(&mut self.held) {
            if let Some(own) = open
                && own.name == name
            {
                own.depth -= 1;
                if own.depth == 0 {
                    held.push(own.from..self.out.len());
                    *open = None;
                }
            }
        }
    }

    /// Sets what stands before the next word apart, as a tag asks.
    fn part(&mut self, tag: Tag) {
        let gap = match tag {
            Tag::Inline => return,
            // Two of them leave an empty line.
            Tag::Break if self.gap == Gap::Line => Gap::Paragraph,
            Tag::Break | Tag::Row => Gap::Line,
            Tag::Cell => Gap::Cell,
            Tag::Unseen => Gap::None,
            Tag::Block | Tag::Preformatted | Tag::Aside | Tag::Title => Gap::Paragraph,
        };
        self.gap = self.gap.max(gap);
    }

    fn string(&mut self, text: &str) {
        if let Some(head) = &mut self.head {
            head.string(text);
        }
        if self.unseen.is_some() {
            return;
        }
        if self.layout == Layout::Kept {
            self.out.push_str(text);
            return;
        }
        let lines_count = self.layout == Layout::Lines || self.preformatted > 0;
        // White space of HTML: a no-break space is none.
        let mut rest = text;
        while !rest.is_empty() {
            let space = rest.len() - rest.trim_start_matches([' ', '\t', '\n', '\r', '\u{c}']).len();
            if space > 0 {
                let lines = if lines_count { rest[..space].bytes().filter(|&b| b == b'\n').count() } else { 0 };
                let gap = [Gap::Space, Gap::Line, Gap::Paragraph][lines.min(2)];
                self.gap = self.gap.max(gap);
                rest = &rest[space..];
            }
            let word = rest.find([' ', '\t', '\n', '\r', '\u{c}']).unwrap_or(rest.len());
            if word > 0 {
                if !self.out.is_empty() {
                    self.out.push_str(self.gap.text());
                }
                self.gap = Gap::None;
                self.out.push_str(&rest[..word]);
                rest = &rest[word..];
            }
        }
    }

    /// The stretch of the text that is the article alone, where the page tells.
    fn article(&mut self) -> Option<Range<usize>> {
        let end = self.out.len();
        for (open, held) in self.open.iter_mut().zip(&mut self.held) {
            held.extend(open.take().map(|own| own.from..end));
        }
        self.held.iter_mut().find_map(|held| {
            held.sort_by_key(|range| range.len());
            let longest = held.pop().filter(|range| range.len() >= SHORTEST_ARTICLE)?;
            // Several of much the same length are a list of articles.
            let is_alone = held.last().is_none_or(|second| second.len() * 2 < longest.len());
            is_alone.then_some(longest)
        })
    }
}
