//! The record of the document.

use super::json::Json;
use super::{Page, SCHEMA, words};
use crate::segment::Part;

impl Page<'_> {
    pub(super) fn document(&self, json: &mut Json) {
        let a = self.a;
        json.raw(b"{\"kind\":\"document\",\"doc\":").string(&a.article.id);
        json.raw(b",\"source\":").string(&a.article.source);
        if let Some((_, from)) = a.published {
            json.raw(b",\"published\":\"").piece(&self.published);
            json.raw(b"\",\"published_from\":\"").bytes(from.as_bytes()).raw(b"\"");
        }
        self.title(json);
        self.dateline(json);
        let sentences = a.sentences.iter().filter(|s| s.part != Part::Header).count();
        json.raw(b",\"chars\":").number(self.points.total());
        json.raw(b",\"sentences\":").number(sentences as u32);
        json.raw(b",\"entities\":").number(a.entities.list.len() as u32);
        json.raw(b",\"events\":").number(a.events.len() as u32);
        self.repairs(json);
        if !a.furniture.is_empty() {
            json.raw(b",\"furniture\":[");
            for (i, range) in a.furniture.iter().enumerate() {
                if i > 0 {
                    json.raw(b",");
                }
                self.points(json, b"[", self.original(self.tokens(range.start, range.end)), b"");
            }
            json.raw(b"]");
        }
        words(json, b",\"warnings\":[\"", a.article.warnings.iter().copied());
        json.raw(b",\"schema\":\"").bytes(SCHEMA.as_bytes());
        json.raw(b"\",\"gazetteers\":\"").bytes(self.emitter.gazetteers.as_bytes()).raw(b"\"}\n");
    }

    fn title(&self, json: &mut Json) {
        match (&self.a.article.title, &self.a.head.title) {
            (Some(title), _) if !title.trim().is_empty() => {
                json.raw(b",\"title\":").string(title.trim());
            }
            (_, Some(range)) => {
                json.raw(b",\"title\":\"");
                self.clean(json, self.tokens(range.start, range.end));
                json.raw(b"\"");
            }
            _ => {}
        }
    }

    fn dateline(&self, json: &mut Json) {
        let Some(dateline) = &self.a.head.dateline else { return };
        json.raw(b",\"dateline\":{\"place\":\"");
        self.clean(json, self.tokens(dateline.place.start, dateline.place.end));
        if let Some(agency) = dateline.agency.first() {
            json.raw(b"\",\"agency\":\"");
            self.clean(json, self.tokens(agency.start, agency.end));
        }
        let whole = self.tokens(dateline.whole.start, dateline.whole.end);
        self.points(json, b"\",\"span\":[", self.original(whole), b"}");
    }

    /// How many repairs, or all of them where they are asked for.
    fn repairs(&self, json: &mut Json) {
        let repairs = self.a.repairs;
        if !self.emitter.list_repairs || repairs.is_empty() {
            json.raw(b",\"repairs\":").number(repairs.len() as u32);
            return;
        }
        json.raw(b",\"repairs\":[");
        for (i, repair) in repairs.iter().enumerate() {
            let (was, now) = self.repaired_word(repair.at);
            if i > 0 {
                json.raw(b",");
            }
            json.raw(b"{\"at\":").number(self.points.at(repair.at));
            json.raw(b",\"kind\":\"").bytes(repair.kind.name().as_bytes()).raw(b"\",\"was\":").string(was);
            json.raw(b",\"now\":").string(&now);
            json.raw(b",\"log_odds\":").float((f64::from(repair.log_odds) * 100.0).round() / 100.0).raw(b"}");
        }
        json.raw(b"]");
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
