//! Mends text in UTF-8 that was read as a single-byte code page: `Ã©` for `é`, `â€™` for `’`.
//!
//! Such damage is plain to see in what it leaves: characters that, as bytes of the code page, are one character of UTF-8.
//! But well-formed text has such neighbours too (`NESTLÉ®`, `4×”`), so a code page must first show itself by a sequence
//! that cannot be meant ([`judge::SURE`]); then weaker ones are believed. Damage is mended where it stands, not by the
//! line, because texts are put together from several sources; it is mended again as long as something is found, because
//! it happens twice and thrice.

mod codepage;
mod judge;
mod sequence;

use super::draft::Draft;
pub(super) use codepage::instead_of_control;
use codepage::{COUNT, bytes_of};
use judge::{Around, BELIEVED, SURE};
use sequence::Sequence;
use std::cmp::Ordering;

/// Damage on damage is looked for so many times.
const ROUNDS: usize = 5;

/// Whether two neighbours could be the begin of a misread character: cheap, and never wrong when it denies.
pub(super) fn may_begin(first: char, second: char) -> bool {
    let (lead, next) = (bytes_of(first), bytes_of(second));
    let continues = if matches!(second, ' ' | '?' | '\u{fffd}') { !0 } else { next.continues };
    lead.leads & continues != 0
}

/// A sequence with what speaks for it.
#[derive(Clone, Copy, Debug)]
struct Candidate {
    sequence: Sequence,
    points: f32,
    /// Points of all sequences of its code page.
    balance: f32,
}

/// Buffers of [`mend`].
#[derive(Debug, Default)]
pub(super) struct Scratch {
    /// Where characters stand that could begin a sequence.
    leads: Vec<u32>,
    of_page: Vec<Candidate>,
    chosen: Vec<Candidate>,
}

/// Mends what is misread of `draft`. Whether something was.
pub(super) fn mend(draft: &mut Draft<'_>, scratch: &mut Scratch) -> bool {
    let mut is_mended = false;
    for _ in 0..ROUNDS {
        find(draft.text(), scratch);
        if scratch.chosen.is_empty() {
            break;
        }
        is_mended = true;
        draft.edit(|pass| {
            for Candidate { sequence, .. } in &scratch.chosen {
                let range = sequence.start as usize..sequence.end as usize;
                // The space behind an `à` is not always the other half of it: see `keeps_space`.
                let mut own = [0; 8];
                let len = sequence.meant.encode_utf8(&mut own).len();
                let keeps = sequence.is_spaced && keeps_space(pass.text(), sequence);
                own[len] = b' ';
                let now = &own[..len + usize::from(keeps)];
                pass.replace(range, std::str::from_utf8(now).expect("a character and a space"));
            }
        });
    }
    if draft.text().contains(|c| instead_of_control(c).is_some()) {
        is_mended = true;
        draft.edit(|pass| {
            for (at, c) in pass.text().char_indices() {
                if let Some(meant) = instead_of_control(c) {
                    pass.replace(at..at + c.len_utf8(), meant.encode_utf8(&mut [0; 4]));
                }
            }
        });
    }
    is_mended
}

/// Whether the space that stands for a no-break space in an `à` was also the space behind the word: "à" most often is a
/// word, and white space was folded. Not so in Portuguese "às" and "àquele".
fn keeps_space(text: &str, sequence: &Sequence) -> bool {
    let rest = &text[sequence.end as usize..];
    if sequence.meant != 'à' || !rest.starts_with(char::is_alphanumeric) && !rest.starts_with(['‘', '’', '“', '«'])
    {
        return false;
    }
    let word = rest.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’').next().unwrap_or_default();
    !(word == "s" || ["quele", "quela", "quilo"].iter().any(|end| word.starts_with(end)))
}

/// Finds what is to be mended in one round, in order.
fn find(text: &str, scratch: &mut Scratch) {
    let Scratch { leads, of_page, chosen } = scratch;
    leads.clear();
    chosen.clear();
    let mut pages = 0;
    let mut before: Option<(usize, char)> = None;
    for (at, c) in text.char_indices() {
        if let Some((start, lead)) = before
            && may_begin(lead, c)
        {
            leads.push(start as u32);
            pages |= bytes_of(lead).leads;
        }
        before = (!c.is_ascii()).then_some((at, c));
    }
    for page in (0..COUNT).filter(|page| pages >> page & 1 != 0) {
        of_page.clear();
        of_page.extend(leads.iter().filter_map(|&at| {
            let sequence = sequence::read(text, at as usize, page)?;
            Some(Candidate { sequence, points: 0.0, balance: 0.0 })
        }));
        weigh(text, of_page);
        let balance: f32 = of_page.iter().map(|c| c.points.max(-3.0)).sum();
        if balance > 0.0 && of_page.iter().any(|c| c.points >= SURE) {
            let believed = of_page.iter().filter(|c| c.points > BELIEVED);
            chosen.extend(believed.map(|c| Candidate { balance, ..*c }));
        }
    }
    // Of code pages that explain the same place, the one that does it best, there and in all; of equals the first, which
    // is the commonest.
    let worth = |c: &Candidate| (c.points, c.balance);
    chosen.sort_by(|a, b| {
        let by_worth = worth(b).partial_cmp(&worth(a)).unwrap_or(Ordering::Equal);
        a.sequence.start.cmp(&b.sequence.start).then(by_worth)
    });
    let mut end = 0;
    chosen.retain(|c| {
        let is_free = c.sequence.start >= end;
        end = if is_free { c.sequence.end } else { end };
        is_free
    });
    if let &[only] = &chosen[..]
        && is_contradicted(text, &only.sequence)
    {
        chosen.clear();
    }
}

/// Sets the points of all sequences of a code page.
fn weigh(text: &str, all: &mut [Candidate]) {
    let mut last: Option<Sequence> = None;
    for i in 0..all.len() {
        let sequence = all[i].sequence;
        let (start, end) = (sequence.start as usize, sequence.end as usize);
        let meant_before = last.filter(|l| l.end == sequence.start).map(|l| l.meant);
        let meant_behind = all.get(i + 1).map(|c| c.sequence).filter(|n| n.start == sequence.end).map(|n| n.meant);
        let around = Around {
            before: meant_before.or_else(|| text[..start].chars().next_back()),
            behind: if meant_behind.is_some() { None } else { text[end..].chars().next() },
            meant_before,
            meant_behind,
        };
        all[i].points = judge::points(&text[start..end], &sequence, around);
        last = Some(sequence);
    }
}

/// Whether the only damage found, of one letter, stands in a line where other characters beyond ASCII came through.
/// Then it may have been written so.
fn is_contradicted(text: &str, only: &Sequence) -> bool {
    if !matches!(only.meant, 'À'..='\u{24f}') {
        return false;
    }
    let (before, behind) = (&text[..only.start as usize], &text[only.end as usize..]);
    let line_before = before.rsplit('\n').next().unwrap_or_default();
    let line_behind = behind.split('\n').next().unwrap_or_default();
    let came_through = |c: char| !c.is_ascii() && !c.is_control() && !c.is_whitespace();
    line_before.contains(came_through) || line_behind.contains(came_through)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;
    use std::path::PathBuf;

    fn mended(text: &str) -> String {
        let mut draft = Draft::new(text);
        mend(&mut draft, &mut Scratch::default());
        draft.text().to_owned()
    }

    #[test]
    fn misread_text_is_mended() {
        let cases = [
            // windows-1252 and Latin-1.
            ("El alcalde de CÃ¡diz viajÃ³ a MÃ¡laga.", "El alcalde de Cádiz viajó a Málaga."),
            ("Its â€˜oldâ€™ quay â€“ closed", "Its ‘old’ quay – closed"),
            ("the mayor\u{e2}\u{80}\u{99}s quay", "the mayor’s quay"),
            ("ZÃ¼rich", "Zürich"),
            ("DIE BÃ„CKEREI", "DIE BÄCKEREI"),
            // Other code pages.
            ("Р‘РѕСЂРёСЃ", "Борис"),
            ("the quayвЂ™s В«gateВ»", "the quay’s «gate»"),
            ("M√°laga", "Málaga"),
            ("M├ílaga", "Málaga"),
            ("paid ÂŁ150 or ¬£150", "paid £150 or £150"),
            // Twice and thrice.
            ("MÃƒÂ¡laga", "Málaga"),
            ("MÃƒÆ’Ã‚Â¡laga", "Málaga"),
            // In part, and with what was lost on the way.
            ("La ville de Besançon, prÃ¨s de BelfÃ´rt", "La ville de Besançon, près de Belfôrt"),
            ("voilÃ  prÃªt", "voilà prêt"),
            ("trÃ¨s loin, jusquâ\u{80}\u{99}Ã la cÃ´te", "très loin, jusqu’à la côte"),
            ("PraÃ§a dos RÃ\u{fffd}mulos", "Praça dos R\u{fffd}mulos"),
            // Control characters of Latin-1.
            ("he said \u{93}no\u{94} \u{96} twice", "he said “no” – twice"),
        ];
        for (text, expected) in cases {
            assert_eq!(mended(text), expected, "{text}");
        }
    }

    #[test]
    fn well_formed_text_stays() {
        for text in [
            "The NESTLÉ® and LANCÔME™ brands",
            "A 3×” board, a 5×– lens",
            "ДНІПРО і РІВНЕ, у ПЛЮСІ",
            "JOSÉ’S café… CAFÉ…",
            "“Élan”—Ångström’s “Ö”…",
            "LA NAÇÃO — SÃO PAULO",
            "TYÖ” JÄ™ 10 Å—",
            "Ελλάδα «Νέα» Ρ…",
            "√π ≈ 1.77, ∆° ≥ 3, ¬A ∧ B",
            "├── src\n│   └── main",
            "a lot of Ã’s and Â",
            "日本語、한국어, עברית, العربية",
        ] {
            assert_eq!(mended(text), text);
        }
    }

    /// Quotation marks as one sort, since the cases expect some to be made plain, and none of them is broken.
    fn quotes_folded(text: &str) -> String {
        text.replace(['‘', '’'], "'").replace(['“', '”', '„'], "\"")
    }

    /// Cases that others have collected, where they lie beside the repository.
    #[test]
    fn collected_cases_are_mended() {
        let Some(shared) = std::env::var_os("DATELINE_SHARED") else { return };
        let folder = PathBuf::from(shared).join("eval/mojibake");
        let (mut passed, mut expected, mut wrong) = (0, 0, Vec::new());
        for name in ["in-the-wild", "language-names", "synthetic", "negative"] {
            let Ok(file) = std::fs::read_to_string(folder.join(name).with_extension("json")) else { return };
            let cases: Value = serde_json::from_str(&file).expect("JSON");
            for case in cases.as_array().expect("a list").iter().filter(|case| case["expect"] == "pass") {
                let original = case["original"].as_str().expect("a text");
                let found = mended(original);
                let is_right = match case["fixed-encoding"].as_str() {
                    Some(fixed) => found == fixed,
                    None => quotes_folded(&found) == quotes_folded(case["fixed"].as_str().expect("a text")),
                };
                expected += 1;
                passed += usize::from(is_right);
                if !is_right {
                    wrong.push(format!("{name}: {original:?} became {found:?}, not {case}"));
                }
            }
        }
        let touched = wrong.iter().filter(|case| case.starts_with("negative")).count();
        println!("{passed} of {expected} cases\n{}", wrong.join("\n"));
        assert!(passed >= 145 && touched == 0, "{passed} of {expected} cases\n{}", wrong.join("\n"));
    }
}
