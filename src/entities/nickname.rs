//! Nicknames between quotation marks in the middle of a name: `Jonas "The Oak" Veldt`, `Jonas 'Oak' Veldt`.

use crate::token::{Token, form};

/// How many tokens a nickname has at the most.
const LONGEST: usize = 4;

/// Where the nickname that the mark at `open` opens is closed: the token of the mark behind it, before which no other
/// than words stand; the last token of `tokens` at the most.
pub(super) fn close_of(tokens: &[Token], open: usize) -> Option<usize> {
    let mark = tokens[open].symbol;
    let is_mark = matches!(mark, b'"' | b'\'') && tokens[open].form & (form::WORD | form::SPACE) == form::SPACE;
    let inside = tokens.get(open + 1..).filter(|_| is_mark)?;
    let glued = |token: &Token| token.form & form::SPACE == 0;
    let words = inside.iter().take(LONGEST).take_while(|t| t.is(form::WORD)).count();
    let close = inside.get(words).filter(|t| t.is_symbol(mark) && glued(t))?;
    let is_name = glued(&inside[0]) && inside[0].is(form::CAPITAL) && close.form & form::WORD == 0;
    (words > 0 && is_name).then_some(open + 1 + words)
}

#[cfg(test)]
mod tests {
    use super::close_of;
    use crate::token::Tokens;

    #[test]
    fn nicknames_stand_between_marks() {
        let close = |text: &str| {
            let mut tokens = Tokens::default();
            tokens.tokenize(text);
            close_of(&tokens, 1)
        };
        assert_eq!(close("Jonas \"Oak\" Veldt"), Some(3));
        assert_eq!(close("Jonas “The Old Oak” Veldt"), Some(5));
        assert_eq!(close("Jonas 'Oak' Veldt"), Some(3));
        for none in ["Jonas' Oak", "Jonas \"oak\" Veldt", "Jonas \"Oak, Veldt\"", "Jonas \"Oak", "Jonas \"\" Veldt"] {
            assert_eq!(close(none), None, "{none}");
        }
    }
}
