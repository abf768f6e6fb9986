//! A shallow parser: one sentence as a row of chunks.
//!
//! Events need the noun phrases beside a verb, not a tree. So each token gets a part of speech from closed classes,
//! endings and its two neighbours, and runs of tokens become chunks: noun phrases, verb groups, and the small words
//! that bind them. Names and expressions of time, found before, are taken as they are: `marks`, `tags` and `overlay` say
//! what a token is by itself, `settle` asks its neighbours, `chunker` joins. One pass each, and the later ones only over
//! what the first left open.

use super::bits::Bits;
use super::cover::Cover;
use super::detect::Input;
use super::rows::Rows;
use super::tag_rows::TagLine;
use super::words::Words;
pub use crate::dictionary::speech::Tag;
use crate::kernel::{Wide, widely};
use crate::segment::Sentence;

/// What a chunk is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChunkKind {
    Noun,
    Pronoun,
    Verb,
    Preposition,
    Conjunction,
    Subordinator,
    Relative,
    Time,
    Comma,
    Dash,
    Stop,
    Quoted,
}

impl ChunkKind {
    /// How many kinds there are.
    pub const COUNT: usize = ChunkKind::Quoted as usize + 1;
}

/// What a verb group is; bits of [`Chunk::verb`].
pub mod verb {
    /// "was seized"
    pub const PASSIVE: u16 = 1;
    /// "did not", "never"
    pub const NEGATED: u16 = 1 << 1;
    /// "will", "is to"
    pub const FUTURE: u16 = 1 << 2;
    /// "would", "may"
    pub const UNREAL: u16 = 1 << 3;
    /// "to seize"
    pub const INFINITIVE: u16 = 1 << 4;
    /// "seizing"
    pub const ING: u16 = 1 << 5;
    /// A past form without an auxiliary: past tense or a participle after a noun.
    pub const BARE: u16 = 1 << 6;
    /// "is", "was" as the main verb.
    pub const COPULA: u16 = 1 << 7;
}

/// A run of tokens that stand together.
#[derive(Clone, Copy, Debug)]
pub struct Chunk {
    /// What it is.
    pub kind: ChunkKind,
    /// First token.
    pub first: u32,
    /// One past the last token.
    pub end: u32,
    /// Its head: the last noun, the main verb.
    pub head: u32,
    /// Bits of [`verb`].
    pub verb: u16,
    /// Of a preposition: its number.
    pub preposition: u8,
}

impl Chunk {
    /// What is to be filled.
    pub const BLANK: Chunk = Chunk { kind: ChunkKind::Noun, first: 0, end: 0, head: 0, verb: 0, preposition: 0 };
}

/// How far an article was read. Its sentences are parsed in order.
pub struct Reading<'a> {
    pub(super) words: &'a Words,
    pub(super) article: Input<'a>,
    /// How many quotations and expressions of time end before the sentence.
    pub(super) quotations: usize,
    pub(super) times: usize,
    /// How many links point to somebody before the sentence.
    links: usize,
}

impl<'a> Reading<'a> {
    /// Opens an article.
    pub fn new(words: &'a Words, article: Input<'a>) -> Self {
        Reading { words, article, quotations: 0, times: 0, links: 0 }
    }
}

/// One sentence, parsed.
#[derive(Debug, Default)]
pub struct Sheet {
    pub(super) first: usize,
    pub(super) tags: TagLine,
    /// Room for them where they are gone through one by one.
    pub(super) walked: Vec<Tag>,
    /// What was found before, by token.
    pub(super) cover: Cover,
    /// Offsets of words of saying.
    pub(super) says: Bits,
    /// Offsets of "nobody" and its like.
    pub(super) nos: Bits,
    /// Whether there is any.
    pub(super) has_nobody: bool,
    pub(super) has_brackets: bool,
    /// Numbers of the expressions of time in the sentence.
    pub(super) times: std::ops::Range<usize>,
    /// Numbers of the links from words of the sentence.
    pub(super) links: std::ops::Range<usize>,
    /// Its chunks, in order.
    pub chunks: Vec<Chunk>,
    /// Where its chunks of each kind stand.
    pub rows: Rows,
}

impl Sheet {
    /// Forgets the last article, and opens the next.
    pub fn open(&mut self, article: &Input<'_>) {
        self.cover.lay(article.tokens, article.entities, article.dateline);
    }

    /// Parses a sentence, replacing what was here. The sentences of an article come in order.
    pub fn read(&mut self, reading: &mut Reading<'_>, sentence: &Sentence, has_brackets: bool) {
        widely(Parse { sheet: self, reading, sentence, has_brackets });
    }

    #[inline(always)]
    fn parse(&mut self, reading: &mut Reading<'_>, sentence: &Sentence, has_brackets: bool) {
        let Input { tokens, entities, dateline, .. } = reading.article;
        self.first = sentence.first as usize;
        let links = &entities.links;
        reading.links += links[reading.links..].iter().take_while(|(token, _)| *token < sentence.first).count();
        let inside = links[reading.links..].iter().take_while(|(token, _)| *token < sentence.end).count();
        self.links = reading.links..reading.links + inside;
        self.tag_tokens(reading, sentence);
        self.lay_times(reading, sentence, entities);
        self.has_brackets = has_brackets;
        if has_brackets {
            self.blank_brackets(tokens);
        }
        if let Some(dateline) = dateline.filter(|d| d.whole.start < sentence.end && sentence.first < d.whole.end) {
            let covered = dateline.whole.start.max(sentence.first)..dateline.whole.end.min(sentence.end);
            self.tags.fill(
                (covered.start - sentence.first) as usize,
                (covered.end - sentence.first) as usize,
                Tag::Stop,
            );
        }
        self.chunk(reading.words, tokens);
    }

    /// Forgets the sentence: no token of it is in a chunk.
    pub fn clear(&mut self) {
        self.says.clear();
        self.links = 0..0;
        self.chunks.clear();
        self.rows.clear();
        self.has_brackets = false;
    }

    /// Whether one of some tokens of the sentence is "nobody" or one of its like.
    #[inline(always)]
    pub fn is_any_nobody(&self, from: u32, end: u32) -> bool {
        self.has_nobody && self.nos.meets(from.saturating_sub(self.first as u32) as usize, end as usize - self.first)
    }

    /// Part of speech of a token of the sentence.
    #[inline]
    pub fn tag(&self, token: u32) -> Tag {
        self.tags.get(token as usize - self.first)
    }

    /// The chunk that holds a token; none for what binds or stands in brackets.
    pub fn chunk_at(&self, token: u32) -> Option<usize> {
        let at = match self.rows.begun_by((token as usize).wrapping_sub(self.first)) {
            // What begins behind it may hold it too: a verb group takes in the loose words before it.
            Some(begun) => begun.checked_sub(1).filter(|&at| token < self.chunks[at].end).unwrap_or(begun),
            None => self.chunks.iter().position(|c| token < c.end)?,
        };
        self.chunks.get(at).filter(|c| c.first <= token).map(|_| at)
    }
}

/// The work of [`Sheet::read`].
struct Parse<'s, 'r, 'a> {
    sheet: &'s mut Sheet,
    reading: &'r mut Reading<'a>,
    sentence: &'s Sentence,
    has_brackets: bool,
}

impl Wide for Parse<'_, '_, '_> {
    type Answer = ();

    #[inline(always)]
    fn run(self) {
        self.sheet.parse(self.reading, self.sentence, self.has_brackets);
    }
}

/// Tags as bits.
pub(super) const fn set(tags: &[Tag]) -> u32 {
    let mut bits = 0;
    let mut at = 0;
    while at < tags.len() {
        bits |= 1 << tags[at] as u32;
        at += 1;
    }
    bits
}

/// The tags of words in a noun phrase.
pub(super) const NOMINAL: u32 = set(&[Tag::Noun, Tag::Unknown, Tag::Adjective, Tag::Name, Tag::Base]);

/// The tags that may be several things, which the neighbours settle.
pub(super) const OPEN: u32 = set(&[Tag::Past, Tag::Ing, Tag::Base, Tag::Verb]);

/// Whether a tag may stand in a noun phrase.
pub(super) fn is_nominal(tag: Tag) -> bool {
    1 << tag as u32 & NOMINAL != 0
}

/// Nearest tag to the right that is no adverb; a stop at the sentence's end.
pub(super) fn after(tags: &[Tag], at: usize) -> Tag {
    let bound = |t: &&Tag| !matches!(t, Tag::Adverb | Tag::Skip);
    *tags[at + 1..].iter().find(bound).unwrap_or(&Tag::Stop)
}
