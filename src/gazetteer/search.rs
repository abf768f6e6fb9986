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
use crate::dictionary::{Beginning, Case, Dictionary, NONE, Starts, class, join_hash};
use crate::error::Result;
use crate::kernel::{self, WordBits, WordBlock, each_bit};
use crate::span::Span;
use crate::token::{Glance, NO_WORD, Place, Reader, Token, Tokens, form, mark_words};
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
///     let text = "A ferry from Port Vila reached Luganville on Sunday.";
///     let mut seeker = search.seeker();
///     let names: Vec<&str> = seeker.find(text).iter().map(|found| found.span.of(text)).collect();
///     assert_eq!(names, ["Port Vila", "Luganville"]);
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
            folded: String::new(),
            cased: Vec::new(),
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
    /// For words that are read letter by letter, and for tokens of which it is asked how they are written.
    folded: String,
    cased: Vec<Token>,
    tokens: ByTokens,
    /// Never shrinks: the first so many are of the text.
    found: Vec<Found>,
}

/// Blocks of 64 bytes that go through the steps of the search together: what is known of the words of so many stays in a
/// first-level cache.
const ROUND: usize = 256;

impl Seeker<'_> {
    /// The names in a text, leftmost-longest, in order, without overlap.
    pub fn find(&mut self, text: &str) -> &[Found] {
        let Seeker { search, bits, round, folded, cased, tokens, found } = self;
        bits.read(text.as_bytes());
        if search.strings.is_some() || !mark_words(text, bits) {
            tokens.find(search, text, found);
            return found;
        }
        let reader = Reader::new(text, bits, folded);
        let count = kernel::widely(Rounds { search, bits, reader, round, cased, found });
        &found[..count]
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
        found.clear();
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
    /// The words there that may be a name or begin one; later each with the bytes of the name that it is or begins, and
    /// that name's number, so far.
    seen: Vec<Seen>,
    surfaces: Vec<u32>,
    /// The numbers of those, in `seen`, that may be a name by themselves; and of those that may begin a longer one.
    alone: Vec<u32>,
    begin: Vec<u32>,
    /// Walks along longer names.
    begun: Vec<Walk>,
    counts: Counts,
}

/// How many there are of each in a round.
#[derive(Clone, Copy, Default)]
struct Counts {
    places: usize,
    seen: usize,
    alone: usize,
    begin: usize,
    begun: usize,
}

/// A word that may be a name or begin one.
#[derive(Clone, Copy, Default)]
struct Seen {
    hash: u64,
    place: Place,
}

/// A walk along longer names.
#[derive(Clone, Copy, Default)]
struct Walk {
    /// The key of the tokens so far.
    key: u64,
    /// Where the last of them stands.
    last: Place,
    /// The number of its first word.
    first: u32,
}

/// A text to be searched, round by round.
struct Rounds<'r> {
    search: &'r Search<'r>,
    bits: &'r WordBits,
    reader: Reader<'r>,
    round: &'r mut Round,
    cased: &'r mut Vec<Token>,
    found: &'r mut Vec<Found>,
}

impl kernel::Wide for Rounds<'_> {
    /// How many were found.
    type Answer = usize;

    #[inline(always)]
    fn run(self) -> usize {
        let Rounds { search, bits, mut reader, round, cased, found } = self;
        let has_small = search.starts.has_small();
        let (mut free, mut count) = (0, 0);
        for from in (0..bits.blocks()).step_by(ROUND) {
            let blocks = from..bits.blocks().min(from + ROUND);
            round.place(bits, blocks, has_small);
            if has_small {
                round.pass_small(search, &mut reader);
            }
            round.look(search, &mut reader);
            round.sift(search);
            round.look_on(search, &mut reader);
            round.look_up(search, &mut reader);
            round.walk(search, &mut reader, cased);
            (free, count) = round.choose(free, count, found);
        }
        count
    }
}

/// As many places are written of any block, since nobody can guess how many it has; few blocks have more.
const AT_LEAST: usize = 6;

impl Round {
    /// Where words begin in some blocks: those with a capital, a digit or a character beyond ASCII first, or all of them.
    #[inline(always)]
    fn place(&mut self, bits: &WordBits, blocks: std::ops::Range<usize>, all: bool) {
        let places = room(&mut self.places, blocks.len() * 64, 0);
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
    fn pass_small(&mut self, search: &Search<'_>, reader: &mut Reader<'_>) {
        let places = &mut self.places[..self.counts.places];
        let (small, mut left) = (search.starts.small(), 0);
        for at in 0..places.len() {
            let place = places[at];
            let is_small = reader.byte(place).is_ascii_lowercase();
            let hash = reader.word(place).hash;
            places[left] = place;
            left += usize::from(!is_small | small.may_hold(hash));
        }
        self.counts.places = left;
    }

    /// Reads each of the words.
    #[inline(always)]
    fn look(&mut self, search: &Search<'_>, reader: &mut Reader<'_>) {
        let places = &self.places[..self.counts.places];
        let seen = room(&mut self.seen, places.len(), Seen::default());
        let firsts = search.starts.firsts();
        for (&start, seen) in places.iter().zip(seen) {
            let Glance { hash, place } = reader.word(start);
            firsts.expect(hash);
            *seen = Seen { hash, place };
        }
    }

    /// Leaves the words that may be a name or begin one: which do cannot be guessed, so there is no branch on it.
    #[inline(always)]
    fn sift(&mut self, search: &Search<'_>) {
        let Round { seen, surfaces, alone, begin, counts, .. } = self;
        let seen = &mut seen[..counts.places];
        let (alone, begin) = (room(alone, seen.len(), 0), room(begin, seen.len(), 0));
        let firsts = search.starts.firsts();
        let (mut left, mut alone_count, mut begin_count) = (0, 0, 0);
        for at in 0..seen.len() {
            let [is_name, begins] = firsts.may_be_or_begin(seen[at].hash);
            seen[left] = seen[at];
            (alone[alone_count], begin[begin_count]) = (left as u32, left as u32);
            left += usize::from(is_name | begins);
            alone_count += usize::from(is_name);
            begin_count += usize::from(begins);
        }
        for &at in &alone[..alone_count] {
            search.dictionary.expect_probe(seen[at as usize].hash);
        }
        room(surfaces, left, NONE).fill(NONE);
        (counts.seen, counts.alone, counts.begin) = (left, alone_count, begin_count);
    }

    /// Leaves the words that may begin a name together with the token behind them.
    #[inline(always)]
    fn look_on(&mut self, search: &Search<'_>, reader: &mut Reader<'_>) {
        let Round { seen, begin, begun, counts, .. } = self;
        let (begin, begun) = (&begin[..counts.begin], room(begun, counts.begin, Walk::default()));
        let longer = search.starts.longer();
        for (&first, walk) in begin.iter().zip(&mut *begun) {
            let Seen { hash, place } = seen[first as usize];
            let next = reader.next(place.end());
            let key = join_hash(hash, next.hash);
            longer.expect(key);
            *walk = Walk { key, last: next.place, first };
        }
        counts.begun = sift_walks(search, begun);
    }

    /// Which names the words are that are one by themselves, written as they are.
    #[inline(always)]
    fn look_up(&mut self, search: &Search<'_>, reader: &mut Reader<'_>) {
        let Round { seen, alone, surfaces, counts, .. } = self;
        let (dictionary, alone) = (search.dictionary, &alone[..counts.alone]);
        for &at in alone {
            let word = &seen[at as usize];
            let (class, number) = dictionary.probe(word.hash);
            let is_name = is_written(reader, word.place.start(), class);
            let number = select_unpredictable(is_name, number, NO_WORD);
            dictionary.expect_word(number);
            surfaces[at as usize] = number;
        }
        for &at in alone {
            let surface = &mut surfaces[at as usize];
            *surface = dictionary.surface_of_word(*surface);
        }
    }

    /// Names of more words, one word a round for all walks that go on, to the longest that is written as it should be.
    #[inline(always)]
    fn walk(&mut self, search: &Search<'_>, reader: &mut Reader<'_>, cased: &mut Vec<Token>) {
        let Round { seen, begun, surfaces, counts, .. } = self;
        let (dictionary, longer, mut count) = (search.dictionary, search.starts.longer(), counts.begun);
        while count > 0 {
            let mut left = 0;
            for at in 0..count {
                let walk = begun[at];
                let Beginning { goes_on, surface, case } = dictionary.beginning(walk.key);
                let seen = &mut seen[walk.first as usize];
                let name = Place::new(seen.place.start(), walk.last.end());
                if surface != NONE && is_cased_at(reader, name, walk.last.start(), case, dictionary, cased) {
                    (seen.place, surfaces[walk.first as usize]) = (name, surface);
                }
                if goes_on {
                    let next = reader.next(walk.last.end());
                    let key = join_hash(walk.key, next.hash);
                    longer.expect(key);
                    begun[left] = Walk { key, last: next.place, ..walk };
                    left += 1;
                }
            }
            count = sift_walks(search, &mut begun[..left]);
        }
    }

    /// The names, where no name is yet: the first byte at which one may begin and the number of names so far are given
    /// and returned.
    #[inline(always)]
    fn choose(&self, mut free: u32, mut count: usize, found: &mut Vec<Found>) -> (u32, usize) {
        let (seen, surfaces) = (&self.seen[..self.counts.seen], &self.surfaces[..self.counts.seen]);
        let found = room(found, count + seen.len(), Found { span: Span::default(), surface: NONE });
        for (&Seen { place, .. }, &surface) in seen.iter().zip(surfaces) {
            let is_taken = (surface != NONE) & (place.start() >= free);
            found[count] = Found { span: Span::new(place.start(), place.end()), surface };
            count += usize::from(is_taken);
            free = select_unpredictable(is_taken, place.end(), free);
        }
        (free, count)
    }
}

/// Leaves, of walks, those that may begin a name, and asks for what is told of them. Returns how many they are.
#[inline(always)]
fn sift_walks(search: &Search<'_>, walks: &mut [Walk]) -> usize {
    let (longer, mut left) = (search.starts.longer(), 0);
    for at in 0..walks.len() {
        let walk = walks[at];
        walks[left] = walk;
        left += usize::from(longer.may_hold(walk.key) & (walk.last.end() != 0));
    }
    for walk in &walks[..left] {
        search.dictionary.expect_beginning(walk.key);
    }
    left
}

/// The first so many of a buffer; where it has less, it is made longer.
#[inline(always)]
fn room<T: Copy>(buffer: &mut Vec<T>, count: usize, blank: T) -> &mut [T] {
    if buffer.len() < count {
        buffer.resize(count, blank);
    }
    &mut buffer[..count]
}

/// Whether a word at a byte of a text is written as its class as a name asks.
#[inline(always)]
fn is_written(reader: &mut Reader<'_>, start: u32, class: u32) -> bool {
    if class & class::NAME_SMALL != 0 || class & class::NAME != 0 && is_tall(reader.byte(start)) {
        return true;
    }
    if class & (class::NAME | class::NAME_CAPITALS) == 0 {
        return false;
    }
    let form = reader.token(start).map_or(0, |token| token.form);
    class & class::NAME != 0 && form & (form::CAPITAL | form::DIGIT) != 0
        || class & class::NAME_CAPITALS != 0 && form & (form::ALL_CAPITALS | form::DIGIT) != 0
}

/// Whether a byte is a capital or a digit.
#[inline(always)]
fn is_tall(byte: u8) -> bool {
    byte.is_ascii_uppercase() || byte.is_ascii_digit()
}

/// Whether the tokens at a place of a text, of which the last begins at byte `last`, are written as `case` asks.
#[inline(always)]
fn is_cased_at(
    reader: &mut Reader<'_>,
    name: Place,
    last: u32,
    case: Case,
    dictionary: &Dictionary<'_>,
    cased: &mut Vec<Token>,
) -> bool {
    let (first, last) = (reader.byte(name.start()), reader.byte(last));
    let is_plain = is_tall(first) & last.is_ascii() & !last.is_ascii_lowercase();
    case == Case::Any || case == Case::Capital && is_plain || is_cased_slowly(reader, name, case, dictionary, cased)
}

#[inline(never)]
fn is_cased_slowly(
    reader: &mut Reader<'_>,
    name: Place,
    case: Case,
    dictionary: &Dictionary<'_>,
    cased: &mut Vec<Token>,
) -> bool {
    cased.clear();
    let mut at = name.start();
    while let Some(mut token) = reader.token(at).filter(|token| token.end <= name.end()) {
        token.class = dictionary.probe(token.hash).0;
        at = token.end;
        cased.push(token);
    }
    is_cased(cased, case)
}
