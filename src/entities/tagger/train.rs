//! Learns the weights: a logistic regression with four answers, by steps against the gradient.
//!
//! Averaged perceptrons were tried on the same windows. With so few of them to learn from they follow every one, and
//! their sums tell little of how sure they are; here weights are drawn towards zero, and a lead is a logarithm of odds.

use super::features::{BEGINS, COUNT, FAMILIES};
use super::{Answer, UNIT, Weights, Window};
use std::fmt::Write;

/// Times that all windows are gone through.
const ROUNDS: usize = 12;
/// The first steps.
const STEP: f64 = 0.1;
/// How strongly weights are drawn towards zero at each step.
const TOWARDS_ZERO: f64 = 0.01;
/// Weights below, of whichever answer, say nothing.
const LEAST: i16 = 3;

/// What is learnt of a feature.
#[derive(Clone, Copy)]
struct Row {
    weights: [f64; Answer::ALL.len()],
    /// The squares of all steps so far.
    steps: [f64; Answer::ALL.len()],
}

/// The rows of a table of weights, learnt from windows and what they are. The same windows give the same rows.
pub fn train(windows: &[(Window, Answer)]) -> String {
    let fresh = Row { weights: [0.0; 4], steps: [0.01; 4] };
    let mut rows = vec![fresh; BEGINS[COUNT]];
    let mut order: Vec<usize> = (0..windows.len()).collect();
    let mut random = Random(1);
    for _ in 0..ROUNDS {
        for at in (1..order.len()).rev() {
            order.swap(at, random.below(at + 1));
        }
        for &number in &order {
            let (window, answer) = &windows[number];
            learn(&mut rows, window, *answer);
        }
    }
    write(&rows)
}

/// One step.
fn learn(rows: &mut [Row], window: &Window, answer: Answer) {
    let features = window.features.map(usize::from);
    let sum = |at: usize| features.iter().map(|&feature| rows[feature].weights[at]).sum::<f64>();
    let sums: [f64; 4] = std::array::from_fn(sum);
    let most = sums.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let odds = sums.map(|sum| (sum - most).exp());
    let all: f64 = odds.iter().sum();
    for feature in features {
        let Row { weights, steps } = &mut rows[feature];
        for at in 0..weights.len() {
            let truth = f64::from(u8::from(at == answer as usize));
            let slope = odds[at] / all - truth + TOWARDS_ZERO * weights[at];
            steps[at] += slope * slope;
            weights[at] -= STEP * slope / steps[at].sqrt();
        }
    }
}

/// The rows that say something: family, feature, a weight for each answer.
fn write(rows: &[Row]) -> String {
    let mut out = String::new();
    for (family, (name, _)) in FAMILIES.iter().enumerate() {
        for (feature, row) in rows[BEGINS[family]..BEGINS[family + 1]].iter().enumerate() {
            let weights: Weights = row.weights.map(|weight| (weight * f64::from(UNIT)).round() as i16);
            if weights.iter().any(|weight| weight.abs() >= LEAST) {
                let [nothing, person, organisation, place] = weights;
                let _ = writeln!(out, "{name}\t{feature}\t{nothing}\t{person}\t{organisation}\t{place}");
            }
        }
    }
    out
}

/// Numbers in an order that is always the same (splitmix).
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ self.0 >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((mixed ^ mixed >> 31) % limit as u64) as usize
    }
}
