//! Joins the tags of a sentence to chunks all at once, where it fits a row of bits.
//!
//! What begins a chunk and how far it goes depends on what stands before it, so the way from token to token
//! ([`super::chunker`]) is a guess at each. Laid out as bits, one row for each tag, the same questions are sums over
//! the whole sentence, and what is left to do for each chunk is the same for all.

use super::chunker::KINDS_BY_MARK;
use super::rows::{ROW, Rows, behind, flood};
use super::syntax::{Chunk, ChunkKind, Tag as T, verb};
use super::tag_rows::{TagRows, number};
use super::words::{Words, flag};
use crate::kernel::each_bit;
use crate::token::Token;
use std::hint::select_unpredictable;

/// A sentence whose tokens have tags and no chunks yet.
pub(super) struct RowWork<'a> {
    /// Their tags, as marks.
    pub marks: &'a [u8; ROW],
    /// The same by tag.
    pub all: TagRows,
    /// The sentence's tokens.
    pub tokens: &'a [Token],
    /// The number of the first of them.
    pub base: u32,
    pub words: &'a Words,
    /// To be replaced.
    pub chunks: &'a mut Vec<Chunk>,
    /// Empty.
    pub rows: &'a mut Rows,
}

/// The last of some bits; -1 of none.
#[inline(always)]
fn last(bits: u64) -> i32 {
    63 - bits.leading_zeros() as i32
}

/// The bits below `end`, which is 1 to 64.
#[inline(always)]
fn below(end: u32) -> u64 {
    !0 >> (ROW as u32 - end)
}

/// The lowest of some bits; none of none.
#[inline(always)]
fn lowest(bits: u64) -> u64 {
    bits & bits.wrapping_neg()
}

/// The number in marks of what a verb group is led by.
const VERB: u8 = number(T::Verb) as u8;

impl RowWork<'_> {
    /// Does it, and tells whether it was done. It is not where the sentence is too long, or where it takes a walk to tell
    /// to which verb group "to" or "not" belongs.
    #[inline(always)]
    pub fn join(self) -> bool {
        let RowWork { marks, all, tokens, base, words, chunks, rows } = self;
        if tokens.is_empty() {
            return false;
        }
        let (loose, to) = (all.any([T::Adverb, T::Skip]), all.any([T::To]));
        let articles = all.any([T::Determiner, T::Possessive]);
        let (be, past, ing) = (all.any([T::Be]), all.any([T::Past]), all.any([T::Ing]));
        let (negation, plain) = (all.any([T::Negation]), all.any([T::Base]));

        // A noun phrase takes in a plain form behind its words.
        let nouns = all.any([T::Noun, T::Unknown, T::Adjective, T::Name]);
        let phrase = nouns | articles | all.any([T::Genitive]);
        let taken = flood(phrase, plain | all.any([T::Skip])) & plain;
        let (members, plain) = (phrase | taken, plain & !taken);

        // What stands behind an auxiliary continues its verb group.
        let aux = all.any([T::Modal, T::Be, T::Have, T::Do]);
        let main = past | ing | plain | all.any([T::Verb]);
        let continuing = behind(aux, loose | negation);
        if to & continuing | negation & !continuing != 0 {
            return false;
        }
        let verbs = aux | main;
        let infinitive = behind(to, loose) & (plain | all.any([T::Be, T::Have, T::Do, T::Verb]));
        let leads = verbs & !continuing & !infinitive;

        // A second article begins a second phrase, but right behind the first one or an owner it is the head of its phrase.
        let second = articles & all.any([T::Determiner, T::Possessive, T::Genitive]) << 1;
        let begun = behind(members, all.any([T::Skip]));
        let phrases = articles & !second | members & !articles & !begun;
        let heads = nouns | taken | second;

        let firsts = |tag| all.any([tag]) & !(all.any([tag]) << 1);
        let single = all.any([T::Comma, T::Dash, T::Stop, T::Conjunction, T::Subordinator, T::Relative])
            | all.any([T::Pronoun, T::There, T::Preposition]);
        let mut starts = leads | phrases | single | to | firsts(T::Time) | firsts(T::Quoted);

        let row = rows.only(starts);
        // What stays of the sentence before is written over.
        chunks.resize(starts.count_ones() as usize, Chunk::BLANK);
        // What begins behind the last chunk ends it; behind a full row that is nothing.
        starts |= 1u64.checked_shl(tokens.len() as u32).unwrap_or(0);
        let mut end = base;
        for (number, chunk) in chunks.iter_mut().enumerate() {
            let start = lowest(starts);
            starts ^= start;
            let here = lowest(starts).wrapping_sub(start);
            let at = start.trailing_zeros();
            // Loose words before a verb belong to its group.
            let first = select_unpredictable(leads & start != 0, end, base + at);
            end = base + ROW as u32 - (here & !loose).leading_zeros();
            let head = base + ROW as u32 - 1 - (here & heads | start).leading_zeros();
            let own = marks[at as usize % ROW];
            let kind = KINDS_BY_MARK[usize::from(select_unpredictable(here & verbs != 0, VERB, own))];
            row.put(number, kind);
            *chunk = Chunk { kind, first, end, head, verb: 0, preposition: 0 };
        }
        let modal = all.any([T::Modal]);
        let unreal =
            each_bit(modal).fold(0, |bits, at| bits | u64::from(words.of(&tokens[at]).flags & flag::UNREAL != 0) << at);
        for at in each_bit(row.of(ChunkKind::Verb)) {
            let chunk = &mut chunks[at];
            let (first, end) = (chunk.first - base, chunk.end - base);
            let here = below(end) & !0 << first;
            // The main verb stands last, where there is one.
            let main = here & main;
            let carrier = here & all.any([T::Be, T::Have, T::Do]);
            let head = if main != 0 { last(main) } else { last(carrier) };
            chunk.head = if head < 0 { chunk.first } else { base + head as u32 };
            let is = |bits: u64| bits & here != 0;
            let passive = last(carrier) == last(here & be) && is(be);
            let mut bits = 0;
            let mut add = |is: bool, bit: u16| bits |= if is { bit } else { 0 };
            add(is(negation), verb::NEGATED);
            add(is(to), verb::INFINITIVE);
            add(is(past) && passive, verb::PASSIVE);
            add(is(past) && !is(aux) && !is(to), verb::BARE);
            add(is(ing) && !is(aux), verb::ING);
            add(main == 0 && passive, verb::COPULA);
            add(is(modal & unreal), verb::UNREAL);
            add(is(modal & !unreal), verb::FUTURE);
            chunk.verb = bits;
            row.note_verb(at, bits);
        }
        for at in each_bit(row.of(ChunkKind::Preposition)) {
            let chunk = &mut chunks[at];
            chunk.preposition = words.of(&tokens[(chunk.head - base) as usize]).preposition;
            row.note_preposition(at, chunk.preposition);
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::super::catalogue::Catalogue;
    use super::super::chunker::walk;
    use super::super::sample::random;
    use super::super::syntax::Sheet;
    use super::super::tag_rows::TagLine;
    use super::*;
    use crate::dictionary::Dictionary;
    use crate::token::Tokens;

    #[test]
    fn a_row_and_a_walk_find_the_same_chunks() {
        let dictionary = Dictionary::open(crate::gazetteer::shipped()).expect("the lists are sound");
        let rows = dictionary.text("events").expect("the lists carry the catalogue");
        let words = Words::new(&dictionary, &Catalogue::read(rows).expect("the catalogue is sound"));
        let mut tokens = Tokens::default();
        tokens.tokenize(&"would will in with at town of might ".repeat(8));
        dictionary.annotate(&mut tokens);
        let mut random = random(7);
        let mut done = 0;
        for _ in 0..20_000 {
            // Few kinds at a time, so that what is rare beside each other meets often.
            let kinds: Vec<T> = (0..1 + random(8)).map(|_| T::ALL[random(T::ALL.len())]).collect();
            let tags: Vec<T> = (0..1 + random(ROW)).map(|_| kinds[random(kinds.len())]).collect();
            let (mut chunks, mut found) = (vec![Chunk::BLANK; random(9)], Vec::new());
            let (mut at, mut known) = (Rows::default(), Rows::default());
            let (tokens, base) = (&tokens[..tags.len()], 100);
            let mut line = TagLine::default();
            line.replace(&tags);
            let marks = line.row().expect("it fits a row");
            let all = TagRows::of(marks);
            let work = RowWork { marks, all, tokens, base, words: &words, chunks: &mut chunks, rows: &mut at };
            if work.join() {
                walk(&tags, tokens, base, &words, &mut found, &mut known);
                assert_eq!(format!("{chunks:?}"), format!("{found:?}"), "{tags:?}");
                at.reduce(&chunks, |_| false);
                known.reduce(&found, |_| false);
                assert_eq!(at.first(), known.first(), "{tags:?}");
                let sheet = |chunks, rows| Sheet { first: base as usize, chunks, rows, ..Sheet::default() };
                let (counted, searched) = (sheet(chunks, at), sheet(found, known));
                let all = base..base + tags.len() as u32;
                all.for_each(|t| assert_eq!(counted.chunk_at(t), searched.chunk_at(t), "{t} of {tags:?}"));
                done += 1;
            }
        }
        assert!(done > 5000, "only {done} sentences were done");
    }
}
