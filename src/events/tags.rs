//! What a token is by itself, before its neighbours are asked: by what it is written with, by the lists, by its ending.

use super::detect::Input;
use super::marks::mark;
use super::syntax::Tag;
use super::words::{Word, Words, flag, is_number};
use crate::token::{Token, form};

/// The tag of a token and whether it reports what somebody said. `first` is the first token of its sentence. The comma of a
/// number is like any other: [`is_inside_number`] tells it apart.
#[inline]
pub fn raw_tag(words: &Words, article: &Input<'_>, at: usize, first: usize) -> (Tag, bool) {
    let mark = mark(&article.tokens[at]);
    if !mark.must_look() {
        return (mark.tag(), mark.reports());
    }
    let (tag, flags) = look(words, article, at, first);
    (tag, flags & flag::REPORT != 0)
}

/// The tag of a token of which its mark does not tell, and what is known of its word: bits of [`flag`].
#[inline]
pub fn look(words: &Words, article: &Input<'_>, at: usize, first: usize) -> (Tag, u32) {
    let Input { text, tokens, .. } = *article;
    if tokens[at].form & form::WORD == 0 {
        return (symbol(text, tokens, at, first), 0);
    }
    look_at_word(words, article, at, first)
}

/// The same for a word.
fn look_at_word(words: &Words, article: &Input<'_>, at: usize, first: usize) -> (Tag, u32) {
    let Input { text, tokens, .. } = *article;
    let token = &tokens[at];
    if token.symbol | 0x20 == b's'
        && token.end - token.start == 1
        && at > first
        && tokens[at - 1].is_symbol(b'\'')
        && is_glued(tokens, at)
    {
        return (Tag::Genitive, 0);
    }
    let known = words.of(token);
    if known.flags & (flag::HEDGE | flag::AS) != 0
        && let Some(tag) = beside(words, known, tokens, at, first)
    {
        return (tag, known.flags);
    }
    let capital = token.form & form::CAPITAL != 0 && at > first;
    let tag = match known.tag {
        // "Defence Ministry Sets Talks": inside a sentence a capital makes a name of a verb.
        Tag::Verb | Tag::Base | Tag::Past if capital && !is_headline(tokens, at) => Tag::Noun,
        Tag::Unknown if token.form & form::DIGIT != 0 || (capital && !is_headline(tokens, at)) => Tag::Noun,
        Tag::Unknown => Tag::by_ending(&text.as_bytes()[token.start as usize..token.end as usize]),
        tag => tag,
    };
    (tag, known.flags)
}

/// Words that are something else beside certain others: "over 40", "more than 40", "as well as".
fn beside(words: &Words, known: &Word, tokens: &[Token], at: usize, first: usize) -> Option<Tag> {
    let (next, flags) = (tokens.get(at + 1), known.flags);
    let counts = |n: &Token| is_number(n) || n.symbol == b'$';
    if flags & flag::HEDGE != 0 && next.is_some_and(counts) {
        return Some(if known.tag == Tag::Subordinator { Tag::Skip } else { Tag::Adverb });
    }
    if flags & flag::AS == 0 {
        return None;
    }
    let well = |token: &Token| words.of(token).flags & flag::WELL != 0;
    if next.is_some_and(well) {
        return Some(Tag::Conjunction);
    }
    (at > first && well(&tokens[at - 1])).then_some(Tag::Adverb)
}

/// The tag of a sign whose neighbours matter.
#[inline]
fn symbol(text: &str, tokens: &[Token], at: usize, first: usize) -> Tag {
    match tokens[at].symbol {
        b'\'' if at > first && is_glued(tokens, at) => match tokens.get(at + 1).filter(|_| is_glued(tokens, at + 1)) {
            Some(s) if s.of(text).eq_ignore_ascii_case("s") => Tag::Genitive,
            None if tokens[at - 1].of(text).ends_with('s') => Tag::Genitive,
            _ => Tag::Skip,
        },
        b'-' if !(is_glued(tokens, at) && is_glued(tokens, at + 1)) => Tag::Dash,
        _ => Tag::Skip,
    }
}

/// Whether a token between two numbers joins them to one: "2,400".
#[inline]
pub fn is_inside_number(tokens: &[Token], at: usize) -> bool {
    tokens[at].is_symbol(b',') && is_glued(tokens, at) && is_glued(tokens, at + 1)
}

/// Whether there is a token `at`, with no space before it.
fn is_glued(tokens: &[Token], at: usize) -> bool {
    tokens.get(at).is_some_and(|t| t.form & form::SPACE == 0)
}

/// Whether every long word around is written with a capital, as in some titles.
fn is_headline(tokens: &[Token], at: usize) -> bool {
    let around = &tokens[at.saturating_sub(3)..(at + 4).min(tokens.len())];
    // All are asked, since at which of them it is settled cannot be guessed.
    const LARGE: u32 = form::CAPITAL | form::DIGIT;
    let is_small = |t: &Token| (t.form & (form::WORD | LARGE) == form::WORD) & (t.end - t.start > 3);
    around.len() > 5 && !around.iter().fold(false, |any, t| any | is_small(t))
}

#[cfg(test)]
mod tests {
    use super::super::catalogue::Catalogue;
    use super::*;
    use crate::dictionary::Dictionary;
    use crate::entities::Entities;
    use crate::segment::Sentences;
    use crate::token::Tokens;

    #[test]
    fn the_tag_kept_for_a_word_is_the_one_that_would_be_read() {
        let dictionary = Dictionary::open(crate::gazetteer::shipped()).expect("the lists are sound");
        let rows = dictionary.text("events").expect("the lists carry the catalogue");
        let words = Words::new(&dictionary, &Catalogue::read(rows).expect("the catalogue is sound"));
        let entities = Entities::default();
        let mut tokens = Tokens::default();
        let mut kept = 0;
        for word in 0..dictionary.word_count() as u32 {
            let text = dictionary.word_text(word);
            tokens.tokenize(text);
            dictionary.annotate(&mut tokens);
            let article =
                Input { text, tokens: &tokens, sentences: &Sentences::default(), dateline: None, entities: &entities };
            let word = tokens.first().filter(|t| t.is(form::WORD));
            let marked = word.map(mark).filter(|m| !m.must_look());
            if let Some(mark) = marked {
                let (tag, flags) = look(&words, &article, 0, 0);
                assert_eq!((tag, flags & flag::REPORT != 0), (mark.tag(), mark.reports()), "{text}");
                kept += 1;
            }
        }
        assert!(kept > 1000, "only {kept} words have a tag of their own");
    }
}
