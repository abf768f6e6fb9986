//! The records that explain events, written where they are asked for.

use super::pen::Pen;
use super::{Emitter, Page, Scratch};
use crate::analysis::Analysis;
use crate::dictionary::Dictionary;
use crate::events::{Detector, Explanation, Outcome, Stretches};
use crate::kernel::Sheet;
use std::ops::Range;

impl Emitter {
    /// Appends the explanations of an article whose records were written last with this scratch.
    pub fn explain(
        &self,
        dictionary: &Dictionary<'_>,
        detector: &Detector,
        analysis: &Analysis<'_>,
        explanations: &[Explanation],
        scratch: &Scratch,
        out: &mut Vec<u8>,
    ) {
        let page = self.page(dictionary, analysis, &scratch.laid);
        let mut sheet = Sheet::new(out);
        let mut pen = Pen::new(&mut sheet);
        for explanation in explanations {
            pen = page.explanation(pen.turn(), detector, explanation);
        }
        pen.finish();
    }
}

impl<'p> Page<'p> {
    fn explanation(&self, pen: Pen<'p>, detector: &Detector, explanation: &Explanation) -> Pen<'p> {
        let Explanation { sentence, token, outcome, rule, clause, tried } = explanation;
        let id = &self.a.article.id;
        let mut pen = pen.raw(b"{\"kind\":\"explanation\",\"doc\":").string(id);
        pen = pen.raw(b",\"sentence\":").number(*sentence);
        pen = match outcome {
            Outcome::Told(event) => pen.raw(b",\"event\":").string(&format!("{id}#v{}", event + 1)),
            Outcome::Null(why) => pen.raw(b",\"why\":").string(why.name()),
        };
        if let Some(rule) = rule {
            pen = pen.raw(b",\"rule\":").string(detector.rule(*rule).id());
        }
        pen = self.stretch(pen, b",\"trigger\":{", &(*token..token + 1)).raw(b"}");
        if let Some(clause) = clause {
            pen = self.clause(pen, clause);
        }
        for (at, (rule, need)) in tried.iter().enumerate() {
            let rule = detector.rule(*rule);
            pen = pen.turn().either(at > 0, b",{\"rule\":", b",\"tried\":[{\"rule\":").string(rule.id());
            pen = pen.raw(b",\"lacks\":").string(&rule.need(*need)).raw(b"}");
        }
        pen.raw_if(!tried.is_empty(), b"]").raw(b"}\n")
    }

    fn clause(&self, pen: Pen<'p>, clause: &Stretches) -> Pen<'p> {
        let Stretches { whole, verb, subject, object } = clause;
        let mut pen = self.stretch(pen.turn(), b",\"clause\":{", whole);
        if let Some(verb) = verb {
            pen = self.stretch(pen, b",\"verb\":{", verb).raw(b"}");
        }
        if let Some(subject) = subject {
            pen = self.stretch(pen, b",\"subject\":{", subject).raw(b"}");
        }
        if let Some(object) = object {
            pen = self.stretch(pen, b",\"object\":{", object).raw(b"}");
        }
        pen.raw(b"}")
    }

    fn stretch<const N: usize>(&self, pen: Pen<'p>, key: &[u8; N], tokens: &Range<u32>) -> Pen<'p> {
        self.text_and_span(pen.turn().raw(key).raw(b"\"text\":\""), tokens.start, tokens.end)
    }
}
