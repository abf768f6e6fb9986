//! Weighs a space that may be missing beside a mark: `rivers,mostly`, `rivers.Mostly`, `»said`, `Force(EXF)`.
//!
//! Marks carry most of their own evidence: a comma before a letter is wrong in any article. The doubtful ones are
//! straight quotation marks, whose side only the marks before them tell, and stops, which abbreviations carry too.

use super::RepairKind;
use super::junction::{Junction, Scale};
use crate::dictionary::class;
use crate::token::{Marked, Tokens, form};

/// Follows the straight quotation marks of a text: which side of a quotation a token stands on. Asked of few tokens,
/// so it walks from mark to mark, and only as far as it is asked.
pub struct Quotes<'t> {
    tokens: &'t Tokens,
    marks: Marked<'t>,
    /// All marks before this token are counted.
    at: usize,
    inside: bool,
}

impl<'t> Quotes<'t> {
    /// Stands before the first token.
    pub fn new(tokens: &'t Tokens) -> Self {
        Quotes { tokens, marks: tokens.marked(0, form::QUOTE | form::LINE), at: 0, inside: false }
    }

    /// Whether a quotation is open before token `i`, in its line. Must be asked from left to right.
    pub fn inside_at(&mut self, i: usize) -> bool {
        while let Some(at) = self.marks.next_at(self.at).filter(|&at| at < i) {
            let token = &self.tokens[at];
            self.inside &= !token.is(form::LINE);
            if token.symbol == b'"' && token.form & (form::BEYOND_ASCII | form::WORD) == 0 {
                // Spaces tell the sides of a mark; only where they do not is it simply the other side's turn.
                let next_apart = self.tokens.get(at + 1).is_none_or(|t| t.is(form::SPACE));
                self.inside = match (token.is(form::SPACE), next_apart) {
                    (true, false) => true,
                    (false, true) => false,
                    _ => !self.inside,
                };
            }
            self.at = at + 1;
        }
        self.inside &= !self.tokens[i].is(form::LINE);
        self.inside
    }
}

impl Scale<'_, '_> {
    /// Which side of a quotation the straight mark `i` is on that has no space on either: whether it opens one, by the mark
    /// before it and the one behind it in its line. None where they disagree.
    fn opens(&self, i: usize, quotes: &mut Quotes<'_>) -> Option<bool> {
        let opens = !quotes.inside_at(i);
        let Some(next) = self.tokens.marked(0, form::QUOTE | form::LINE).next_at(i + 1) else { return Some(opens) };
        let token = &self.tokens[next];
        let apart = (token.is(form::SPACE), self.tokens.get(next + 1).is_none_or(|t| !t.is(form::WORD)));
        let told = match apart {
            _ if token.is(form::LINE) || !token.is_symbol(b'"') => None,
            (false, true) => Some(true),
            (true, false) => Some(false),
            _ => None,
        };
        told.is_none_or(|told| told == opens).then_some(opens)
    }

    /// The junction before token `i`, where it or the token before it is a mark and no space stands between.
    pub fn beside_mark(&self, i: usize, quotes: &mut Quotes<'_>) -> Option<Junction> {
        let (before, token) = (&self.tokens[i.checked_sub(1)?], &self.tokens[i]);
        if token.is(form::SPACE) {
            return None;
        }
        let (odds, kind) = match (before.is(form::WORD), token.is(form::WORD)) {
            (false, true) => self.after_mark(i, quotes)?,
            (true, false) => self.before_mark(i, quotes)?,
            (false, false) => self.between_marks(i, quotes)?,
            (true, true) => return None,
        };
        if self.is_address(i) {
            return None;
        }
        Some(Junction { at: token.start, token: i as u32, odds, kind, parts: [0; 2] })
    }

    fn after_mark(&self, i: usize, quotes: &mut Quotes<'_>) -> Option<(f32, RepairKind)> {
        use RepairKind::{Closer, Punctuation};
        let (mark, token) = (&self.tokens[i - 1], &self.tokens[i]);
        let first = self.tokens.get(i.checked_sub(2)?)?;
        if mark.symbol == b'\'' {
            let opens = mark.of(self.text) == "‘" || mark.is(form::SPACE);
            if opens || token.is(form::DIGIT) {
                return None;
            }
            // "town,’said" and "town,''said": after a comma or a stop an apostrophe closes a quotation.
            let doubled = first.is_symbol(b'\'') && !first.is(form::SPACE);
            let before = if doubled { self.tokens.get(i.checked_sub(3)?)? } else { first };
            if matches!(before.symbol, b',' | b'.' | b'?' | b'!') && !first.is(form::SPACE) {
                return (token.end - token.start > 1).then_some((2.3, Closer));
            }
            // "ministers’talks": a plural's apostrophe.
            let plural = first.of(self.text).ends_with('s');
            let word = token.class & class::LEXICON != 0 && token.end - token.start > 3;
            return (plural && word).then_some((2.0, Closer));
        }
        let glued = !mark.is(form::SPACE);
        let digit = token.is(form::DIGIT);
        let known =
            token.class & (class::LEXICON | class::GIVEN | class::SURNAME | class::NAME | class::NAME_START) != 0;
        let capital = token.is(form::CAPITAL);
        let len = token.end - token.start;
        let wide = mark.form & form::BEYOND_ASCII != 0;
        let odds = match mark.symbol {
            // "1,000" is one number; "Friday,12" is not.
            b',' | b';' if glued && digit => {
                let number = first.of(self.text).ends_with(|c: char| c.is_ascii_digit());
                (first.is(form::WORD) && !number).then_some(2.3)?
            }
            b',' | b';' if glued => {
                if known {
                    3.4
                } else {
                    2.6
                }
            }
            b':' if glued && !digit && first.is(form::WORD) => {
                if capital && known {
                    2.6
                } else {
                    1.3
                }
            }
            b'?' | b'!' if glued && !digit => {
                if capital {
                    3.0
                } else {
                    1.5
                }
            }
            b'%' if !digit && known && len > 1 => 3.0,
            // "Sept.3"
            b'.' if glued && digit && first.has(class::MONTH) => 2.3,
            // "quay.25-year-old"
            b'.' if glued && digit && first.has(class::LEXICON) && !first.has(class::ABBREVIATION) => {
                (first.end - first.start > 2 && !first.is(form::CAPITAL)).then_some(1.8)?
            }
            b'.' if glued && !digit => return self.after_stop(i).map(|odds| (odds, Punctuation)),
            b')' | b']' if !digit && len > 1 => {
                let opened =
                    i.checked_sub(3).is_some_and(|o| self.tokens[o].is_symbol(b'(') || self.tokens[o].is_symbol(b'['));
                let inner = &self.text[first.start as usize..first.end as usize];
                if opened && inner.len() <= 3 && !first.is(form::ALL_CAPITALS) {
                    return None;
                }
                return Some((2.3, Closer));
            }
            b'"' if wide => match mark.of(self.text) {
                "”" | "»" if len > 1 || token.is_symbol(b'a') => return Some((3.0, Closer)),
                _ => return None,
            },
            b'"' if glued && first.symbol == b',' && !first.is(form::SPACE) && !capital => return Some((2.6, Closer)),
            b'"' if glued => {
                return Some(match self.opens(i - 1, quotes) {
                    Some(true) => (-0.8, Closer),
                    Some(false) => (2.4, Closer),
                    None => (0.5, Closer),
                });
            }
            // A dash at the beginning of a line marks an item of a list.
            b'-' if !glued && !mark.is(form::LINE) && !digit => {
                return Some((if wide { 2.2 } else { 1.0 }, Punctuation));
            }
            b'-' if first.is_symbol(b'-') && first.is(form::SPACE) && !first.is(form::LINE) => {
                return Some((1.6, Punctuation));
            }
            _ => return None,
        };
        Some((odds, Punctuation))
    }

    /// `rivers.Mostly`, `U.S.rivers`.
    fn after_stop(&self, i: usize) -> Option<f32> {
        let token = &self.tokens[i];
        let first = &self.tokens[i - 2];
        if first.is_symbol(b'.') && !first.is(form::SPACE) {
            return Some(if token.is(form::CAPITAL) { 1.5 } else { 0.7 });
        }
        if !first.is(form::WORD) {
            // A closer before the stop: `media).The`.
            return (matches!(first.symbol, b')' | b'"' | b'\'' | b']' | b'%') && token.is(form::CAPITAL))
                .then_some(2.6);
        }
        let single = first.end - first.start == 1;
        let dotted = i >= 4 && self.tokens[i - 3].is_symbol(b'.') && !self.tokens[i - 2].is(form::SPACE);
        let stop_follows = self.tokens.get(i + 1).is_some_and(|t| t.is_symbol(b'.') && !t.is(form::SPACE))
            && token.end - token.start <= 3;
        let function = token.class & (class::FUNCTION | class::STARTER) != 0;
        if !token.is(form::CAPITAL) {
            let word = token.class & class::LEXICON != 0 && token.end - token.start > 2;
            return (dotted && single && word).then_some(2.5);
        }
        let small = !first.is(form::CAPITAL) && (!single || first.is(form::DIGIT));
        // "quay.Mr. Osei": a title begins a sentence.
        let title = stop_follows && token.has(class::TITLE) && token.end - token.start > 1;
        if title && small {
            return Some(2.6);
        }
        let one_letter = token.end - token.start == 1;
        // "U.S.", "EXF.N"
        if stop_follows || (dotted && !single) || (one_letter && first.is(form::ALL_CAPITALS)) {
            return None;
        }
        Some(match (small, function) {
            (true, true) => 3.0,
            // "Mr.Osei"
            _ if first.has(class::TITLE) && !single => 2.9,
            (false, true) if !single || dotted => 2.5,
            (true, false) if one_letter => return None,
            (true, false) => 2.6,
            // "J.Osei"
            (false, _) if single && !dotted => return (!one_letter).then_some(1.2),
            _ => 2.3,
        })
    }

    fn before_mark(&self, i: usize, quotes: &mut Quotes<'_>) -> Option<(f32, RepairKind)> {
        let (first, mark) = (&self.tokens[i - 1], &self.tokens[i]);
        let next = self.tokens.get(i + 1);
        let next_glued = next.is_some_and(|t| !t.is(form::SPACE));
        let len = first.end - first.start;
        let small = !first.is(form::CAPITAL) && !first.is(form::DIGIT);
        let odds = match mark.symbol {
            b'(' | b'[' if next_glued => {
                let short = next.is_some_and(|t| t.end - t.start <= 3 && !t.is(form::CAPITAL) && !t.is(form::DIGIT));
                if short || len < 2 && !self.is_behind_apostrophe(i - 1) {
                    return None;
                }
                if small { 2.9 } else { 2.5 }
            }
            b'"' if next_glued && mark.form & form::BEYOND_ASCII != 0 => match mark.of(self.text) {
                "“" | "«" | "„" => 3.2,
                _ => return None,
            },
            b'\'' if next_glued && mark.of(self.text) == "‘" => 2.6,
            b'"' if next_glued && small && next.is_some_and(|t| t.is(form::WORD)) => match self.opens(i, quotes) {
                Some(true) => 2.5,
                Some(false) => -0.8,
                None => 0.8,
            },
            b'$' if small && next_glued => 2.6,
            0 if matches!(mark.of(self.text), "£" | "€") && next_glued => 2.6,
            b'-' if !next_glued && mark.form & form::BEYOND_ASCII != 0 => 1.4,
            b'-' if !next_glued && small && len > 3 => 0.7,
            // "harbour-- which"
            b'-' if next.is_some_and(|t| t.is_symbol(b'-') && !t.is(form::SPACE))
                && self.tokens.get(i + 2).is_some_and(|t| t.is(form::SPACE)) =>
            {
                1.4
            }
            _ => return None,
        };
        Some((odds, RepairKind::Opener))
    }

    /// `said,“We`, `end.”“Then`.
    fn between_marks(&self, i: usize, quotes: &mut Quotes<'_>) -> Option<(f32, RepairKind)> {
        let (first, mark) = (&self.tokens[i - 1], &self.tokens[i]);
        let next_glued = self.tokens.get(i + 1).is_some_and(|t| !t.is(form::SPACE) && t.is(form::WORD));
        if !next_glued
            || first.is(form::SPACE)
            || !matches!(first.symbol, b',' | b'.' | b':' | b';' | b'?' | b'!' | b'"' | b')')
        {
            return None;
        }
        let opens = match (mark.symbol, mark.form & form::BEYOND_ASCII != 0) {
            (b'"', true) => matches!(mark.of(self.text), "“" | "«" | "„"),
            // "town,"said": after a comma a small word goes on behind the quotation.
            (b'"', false) if first.symbol == b',' && !self.tokens[i + 1].is(form::CAPITAL) => false,
            (b'"', false) => !quotes.inside_at(i),
            (b'\'', true) => mark.of(self.text) == "‘",
            (b'(' | b'$', _) => true,
            (0, true) => matches!(mark.of(self.text), "£" | "€"),
            _ => false,
        };
        opens.then_some((2.6, RepairKind::Opener))
    }
}
