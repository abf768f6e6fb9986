//! What stands beside a name that no list knows, and what it says of it: that somebody speaks, that the sentence asks for
//! a place, that a company or a village is named.

use super::EntityType;
use super::evidence::{Name, weight};
use super::page::Page;
use super::pattern_words::little;
use crate::dictionary::class::Function;
use crate::dictionary::{Kind, class};
use crate::token::{Token, form};

/// From this weight up a given name by itself is somebody's.
const KNOWN_GIVEN: u8 = 9;

/// The same of one with a word behind it that is none of the language.
const KNOWN_BEFORE_ANOTHER: u8 = 3;

/// What a doubtful name is most likely, and how much speaks for it.
pub(super) fn company(page: &Page<'_>, name: &Name) -> (EntityType, f32) {
    let beside = Beside::of(page, name);
    let ranked = [
        (EntityType::Person, beside.person(name)),
        (EntityType::Gpe, beside.place(name)),
        (EntityType::Org, beside.organisation(name)),
    ];
    ranked.into_iter().fold(ranked[0], |best, other| if other.1 > best.1 { other } else { best })
}

/// The same of a listed place that by itself says too little.
pub(super) fn company_of_place(page: &Page<'_>, name: &Name) -> (EntityType, f32) {
    let beside = Beside::of(page, name);
    let place = beside.kind_of_place(name);
    let is_name = page.tokens[name.first as usize].has(class::GIVEN | class::SURNAME) && name.end == name.first + 1;
    if place == 0.0 && is_name && beside.speaks() {
        return (EntityType::Person, weight::UNLISTED - name.score + weight::BESIDE_VERB);
    }
    (name.kind, place)
}

/// A name and the tokens beside it in its sentence.
struct Beside<'p, 'a> {
    page: &'p Page<'a>,
    /// Where its sentence begins.
    first: u32,
    before: Option<&'p Token>,
    after: Option<&'p Token>,
}

impl<'p, 'a> Beside<'p, 'a> {
    fn of(page: &'p Page<'a>, name: &Name) -> Self {
        let sentence = &page.sentences[name.sentence as usize];
        let before = (name.first > sentence.first).then(|| &page.tokens[name.first as usize - 1]);
        let after = (name.end < sentence.end).then(|| &page.tokens[name.end as usize]);
        Beside { page, first: sentence.first, before, after }
    }

    /// Whether the token so many before the name is one of the little words.
    fn little_before(&self, name: &Name, back: u32, bits: u16) -> bool {
        name.first >= self.first + back && self.page.is_little(name.first - back, bits)
    }

    /// Whether a word of one of these classes stands at a token, in small letters.
    fn is_small(&self, at: u32, classes: u32) -> bool {
        self.page.token(at).is_some_and(|t| t.has(classes) && !t.is(form::CAPITAL))
    }

    /// Whether a verb of saying stands beside it.
    fn speaks(&self) -> bool {
        [self.before, self.after].into_iter().flatten().any(|t| t.has(class::REPORT))
    }

    /// A verb of saying, a role in apposition, a given name that many bear.
    fn person(&self, name: &Name) -> f32 {
        let page = self.page;
        let mut score = 0.0;
        // "the Church denied": people go without an article.
        if self.little_before(name, 1, little::THE) {
            return score;
        }
        if self.speaks() {
            score += weight::BESIDE_VERB;
        }
        let mut behind_comma = name.end + 1..name.end + 4;
        if self.after.is_some_and(|t| t.is_symbol(b',')) && behind_comma.any(|at| self.is_small(at, class::TITLE)) {
            score += weight::BESIDE_VERB;
        }
        let stands_free = !self.after.is_some_and(|t| t.is(form::CAPITAL) || t.is_symbol(b'-') || t.is_symbol(b'"'))
            && !self.before.is_some_and(|t| t.is_symbol(b'-'));
        let token = &page.tokens[name.first as usize];
        let known = if name.words == 1 { KNOWN_GIVEN } else { KNOWN_BEFORE_ANOTHER };
        if stands_free && !token.has(class::FUNCTION) && token.given_weight() >= known {
            score += weight::KNOWN_GIVEN;
        }
        // "…, Ana Duarte and Mirjo Velkan": names beside names.
        let listed = self.before.is_some_and(|t| t.is_symbol(b',')) || self.little_before(name, 1, little::AND);
        if name.words > 1 && name.score > 0.4 && listed {
            score += weight::IN_A_ROW;
        }
        score
    }

    /// "in Velkan", "the village of Velkan", "Velkan district", "Velkan, Ohio", "Velkan is a town".
    fn place(&self, name: &Name) -> f32 {
        let page = self.page;
        let mut score = self.kind_of_place(name);
        if self.little_before(name, 1, little::WHERE) && name.score > 0.3 {
            score += weight::LOCATIVE;
        }
        if self.after.is_some_and(|t| t.is_symbol(b','))
            && page.begins_name(name.end + 1, &[Kind::Country, Kind::Admin1])
        {
            score += weight::BESIDE_HEAD;
        }
        score
    }

    /// "the village of Velkan", "Velkan district", "Velkan is a town".
    fn kind_of_place(&self, name: &Name) -> f32 {
        let page = self.page;
        let is_head = |at: u32| self.is_small(at, class::PLACE_HEAD);
        let of_place =
            self.little_before(name, 1, little::OF) && name.first >= self.first + 2 && is_head(name.first - 2);
        let mut score = 0.0;
        if of_place || is_head(name.end) {
            score += weight::BESIDE_HEAD;
        }
        if page.is_little(name.end, little::BE) && (name.end + 1..name.end + 6).any(is_head) {
            score += weight::BESIDE_HEAD;
        }
        score
    }

    /// "the company Velkan", "head of Velkan", "Velkan's chairman", "Velkan Trade Union (VTU)".
    fn organisation(&self, name: &Name) -> f32 {
        let page = self.page;
        let mut score = 0.0;
        if name.first > self.first && self.is_small(name.first - 1, class::ORG_HEAD) {
            score += weight::BESIDE_HEAD;
        }
        if self.is_small(name.end, class::TITLE) {
            score += weight::BESIDE_HEAD;
        }
        if page.is_little(name.end, little::BE) && self.is_body(name.end + 1) {
            score += weight::BESIDE_HEAD;
        }
        if self.little_before(name, 1, little::THE) && self.after.is_some_and(|t| t.has(class::REPORT)) {
            score += weight::BESIDE_VERB;
        }
        if name.words > 1 && self.is_shortened_behind(name) {
            score += weight::IN_BRACKETS;
        }
        score
    }

    /// Whether "a Danish company" stands at a token: an article, and nothing but small words up to a body.
    fn is_body(&self, article: u32) -> bool {
        const FAR: u32 = 7;
        let page = self.page;
        let is_word = |at: u32| page.token(at).is_some_and(|t| t.is(form::WORD)) && page.function(at) == Function::None;
        let words = (article + 1..article + FAR).take_while(|&at| is_word(at)).count() as u32;
        let last = article + words;
        page.function(article) == Function::Determiner && words > 0 && self.is_small(last, class::ORG_HEAD)
    }

    /// Whether the initials of the name stand in brackets behind it.
    fn is_shortened_behind(&self, name: &Name) -> bool {
        let (page, open) = (self.page, name.end as usize);
        let [bracket, short, close, ..] = page.tokens.get(open..).unwrap_or_default() else { return false };
        if !(bracket.is_symbol(b'(') && short.is(form::ALL_CAPITALS) && close.is_symbol(b')')) {
            return false;
        }
        let words = page.tokens[name.first as usize..open].iter().filter(|t| t.is(form::CAPITAL));
        words.map(|t| t.of(page.text).as_bytes()[0]).eq(short.of(page.text).bytes())
    }
}
