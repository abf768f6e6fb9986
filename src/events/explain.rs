//! Why a word of the catalogue told an event, or why it told none.
//!
//! This runs behind the station and only where it is asked for: it reads each sentence with a trigger once more, asks the
//! rules of the word in the same order, and notes what each of them lacks. So the station itself carries nothing along.

use super::Event;
use super::catalogue::WordKind;
use super::clause::Clause;
use super::detect::{Detector, Input, Scratch, stands};
use super::frame::Frame;
use super::syntax::Reading;
use crate::dictionary::class;
use crate::segment::{Part, Sentence};
use crate::token::Token;
use std::ops::Range;

/// One trigger, explained.
#[derive(Clone, Debug)]
pub struct Explanation {
    /// The sentence it lies in.
    pub sentence: u32,
    /// The trigger: a token.
    pub token: u32,
    /// What came of it.
    pub outcome: Outcome,
    /// The rule that tells the event, or that fits and tells none.
    pub rule: Option<u32>,
    /// The clause around it, as it was read for that rule.
    pub clause: Option<Stretches>,
    /// The rules that were tried and do not fit, with the number of the need that is not met.
    pub tried: Vec<(u32, usize)>,
}

/// What came of a trigger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// An event, by its number.
    Told(u32),
    /// None.
    Null(Why),
}

/// Why a trigger told nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// It stands inside a quotation.
    Quoted,
    /// It stands inside a name.
    InName,
    /// A hyphen binds it into another word.
    InWord,
    /// It is not the verb or noun that a rule asks for here, or what it says is only wished for.
    NoClause,
    /// What no rule of it can do without is not there.
    Lacks,
    /// A noun that speaks of an event without telling it.
    Mentions,
    /// An event of its sentence, or one before it, tells the same.
    ToldAlready,
    /// The text tells it again.
    Headline,
}

impl Why {
    /// All of them.
    pub const ALL: [Why; 8] = [
        Why::Quoted,
        Why::InName,
        Why::InWord,
        Why::NoClause,
        Why::Lacks,
        Why::Mentions,
        Why::ToldAlready,
        Why::Headline,
    ];

    /// Its name in the records.
    pub fn name(self) -> &'static str {
        match self {
            Why::Quoted => "quoted",
            Why::InName => "in_name",
            Why::InWord => "in_word",
            Why::NoClause => "no_clause",
            Why::Lacks => "lacks",
            Why::Mentions => "mentions",
            Why::ToldAlready => "told_already",
            Why::Headline => "headline",
        }
    }
}

/// Stretches of tokens: a clause and its parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stretches {
    /// From the first to the last chunk that was read.
    pub whole: Range<u32>,
    /// Its verb group: the trigger, or what carries a noun.
    pub verb: Option<Range<u32>>,
    /// Who does it: the subject, in the passive who follows "by", of a noun the subject of its verb.
    pub subject: Option<Range<u32>>,
    /// What it is done to; in the passive the subject.
    pub object: Option<Range<u32>>,
}

/// What the rules of a trigger make of it.
struct Asked {
    /// The first rule that fits, with its frame.
    fits: Option<(u32, Frame)>,
    stands: bool,
    /// Whether any of the rules found its kind of word here.
    any_frame: bool,
    tried: Vec<(u32, usize)>,
}

impl Detector {
    /// Explains the events of an article, and each word of the catalogue in it that told none, in their order. `events` are
    /// those that [`Detector::detect`] found with the same scratch.
    pub fn explain(&self, article: Input<'_>, events: &[Event], scratch: &mut Scratch) -> Vec<Explanation> {
        let mut found = Vec::new();
        let mut sheet = std::mem::take(&mut scratch.sheet);
        sheet.open(&article);
        let mut reading = Reading::new(&self.words, article);
        for (number, sentence) in article.sentences.iter().enumerate() {
            if matches!(sentence.part, Part::Furniture | Part::Header) {
                continue;
            }
            let told = (0..).zip(events).filter(|(_, event)| event.sentence as usize == number);
            let told: Vec<(u32, &Event)> = told.collect();
            let asked: Vec<u32> = (sentence.first..sentence.end)
                .filter(|&at| self.is_trigger(&article.tokens[at as usize]) || told.iter().any(|(_, e)| e.head == at))
                .collect();
            // An opening quotation mark, where nobody tells who speaks, may stand before its sentence.
            let outside = told.iter().filter(|(_, event)| !asked.contains(&event.head));
            found.extend(outside.map(|(event, e)| Explanation::told(*event, e)));
            if asked.is_empty() {
                continue;
            }
            sheet.read(&mut reading, sentence, scratch.survey[number].has_brackets);
            let clause =
                Clause { sheet: &sheet, words: &self.words, tokens: article.tokens, entities: article.entities };
            for token in asked {
                let mut of_token = told.iter().filter(|(_, event)| event.head == token).peekable();
                if of_token.peek().is_none() {
                    let is_seen = scratch.triggers.binary_search_by_key(&token, |(at, _)| *at).is_ok();
                    found.push(self.null(&clause, number, sentence, (token, is_seen)));
                }
                for (event, e) in of_token {
                    let is_cue = e.quotation.is_some();
                    let asked = (!is_cue).then(|| self.ask(&clause, token)).flatten();
                    found.push(Explanation {
                        clause: asked.and_then(|asked| asked.fits).map(|(_, frame)| stretches(&clause, &frame)),
                        ..Explanation::told(*event, e)
                    });
                }
            }
        }
        scratch.sheet = sheet;
        found
    }

    fn is_trigger(&self, token: &Token) -> bool {
        let (from, to) = self.words.of(token).rules;
        token.has(class::TRIGGER) && from != to
    }

    /// Why a trigger told nothing. `is_seen`: it was tried, because the words right beside it left it something to tell.
    fn null(
        &self,
        clause: &Clause<'_>,
        number: usize,
        sentence: &Sentence,
        (token, is_seen): (u32, bool),
    ) -> Explanation {
        let is_null = |why: Why| Explanation {
            sentence: number as u32,
            token,
            outcome: Outcome::Null(why),
            rule: None,
            clause: None,
            tried: Vec::new(),
        };
        if clause.sheet.cover.is_quoted(token) {
            return is_null(Why::Quoted);
        }
        if super::triggers::is_bound(clause.tokens, token as usize) {
            return is_null(Why::InWord);
        }
        let Some(Asked { fits, stands, any_frame, tried }) = self.ask(clause, token) else {
            return is_null(Why::NoClause);
        };
        let is_head = matches!(sentence.part, Part::Title | Part::Heading);
        let why = match &fits {
            None if any_frame => Why::Lacks,
            None if clause.mention(token).is_some() => Why::InName,
            None => Why::NoClause,
            Some(_) if !stands => Why::Mentions,
            Some(_) if !is_seen => Why::NoClause,
            Some(_) if is_head => Why::Headline,
            Some(_) => Why::ToldAlready,
        };
        let rule = fits.as_ref().map(|(rule, _)| *rule);
        let clause = fits.map(|(_, frame)| stretches(clause, &frame));
        Explanation { rule, clause, tried, ..is_null(why) }
    }

    /// Asks the rules of a trigger, in their order.
    fn ask(&self, clause: &Clause<'_>, token: u32) -> Option<Asked> {
        let at = clause.sheet.chunk_at(token)?;
        let rules = self.words.rules_of(self.words.of(&clause.tokens[token as usize]));
        let mut asked = Asked { fits: None, stands: true, any_frame: false, tried: Vec::new() };
        for &rule in rules {
            let plan = self.plans.of(rule);
            let frame = match plan.word {
                WordKind::Verb => clause.deed(at, token).map(|deed| clause.verb_frame(&deed, deed.voice(plan))),
                WordKind::Noun => clause.noun_frame(at, token),
                WordKind::Adjective => clause.adjective_frame(at, token),
            };
            let Some(frame) = frame else { continue };
            asked.any_frame = true;
            let steps = self.plans.steps(plan);
            let lacking = (0..steps.len()).find(|&step| !clause.fits(&self.plans, &steps[step..=step], &frame));
            match lacking {
                Some(step) => asked.tried.push((rule, step)),
                None => {
                    asked.stands = plan.word != WordKind::Noun || stands(clause, plan, &frame);
                    asked.fits = Some((rule, frame));
                    break;
                }
            }
        }
        Some(asked)
    }
}

impl Explanation {
    /// That of an event, without its clause.
    fn told(number: u32, event: &Event) -> Self {
        Explanation {
            sentence: event.sentence,
            token: event.head,
            outcome: Outcome::Told(number),
            rule: Some(event.rule),
            clause: None,
            tried: Vec::new(),
        }
    }
}

/// The clause of a frame. In the passive a noun's subject is who follows "by".
fn stretches(clause: &Clause<'_>, frame: &Frame) -> Stretches {
    let chunk = |at: usize| clause.chunk(at).first..clause.chunk(at).end;
    let verb = frame.verb.map(chunk);
    let subject = frame.subject.or(frame.light).map(|(np, _)| chunk(np));
    let object = frame.object.map(|(np, _)| np).filter(|&np| np != frame.at).map(chunk);
    let last = clause.chunk(frame.reach.clamp(frame.at + 1, clause.sheet.chunks.len()) - 1);
    let parts = [Some(chunk(frame.at)), verb.clone(), subject.clone(), object.clone(), Some(last.first..last.end)];
    let ends = || parts.iter().flatten();
    let first = ends().map(|part| part.start).min().unwrap_or(last.first);
    let end = ends().map(|part| part.end).max().unwrap_or(last.end);
    Stretches { whole: first..end, verb, subject, object }
}
