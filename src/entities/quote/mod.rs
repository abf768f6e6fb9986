//! Quotations with their cue and their speaker.
//!
//! Three steps a paragraph: marks are paired, each pair is given the verb of saying and the speaker beside it, and
//! pairs without a cue of their own share that of the neighbour they run on from. What then has neither cue nor
//! sentence form is a scare quote or a title and is dropped.
//!
//! On the way out: quotations are in order, none overlaps another, and none is empty.

mod marks;
mod speaker;
#[cfg(test)]
mod tests;
mod words;

use crate::dictionary::speech::{Mark, Tag};
use crate::dictionary::{Dictionary, class};
use crate::segment::Sentence;
use crate::token::{Token, Tokens, form};
use marks::{Pair, Pairing};
use speaker::{Said, Scan};

/// A quotation in the text.
#[derive(Clone, Debug, PartialEq)]
pub struct Quotation {
    /// First token inside the marks.
    pub first: u32,
    /// One past the last token inside the marks.
    pub end: u32,
    /// The cue: the verb of saying ("said"), as a token.
    pub cue: Option<u32>,
    /// The speaker's tokens as written beside the cue: a name, a title with a name, a pronoun.
    pub speaker: Option<(u32, u32)>,
    /// Who passes the words on, as written: "LETA" in "Kalna said, “…,” LETA reported".
    pub via: Option<(u32, u32)>,
}

/// Finds quotations. Built once, shared by all workers.
#[derive(Debug)]
pub struct QuoteReader {
    verbs: words::Verbs,
    words: words::Words,
}

/// Between marks, so many words need no cue to be a quotation.
const WORDS_WITHOUT_CUE: usize = 4;

impl QuoteReader {
    /// Takes the verbs of saying from the dictionary.
    pub fn new(dictionary: &Dictionary<'_>) -> Self {
        QuoteReader { verbs: words::Verbs::new(dictionary), words: words::Words::new() }
    }

    /// Appends the article's quotations to `out`, by position.
    ///
    /// `tokens` must have been annotated by the dictionary that the reader was built from.
    pub fn read(
        &self,
        text: &str,
        tokens: &Tokens,
        sentences: &[Sentence],
        scratch: &mut Scratch,
        out: &mut Vec<Quotation>,
    ) {
        let Scratch { pairs, said } = scratch;
        pairs.clear();
        let mut pairing = Pairing { text, tokens, marks: tokens.marked(0, form::QUOTE), pairs, held: None };
        let mut sentence = 0;
        let mut next = pairing.marks.next_at(0);
        while let Some(mark) = next {
            if marks::is_apostrophe(tokens, mark) {
                next = pairing.marks.next_at(mark + 1);
                continue;
            }
            let last = sentence;
            // The paragraph that the mark stands in; those without one hold no pair.
            while sentences.get(sentence).is_some_and(|s| s.end as usize <= mark) {
                sentence += 1;
            }
            let Some(home) = sentences.get(sentence) else { break };
            let before = sentences[..sentence].iter().rev().take_while(|s| s.paragraph == home.paragraph).count();
            let from = sentences[sentence - before].first as usize;
            while sentences.get(sentence + 1).is_some_and(|s| s.paragraph == home.paragraph) {
                sentence += 1;
            }
            let to = sentences[sentence].end as usize;
            if pairing.held.is_some() {
                let begins = sentences[last..].windows(2).filter(|two| two[0].paragraph != two[1].paragraph);
                if pairing.close_held(mark, to, begins.map(|two| two[1].first as usize)) {
                    next = pairing.marks.next_at(mark + 1);
                    continue;
                }
            }
            next = pairing.paragraph((from, mark, to));
        }
        if pairs.is_empty() {
            return;
        }
        place(pairs, sentences);
        let scan = Scan { verbs: &self.verbs, words: &self.words, text, tokens };
        said.clear();
        said.extend((0..pairs.len()).map(|i| cue(&scan, pairs, i, sentences)));
        share(&scan, pairs, sentences, said);
        for (i, (pair, said)) in pairs.iter().zip(said).enumerate() {
            let alone = said.is_none();
            if is_title(tokens, pair) || alone && !stands_alone(text, tokens, pair) || signs(&scan, pairs, i) {
                continue;
            }
            let Said { cue, speaker, via } = said.unwrap_or_default();
            out.push(Quotation { first: pair.first as u32, end: pair.end as u32, cue, speaker, via });
        }
    }
}

/// What a reading needs besides; kept by a worker.
#[derive(Debug, Default)]
pub struct Scratch {
    pairs: Vec<Pair>,
    said: Vec<Option<Said>>,
}

/// Tells each pair the sentence that it opens in.
fn place(pairs: &mut [Pair], sentences: &[Sentence]) {
    let mut sentence = 0;
    for pair in pairs {
        while sentences[sentence].end as usize <= pair.open {
            sentence += 1;
        }
        pair.sentence = sentence;
    }
}

/// The cue beside a quotation, in its own sentence.
fn cue(scan: &Scan<'_>, pairs: &[Pair], i: usize, sentences: &[Sentence]) -> Option<Said> {
    let pair = &pairs[i];
    let tokens = scan.tokens;
    let own = &sentences[pair.sentence];
    let last = pair.last(tokens);
    let comma_behind = tokens.get(pair.close).is_some_and(|t| t.is_symbol(b',') || t.is_symbol(b'-'));
    let asks = last.is_symbol(b'?') || last.is_symbol(b'!');
    let open_end = last.is_symbol(b',') || last.is_symbol(b'-') || asks || comma_behind;
    let behind = || -> Option<Said> {
        if pair.goes_on {
            return None;
        }
        let home = sentences[pair.sentence..].iter().find(|s| s.end as usize > pair.close)?;
        if home.paragraph != own.paragraph || home.first as usize == pair.close && !open_end {
            return None;
        }
        let end = pairs.get(i + 1).map_or(home.end as usize, |p| p.open.min(home.end as usize));
        // A question may end its sentence: then the cue must follow at once.
        let end = if asks && home.first as usize == pair.close { end.min(pair.close + 8) } else { end };
        scan.behind(pair.close, end)
    };
    let from = i.checked_sub(1).map_or(own.first as usize, |b| pairs[b].close.max(own.first as usize));
    let ahead = || {
        if from < pair.open { scan.ahead(from, pair.open) } else { None }
    };
    // `X said, “…,” the agency reported`: the verb right before the mark is the speaker's, the one behind the carrier's.
    let adjacent = |said: &Said| {
        let between = said.cue.map(|verb| &tokens[verb as usize + 1..pair.open]);
        between.is_some_and(|t| matches!(t, [mark] if mark.is_symbol(b',') || mark.is_symbol(b':')))
    };
    let found = match ahead() {
        Some(said) if open_end && adjacent(&said) => {
            let carrier = || scan.passes_on(behind()?.cue? as usize, pair.close);
            Some(Said { via: said.via.or_else(carrier), ..said })
        }
        Some(said) if !open_end => Some(said),
        said if open_end => behind().or(said),
        said => said,
    };
    found.or_else(|| led_by_colon(scan, pairs, i, sentences)).or_else(|| {
        let signature = match pairs.get(i + 1).filter(|_| signs(scan, pairs, i + 1)) {
            Some(next) => scan.signature(next.first, next.end),
            // "“…” – Jan Kalns", in its own line or in the next.
            None if tokens.get(pair.close).is_some_and(|t| t.is_symbol(b'-')) => {
                let home = sentences[pair.sentence..].iter().find(|s| s.end as usize > pair.close)?;
                scan.signature(pair.close + 1, home.end as usize)
            }
            None => None,
        };
        signature.map(|speaker| Said { speaker: Some(speaker), ..Said::default() })
    })
}

/// Whether a pair is the last line of a quotation set apart, which names who said it.
fn signs(scan: &Scan<'_>, pairs: &[Pair], i: usize) -> bool {
    let Pair { first, end, goes_on, continues, .. } = pairs[i];
    i > 0 && pairs[i - 1].goes_on && continues && !goes_on && scan.signature(first, end).is_some()
}

/// "X said:" as a sentence or paragraph of its own before the quotation.
fn led_by_colon(scan: &Scan<'_>, pairs: &[Pair], i: usize, sentences: &[Sentence]) -> Option<Said> {
    let Pair { open, sentence, .. } = pairs[i];
    if sentences[sentence].first as usize != open {
        return None;
    }
    let home = &sentences[sentence.checked_sub(1)?];
    let before = open - 1;
    if !scan.tokens[before].is_symbol(b':') {
        return None;
    }
    let from = i.checked_sub(1).map_or(0, |b| pairs[b].close).max(home.first as usize);
    if from < before { scan.ahead(from, before + 1) } else { None }
}

/// Gives a quotation without a cue that of its neighbour, when nothing but that cue stands between them or one runs on
/// into the other.
fn share(scan: &Scan<'_>, pairs: &[Pair], sentences: &[Sentence], said: &mut [Option<Said>]) {
    let paragraph = |pair: &Pair| sentences[pair.sentence].paragraph;
    let words_between = |from: usize, to: usize| scan.tokens[from..to].iter().any(|t| t.form & form::WORD != 0);
    for i in 1..pairs.len() {
        if said[i].is_some() || said[i - 1].is_none() {
            continue;
        }
        let (before, pair) = (&pairs[i - 1], &pairs[i]);
        if before.goes_on && pair.continues {
            said[i] = said[i - 1];
            continue;
        }
        if paragraph(before) != paragraph(pair) {
            continue;
        }
        // “…,” X said. “…”: one sentence lies between, and the cue is in it.
        let opens_sentence =
            sentences[pair.sentence].first as usize == pair.open || scan.tokens[pair.open - 1].is_symbol(b'.');
        let Some(Said { cue, .. }) = said[i - 1] else {
            continue;
        };
        let near = !words_between(before.close, pair.open)
            || cue.is_some_and(|c| {
                let c = c as usize;
                c >= before.close && c < pair.open && opens_sentence && one_sentence(scan, c, pair.open)
                    || c >= before.close && c < pair.open && scan.tokens[pair.open - 1].is_symbol(b',')
            });
        if near {
            said[i] = said[i - 1];
        }
    }
    for i in (0..pairs.len().saturating_sub(1)).rev() {
        if said[i].is_some() {
            continue;
        }
        let (pair, next) = (&pairs[i], &pairs[i + 1]);
        let runs_on = pair.goes_on && next.continues
            || paragraph(pair) == paragraph(next)
                && !words_between(pair.close, next.open)
                && next.open <= pair.close + 1;
        if runs_on {
            said[i] = said[i + 1];
        }
    }
    inherit(scan, pairs, sentences, said);
}

/// Gives a quotation that is whole sentences and nothing else the speaker of the one before it in its paragraph, or in
/// the paragraph before where it fills its own: who is quoted at length is named once.
fn inherit(scan: &Scan<'_>, pairs: &[Pair], sentences: &[Sentence], said: &mut [Option<Said>]) {
    let begins = |at: usize, sentence: usize| sentences[sentence].first as usize == at;
    let ends = |at: usize| sentences.binary_search_by_key(&(at as u32), |s| s.end).is_ok();
    for i in 1..pairs.len() {
        let (before, pair) = (&pairs[i - 1], &pairs[i]);
        if said[i].is_some() || !begins(pair.open, pair.sentence) || !ends(pair.close) {
            continue;
        }
        let (own, last) = (sentences[pair.sentence].paragraph, sentences[before.sentence].paragraph);
        let fills = || {
            pair.sentence > 0
                && sentences[pair.sentence - 1].paragraph != own
                && scan.tokens.get(pair.close).is_none_or(|t| t.is(form::PARAGRAPH))
        };
        if own == last || own == last + 1 && fills() {
            said[i] = said[i - 1].filter(|before| before.speaker.is_some()).map(|before| Said { cue: None, ..before });
        }
    }
}

/// Whether no sentence ends between a cue and the next quotation's mark but the one right before it.
fn one_sentence(scan: &Scan<'_>, from: usize, to: usize) -> bool {
    let stop = |at: usize| {
        scan.tokens[at].is_symbol(b'.')
            && !scan.tokens[at].is(form::SPACE)
            && scan.tokens[at + 1].is(form::SPACE)
            && scan.tokens[at + 1].is(form::CAPITAL)
            && !scan.tokens[at - 1].has(class::ABBREVIATION | class::TITLE | class::MONTH)
            && scan.tokens[at - 1].end - scan.tokens[at - 1].start > 1
    };
    !(from..to.saturating_sub(1)).any(stop)
}

/// Whether words between marks are a quotation without any cue: long enough, and not all in capitals, as headings and
/// signs are.
fn stands_alone(text: &str, tokens: &[Token], pair: &Pair) -> bool {
    let inside = &tokens[pair.first..pair.end];
    let words = || inside.iter().filter(|t| t.form & form::WORD != 0);
    let count = words().count();
    if count < WORDS_WITHOUT_CUE || words().all(|t| t.form & (form::ALL_CAPITALS | form::DIGIT) != 0) {
        return false;
    }
    let last = pair.last(tokens);
    let stopped = [b'.', b',', b'?', b'!'].into_iter().any(|s| last.is_symbol(s)) || last.of(text) == "…";
    stopped || count > WORDS_WITHOUT_CUE
}

/// Whether words between marks are the title of a work, or stand in a headline: all begin with a capital but articles,
/// prepositions and the like between others. Of text all in capitals, that says nothing.
fn is_title(tokens: &[Token], pair: &Pair) -> bool {
    let words = || tokens[pair.first..pair.end].iter().filter(|t| t.form & form::WORD != 0);
    let is_small = |t: &Token| {
        use Tag::{Be, Conjunction, Determiner, Preposition, To};
        matches!(Mark(t.mark).tag(), Determiner | Preposition | Conjunction | To | Be)
    };
    let has_capital = |t: &Token| t.form & (form::CAPITAL | form::DIGIT) != 0;
    let mut telling = words().filter(|t| !t.has(class::FUNCTION));
    words().count() >= WORDS_WITHOUT_CUE
        && words().next().is_some_and(has_capital)
        && words().all(|t| has_capital(t) || is_small(t) || t.end - t.start == 1)
        && telling.any(|t| t.form & (form::CAPITAL | form::ALL_CAPITALS) == form::CAPITAL && t.end - t.start > 1)
}
