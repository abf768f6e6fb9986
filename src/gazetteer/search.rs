//! Finds the names of the lists in a text that was not cut into tokens.
//!
//! The pipeline needs every word of a text; who wants nothing but the names need not pay for the others. Names begin with
//! a capital or a digit, unless their list says otherwise, so the bits of the text's bytes tell where one may begin; only
//! those words are hashed, and of these only what a few bits in cache do not deny is looked up. Where names may begin with
//! a small letter every word is hashed, and bits of those few words are asked first.
//!
//! The law: the names are those that [`Finder`] finds in the text's tokens, to the byte. Texts in scripts without spaces,
//! and lists with names that are no run of words, are searched by tokens.

use super::{Finder, Inside, Match, Strings, is_cased};
use crate::dictionary::{Case, Dictionary, NONE, Starts, class, join_hash};
use crate::error::Result;
use crate::kernel::{self, WordBits, WordBlock, each_bit};
use crate::span::Span;
use crate::token::{
    Glance, NO_WORD, Token, Tokens, form, hash_of_word, mark_words, next_at, token_at, two_at, two_slowly,
};
use std::hint::select_unpredictable;

/// A name of the lists in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    /// Where it stands, in bytes of the text.
    pub span: Span,
    /// Its number in the dictionary: [`Dictionary::surface`] tells its spelling and what it can mean.
    pub surface: u32,
}

/// A search for the names of a dictionary in texts, and for nothing else. Made once, shared by all threads.
///
/// ```
/// use dateline::gazetteer::{Lists, Search};
///
/// fn main() -> dateline::Result<()> {
///     let lists = Lists::shipped();
///     let dictionary = lists.dictionary()?;
///     let search = Search::new(&dictionary)?;
///
///     let text = "A ferry from Port Vila reached Santo on Sunday.";
///     let mut seeker = search.seeker();
///     let names: Vec<&str> = seeker.find(text).iter().map(|found| found.span.of(text)).collect();
///     assert_eq!(names, ["Port Vila", "Santo"]);
///     Ok(())
/// }
/// ```
pub struct Search<'d> {
    dictionary: &'d Dictionary<'d>,
    starts: Starts,
    strings: Option<Strings>,
}

impl<'d> Search<'d> {
    /// Makes a search; with a million names, this takes some milliseconds.
    ///
    /// # Errors
    /// When users' lists hold more names that are no run of words than an automaton can hold.
    pub fn new(dictionary: &'d Dictionary<'d>) -> Result<Self> {
        Ok(Search { dictionary, starts: Starts::new(dictionary), strings: Strings::new(dictionary)? })
    }

    /// Buffers for the search; one a thread.
    pub fn seeker(&self) -> Seeker<'_> {
        Seeker {
            search: self,
            bits: WordBits::default(),
            round: Round::default(),
            tokens: ByTokens::default(),
            found: Vec::new(),
        }
    }
}

/// Runs a [`Search`]; owns its buffers.
pub struct Seeker<'s> {
    search: &'s Search<'s>,
    bits: WordBits,
    round: Round,
    tokens: ByTokens,
    found: Vec<Found>,
}

/// Blocks of 64 bytes that go through the steps of the search together: what is known of the words of so many stays in a
/// first-level cache.
const ROUND: usize = 256;

impl Seeker<'_> {
    /// The names in a text, leftmost-longest, in order, without overlap.
    pub fn find(&mut self, text: &str) -> &[Found] {
        let Seeker { search, bits, round, tokens, found } = self;
        found.clear();
        bits.read(text.as_bytes());
        if search.strings.is_some() || !mark_words(text, bits) {
            tokens.find(search, text, found);
            return found;
        }
        kernel::widely(Rounds { search, text, bits, round, found });
        found
    }
}

/// The search by tokens.
#[derive(Default)]
struct ByTokens {
    tokens: Tokens,
    finder: Finder,
    matches: Vec<Match>,
    inside: Inside,
}

impl ByTokens {
    fn find(&mut self, search: &Search<'_>, text: &str, found: &mut Vec<Found>) {
        let ByTokens { tokens, finder, matches, inside } = self;
        tokens.tokenize(text);
        search.dictionary.annotate(tokens);
        finder.find(search.dictionary, tokens, matches);
        inside.clear();
        if let Some(strings) = &search.strings {
            strings.join(text, tokens, matches, inside);
        }
        let mut inside = inside.iter().peekable();
        found.extend(matches.iter().map(|m| {
            let whole = Span::new(tokens[m.first as usize].start, tokens[m.end as usize - 1].end);
            let span = inside.next_if(|(first, _)| *first == m.first).map_or(whole, |(_, span)| *span);
            Found { span, surface: m.surface }
        }));
    }
}

/// What is known of the words of a round at which a name may begin. As in [`Finder`], all of them go through each step
/// together, and each step asks for the memory that the next one reads. The buffers never shrink: of each, the first so
/// many are the round's.
#[derive(Default)]
struct Round {
    /// Where words begin that may begin a name.
    places: Vec<u32>,
    /// What stands there.
    seen: Vec<Seen>,
    /// The numbers of those, in `seen`, that may be a name or begin one; and which of these may be a name by themselves.
    left: Vec<u32>,
    alone: Vec<u32>,
    /// The name found at each of those that are seen, so far; of no meaning at others than those that are left.
    names: Vec<Name>,
    /// Walks along longer names.
    begun: Vec<Walk>,
    counts: Counts,
    scratch: Scratch,
}

/// Buffers for what is read letter by letter.
#[derive(Default)]
struct Scratch {
    folded: String,
    tokens: Vec<Token>,
}

/// How many there are of each in a round.
#[derive(Clone, Copy, Default)]
struct Counts {
    places: usize,
    left: usize,
    alone: usize,
    begun: usize,
}

/// A word at which a name may begin.
#[derive(Clone, Copy, Default)]
struct Seen {
    hash: u64,
    /// The key of the word and the token behind it.
    key: u64,
    start: u32,
    end: u32,
    next_start: u32,
    /// 0 where there is no token behind it.
    next_end: u32,
}

impl Seen {
    #[inline(always)]
    fn new([word, next]: [Glance; 2]) -> Seen {
        Seen {
            hash: word.hash,
            key: join_hash(word.hash, next.hash, next.space),
            start: word.start,
            end: word.end,
            next_start: next.start,
            next_end: next.end,
        }
    }
}

/// A name, or no name yet.
#[derive(Clone, Copy, Default)]
struct Name {
    end: u32,
    /// [`NONE`] where there is none; before, the number of the word in the dictionary.
    surface: u32,
}

/// A walk along longer names.
#[derive(Clone, Copy, Default)]
struct Walk {
    /// The key of the tokens so far.
    key: u64,
    /// Where the last of them begins and ends.
    last: u32,
    end: u32,
    /// The number of its first word.
    first: u32,
}

/// A text to be searched, round by round.
struct Rounds<'r> {
    search: &'r Search<'r>,
    text: &'r str,
    bits: &'r WordBits,
    round: &'r mut Round,
    found: &'r mut Vec<Found>,
}

impl kernel::Wide for Rounds<'_> {
    type Answer = ();

    #[inline(always)]
    fn run(self) {
        let Rounds { search, text, bits, round, found } = self;
        let has_small = search.starts.has_small();
        let mut free = 0;
        for from in (0..bits.blocks()).step_by(ROUND) {
            let blocks = from..bits.blocks().min(from + ROUND);
            round.place(bits, blocks, has_small);
            if has_small {
                round.pass_small(search, text, bits);
            }
            round.look(search, text, bits);
            round.sift(search);
            round.look_up(search, text);
            round.walk(search, text, bits);
            free = round.choose(free, found);
        }
    }
}

/// As many places are written of any block, since nobody can guess how many it has; few blocks have more.
const AT_LEAST: usize = 6;

impl Round {
    /// Where words begin in some blocks: those with a capital, a digit or a character beyond ASCII first, or all of them.
    #[inline(always)]
    fn place(&mut self, bits: &WordBits, blocks: std::ops::Range<usize>, all: bool) {
        let places = room(&mut self.places, blocks.len() * 64);
        let mut before = blocks.start.checked_sub(1).map_or(0, |before| bits.block(before).word);
        let mut count = 0;
        for block in blocks {
            let WordBlock { word, tall, beyond } = bits.block(block);
            let mut starts = word & !(word << 1 | before >> 63) & if all { !0 } else { tall | beyond };
            before = word;
            let base = block as u32 * 64;
            let end = count + starts.count_ones() as usize;
            if let Some(some) = places.get_mut(count..count + AT_LEAST) {
                for place in some {
                    *place = base + starts.trailing_zeros();
                    starts &= starts.wrapping_sub(1);
                }
                count += AT_LEAST;
            }
            for bit in each_bit(starts) {
                places[count] = base + bit as u32;
                count += 1;
            }
            count = end;
        }
        self.counts.places = count;
    }

    /// Leaves out the words in small letters that no name begins with.
    #[inline(always)]
    fn pass_small(&mut self, search: &Search<'_>, text: &str, bits: &WordBits) {
        let places = &mut self.places[..self.counts.places];
        let (small, mut left) = (search.starts.small(), 0);
        for at in 0..places.len() {
            let place = places[at];
            let is_small = text.as_bytes()[place as usize].is_ascii_lowercase();
            let hash = hash_of_word(text, bits, place, &mut self.scratch.folded);
            places[left] = place;
            left += usize::from(!is_small | small.may_hold(hash));
        }
        self.counts.places = left;
    }

    /// Reads each of the words and the token behind it.
    #[inline(always)]
    fn look(&mut self, search: &Search<'_>, text: &str, bits: &WordBits) {
        let places = &self.places[..self.counts.places];
        let (alone, pairs) = (search.starts.alone(), search.starts.pairs());
        for (&start, seen) in places.iter().zip(room(&mut self.seen, places.len())) {
            // A rare word is read elsewhere and written in there, so that of others nothing goes by way of memory.
            match two_at(text, bits, start) {
                Some(both) => {
                    *seen = Seen::new(both);
                    alone.expect(seen.hash);
                    pairs.expect(seen.key);
                }
                None => *seen = Seen::new(two_slowly(text, start, &mut self.scratch.folded)),
            }
        }
    }

    /// Leaves what may be a name or begin one: which words do cannot be guessed, so there is no branch on it.
    #[inline(always)]
    fn sift(&mut self, search: &Search<'_>) {
        let Round { seen, left, alone, names, begun, counts, .. } = self;
        let seen = &seen[..counts.places];
        let (left, alone) = (room(left, seen.len()), room(alone, seen.len()));
        let (names, begun) = (room(names, seen.len()), room(begun, seen.len()));
        let (names_alone, pairs) = (search.starts.alone(), search.starts.pairs());
        let (mut left_count, mut alone_count, mut begun_count) = (0, 0, 0);
        for (at, seen) in (0u32..).zip(seen) {
            let is_name = names_alone.may_hold(seen.hash);
            let is_pair = pairs.may_hold(seen.key) & (seen.next_end != 0);
            (left[left_count], alone[alone_count], begun[begun_count].first) = (at, at, at);
            left_count += usize::from(is_name | is_pair);
            alone_count += usize::from(is_name);
            begun_count += usize::from(is_pair);
        }
        *counts = Counts { places: seen.len(), left: left_count, alone: alone_count, begun: begun_count };
        for &at in &left[..left_count] {
            names[at as usize] = Name { end: seen[at as usize].end, surface: NONE };
        }
        for &at in &alone[..alone_count] {
            search.dictionary.expect_probe(seen[at as usize].hash);
        }
        for walk in &mut begun[..begun_count] {
            let Seen { key, next_start: last, next_end: end, .. } = seen[walk.first as usize];
            *walk = Walk { key, last, end, ..*walk };
            search.dictionary.expect_beginning(key);
        }
    }

    /// Which names the words are that are one by themselves, written as they are.
    #[inline(always)]
    fn look_up(&mut self, search: &Search<'_>, text: &str) {
        let Round { seen, alone, names, counts, scratch, .. } = self;
        let (dictionary, alone) = (search.dictionary, &alone[..counts.alone]);
        for &at in alone {
            let word = &seen[at as usize];
            let (class, number) = dictionary.probe(word.hash);
            let is_name = is_written(text, word.start, class, &mut scratch.folded);
            let number = select_unpredictable(is_name, number, NO_WORD);
            dictionary.expect_word(number);
            names[at as usize].surface = number;
        }
        for &at in alone {
            let name = &mut names[at as usize];
            name.surface = dictionary.surface_of_word(name.surface);
        }
    }

    /// Names of more words, one word a round for all walks that go on, to the longest that is written as it should be.
    #[inline(always)]
    fn walk(&mut self, search: &Search<'_>, text: &str, bits: &WordBits) {
        let Round { seen, begun, names, counts, scratch, .. } = self;
        let (dictionary, mut count) = (search.dictionary, counts.begun);
        while count > 0 {
            let mut left = 0;
            for at in 0..count {
                let walk = begun[at];
                let beginning = dictionary.beginning(walk.key);
                let start = seen[walk.first as usize].start;
                if beginning.surface != NONE && is_cased_in(text, start, walk, beginning.case, dictionary, scratch) {
                    names[walk.first as usize] = Name { end: walk.end, surface: beginning.surface };
                }
                if beginning.goes_on {
                    let next = next_at(text, bits, walk.end, &mut scratch.folded);
                    let key = join_hash(walk.key, next.hash, next.space);
                    dictionary.expect_beginning(key);
                    begun[left] = Walk { key, last: next.start, end: next.end, ..walk };
                    left += usize::from(next.end != 0);
                }
            }
            count = left;
        }
    }

    /// The names, where no name is yet. The first byte at which one may begin is given and returned.
    #[inline(always)]
    fn choose(&self, mut free: u32, found: &mut Vec<Found>) -> u32 {
        let left = &self.left[..self.counts.left];
        let mut count = found.len();
        found.resize(count + left.len(), Found { span: Span::new(0, 0), surface: NONE });
        for &at in left {
            let (start, Name { end, surface }) = (self.seen[at as usize].start, self.names[at as usize]);
            let is_taken = (surface != NONE) & (start >= free);
            found[count] = Found { span: Span::new(start, end), surface };
            count += usize::from(is_taken);
            free = select_unpredictable(is_taken, end, free);
        }
        found.truncate(count);
        free
    }
}

/// The first so many of a buffer.
#[inline(always)]
fn room<T: Copy + Default>(buffer: &mut Vec<T>, count: usize) -> &mut [T] {
    if buffer.len() < count {
        buffer.resize(count, T::default());
    }
    &mut buffer[..count]
}

/// Whether a word at a byte of a text is written as its class as a name asks.
#[inline(always)]
fn is_written(text: &str, start: u32, class: u32, folded: &mut String) -> bool {
    let is_tall = is_tall(text.as_bytes()[start as usize]);
    if class & class::NAME_SMALL != 0 || class & class::NAME != 0 && is_tall {
        return true;
    }
    if class & (class::NAME | class::NAME_CAPITALS) == 0 {
        return false;
    }
    let form = token_at(text, start as usize, folded).map_or(0, |token| token.form);
    class & class::NAME != 0 && form & (form::CAPITAL | form::DIGIT) != 0
        || class & class::NAME_CAPITALS != 0 && form & (form::ALL_CAPITALS | form::DIGIT) != 0
}

/// Whether a byte is a capital or a digit.
#[inline(always)]
fn is_tall(byte: u8) -> bool {
    byte.is_ascii_uppercase() || byte.is_ascii_digit()
}

/// Whether the tokens of a walk that begins at a byte are written as `case` asks.
#[inline(always)]
fn is_cased_in(
    text: &str,
    start: u32,
    walk: Walk,
    case: Case,
    dictionary: &Dictionary<'_>,
    scratch: &mut Scratch,
) -> bool {
    let [first, last] = [start, walk.last].map(|at| text.as_bytes()[at as usize]);
    let is_plain = is_tall(first) & last.is_ascii() & !last.is_ascii_lowercase();
    case == Case::Any
        || case == Case::Capital && is_plain
        || is_cased_slowly(text, start, walk.end, case, dictionary, scratch)
}

#[inline(never)]
fn is_cased_slowly(
    text: &str,
    start: u32,
    end: u32,
    case: Case,
    dictionary: &Dictionary<'_>,
    scratch: &mut Scratch,
) -> bool {
    let Scratch { folded, tokens } = scratch;
    tokens.clear();
    let mut at = start;
    while let Some(mut token) = token_at(text, at as usize, folded).filter(|token| token.end <= end) {
        token.class = dictionary.probe(token.hash).0;
        at = token.end;
        tokens.push(token);
    }
    is_cased(tokens, case)
}
