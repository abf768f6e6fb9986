//! Characters that nobody sees: control characters, soft hyphens, zero-width marks. Inside a word they hide it from every
//! list; elsewhere they stand as symbols between the words.

use super::draft::Draft;
use super::hyphens::Spelling;

/// Whether a character is one that [`mend`] may take out.
pub(super) fn is_unseen(c: char) -> bool {
    is_control(c) || is_mark(c) || matches!(c, '\u{ad}' | '\u{200b}' | '\u{200c}' | '\u{200d}' | '\r')
}

/// Control characters that are no white space to a reader.
fn is_control(c: char) -> bool {
    matches!(c, '\0'..='\u{8}' | '\u{e}'..='\u{1f}' | '\u{7f}'..='\u{9f}')
}

/// Marks of direction and of no width that never belong to a word.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// Takes the unseen characters out of `draft`. Whether a control character was among them.
pub(super) fn mend(draft: &mut Draft<'_>, spelling: &Spelling<'_, '_>) -> bool {
    let mut controls = false;
    draft.edit(|pass| {
        let text = pass.text();
        let mut rest = text.char_indices().peekable();
        let mut before: Option<char> = None;
        while let Some((at, c)) = rest.next() {
            if matches!(c, ' '..='~') || !is_unseen(c) {
                before = Some(c);
                continue;
            }
            let start = at;
            let (mut end, mut all) = (at + c.len_utf8(), Run::default());
            all.take(c);
            while let Some(&(next_at, next)) = rest.peek().filter(|(_, next)| is_unseen(*next)) {
                all.take(next);
                end = next_at + next.len_utf8();
                rest.next();
            }
            // A soft hyphen at the end of a line joins the word over it.
            if all.soft_hyphen && before.is_some_and(char::is_alphabetic) {
                let line_end = text[end..].strip_prefix('\n').map(|line| line.trim_start_matches([' ', '\t']));
                if let Some(line) = line_end.filter(|line| line.starts_with(char::is_lowercase)) {
                    end = text.len() - line.len();
                    while rest.peek().is_some_and(|(at, _)| *at < end) {
                        rest.next();
                    }
                }
            }
            controls |= all.control;
            let behind = text[end..].chars().next();
            if let Some(now) = all.instead(before, behind, || spelling.is_one_word(text, start, end)) {
                if now != &text[start..end] {
                    pass.replace(start..end, now);
                }
                before = now.chars().next_back().or(before);
            } else {
                before = Some(c);
            }
        }
    });
    controls
}

/// Which unseen characters stand side by side.
#[derive(Clone, Copy, Debug, Default)]
struct Run {
    control: bool,
    mark: bool,
    soft_hyphen: bool,
    zero_width_space: bool,
    joiner: bool,
    carriage_return: bool,
}

impl Run {
    fn take(&mut self, c: char) {
        match c {
            '\r' => self.carriage_return = true,
            '\u{ad}' => self.soft_hyphen = true,
            '\u{200b}' => self.zero_width_space = true,
            '\u{200c}' | '\u{200d}' => self.joiner = true,
            _ if is_control(c) => self.control = true,
            _ => self.mark = true,
        }
    }

    /// What is to stand in their place, between these two characters; none where they stay.
    fn instead(
        self,
        before: Option<char>,
        behind: Option<char>,
        is_one_word: impl FnOnce() -> bool,
    ) -> Option<&'static str> {
        if self.carriage_return {
            // Before a line feed it is part of the line's end; alone it is one.
            let alone = behind != Some('\n') || self.control;
            return if alone { Some("\n") } else { None };
        }
        let is_latin = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() && c < '\u{250}');
        let is_other = |c: Option<char>| c.is_some_and(|c| c >= '\u{250}' && !matches!(c, '\u{2000}'..='\u{206f}'));
        let inside = before.is_some_and(char::is_alphanumeric) && behind.is_some_and(char::is_alphanumeric);
        if self.joiner && !self.control && (is_other(before) || is_other(behind)) {
            return None;
        }
        if self.zero_width_space && !self.control && !self.soft_hyphen {
            // A place where a line may end: mostly between words, so it is only taken out of a known one.
            return (is_latin(before) && is_latin(behind) && is_one_word()).then_some("");
        }
        if self.control && inside && !is_one_word() {
            return Some(" ");
        }
        Some("")
    }
}
