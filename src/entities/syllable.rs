//! Chinese and Korean given names: two syllables with a hyphen between, the second often in small letters
//! ("Leung Kwok-hung", "Park Min-Seo").

/// Whether a word in Latin letters can be one syllable of such a name: a short beginning, one run of vowels, and at the
/// end no more than the few sounds that these languages close a syllable with. So "led", "based" and "era" are none.
pub(super) fn is_syllable(word: &str) -> bool {
    const ENDS: [&str; 11] = ["", "n", "ng", "k", "p", "t", "m", "l", "h", "r", "w"];
    let is_vowel = |letter: u8| matches!(letter | 0x20, b'a' | b'e' | b'i' | b'o' | b'u');
    if !(2..=6).contains(&word.len()) || !word.bytes().all(|b| b.is_ascii_alphabetic()) {
        return false;
    }
    let letters = word.as_bytes();
    let opening = letters.iter().take_while(|&&b| !is_vowel(b)).count();
    let vowels = letters[opening..].iter().take_while(|&&b| is_vowel(b)).count();
    let end = &word[opening + vowels..];
    opening <= 2 && vowels > 0 && ENDS.iter().any(|e| e.eq_ignore_ascii_case(end))
}

#[cfg(test)]
mod tests {
    use super::is_syllable;

    #[test]
    fn syllables_of_names_are_told_from_other_second_parts() {
        for word in ["Kwok", "hung", "Jae", "hyun", "jeou", "Ying", "Siu", "lai", "un", "Woo", "Cheuk"] {
            assert!(is_syllable(word), "{word}");
        }
        for word in ["led", "based", "era", "style", "born", "owned", "linked", "Street", "bound", "ß", "", "x"] {
            assert!(!is_syllable(word), "{word}");
        }
    }
}
