//! The tables of an image, with further rows: words, longer names, pairs of words, strings.

use super::Patch;
use super::class::TOLD_WANTED;
use crate::dictionary::class::{self, Function};
use crate::dictionary::compile::{LONGEST_NAME, folded_surface};
use crate::dictionary::image::{NONE, PlainWord, SPELLED_TOGETHER, Slice};
use crate::dictionary::speech::{Mark, Tag};
use crate::dictionary::word_table::Told;
use crate::dictionary::{Case, lines, trie};
use crate::error::{Error, Result};
use crate::token::{NO_WORD, Token, Tokens, fold_word, form, hash_folded};

impl Patch {
    /// The surface of a run of words, laid into the tables if it is new.
    pub(super) fn surface(&mut self, name: &str, tokens: &[Token]) -> Result<u32> {
        self.word_of(tokens[0].of(name), tokens[0].hash)?;
        if let [only] = tokens {
            return match self.surface_alone(only.hash) {
                Some(known) => self.same(known, name, tokens),
                None => {
                    let surface = self.new_surface(name)?;
                    self.set_alone(only.hash, surface);
                    Ok(surface)
                }
            };
        }
        self.set_class(tokens[0].hash, 0, class::NAME_START)?;
        if let Some(known) = self.longer(tokens) {
            return self.same(known, name, tokens);
        }
        if !lines::has_room(&self.parts.beginnings, self.beginnings + tokens.len()) {
            self.widen_beginnings()?;
        }
        let surface = self.new_surface(name)?;
        let keys: Vec<u64> = trie::keys(tokens).collect();
        self.add_pair(keys[0]);
        for &key in &keys[..keys.len() - 1] {
            self.beginnings += usize::from(trie::begin(&mut self.parts.beginnings, key, None)?);
        }
        self.set_longer(tokens, Some((surface, Case::Any)))?;
        Ok(surface)
    }

    /// A surface that was found by hash, if it is the name.
    fn same(&self, surface: u32, name: &str, tokens: &[Token]) -> Result<u32> {
        let known = self.name_of(surface);
        if known == name {
            return Ok(surface);
        }
        let mut own = Tokens::default();
        own.tokenize(known);
        if folded_surface(known, &own) == folded_surface(name, tokens) {
            Ok(surface)
        } else {
            Err(Error::list(format!("{name:?} and {known:?} share a hash")))
        }
    }

    /// The surface that a word is by itself.
    pub(super) fn surface_alone(&self, hash: u64) -> Option<u32> {
        let number = self.parts.table.find(hash)?;
        self.parts.alone.get(number as usize).copied().filter(|&surface| surface != NONE)
    }

    /// Says which surface a listed word is by itself. Its class says whether that is to be found.
    fn set_alone(&mut self, hash: u64, surface: u32) {
        let Some(number) = self.parts.table.find(hash) else { return };
        let number = number as usize;
        if self.parts.alone.len() <= number {
            self.parts.alone.resize(number + 1, NONE);
        }
        self.parts.alone[number] = surface;
    }

    /// The surface of several words.
    pub(super) fn longer(&self, tokens: &[Token]) -> Option<u32> {
        Some(self.parts.dictionary().longer_name(tokens)).filter(|&surface| surface != NONE)
    }

    /// Says which surface several words are, and how they must be written; or that they are none.
    pub(super) fn set_longer(&mut self, tokens: &[Token], found: Option<(u32, Case)>) -> Result<()> {
        let Some(key) = trie::keys(tokens).last() else { return Ok(()) };
        match found {
            Some(found) => {
                self.beginnings += usize::from(trie::begin(&mut self.parts.beginnings, key, Some(found))?);
            }
            None => trie::forget(&mut self.parts.beginnings, key),
        }
        Ok(())
    }

    /// Makes room in the table of longer names. It has no more of a hash than tells names apart, so the names that are
    /// there are hashed once more.
    fn widen_beginnings(&mut self) -> Result<()> {
        let mut wider = lines::table(self.beginnings * 2);
        let mut tokens = Tokens::default();
        self.beginnings = 0;
        for (surface, row) in (0u32..).zip(&self.parts.surfaces) {
            if row.readings(&self.parts.readings).is_empty() || self.parts.strings.binary_search(&surface).is_ok() {
                continue;
            }
            tokens.tokenize(self.name_of(surface));
            let longest = tokens.len().saturating_sub(2);
            for (at, key) in trie::keys(&tokens).enumerate() {
                let name = (at == longest).then(|| (surface, Case::from_byte(row.case())));
                self.beginnings += usize::from(trie::begin(&mut wider, key, name)?);
            }
        }
        self.parts.beginnings = wider;
        Ok(())
    }

    /// Notes that a name begins with two tokens. When many have been noted the table is doubled: a place of the old one is
    /// two of the new, so all that was noted is still so.
    fn add_pair(&mut self, key: u64) {
        self.new_pairs += 1;
        if self.new_pairs * 16 > self.parts.pairs.len() * 64 {
            let doubled = |bits: u32| (0..32).fold(0u64, |wide, i| wide | (u64::from(bits >> i & 1) * 3) << (2 * i));
            let pairs = self.parts.pairs.iter();
            self.parts.pairs = pairs.flat_map(|&w| [doubled(w as u32), doubled((w >> 32) as u32)]).collect();
            self.new_pairs = 0;
        }
        trie::set_pair(&mut self.parts.pairs, key);
    }

    /// Makes sure that a word has a number, and returns its hash.
    ///
    /// # Errors
    /// When it is not one word, or the image has no room left.
    pub fn add_word(&mut self, word: &str) -> Result<u64> {
        self.with_tokens(word, |patch, tokens| match tokens {
            [only] if only.form & form::WORD != 0 => patch.word_of(word, only.hash).map(|()| only.hash),
            _ => Err(Error::list(format!("{word:?} is not one word"))),
        })
    }

    /// Makes a word one that may trigger an event. Where nothing tells its part of speech, `tag` does.
    ///
    /// # Errors
    /// As [`Patch::add_word`].
    pub fn add_trigger(&mut self, word: &str, tag: Tag) -> Result<()> {
        let hash = self.add_word(word)?;
        self.parts.table.change(hash, |told| {
            told.class |= class::TRIGGER;
            if Mark(told.mark) == Mark::new(Tag::Unknown, false, false) {
                told.mark = Mark::new(tag, false, false).0;
            }
        })
    }

    /// Makes a word one for which rules of events ask.
    ///
    /// # Errors
    /// As [`Patch::add_word`].
    pub fn add_wanted(&mut self, word: &str) -> Result<()> {
        let hash = self.add_word(word)?;
        self.parts.table.change(hash, |told| told.function |= TOLD_WANTED)
    }

    /// Adds a word when no list holds it.
    fn word_of(&mut self, word: &str, hash: u64) -> Result<()> {
        if self.parts.table.find(hash).is_some() {
            return Ok(());
        }
        let number = self.parts.spellings.len();
        if number >= NO_WORD as usize {
            return Err(Error::list("the lists hold more words than a word's number has room for"));
        }
        self.folded.clear();
        fold_word(word, &mut self.folded);
        debug_assert_eq!(hash_folded(&self.folded), hash);
        let len = u8::try_from(self.folded.len()).ok().filter(|&len| len > 0);
        let len = len.ok_or_else(|| Error::list(format!("a word is longer than {LONGEST_NAME} bytes")))?;
        let mark = Mark::of_word(&self.folded, std::iter::empty());
        if !self.parts.table.has_room(number) {
            self.widen()?;
        }
        let told = Told { class: 0, name_weights: 0, function: Function::None.told(), mark: mark.0, pad: 0 };
        self.parts.table.add(hash, number as u32, told)?;
        self.parts.spellings.push(len);
        self.new_words.push_str(&self.folded);
        self.new_hashes.push(hash);
        self.parts.plain_words.push(PlainWord { level: 0, name_weights: 0 });
        Ok(())
    }

    /// Makes room in the table of words. It has no more of a hash than tells words apart, so the words that were there are
    /// hashed once more.
    fn widen(&mut self) -> Result<()> {
        let known = self.parts.dictionary();
        let mut folded = String::new();
        let mut hashes = Vec::with_capacity(self.parts.spellings.len());
        for word in 0..self.first_word as u32 {
            folded.clear();
            fold_word(known.word_text(word), &mut folded);
            hashes.push(hash_folded(&folded));
        }
        hashes.extend(&self.new_hashes);
        self.parts.table.widen(hashes.len(), |word| hashes[word as usize])
    }

    /// Lays down how the new words are spelled. Words of one group stand side by side, so the last group that was there is
    /// written once more, with the new ones behind it.
    pub(super) fn spell_words(&mut self) {
        if self.parts.spellings.len() == self.first_word {
            return;
        }
        let group = self.first_word / SPELLED_TOGETHER;
        let known = &self.parts.spellings[group * SPELLED_TOGETHER..self.first_word];
        let known: usize = known.iter().map(|&len| usize::from(len)).sum();
        let mut at = self.parts.pool.len();
        if let Some(&start) = self.parts.spelling_starts.get(group) {
            let start = start as usize;
            self.parts.pool.extend_from_within(start..start + known);
        }
        self.parts.pool.push_str(&self.new_words);
        self.parts.spelling_starts.truncate(group);
        for group in self.parts.spellings[group * SPELLED_TOGETHER..].chunks(SPELLED_TOGETHER) {
            self.parts.spelling_starts.push(at as u32);
            at += group.iter().map(|&len| usize::from(len)).sum::<usize>();
        }
    }

    /// Changes class bits of a listed word.
    pub(super) fn set_class(&mut self, hash: u64, clear: u32, set: u32) -> Result<()> {
        self.parts.table.change(hash, |told| told.class = told.class & !clear | set)
    }

    /// Takes a listed word from the names of people.
    pub(super) fn forget_weights(&mut self, hash: u64) -> Result<()> {
        let Some(number) = self.parts.table.find(hash) else { return Ok(()) };
        let known = self.parts.words.len();
        match self.parts.words.get_mut(number as usize) {
            Some(row) => row.plain.name_weights = 0,
            None => self.parts.plain_words[number as usize - known].name_weights = 0,
        }
        self.parts.table.change(hash, |told| {
            told.class &= !(class::GIVEN | class::SURNAME);
            told.name_weights = 0;
        })
    }

    /// The value id of a string that our lists may have: stations compare ids, so it is looked for.
    pub(super) fn shared_value(&mut self, text: &str) -> Result<u16> {
        if !self.values.contains_key(text)
            && let Some(known) = self.parts.values.iter().position(|&value| self.text(value) == text)
        {
            self.values.insert(text.to_owned(), known as u32);
        }
        u16::try_from(self.value(text)?).map_err(|_| Error::list("the lists hold more values than there is room for"))
    }

    /// The value id of a string of users' lists.
    pub(super) fn value(&mut self, text: &str) -> Result<u32> {
        if text.is_empty() {
            return Ok(0);
        }
        if let Some(&id) = self.values.get(text) {
            return Ok(id);
        }
        let slice = self.pooled(text)?;
        self.parts.values.push(slice);
        let id = self.parts.values.len() as u32 - 1;
        self.values.insert(text.to_owned(), id);
        Ok(id)
    }

    pub(super) fn text(&self, slice: Slice) -> &str {
        &self.parts.pool[slice.at as usize..(slice.at + slice.len) as usize]
    }

    pub(super) fn pooled(&mut self, text: &str) -> Result<Slice> {
        let at = self.parts.pool.len();
        // Room is left for the spelling of words.
        if at + text.len() + self.new_words.len() > u32::MAX as usize {
            return Err(Error::list("the strings of the lists outgrow four gigabytes"));
        }
        self.parts.pool.push_str(text);
        Ok(Slice { at: at as u32, len: text.len() as u32 })
    }
}
