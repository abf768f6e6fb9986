//! How sure it is that characters are a misread one.
//!
//! Two things are weighed: how odd the characters are where they stand (a pound sign inside a word, a capital behind a
//! small letter), and how well the one that they would stand for fits there. Points are about decimal logarithms of odds.
//! The weights were set by hand on pairs of languages and code pages; what must hold is that no well-formed text has a
//! sequence that is [`SURE`].

use super::sequence::Sequence;

/// From so many points on, one sequence shows that its code page was at work.
pub(super) const SURE: f32 = 3.0;
/// Where that is known, a sequence with more than this is believed.
pub(super) const BELIEVED: f32 = -1.9;

/// What stands around a sequence.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Around {
    /// The character before it, mended.
    pub before: Option<char>,
    /// The character behind it, as it stands; none where another sequence begins there.
    pub behind: Option<char>,
    /// What the sequence that ends where this begins stands for, and the one that begins where it ends.
    pub meant_before: Option<char>,
    pub meant_behind: Option<char>,
}

/// Points for `own`, the characters of `sequence`, being a misread one.
pub(super) fn points(own: &str, sequence: &Sequence, around: Around) -> f32 {
    let by_chance = match own.chars().count() {
        0..=2 => 0.0,
        3 => 2.0,
        _ => 4.0,
    };
    by_chance + oddness(own, around) + fitness(sequence, around)
}

/// Points for characters that nobody writes side by side.
fn oddness(own: &str, around: Around) -> f32 {
    let mut chars = own.chars().peekable();
    let lead = chars.next().expect("a sequence has a lead");
    let mut points = match around.before {
        Some(before) if before.is_alphanumeric() && !lead.is_alphabetic() => 2.5,
        Some(before) if before.is_lowercase() && lead.is_uppercase() => 2.0,
        Some(before) if before.is_numeric() && lead.is_uppercase() => 1.0,
        _ => 0.0,
    };
    // Two capitals that few languages need, and that lead nearly all accented letters of western Europe and all signs of
    // Latin-1.
    if lead == 'Ã' || lead == 'Â' && !chars.peek().is_some_and(|c| c.is_alphabetic()) {
        let is_behind_small = around.before.is_some_and(char::is_lowercase);
        let is_word =
            own == "Ã\u{a0}" && !around.before.is_some_and(char::is_alphanumeric) && around.behind == Some(' ');
        points += if is_behind_small || is_word { 2.0 } else { 1.5 };
    }
    let of_other_script = |c: char| c.is_ascii_alphanumeric() && is_cyrillic_or_greek(lead);
    if around.before.is_some_and(of_other_script) || around.behind.is_some_and(of_other_script) {
        points += 3.0;
    }
    while let Some(c) = chars.next() {
        points += odd_behind(around.before, lead, c, chars.peek().copied().or(around.behind).or(around.meant_behind));
    }
    points
}

/// Points for `c` in a sequence that begins with `lead` behind `before`, when `next` follows.
fn odd_behind(before: Option<char>, lead: char, c: char, next: Option<char>) -> f32 {
    let before_letter = next.is_some_and(char::is_alphanumeric);
    let by_letter = |then: f32, otherwise: f32| if before_letter { then } else { otherwise };
    match c {
        '\u{80}'..='\u{9f}' => 6.0,
        ' ' | '?' => 0.0,
        '\u{fffd}' => 2.0,
        '\u{ad}' => 1.5,
        // An apostrophe and its s.
        '’' if matches!(next, Some('s' | 'S' | 't' | 'd' | 'm')) => 0.0,
        // White space, for those who write it so.
        '\u{a0}' => 0.5,
        // These follow any letter.
        '’' | '”' | '…' | '»' | '›' if lead.is_alphabetic() && !before_letter => 0.25,
        '’' | '”' | '…' | '™' | '®' | '©' | '»' | '›' | '«' | '‹' | 'º' | 'ª' | '¹' | '²' | '³' | '°' | '§' | '•'
        | '†' | '‡' | '‘' | '“' | '„' | '‚' | '¡' | '¿'
            if lead.is_alphabetic() =>
        {
            match (before_letter, before.is_some_and(char::is_alphabetic)) {
                (true, true) => 3.0,
                (true, false) => 2.5,
                _ => 0.5,
            }
        }
        '–' | '—' => by_letter(0.5, 0.25),
        _ if c.is_alphabetic() => match (lead.is_alphabetic(), lead.is_uppercase(), c.is_uppercase()) {
            // A letter beside a line of a table.
            (false, ..) if is_line_of_table(lead) => 3.0,
            (false, ..) => 1.0,
            (true, false, true) => 2.0,
            _ if is_cyrillic_or_greek(lead) != is_cyrillic_or_greek(c) => 2.0,
            _ if is_cyrillic_or_greek(lead) => 0.0,
            // A small letter among capitals.
            (true, true, false) if [before, next].into_iter().flatten().any(char::is_uppercase) => 2.0,
            (true, true, false) => 1.0,
            // Before a number stands a sign, not a letter.
            _ if next.is_some_and(char::is_numeric) => 2.0,
            // Two capitals among such.
            (true, true, true) if ![before, next].into_iter().flatten().any(char::is_lowercase) => 0.25,
            _ => 1.0,
        },
        _ if is_line_of_table(c) && is_line_of_table(lead) => 0.0,
        _ if is_line_of_table(c) => 2.0,
        _ if lead.is_alphabetic() => by_letter(3.0, 2.5),
        _ => by_letter(2.0, 1.0),
    }
}

fn is_line_of_table(c: char) -> bool {
    matches!(c, '\u{2500}'..='\u{259f}')
}

fn is_cyrillic_or_greek(c: char) -> bool {
    matches!(c, '\u{370}'..='\u{52f}')
}

/// What kind of character a sequence stands for.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Sort {
    /// A letter of Latin-1, or another that European languages and Vietnamese write.
    Western,
    Latin,
    /// What printed text has of marks: quotation marks, dashes, the signs of Latin-1.
    Mark,
    /// Other symbols, wide forms.
    Symbol,
    Emoji,
    /// A letter of another script.
    Letter(u8),
    Combining,
    Lost,
    /// What no newspaper prints.
    Unlikely,
}

fn sort(c: char) -> Sort {
    match c {
        _ if c.is_control() => Sort::Unlikely,
        '\u{fffd}' => Sort::Lost,
        'À'..='Ö' | 'Ø'..='ö' | 'ø'..='ÿ' => Sort::Western,
        'Ā'..='ķ' | 'Ĺ'..='ň' | 'Ŋ'..='ž' | 'ơ' | 'Ơ' | 'ư' | 'Ư' | 'Ș'..='ț' | 'ə' | 'Ə' | 'Ạ'..='ỹ' => {
            Sort::Latin
        }
        '¨' | '¯' | '¸' | '×' | '÷' => Sort::Symbol,
        '\u{a0}'..='¿'
        | '\u{2010}'..='\u{2027}'
        | '\u{2030}'..='\u{203a}'
        | 'ˆ'
        | '˜'
        | 'ƒ'
        | '€'
        | '™'
        | '№'
        | '\u{200b}'..='\u{200f}'
        | '\u{fb01}'
        | '\u{fb02}'
        | '\u{feff}' => Sort::Mark,
        '\u{2500}'..='\u{25ff}' => Sort::Symbol,
        '\u{2070}'..='\u{2bff}' | '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ffef}' | 'ˇ' | '˘'..='˝' => {
            Sort::Symbol
        }
        '\u{fe0f}' | '\u{1f000}'..='\u{1faff}' => Sort::Emoji,
        '\u{300}'..='\u{36f}' => Sort::Combining,
        'Ά'..='ώ' => Sort::Letter(0),
        '\u{400}'..='\u{45f}' | 'Ґ' | 'ґ' => Sort::Letter(1),
        'א'..='ת' => Sort::Letter(2),
        '\u{600}'..='\u{6ff}' | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefe}' => Sort::Letter(3),
        '\u{900}'..='\u{dff}' => Sort::Letter(4),
        '\u{e00}'..='\u{eff}' => Sort::Letter(5),
        '\u{10a0}'..='\u{10ff}' => Sort::Letter(6),
        '\u{531}'..='\u{587}' => Sort::Letter(7),
        '\u{3041}'..='\u{30ff}' | '\u{4e00}'..='\u{9fff}' => Sort::Letter(8),
        '\u{ac00}'..='\u{d7a3}' => Sort::Letter(9),
        _ => Sort::Unlikely,
    }
}

/// Points for how well what a sequence stands for fits where it stands.
fn fitness(sequence: &Sequence, around: Around) -> f32 {
    let meant = sequence.meant;
    let spaced = if sequence.is_spaced { -2.0 } else { 0.0 };
    spaced
        + match sort(meant) {
            Sort::Western => 0.5 + fit_of_letter(meant, around),
            Sort::Latin => fit_of_letter(meant, around),
            Sort::Mark | Sort::Emoji => 1.0,
            Sort::Symbol => {
                if is_line_of_table(meant) {
                    -0.5
                } else {
                    0.0
                }
            }
            own @ Sort::Letter(script) => {
                let same = |c: Option<char>| c.is_some_and(|c| sort(c) == own);
                let is_among_its_own = same(around.meant_before) || same(around.meant_behind) || same(around.before);
                match script {
                    _ if is_among_its_own || same(around.behind) => 0.5,
                    // Of science: μ, γ.
                    0 => 0.0,
                    1 => -2.0,
                    8 | 9 => -6.0,
                    _ => -3.0,
                }
            }
            Sort::Combining => -2.0,
            Sort::Lost => -1.0,
            Sort::Unlikely => -5.0,
        }
}

/// Points for a Latin letter by the case of those around it.
fn fit_of_letter(letter: char, around: Around) -> f32 {
    let before = around.before.filter(|c| c.is_alphabetic());
    let behind = around.meant_behind.or(around.behind).filter(|c| c.is_alphabetic());
    let is = |c: Option<char>, test: fn(char) -> bool| c.is_some_and(test);
    if letter.is_lowercase() {
        match (before, behind) {
            (None, None)
                if letter.is_ascii() || matches!(letter, 'à' | 'è' | 'é' | 'ó' | 'ô' | 'á' | 'í' | 'ø' | 'å') =>
            {
                0.0
            }
            (None, None) => -1.0,
            _ if is(before, char::is_uppercase) && !is(behind, char::is_lowercase) => -2.0,
            _ => 0.5,
        }
    } else {
        match (before, behind) {
            (None, None) => -0.5,
            _ if is(before, char::is_lowercase) => -1.5,
            _ => 0.5,
        }
    }
}
