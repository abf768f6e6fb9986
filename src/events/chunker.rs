//! Joins tagged tokens to chunks: noun phrases, verb groups and the small words that bind them.

use super::chunk_row::RowWork;
use super::rows::{ROW, Row, Rows};
use super::syntax::{Chunk, ChunkKind, NOMINAL, Sheet, Tag as T, after, set, verb};
use super::tag_rows::TagRows;
use super::words::{Words, flag};
use crate::dictionary::speech::Mark;
use crate::token::Token;

/// What a noun phrase begins with, where no verb group does.
const PHRASE: u32 = HEADS | set(&[T::Determiner, T::Possessive, T::Genitive]);
/// What may head it: the last of these does.
const HEADS: u32 = NOMINAL;
/// What a verb group begins with.
const VERBS: u32 = set(&[T::Verb, T::Past, T::Ing, T::Base, T::Be, T::Have, T::Do, T::Modal]);
/// What a verb group begins with where a verb follows.
const LEADS: u32 = set(&[T::Skip, T::Adverb, T::Negation, T::To]);
/// Behind these an article belongs to the same phrase.
const OWNERS: u32 = set(&[T::Determiner, T::Possessive, T::Genitive]);
/// What is no chunk by itself.
const LOOSE: u32 = set(&[T::Skip, T::Adverb, T::Negation]);

/// The chunks that tags begin; of a verb group its verb says so.
const KINDS: [ChunkKind; 32] = {
    let mut kinds = [ChunkKind::Noun; 32];
    kinds[T::Verb as usize] = ChunkKind::Verb;
    kinds[T::Comma as usize] = ChunkKind::Comma;
    kinds[T::Dash as usize] = ChunkKind::Dash;
    kinds[T::Stop as usize] = ChunkKind::Stop;
    kinds[T::Conjunction as usize] = ChunkKind::Conjunction;
    kinds[T::Subordinator as usize] = ChunkKind::Subordinator;
    kinds[T::Relative as usize] = ChunkKind::Relative;
    kinds[T::Pronoun as usize] = ChunkKind::Pronoun;
    kinds[T::There as usize] = ChunkKind::Pronoun;
    kinds[T::Quoted as usize] = ChunkKind::Quoted;
    kinds[T::Time as usize] = ChunkKind::Time;
    kinds[T::Preposition as usize] = ChunkKind::Preposition;
    kinds[T::To as usize] = ChunkKind::Preposition;
    kinds
};

/// The same by the marks of the tags.
pub(super) static KINDS_BY_MARK: [ChunkKind; 256] = {
    let mut kinds = [ChunkKind::Noun; 256];
    let mut mark = 0;
    while mark < kinds.len() {
        kinds[mark] = KINDS[Mark(mark as u8).tag() as usize];
        mark += 1;
    }
    kinds
};

impl Sheet {
    /// Settles the tags and joins them to chunks, and notes where the chunks of each kind stand.
    #[inline(always)]
    pub(super) fn chunk(&mut self, words: &Words, tokens: &[Token]) {
        self.rows.clear();
        let base = self.first as u32;
        let tokens = &tokens[self.first..self.first + self.tags.len()];
        if let Some(marks) = self.tags.row() {
            let mut all = TagRows::of(marks);
            self.settle_row(&mut all, tokens);
            let Sheet { tags, chunks, rows, .. } = self;
            let work = tags.row().map(|marks| RowWork { marks, all, tokens, base, words, chunks, rows });
            if !work.is_some_and(RowWork::join) {
                self.walk_along(words, tokens, false);
            }
        } else {
            self.walk_along(words, tokens, true);
        }
        self.rows.bind(&mut self.chunks);
        self.rows.reduce(&self.chunks, |head| words.of(&tokens[(head - base) as usize]).flags & flag::REPORT != 0);
    }

    /// Does it from token to token.
    #[inline(never)]
    fn walk_along(&mut self, words: &Words, tokens: &[Token], is_open: bool) {
        let mut tags = std::mem::take(&mut self.walked);
        tags.clear();
        tags.extend(self.tags.iter());
        if is_open {
            self.settle_open(&mut tags, tokens);
            self.tags.replace(&tags);
        }
        walk(&tags, tokens, self.first as u32, words, &mut self.chunks, &mut self.rows);
        self.walked = tags;
    }
}

/// Joins the tags to chunks from token to token.
pub(super) fn walk(tags: &[T], tokens: &[Token], base: u32, words: &Words, chunks: &mut Vec<Chunk>, rows: &mut Rows) {
    chunks.clear();
    let mut row = Row::default();
    let mut at = 0;
    while at < tags.len() {
        let tag = tags[at];
        let bit = 1 << tag as u32;
        // A chunk is made of plain numbers and put in its place once: copied together, it would be waited for.
        let (mut end, mut head, mut verb, mut preposition) = (at + 1, at, 0, 0);
        let mut kind = KINDS[tag as usize];
        if bit & VERBS != 0 || bit & LEADS != 0 && leads_verb(tags, at) {
            (end, head, verb) = verb_group(tags, words, tokens, at);
            kind = ChunkKind::Verb;
        } else if bit & PHRASE != 0 {
            (end, head) = noun_phrase(tags, at);
        } else if bit & LOOSE != 0 {
            // What leads no verb from its first word does not from its second.
            at += 1;
            while at < tags.len() && 1 << tags[at] as u32 & LOOSE != 0 {
                at += 1;
            }
            continue;
        } else {
            match tag {
                T::Preposition | T::To => {
                    preposition = words.of(&tokens[at]).preposition;
                    row.note_preposition(chunks.len(), preposition);
                }
                T::Quoted | T::Time => {
                    while end < tags.len() && tags[end] == tag {
                        end += 1;
                    }
                }
                _ => {}
            }
        }
        row.note(chunks.len(), kind, verb);
        let (first, head) = (base + at as u32, base + head as u32);
        chunks.push(Chunk { kind, first, end: base + end as u32, head, verb, preposition });
        if chunks.len().is_multiple_of(ROW) {
            rows.push(std::mem::take(&mut row));
        }
        at = end;
    }
    rows.push(row);
}

/// Whether a verb group begins here: auxiliaries and adverbs with a verb behind them.
fn leads_verb(tags: &[T], at: usize) -> bool {
    for (offset, tag) in tags[at..].iter().enumerate() {
        match tag {
            T::Adverb | T::Negation | T::Skip => {}
            T::To => {
                if offset > 0 && tags[at] != T::Negation {
                    return false;
                }
                return matches!(after(tags, at + offset), T::Base | T::Be | T::Have | T::Do | T::Verb);
            }
            T::Verb | T::Past | T::Ing | T::Base | T::Be | T::Have | T::Do | T::Modal => return true,
            _ => return false,
        }
    }
    false
}

/// End, head and bits of the verb group that begins here.
#[inline(always)]
fn verb_group(tags: &[T], words: &Words, tokens: &[Token], from: usize) -> (usize, usize, u16) {
    let mut bits = 0;
    let (mut be, mut aux) = (false, false);
    let mut head = from;
    let mut end = from;
    for (at, &tag) in tags.iter().enumerate().skip(from) {
        match tag {
            T::Adverb | T::Skip => continue,
            T::Negation => bits |= verb::NEGATED,
            // "is to visit": a plan; "to visit" alone: an infinitive.
            T::To if aux && be => bits |= verb::FUTURE,
            T::To if at == from || bits == verb::NEGATED => bits |= verb::INFINITIVE,
            T::Modal => {
                let unreal = words.of(&tokens[at]).flags & flag::UNREAL != 0;
                bits |= if unreal { verb::UNREAL } else { verb::FUTURE };
                aux = true;
            }
            T::Be => {
                be = true;
                aux = true;
                head = at;
            }
            T::Have | T::Do => {
                aux = true;
                be = false;
                head = at;
            }
            T::Past => {
                bits |= if be { verb::PASSIVE } else { 0 };
                bits |= if aux || bits & verb::INFINITIVE != 0 { 0 } else { verb::BARE };
                (head, end) = (at, at + 1);
                be = false;
                break;
            }
            T::Ing => {
                bits |= if aux { 0 } else { verb::ING };
                (head, end) = (at, at + 1);
                be = false;
                // "being seized"
                break;
            }
            T::Verb | T::Base => {
                (head, end) = (at, at + 1);
                be = false;
                break;
            }
            _ => break,
        }
        end = at + 1;
    }
    if be {
        bits |= verb::COPULA;
    }
    (end.max(from + 1), head, bits)
}

/// End and head of the noun phrase that begins here.
#[inline]
fn noun_phrase(tags: &[T], from: usize) -> (usize, usize) {
    let (mut head, mut end) = (from, from + 1);
    let mut at = from + 1;
    while at < tags.len() {
        let tag = tags[at];
        if 1 << tag as u32 & HEADS != 0 {
            head = at;
        } else {
            match tag {
                T::Genitive => {}
                // A second article begins a second phrase ("gave Norway the boats"), but not right behind the first one or an
                // owner: "Norway's most trusted friend".
                T::Determiner | T::Possessive if 1 << tags[at - 1] as u32 & OWNERS != 0 => head = at,
                T::Skip => {
                    at += 1;
                    continue;
                }
                _ => break,
            }
        }
        at += 1;
        end = at;
    }
    (end, head)
}
