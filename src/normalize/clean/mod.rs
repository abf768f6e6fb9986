//! Mends what is broken in a text before its spaces are: letters misread, references of HTML, characters that nobody
//! sees, words cut at the end of a line.
//!
//! The text is edited only where it was broken. What merely looks otherwise (kinds of quotation marks, no-break spaces,
//! ligatures, wide letters) is left as received and folded where words are compared.
//!
//! On the way out: of a text with nothing suspicious, nothing, at the cost of one look at its blocks; else the clean text
//! with the way back, or nothing when all was in order.

mod characters;
mod draft;
mod entities;
mod gate;
mod hyphens;
mod mojibake;

use super::Alignment;
use crate::dictionary::Dictionary;
use crate::kernel::{self, Block};
use draft::Draft;
use gate::Suspects;
use hyphens::Spelling;

/// What was wrong with some characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// A reference of HTML: `&amp;`.
    Entity,
    /// UTF-8 that was read as another encoding: `Ã©`.
    Mojibake,
    /// Characters that nobody sees.
    Unseen,
    /// A word cut at the end of a line.
    LineEnd,
}

impl Fault {
    /// The fault of characters that were replaced.
    pub fn of(was: &str) -> Self {
        if was.starts_with('&') && was.ends_with(';') {
            Fault::Entity
        } else if was.starts_with('-') || was.starts_with('\u{ad}') && was.contains('\n') {
            Fault::LineEnd
        } else if was.chars().all(characters::is_unseen) && !was.contains(|c| mojibake::instead_of_control(c).is_some())
        {
            Fault::Unseen
        } else {
            Fault::Mojibake
        }
    }

    /// Its name in the records.
    pub fn name(self) -> &'static str {
        match self {
            Fault::Entity => "entity",
            Fault::Mojibake => "mojibake",
            Fault::Unseen => "unseen",
            Fault::LineEnd => "line_end",
        }
    }
}

/// A text after its faults were mended.
#[derive(Clone, Debug, Default)]
pub struct Cleaned {
    /// The clean text.
    pub text: String,
    /// The way back from it to the text as received.
    pub alignment: Alignment,
    /// What the reader of its records should know.
    pub warnings: Vec<&'static str>,
}

/// Buffers of a worker for [`clean`].
#[derive(Debug, Default)]
pub struct Scratch {
    blocks: Vec<Block>,
    mojibake: mojibake::Scratch,
}

/// Mends what is broken in `body`, whose bytes are sorted into `blocks`. False when nothing is; then `out` is not touched.
pub fn clean(
    dictionary: &Dictionary<'_>,
    body: &str,
    blocks: &[Block],
    scratch: &mut Scratch,
    out: &mut Cleaned,
) -> bool {
    let suspects = Suspects::of(body, blocks);
    suspects.any() && mend(dictionary, body, suspects, scratch, out)
}

/// A line that is not part of the text, mended; none when nothing is broken.
pub fn line(dictionary: &Dictionary<'_>, line: &str, scratch: &mut Scratch) -> Option<String> {
    kernel::classify(line.as_bytes(), &mut scratch.blocks);
    let suspects = Suspects::of(line, &scratch.blocks);
    let mut out = Cleaned::default();
    (suspects.any() && mend(dictionary, line, suspects, scratch, &mut out)).then_some(out.text)
}

#[cold]
#[inline(never)]
fn mend(dictionary: &Dictionary<'_>, body: &str, suspects: Suspects, scratch: &mut Scratch, out: &mut Cleaned) -> bool {
    let spelling = Spelling::new(dictionary);
    let mut draft = Draft::new(body);
    let mut warnings = Vec::new();
    if suspects.entity {
        entities::mend(&mut draft);
    }
    // What references stood for may be misread or unseen in its turn.
    let again = if suspects.entity {
        kernel::classify(draft.text().as_bytes(), &mut scratch.blocks);
        Suspects::of(draft.text(), &scratch.blocks)
    } else {
        suspects
    };
    if again.mojibake && mojibake::mend(&mut draft, &mut scratch.mojibake) {
        warnings.push("mojibake");
    }
    if again.unseen && characters::mend(&mut draft, &spelling) {
        warnings.push("control_characters");
    }
    if again.hyphen {
        hyphens::mend(&mut draft, &spelling);
    }
    match draft.finish() {
        Some((text, alignment)) => {
            *out = Cleaned { text, alignment, warnings };
            true
        }
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::sync::LazyLock;

    static DICTIONARY: LazyLock<Dictionary<'static>> =
        LazyLock::new(|| Dictionary::open(crate::gazetteer::shipped()).expect("shipped"));

    fn cleaned(text: &str) -> Option<Cleaned> {
        let (mut blocks, mut out) = (Vec::new(), Cleaned::default());
        kernel::classify(text.as_bytes(), &mut blocks);
        clean(&DICTIONARY, text, &blocks, &mut Scratch::default(), &mut out).then_some(out)
    }

    #[test]
    fn what_is_broken_is_mended() {
        let cases = [
            // References, escaped once and twice, and what they stand for.
            ("Moss &amp; Sons&#8217; caf&eacute;", "Moss & Sons’ café"),
            ("the caf&Atilde;&copy;", "the café"),
            ("said &#195;&#169;mile Roux", "said émile Roux"),
            // Unseen characters.
            ("co\u{ad}caine and wea\u{ad}pons", "cocaine and weapons"),
            ("inter\u{ad}\nnational", "international"),
            ("\u{feff}The \u{200e}mayor\u{200f}, \u{2060}Ana", "The mayor, Ana"),
            ("govern\u{200b}ment", "government"),
            ("gov\0ernment of\0Chile\0 said", "government of Chile said"),
            ("one\rtwo\r\nthree", "one\ntwo\r\nthree"),
            // Words cut at the end of a line.
            ("the govern-\nment and the Wash-\r\n  ington office", "the government and the Washington office"),
            // Misread characters.
            ("JosÃ© PeÃ±a said â€œnoâ€\u{9d} \u{96} again", "José Peña said “no” – again"),
        ];
        for (text, expected) in cases {
            assert_eq!(cleaned(text).expect(text).text, expected);
        }
    }

    #[test]
    fn what_is_in_order_stays() {
        for text in [
            "",
            "Nothing is wrong here, R&D; said; AT&T – “no”.\n\nSecond paragraph.\r\nThird.",
            "a well-\nknown semi-\nInternational line -\nand a dash -\n\nend",
            "\u{645}\u{6cc}\u{200c}\u{62e}\u{648}\u{627}\u{647}\u{645} 👩\u{200d}🚒",
            "zero\u{200b} width\u{200b}\u{200b}spaces stand\u{200b}between words",
            "no-break\u{a0}space, ﬁne ligatures, ｗｉｄｅ letters, cafe\u{301}",
        ] {
            assert_eq!(cleaned(text).map(|found| found.text), None, "{text:?}");
        }
    }

    #[test]
    fn the_reader_is_told() {
        assert_eq!(cleaned("cafÃ©").expect("broken").warnings, ["mojibake"]);
        assert_eq!(cleaned("a\u{1}b &amp;").expect("broken").warnings, ["control_characters"]);
        let faults = ["&amp;", "Ã©", "\u{ad}", "-\n", "\r", "\u{93}", "\u{ad}\n", "\0"].map(Fault::of);
        use Fault::{Entity, LineEnd, Mojibake, Unseen};
        assert_eq!(faults, [Entity, Mojibake, Unseen, LineEnd, Unseen, Mojibake, LineEnd, Unseen]);
    }

    #[test]
    fn hostile_text_is_read_to_its_end() {
        for unit in ["&", "&amp;", "Ã", "Ã©", "Ã ", "\0", "\r", "a-\n", "a\u{200b}", "\u{ad}", "â€", "Ä\u{fffd}"]
        {
            cleaned(&unit.repeat((1 << 18) / unit.len()));
        }
    }

    proptest! {
        #[test]
        fn between_the_edits_the_text_is_as_received(
            text in "([a-z]{1,9}|[ .,]|Ã©|â€™|Ã |é|”|&amp;|&#8217;|&|\u{0}|\u{ad}|\u{200b}|\u{200e}|\r|-\n|govern|ment|\\PC|\u{93}){0,60}",
        ) {
            let Some(Cleaned { text: clean, alignment, .. }) = cleaned(&text) else { return Ok(()) };
            let (mut at, mut original) = (0, 0);
            for (now, was) in alignment.edits() {
                let (now_start, was_start) = (now.start as usize, was.start as usize);
                prop_assert_eq!(&clean[at..now_start], &text[original..was_start]);
                prop_assert!(clean[now_start..now.end as usize] != text[was_start..was.end as usize]);
                (at, original) = (now.end as usize, was.end as usize);
            }
            prop_assert_eq!(&clean[at..], &text[original..]);
        }
    }
}
