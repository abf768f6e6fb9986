//! The record of the document.

use super::pen::Pen;
use super::{Page, SCHEMA, words};
use crate::segment::Part;
use std::ops::Range;

impl<'p> Page<'p> {
    pub(super) fn document(&self, pen: Pen<'p>) -> Pen<'p> {
        let a = self.a;
        let mut pen = pen.raw(b"{\"kind\":\"document\",\"doc\":").string(&a.article.id);
        pen = pen.raw(b",\"source\":").string(&a.article.source);
        if let (Some((_, from)), Some(published)) = (a.published, self.published) {
            pen = pen.raw(b",\"published\":\"").date(published);
            pen = pen.raw(b"\",\"published_from\":\"").bytes(from.as_bytes()).raw(b"\"");
        }
        pen = self.dateline(self.title(pen));
        if let Some(code) = a.language.code {
            pen = pen.raw(b",\"language\":\"").bytes(code.as_bytes()).raw(b"\"");
        }
        let sentences = a.sentences.iter().filter(|s| s.part != Part::Header).count();
        pen = pen.raw(b",\"chars\":").number(self.points.total());
        pen = pen.raw(b",\"sentences\":").number(sentences as u32);
        pen = pen.raw(b",\"entities\":").number(a.entities.list.len() as u32);
        pen = pen.raw(b",\"events\":").number(a.events.len() as u32);
        pen = self.repairs(pen);
        if !a.furniture.is_empty() {
            pen = pen.raw(b",\"furniture\":[");
            for range in a.furniture {
                let span = self.original(self.tokens(range.start, range.end));
                pen = self.points(pen.turn().raw(b"["), span, b",");
            }
            pen = pen.over_last(b"]");
        }
        let foreign = a.language.is_foreign.then_some("not_english");
        pen = words(pen, b",\"warnings\":[\"", a.article.warnings.iter().copied().chain(foreign));
        pen = pen.raw(b",\"schema\":\"").bytes(SCHEMA.as_bytes());
        pen.raw(b"\",\"gazetteers\":\"").bytes(self.emitter.gazetteers.as_bytes()).raw(b"\"}\n")
    }

    fn title(&self, pen: Pen<'p>) -> Pen<'p> {
        match (&self.a.article.title, &self.a.head.title) {
            (Some(title), _) if !title.trim().is_empty() => pen.raw(b",\"title\":").string(title.trim()),
            (_, Some(range)) => self.clean(pen.raw(b",\"title\":\""), self.tokens(range.start, range.end)).raw(b"\""),
            _ => pen,
        }
    }

    fn dateline(&self, pen: Pen<'p>) -> Pen<'p> {
        let Some(dateline) = &self.a.head.dateline else { return pen };
        let tokens = |range: &Range<u32>| self.tokens(range.start, range.end);
        let mut pen = pen.raw(b",\"dateline\":{");
        if !dateline.place.is_empty() {
            pen = self.clean(pen.raw(b"\"place\":\""), tokens(&dateline.place)).raw(b"\",");
        }
        if let Some(agency) = dateline.agency.first() {
            pen = self.clean(pen.raw(b"\"agency\":\""), tokens(agency)).raw(b"\",");
        }
        self.points(pen.raw(b"\"span\":["), self.original(tokens(&dateline.whole)), b"}")
    }

    /// How many repairs, or all of them where they are asked for.
    fn repairs(&self, pen: Pen<'p>) -> Pen<'p> {
        let repairs = self.a.repairs;
        if !self.emitter.list_repairs || repairs.is_empty() {
            return pen.raw(b",\"repairs\":").number(repairs.len() as u32);
        }
        let mut pen = pen.raw(b",\"repairs\":[");
        for repair in repairs {
            let (was, now) = self.repaired_word(repair.at);
            pen = pen.turn().raw(b"{\"at\":").number(self.points.at(repair.at));
            pen = pen.raw(b",\"kind\":\"").bytes(repair.kind.name().as_bytes()).raw(b"\",\"was\":").string(was);
            pen = pen.raw(b",\"now\":").string(&now).raw(b",\"log_odds\":");
            pen = pen.float((f64::from(repair.log_odds) * 100.0).round() / 100.0).raw(b"},");
        }
        pen.over_last(b"]")
    }

    /// The word around an inserted space, as it was and as it is now.
    fn repaired_word(&self, at: u32) -> (&str, String) {
        let body = self.body;
        let at = at as usize;
        let start =
            body[..at].rfind(char::is_whitespace).map_or(0, |i| i + body[i..].chars().next().map_or(1, char::len_utf8));
        let end = body[at..].find(char::is_whitespace).map_or(body.len(), |i| at + i);
        (&body[start..end], format!("{} {}", &body[start..at], &body[at..end]))
    }
}
