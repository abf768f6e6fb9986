//! Makes the clean text: spacing repaired, with the way back to every original position.
//!
//! What is broken is mended first (`clean`), then spaces that were lost are put back; nothing else is touched. Every edit
//! is listed, and those of spaces with their odds. What the page put around the article and what its head says are found here too, as ranges of tokens.
//!
//! On the way out:
//!
//! * a text without a fault is left as it is, at the cost of one look at each token;
//! * the repaired text without the inserted spaces is the text before the repair.

mod alignment;
pub mod clean;
mod compounds;
mod counts;
mod dateline;
mod day;
mod divide;
mod furniture;
mod halves;
mod head;
mod inside;
mod junction;
mod language;
mod layout;
mod letters;
mod listed;
mod look;
mod losses;
mod marks;
mod phrases;
mod plain;
mod repair;
mod words;

pub use alignment::Alignment;
pub use dateline::Dateline;
pub use day::{Day, MONTHS};
pub use head::Head;
pub use language::{Language, read as language};
pub use losses::{Trace, losses};

use crate::dictionary::Dictionary;
use crate::error::Result;
use crate::ingest::Losses;
use crate::token::{Found, Tokens, form, marks};
use compounds::Compounds;
use counts::Counts;
use furniture::Furniture;
use junction::{Junction, Scale, Workings};
use layout::Candidate;
use letters::Letters;
use listed::Copy;
use look::Suspects;
use std::ops::Range;
use words::Words;

/// What met where a space was missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RepairKind {
    /// Two words: `ofthe`.
    Letters,
    /// A small letter and a capital, or the reverse: `OmarSameko`.
    CaseChange,
    /// A comma, stop … and a word: `rivers,mostly`.
    Punctuation,
    /// A closing quotation mark or bracket and a word: `»said`.
    Closer,
    /// A word and an opening quotation mark, bracket or dash: `Force(EXF)`.
    Opener,
    /// A number and a word: `in1997`.
    Digits,
}

impl RepairKind {
    /// Its name in the records.
    pub fn name(self) -> &'static str {
        match self {
            RepairKind::Letters => "letters",
            RepairKind::CaseChange => "case_change",
            RepairKind::Punctuation => "punctuation",
            RepairKind::Closer => "closer",
            RepairKind::Opener => "opener",
            RepairKind::Digits => "digits",
        }
    }
}

/// A space that was put in.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Repair {
    /// Byte before which the space was put, of the text that was repaired.
    pub at: u32,
    /// What met there.
    pub kind: RepairKind,
    /// Odds that it was missing, as a decimal logarithm.
    pub log_odds: f32,
}

/// A repaired text.
#[derive(Clone, Debug, Default)]
pub struct Repaired {
    /// The clean text.
    pub text: String,
    /// The way back from it.
    pub alignment: Alignment,
    /// What was done, left to right.
    pub repairs: Vec<Repair>,
}

/// What frames an article's text on its page.
#[derive(Clone, Debug, Default)]
pub struct Frame {
    /// Its lines.
    pub lines: Lines,
    /// The lines that the page put around the article, in order, as ranges of tokens.
    pub furniture: Vec<Range<u32>>,
    /// What stands before the text.
    pub head: Head,
}

/// Where the lines of a text begin. Several look for the ends of lines, so they are found once.
#[derive(Clone, Debug, Default)]
pub struct Lines {
    /// The first token of every line.
    begins: Found,
}

impl Lines {
    fn read(&mut self, tokens: &Tokens) {
        tokens.find::<{ marks(0, form::LINE) }>(&mut self.begins);
    }

    /// The tokens before which a line ends and the next begins, in order.
    pub fn breaks(&self) -> impl Iterator<Item = usize> {
        self.list().iter().map(|&at| at as usize)
    }

    /// The first token of every line but the first, which begins with the text.
    fn list(&self) -> &[u32] {
        self.begins.get(1..).unwrap_or_default()
    }

    /// One past the last token of the line that token `at` stands in; `tokens` is their number.
    fn end(&self, at: usize, tokens: usize) -> usize {
        let list = self.list();
        let next = list.partition_point(|&line| line as usize <= at);
        list.get(next).map_or(tokens, |&line| line as usize)
    }
}

/// Buffers of a worker for [`Normalizer::repair`].
#[derive(Debug, Default)]
pub struct Scratch {
    workings: Workings,
    junctions: Vec<Junction>,
    /// What stands out, by sheets.
    suspects: Vec<Suspects>,
    /// The tokens that are weighed.
    near: Vec<Range<usize>>,
    /// Those of one word.
    found: Vec<Junction>,
    /// Words that were found to be one, by hash; a cache that forgets.
    whole: Vec<u64>,
    counts: Counts,
    candidates: Vec<Candidate>,
    best: Vec<(f32, u32)>,
    chosen: Vec<(u32, f32)>,
}

/// The tables of this station; built once, shared by workers.
pub struct Normalizer {
    letters: Letters,
    compounds: Compounds,
    furniture: Furniture,
    keep_furniture: bool,
}

impl Normalizer {
    /// Reads the tables that the dictionary carries.
    ///
    /// # Errors
    /// When a row of the phrases of page furniture is none.
    pub fn new(dictionary: &Dictionary<'_>) -> Result<Self> {
        Ok(Normalizer {
            letters: Letters::new(dictionary.text("letters").unwrap_or_default()),
            compounds: Compounds::new(dictionary.text("compounds").unwrap_or_default()),
            furniture: Furniture::new(dictionary.text("furniture").unwrap_or_default())?,
            keep_furniture: false,
        })
    }

    /// The same, but where `keep`, what the page put around the article is read like the rest of it.
    pub fn keep_furniture(self, keep: bool) -> Self {
        Normalizer { keep_furniture: keep, ..self }
    }

    /// Reads what frames the text of the article into `out`. `tokens` must have been annotated by `dictionary`;
    /// `repeated` are lines that the source puts around its articles, as [`crate::ingest::line_hash`] of them.
    pub fn frame(&self, dictionary: &Dictionary<'_>, text: &str, tokens: &Tokens, repeated: &[u64], out: &mut Frame) {
        out.lines.read(tokens);
        self.furniture.find(tokens, &out.lines, &mut out.furniture);
        if !repeated.is_empty() {
            furniture::add_repeated(text, tokens, &out.lines, repeated, &mut out.furniture);
        }
        out.head = head::head(Copy { dictionary, text, tokens }, &out.lines, &out.furniture);
        if self.keep_furniture {
            out.furniture.clear();
        }
    }

    /// Puts back the spaces that `body` lost. False when it lost none (then `out` is emptied but for its buffers).
    ///
    /// `tokens` are the body's, annotated by `dictionary`. The usual article costs one look at each token; only where
    /// two places are sure by their words, what stands around them is weighed. What is known of the source's `losses`
    /// stands in for what a short body cannot tell.
    pub fn repair(
        &self,
        dictionary: &Dictionary<'_>,
        body: &str,
        tokens: &Tokens,
        losses: Option<&Losses>,
        scratch: &mut Scratch,
        out: &mut Repaired,
    ) -> bool {
        out.text.clear();
        out.alignment.clear();
        out.repairs.clear();
        let mut scale = self.scale(dictionary, body, tokens, scratch);
        let is_broken = repair::repair(&mut scale, losses, scratch, out);
        scratch.counts = scale.counts;
        is_broken
    }

    /// What `body` tells of its source, see [`losses`]; `tokens` as for [`Normalizer::repair`].
    pub fn trace(&self, dictionary: &Dictionary<'_>, body: &str, tokens: &Tokens, scratch: &mut Scratch) -> Trace {
        let mut scale = self.scale(dictionary, body, tokens, scratch);
        let trace = repair::trace(&mut scale, scratch);
        scratch.counts = scale.counts;
        trace
    }

    fn scale<'a, 'd>(
        &'a self,
        dictionary: &'a Dictionary<'d>,
        text: &'a str,
        tokens: &'a Tokens,
        scratch: &mut Scratch,
    ) -> Scale<'a, 'd> {
        let mut counts = std::mem::take(&mut scratch.counts);
        counts.clear();
        Scale { dictionary, letters: &self.letters, compounds: &self.compounds, words: &Words, text, tokens, counts }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn repaired(text: &str) -> Option<Repaired> {
        let dictionary = Dictionary::open(crate::gazetteer::shipped()).expect("shipped");
        let (mut tokens, mut out) = (Tokens::default(), Repaired::default());
        tokens.tokenize(text);
        dictionary.annotate(&mut tokens);
        Normalizer::new(&dictionary)
            .expect("the shipped phrases")
            .repair(&dictionary, text, &tokens, None, &mut Scratch::default(), &mut out)
            .then_some(out)
    }

    const ARTICLE: &str = "The harbour office of the southern district opened a second pier on Tuesday, the mayor, Tomas Ekberger, told reporters. He said that the ferries to the islands would leave twice a day from now on, and that tickets would cost less than before, especially for families. “We waited ten years for this,” he said. Fishermen who had moored at the old quay since the storm were asked to leave it by the end of the month. Nobody objected at the hearing, but the cross-border traders want a market hall of their own.";

    /// The article wrapped at a column, its line breaks deleted; and how many there were.
    fn wrapped(width: usize) -> (String, usize) {
        let (mut out, mut column, mut breaks) = (String::new(), 0, 0);
        for word in ARTICLE.split(' ') {
            let len = word.chars().count();
            if column > 0 && column + 1 + len > width {
                (column, breaks) = (0, breaks + 1);
            } else if column > 0 {
                out.push(' ');
                column += 1;
            }
            out.push_str(word);
            column += len;
        }
        (out, breaks)
    }

    #[test]
    fn a_wrapped_article_gets_every_space_back() {
        for width in 56..80 {
            let (body, breaks) = wrapped(width);
            let found = repaired(&body).expect("it is broken");
            assert_eq!(found.text, ARTICLE, "{width}");
            assert_eq!(found.repairs.len(), breaks);
        }
    }

    #[test]
    fn what_is_in_order_stays_as_it_is() {
        for text in [
            ARTICLE,
            "One slip,only one, is not enough to touch an article.",
            "Visit www.example.org/about,us or write to news@example.org. McAllister and DeSouza run it (see fig.3).",
            "The 24th Airborne's F-16s, A320s and 5G masts; 10km, 3pm, 1,000.5m and co-op(s).",
            "It cost 1,000, then 2,500 and 30,000, in all 1,250,000 by 10:30.",
            "Zhanbolatov met Qurbonaliyeva in Xojaobod. Zhanbolatov and Qurbonaliyeva left. iPhones, YouTubers, eBay.",
            "",
        ] {
            assert!(repaired(text).is_none(), "{text}");
        }
    }

    #[test]
    fn scattered_spaces_come_back() {
        let whole = "The ferry office of the southern district met Kärnlund on Tuesday. Tomas Ekberger, whom Kärnlund had \
                     asked, told the crew that tickets would cost more in the 1960s than ever, \
                     and that MPs from the coast and the co-founder of the yard would pay for it. Nobody objected at the \
                     hearing. In May 50 students and the H7N9 team came; they had to go to the hall at noon. “We waited,” \
                     he said.";
        let mut body = whole.to_owned();
        for lost in [
            "The| ferry",
            "met| Kärnlund",
            "whom| Kärnlund",
            "the| crew",
            "1960s| than",
            "MPs| from",
            "the| co-",
            "objected| at",
            "50| students",
            "the| H7N9",
            "had| to",
            "waited,”| he",
        ] {
            let (kept, gone) = (lost.replace('|', ""), lost.replace("| ", ""));
            assert!(body.contains(&kept), "{kept}");
            body = body.replacen(&kept, &gone, 1);
        }
        assert_eq!(repaired(&body).expect("it is broken").text, whole);
    }

    #[test]
    fn brands_paths_and_quotations_are_left_whole() {
        let text = "HarbourWatch and YouTube tell of the ferry anda boat ofthe town, see www.example.org/ofthe/andthe page. \
                    HarbourWatch has no part inthis. HarbourWatch writes \"wait\" and/or \"go\"; iPhones and eBay wentto sea.";
        let clean = text.replace("anda", "and a").replace("boat ofthe", "boat of the").replace("inthis", "in this");
        assert_eq!(repaired(text).expect("it is broken").text, clean.replace("wentto", "went to"));
    }

    #[test]
    fn slips_bear_witness_to_each_other_only_where_they_are_near() {
        const SLIP: &str = "The nets,the boats and the quay,the oldest in town,were sold.";
        let apart = |articles: usize| format!("{SLIP} {}{SLIP}", format!("{ARTICLE} ").repeat(articles));
        assert_eq!(repaired(&apart(1)).map(|found| found.repairs.len()), Some(6));
        // Each of the two is a stretch of its own, and what lies between is left alone.
        let (body, found) = (apart(40), repaired(&apart(40)).expect("both are broken"));
        assert!(found.repairs.iter().all(|r| (r.at as usize) < 100 || r.at as usize > body.len() - 100));
        let one = SLIP.replacen(",", ", ", 2);
        let far = format!("{one} {}{one}", format!("{ARTICLE} ").repeat(40));
        assert!(repaired(&far).is_none());
        assert!(repaired(&format!("{one} {ARTICLE} {one}")).is_some());
    }

    #[test]
    fn the_way_back_leads_to_the_same_words() {
        let (body, _) = wrapped(64);
        let found = repaired(&body).expect("it is broken");
        let mut at = 0;
        for word in found.text.split(' ') {
            let from = found.alignment.to_original_start(at) as usize;
            let to = found.alignment.to_original_end(at + word.len() as u32) as usize;
            assert_eq!(&body[from..to], word);
            at += word.len() as u32 + 1;
        }
    }

    proptest! {
        #[test]
        fn only_spaces_are_put_in(text in "((the|of|meeting|Omar|,|\\.|”|\"|in|1997|ofthe|rivers)[ ]?|\\PC|\n){0,80}") {
            if let Some(found) = repaired(&text) {
                let mut rest = text.as_str();
                let mut at = 0;
                let mut inserted = 0;
                for c in found.text.chars() {
                    match rest.strip_prefix(c) {
                        Some(r) if !found.repairs.iter().any(|r| r.at == at && inserted == found.repairs.iter().filter(|o| o.at < at).count()) => {
                            rest = r;
                            at += c.len_utf8() as u32;
                        }
                        _ => {
                            prop_assert_eq!(c, ' ');
                            inserted += 1;
                        }
                    }
                }
                prop_assert_eq!(rest, "");
                prop_assert_eq!(inserted, found.repairs.len());
            }
        }
    }
}
