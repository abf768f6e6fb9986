//! Where the lines of a lost layout ended: the evidence that lies in the distances between missing spaces.
//!
//! Most glued articles were wrapped at a fixed column and lost their line breaks. Then *every* line end is glued, and
//! once one is known the next one is pinned to a word or two: by far the strongest evidence there is. Spaces lost at
//! fairly even distances count a little, others only by how often they are lost.
//!
//! All distances are in characters, all odds in decades.

use super::RepairKind;
use crate::ingest::Losses;

/// Looks back at most so many candidates for the end of the line before: a bound that keeps the work linear.
const LOOK_BACK: usize = 40;
/// Widths of lines that are believed.
const WIDTHS: std::ops::RangeInclusive<u32> = 40..=140;

/// Odds that another layout than one at random must have over it.
const CHOICE: f32 = 1.0;
/// Shares of lost spaces, as decimal logarithms: the first guess, and the least and the most that are believed.
const FIRST_RATE: f32 = -2.0;
const LEAST_RATE: f32 = -3.0;
const MOST_RATE: f32 = -1.0;
/// Characters of a word with the space behind it.
pub const WORD: f32 = 6.0;
/// So many words of an article tell as much as its source does.
const ELSEWHERE: f32 = 300.0;
/// Rounds in which the share is guessed anew.
const ROUNDS: usize = 4;

/// A candidate for a missing space, in the columns of its line.
#[derive(Clone, Copy, Debug)]
pub struct Candidate {
    /// Byte of the text before which the space would stand.
    pub at: u32,
    /// Characters from the start of the line.
    pub column: u32,
    /// Characters from here to the next white space: the word that would not have fitted.
    pub next: u32,
    /// Number of the line in the article.
    pub line: u32,
    /// Odds by the words alone.
    pub odds: f32,
    /// What meets here.
    pub kind: RepairKind,
}

/// How the article lost its spaces.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Layout {
    /// It was wrapped at this column.
    Wrapped(u32),
    /// At distances of about a line.
    Even,
    /// Anywhere: odds of one place.
    Scattered(f32),
}

/// Reads the layout from the candidates that are sure by their words. Where they are few, it is that of the source's
/// `losses`.
pub fn read(candidates: &[Candidate], sure: f32, characters: u32, losses: Option<&Losses>) -> Layout {
    let mut votes = [0u16; 160];
    let (mut pairs, mut even) = (0, 0);
    let mut before: Option<&Candidate> = None;
    for c in candidates.iter().filter(|c| c.odds >= sure) {
        if let Some(b) = before.filter(|b| b.line == c.line) {
            let length = c.column - b.column;
            if WIDTHS.contains(&length) {
                pairs += 1;
                even += u32::from((52..=95).contains(&length));
                let reach = (length + c.next).min(150);
                for vote in &mut votes[length as usize..=reach as usize] {
                    *vote += 1;
                }
            }
        }
        before = Some(c);
    }
    // A gate on the share of pairs: two lines alone agree on a width by chance too often.
    let (width, most) = votes
        .iter()
        .enumerate()
        .max_by_key(|(width, v)| (**v, std::cmp::Reverse(*width)))
        .map_or((0, 0), |(width, v)| (width as u32, u32::from(*v)));
    let scattered = Layout::Scattered(rate(candidates, characters, losses));
    let mut best = (scattered, scattered.fit(candidates, sure));
    if let Some(layout) = losses.and_then(|losses| losses.width).map(Layout::Wrapped) {
        let fit = layout.fit(candidates, sure);
        if fit >= best.1 {
            best = (layout, fit);
        }
    }
    if even >= 2 && even * 3 >= pairs * 2 {
        best = better(best, Layout::Even, candidates, sure);
    }
    if most >= 2 && most * 2 >= pairs {
        // The middle of the agreeing widths.
        let last = votes[width as usize..].iter().take_while(|v| u32::from(**v) == most).count() as u32;
        best = better(best, Layout::Wrapped(width + (last - 1) / 2), candidates, sure);
    }
    best.0
}

/// The layout that makes the sure places likelier; a new one must do so by more than chance.
fn better(best: (Layout, f32), other: Layout, candidates: &[Candidate], sure: f32) -> (Layout, f32) {
    let fit = other.fit(candidates, sure) - CHOICE;
    if fit > best.1 { (other, fit) } else { best }
}

/// How often a space is missing: the share of words before which one is, as the candidates and the share itself tell.
fn rate(candidates: &[Candidate], characters: u32, losses: Option<&Losses>) -> f32 {
    let mut words = characters.max(60) as f32 / WORD;
    let (mut rate, mut elsewhere) = (FIRST_RATE, 0.0);
    if let Some(losses) = losses {
        rate = losses.rate;
        elsewhere = ELSEWHERE * 10f32.powf(rate);
        words += ELSEWHERE;
    }
    let against: Vec<f32> = candidates.iter().map(|c| 10f32.powf(-c.odds)).collect();
    for _ in 0..ROUNDS {
        let anywhere = 10f32.powf(-rate);
        let missing: f32 = against.iter().map(|against| 1.0 / (1.0 + against * anywhere)).sum();
        rate = ((missing + elsewhere).max(0.5) / words).log10().clamp(LEAST_RATE, MOST_RATE);
    }
    rate
}

impl Layout {
    /// The odds of the sure places by their distances alone.
    fn fit(self, candidates: &[Candidate], sure: f32) -> f32 {
        let mut before: Option<&Candidate> = None;
        let mut fit = 0.0;
        for c in candidates.iter().filter(|c| c.odds >= sure) {
            fit += self.step(before.filter(|b| b.line == c.line).map(|b| b.column), c);
            before = Some(c);
        }
        fit
    }

    /// Odds of the next missing space at `to` when the last was at column `from` (`None`: the line's start).
    fn step(self, from: Option<u32>, to: &Candidate) -> f32 {
        let length = to.column - from.unwrap_or(0);
        match self {
            Layout::Wrapped(width) => {
                if length > width + 9 {
                    let missed = ((length as f32 / (width as f32 - 3.0)).round() - 1.0).max(1.0);
                    return -0.9 * missed - 0.7;
                }
                if from.is_none() {
                    return -0.4;
                }
                if length <= width && length + 1 + to.next > width {
                    return -0.15;
                }
                if length.abs_diff(width) <= 9 || (length <= width && length + 10 + to.next > width) {
                    return -1.1;
                }
                -3.2
            }
            Layout::Even => {
                let missed = (length as f32 / 74.0).round().max(1.0) - 1.0;
                let drift = (length as f32 - (missed + 1.0) * 70.0).abs();
                if from.is_none() {
                    -0.7 - 1.1 * missed
                } else if drift <= 11.0 + 8.0 * missed {
                    -0.6 - 1.1 * missed
                } else {
                    -2.6 - 1.1 * missed
                }
            }
            Layout::Scattered(rate) => rate,
        }
    }

    /// Odds of going on for `length` characters without a missing space.
    fn rest(self, length: u32) -> f32 {
        match self {
            Layout::Wrapped(width) => -0.9 * (length.saturating_sub(3) / width.max(1)) as f32,
            Layout::Even => -1.1 * (length / 82) as f32,
            Layout::Scattered(_) => 0.0,
        }
    }
}

/// The likeliest set of missing spaces of one line: marks each chosen candidate with its final odds. Returns the odds of
/// all of them against a line that lost none and was never wrapped.
///
/// `candidates` are those of one line by column; `end` is the line's length. Buffers are the caller's.
pub fn choose(
    layout: Layout,
    candidates: &[Candidate],
    end: u32,
    best: &mut Vec<(f32, u32)>,
    chosen: &mut Vec<(u32, f32)>,
) -> f32 {
    chosen.clear();
    best.clear();
    if let Layout::Scattered(rate) = layout {
        // Each place stands for itself.
        let odds = |(i, c): (usize, &Candidate)| (i as u32, c.odds + rate);
        chosen.extend(candidates.iter().enumerate().map(odds).filter(|(_, odds)| *odds >= 0.0));
        return chosen.iter().map(|(_, odds)| odds).sum();
    }
    let (mut last, mut total) = (u32::MAX, layout.rest(end));
    for (i, c) in candidates.iter().enumerate() {
        let mut score = layout.step(None, c);
        let mut from = u32::MAX;
        for j in (i.saturating_sub(LOOK_BACK)..i).rev() {
            let s = best[j].0 + layout.step(Some(candidates[j].column), c);
            if s > score {
                (score, from) = (s, j as u32);
            }
        }
        score += c.odds;
        best.push((score, from));
        let whole = score + layout.rest(end - c.column);
        if whole > total {
            (last, total) = (i as u32, whole);
        }
    }
    while last != u32::MAX {
        let (_, from) = best[last as usize];
        let c = &candidates[last as usize];
        let before = (from != u32::MAX).then(|| candidates[from as usize].column);
        chosen.push((last, c.odds + layout.step(before, c)));
        last = from;
    }
    chosen.reverse();
    total
}
