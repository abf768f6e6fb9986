//! Finds the verb of saying beside a quotation, and who stands beside the verb.

use super::words::{Verb, is};
use crate::dictionary::class;
use crate::entities::little_words::is_word;
use crate::token::{Token, form};

/// The tokens of an article with what the verbs of saying mean.
pub(super) struct Scan<'a> {
    pub verbs: &'a super::words::Verbs,
    pub words: &'a super::words::Words,
    pub text: &'a str,
    pub tokens: &'a [Token],
}

/// Who says a quotation, all as tokens.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Said {
    /// The verb of saying.
    pub cue: Option<u32>,
    pub speaker: Option<(u32, u32)>,
    /// Who passes the words on.
    pub via: Option<(u32, u32)>,
}

/// How many tokens a cue may stand away from the marks.
const REACH: usize = 30;

/// How many tokens a name that stands apart from any verb has at most, with the role before it.
const SIGNATURE: usize = 12;

impl Scan<'_> {
    fn word(&self, at: usize) -> bool {
        self.tokens[at].form & form::WORD != 0
    }

    /// Whether a token is a small word of some sorts, bits of [`is`].
    fn any(&self, at: usize, sorts: u8) -> bool {
        self.words.of(&self.tokens[at], sorts)
    }

    fn symbol(&self, at: usize, symbol: u8) -> bool {
        self.tokens[at].is_symbol(symbol)
    }

    /// A verb of saying, but not in "so-called".
    fn reports(&self, at: usize) -> bool {
        let token = &self.tokens[at];
        token.has(class::REPORT) && (at == 0 || token.is(form::SPACE) || !self.symbol(at - 1, b'-'))
    }

    /// `…,” said X`, `…,” X said`, `…,” according to X`: in the tokens from the closing mark to the sentence's end.
    pub(super) fn behind(&self, from: usize, to: usize) -> Option<Said> {
        let mut at = from;
        while at < to && self.tokens[at].form & (form::QUOTE | form::DASH) != 0 || at < to && self.symbol(at, b',') {
            at += 1;
        }
        let near = to.min(at + REACH);
        let verb = (at..near).find(|v| self.reports(*v))?;
        let said = |speaker, via| Some(Said { cue: Some(verb as u32), speaker, via });
        let kind = self.verbs.of(&self.tokens[verb]);
        if kind == Verb::According {
            return said(self.forward(verb + 2, near), None);
        }
        if let Some((speaker, via)) = self.quoted(verb, at, near) {
            return said(speaker, via);
        }
        let via = self.carrier(verb + 1, near);
        if verb == at {
            return said(if kind.takes_speaker_behind() { self.forward(verb + 1, near) } else { None }, via);
        }
        // Between the mark and the verb stands the speaker and nothing else: a clause of its own has a verb of its own.
        said(Some(self.backward(verb, at)?), via)
    }

    /// `X said: “…`, `He added, “…`, `according to X, “…`, `X: “…`: in the tokens from the sentence's start to the mark.
    pub(super) fn ahead(&self, from: usize, to: usize) -> Option<Said> {
        let start = from.max(to.saturating_sub(2 * REACH));
        let mut verbs = (start..to).rev().filter(|v| self.reports(*v));
        let Some(verb) = verbs.next() else {
            return self.before_colon(from, to);
        };
        let said = |cue, speaker, via| Some(Said { cue: Some(cue as u32), speaker, via });
        let kind = self.verbs.of(&self.tokens[verb]);
        if kind == Verb::According {
            let named = self.forward(verb + 2, to);
            // "X said, according to Y: “…”": Y passes it on.
            return match verbs.next().filter(|v| v + 2 == verb && self.symbol(v + 1, b',')) {
                Some(says) => said(says, self.backward(says, start), named),
                None => said(verb, named, None),
            };
        }
        if let Some((speaker, via)) = self.quoted(verb, start, to) {
            return said(verb, speaker, via);
        }
        if kind.is_participle() {
            // "Mr X left the room, saying “…”": the subject is that of the finite verb, or opens the sentence.
            let finite = verbs.find(|v| !self.verbs.of(&self.tokens[*v]).is_participle());
            let speaker = finite.and_then(|v| self.backward(v, start)).or_else(|| self.opening(from, verb));
            return said(verb, speaker, None);
        }
        let speaker = self.backward(verb, start).or_else(|| {
            // "Stated X: “…"
            if verb == from && kind.takes_speaker_behind() {
                self.forward(verb + 1, to)
            } else {
                self.opening(from, verb)
            }
        });
        // "According to Y, X said: “…"
        let according = verbs.find(|v| self.verbs.of(&self.tokens[*v]) == Verb::According);
        said(verb, speaker, according.and_then(|v| self.forward(v + 2, verb)).filter(|via| Some(*via) != speaker))
    }

    /// "Y quoted X as saying", "X was quoted by Y as saying", "X was quoted as saying by Y": X and Y, where `verb` is the
    /// one behind "as".
    fn quoted(&self, verb: usize, from: usize, to: usize) -> Option<(Option<(u32, u32)>, Option<(u32, u32)>)> {
        let says = self.verbs.of(&self.tokens[verb]).is_participle();
        let quoted = (from..verb).rev().take(REACH).find(|at| self.any(*at, is::QUOTES))?;
        if !says || !is_word(self.text, &self.tokens[verb - 1], "as") {
            return None;
        }
        let by = |at: usize| {
            let is_by = at + 1 < to && is_word(self.text, &self.tokens[at], "by");
            if is_by { self.forward(at + 1, to) } else { None }
        };
        if quoted + 2 == verb || is_word(self.text, &self.tokens[quoted + 1], "by") {
            return Some((self.backward(quoted, from), by(quoted + 1).or_else(|| by(verb + 1))));
        }
        Some((self.forward(quoted + 1, verb - 1), self.backward(quoted, from)))
    }

    /// Who passes on what somebody else said: "…, Y reported", "…, according to Y", in the tokens behind the first cue.
    fn carrier(&self, from: usize, to: usize) -> Option<(u32, u32)> {
        let verb = (from..to).find(|v| self.reports(*v))?;
        if self.verbs.of(&self.tokens[verb]) == Verb::According {
            return self.forward(verb + 2, to);
        }
        let comma = (from..verb).rev().find(|c| self.symbol(*c, b','))?;
        let ends = verb + 1 == to || self.tokens[verb + 1].is(form::STOP);
        if ends { self.passes_on(verb, comma + 1) } else { None }
    }

    /// The subject of a verb of saying, if nothing else stands before it from `from` on and it is named.
    pub(super) fn passes_on(&self, verb: usize, from: usize) -> Option<(u32, u32)> {
        let (first, end) = self.backward(verb, from)?;
        let alone = (from..first as usize).all(|at| self.is_article(at) || !self.word(at));
        (alone && !self.is_pronoun(first as usize)).then_some((first, end))
    }

    /// "Jane Roe: “…”", "More from the report: “…”": a name and a colon are a cue without a verb.
    fn before_colon(&self, from: usize, to: usize) -> Option<Said> {
        let colon = to.checked_sub(1).filter(|c| *c > from && self.symbol(*c, b':'))?;
        let source = || {
            let near = from.max(colon.saturating_sub(SIGNATURE));
            let at = (near..colon).rev().find(|at| is_word(self.text, &self.tokens[*at], "from"))?;
            self.forward(at + 1, colon)
        };
        let speaker = self.capitals_before(colon, from).or_else(|| self.named(from, colon)).or_else(source)?;
        Some(Said { speaker: Some(speaker), ..Said::default() })
    }

    /// "As Professor Berg put it": the first person named.
    fn named(&self, from: usize, to: usize) -> Option<(u32, u32)> {
        let is_name = |at: &usize| {
            let token = &self.tokens[*at];
            token.is(form::CAPITAL)
                && token.has(class::GIVEN | class::SURNAME)
                && !token.has(class::FUNCTION | class::MONTH | class::WEEKDAY)
        };
        let first = (from..to).find(is_name)?;
        let end = (first + 1..to).find(|at| !is_name(at)).unwrap_or(to);
        Some((first as u32, end as u32))
    }

    /// The name that signs what stands before it: "Jan Kalns", "– Former mayor Jan Kalns, head of the port".
    pub(super) fn signature(&self, from: usize, to: usize) -> Option<(u32, u32)> {
        let first = (from..to).find(|at| !self.symbol(*at, b'-'))?;
        let goes_on = |at: &usize| if self.word(*at) { !self.says(*at) } else { self.inside_name(*at, to) };
        let end = (first..to.min(first + SIGNATURE)).find(|at| !goes_on(at)).unwrap_or(to);
        let closed = end == to || matches!(self.tokens[end].symbol, b',' | b'.' | b'(') && !self.word(end);
        let (name, _) = self.capitals_before(end, first)?;
        let known = (name as usize..end).any(|at| self.tokens[at].has(class::GIVEN | class::SURNAME));
        (closed && known && self.tokens[first].is(form::CAPITAL)).then_some((name, end as u32))
    }

    /// A word that no name or role has: it tells something.
    fn says(&self, at: usize) -> bool {
        let token = &self.tokens[at];
        token.has(class::REPORT | class::FUNCTION)
            && !token.has(class::PARTICLE)
            && !self.any(at, is::JOINT | is::ARTICLE)
    }

    /// The noun phrase that opens a sentence.
    fn opening(&self, from: usize, to: usize) -> Option<(u32, u32)> {
        let mut at = from;
        while at < to && !self.word(at) {
            at += 1;
        }
        // "On Monday, X …": a leading phrase is stepped over.
        if at < to && self.tokens[at].has(class::FUNCTION) && !self.is_pronoun(at) && !self.is_article(at) {
            let comma = (at..to).find(|c| self.symbol(*c, b','))?;
            at = comma + 1;
        }
        if at < to { self.forward(at, to) } else { None }
    }

    /// The noun phrase that begins at `from`.
    fn forward(&self, from: usize, to: usize) -> Option<(u32, u32)> {
        let mut at = from;
        if at >= to || !self.word(at) {
            return None;
        }
        if self.is_pronoun(at) {
            return Some((at as u32, at as u32 + 1));
        }
        let first = at;
        at += usize::from(self.is_article(at));
        let mut end = at;
        while at < to {
            let token = &self.tokens[at];
            if !self.word(at) {
                if !self.inside_name(at, to) {
                    break;
                }
                at += 1;
                continue;
            }
            if token.has(class::FUNCTION | class::WEEKDAY | class::REPORT)
                && !(token.has(class::PARTICLE) && at > first && self.tokens[at - 1].is(form::CAPITAL))
            {
                break;
            }
            at += 1;
            end = at;
        }
        if end <= first {
            return None;
        }
        // The last run of capitals is the name: "spokesman Jan Kalns".
        Some(self.capitals_before(end, first).filter(|(_, e)| *e as usize == end).unwrap_or((first as u32, end as u32)))
    }

    /// The noun phrase that ends before a verb, not reaching behind `from`.
    fn backward(&self, verb: usize, from: usize) -> Option<(u32, u32)> {
        let mut end = verb;
        while end > from && self.word(end - 1) && self.is_beside_verb(end - 1) {
            end -= 1;
        }
        if end > from && self.any(end - 1, is::RELATIVE) {
            end -= 1;
        }
        if end > from && self.symbol(end - 1, b',') {
            // "Jan Kalns, head of the agency, said": the name stands before the phrase between commas.
            let comma = (from..end - 1).rev().take(REACH).find(|c| self.symbol(*c, b','));
            let name = comma.and_then(|c| self.capitals_before(c, from).or_else(|| self.phrase_before(c, from)));
            return name.or_else(|| self.phrase_before(end - 1, from));
        }
        if end > from && self.symbol(end - 1, b')') {
            let bracket = (from..end - 1).rev().take(REACH).find(|b| self.symbol(*b, b'('))?;
            end = bracket;
        }
        self.capitals_before(end, from).or_else(|| self.phrase_before(end, from))
    }

    /// Auxiliaries and adverbs between a subject and its verb.
    fn is_beside_verb(&self, at: usize) -> bool {
        let token = &self.tokens[at];
        let adverb = || {
            let word = token.of(self.text).as_bytes();
            word.len() > 4 && word[word.len() - 2..].eq_ignore_ascii_case(b"ly")
        };
        self.any(at, is::BESIDE_VERB) || !token.is(form::CAPITAL) && adverb()
    }

    fn is_pronoun(&self, at: usize) -> bool {
        self.any(at, is::PRONOUN)
    }

    fn is_article(&self, at: usize) -> bool {
        self.any(at, is::ARTICLE)
    }

    /// A symbol inside a name: the stop of "Mr.", a hyphen, an apostrophe.
    fn inside_name(&self, at: usize, to: usize) -> bool {
        let token = &self.tokens[at];
        let tight = !token.is(form::SPACE);
        let goes_on = at + 1 < to && self.word(at + 1);
        match token.symbol {
            b'.' => {
                tight
                    && goes_on
                    && (self.tokens[at - 1].has(class::ABBREVIATION | class::TITLE)
                        || self.tokens[at - 1].end - self.tokens[at - 1].start == 1)
            }
            b'-' | b'\'' => tight && goes_on && !self.tokens[at + 1].is(form::SPACE),
            _ => false,
        }
    }

    /// The run of capitalised words that ends at `end`, titles before the name left out.
    fn capitals_before(&self, end: usize, from: usize) -> Option<(u32, u32)> {
        let mut first = end;
        let mut at = end;
        while at > from {
            let token = &self.tokens[at - 1];
            if self.word(at - 1) {
                let capital = token.form & (form::CAPITAL | form::INNER_CAPITAL) != 0;
                let function =
                    token.has(class::FUNCTION) && !token.has(class::PARTICLE | class::GIVEN | class::SURNAME);
                if capital && !function && !token.has(class::WEEKDAY) {
                    first = at - 1;
                } else if !(token.has(class::PARTICLE)
                    && first < end
                    && at - 1 > from
                    && self.tokens[at - 2].is(form::CAPITAL))
                    && !(is_word(self.text, &self.tokens[at - 1], "s") && at - 1 > from && self.symbol(at - 2, b'\''))
                {
                    break;
                }
            } else if !self.inside_name(at - 1, end) {
                break;
            }
            at -= 1;
        }
        // "Clinton’s spokesman" is no name; "Sen. X", "President X" begin with a title.
        while first + 1 < end
            && (self.tokens[first].has(class::TITLE) && self.word(first) || !self.word(first))
            && (first + 1..end).any(|n| self.word(n) && !self.tokens[n].has(class::TITLE))
        {
            first += 1;
        }
        (first < end && self.word(first)).then_some((first as u32, end as u32))
    }

    /// The noun phrase that ends at `end`, with the phrases that "of" hangs to it.
    fn phrase_before(&self, end: usize, from: usize) -> Option<(u32, u32)> {
        if end <= from || !self.word(end - 1) {
            return None;
        }
        if self.is_pronoun(end - 1) {
            return Some((end as u32 - 1, end as u32));
        }
        let mut first = end;
        let mut at = end;
        while at > from {
            let here = at - 1;
            if !self.word(here) {
                if !self.inside_name(here, end) {
                    break;
                }
            } else if self.is_article(here) {
                first = here;
                if here == from || !self.any(here - 1, is::JOINT) {
                    break;
                }
            } else if self.any(here, is::JOINT) && first < end {
                // Goes on to what the phrase hangs to.
            } else if self.tokens[here].has(class::FUNCTION | class::REPORT) {
                break;
            } else {
                first = here;
            }
            at = here;
        }
        let bare = end - first == 1 && self.is_article(first);
        (first < end && !bare).then_some((first as u32, end as u32))
    }
}
