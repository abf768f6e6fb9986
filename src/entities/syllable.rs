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

/// Whether a word in Latin letters is made of so many syllables of Chinese, one or two, as pinyin writes them.
pub(super) fn is_chinese(word: &str, syllables: usize) -> bool {
    let letters = word.as_bytes();
    let is_word = letters.len() <= 6 * syllables && letters.iter().all(u8::is_ascii_alphabetic);
    let is_two = || (1..letters.len()).any(|at| is_pinyin(&letters[..at]) && is_pinyin(&letters[at..]));
    is_word && if syllables == 1 { is_pinyin(letters) } else { is_two() }
}

/// Whether letters are one syllable of pinyin, in capitals or not, by what it may begin and end with.
fn is_pinyin(letters: &[u8]) -> bool {
    const FINALS: [&str; 36] = [
        "a", "o", "e", "i", "u", "v", "ai", "ei", "ui", "ao", "ou", "iu", "ie", "ue", "an", "en", "in", "un", "ang",
        "eng", "ing", "ong", "ia", "iao", "ian", "iang", "iong", "ua", "uo", "uai", "uan", "uang", "er", "ve", "io",
        "ueng",
    ];
    let low = |at: usize| letters.get(at).map_or(0, |b| b | 0x20);
    let opening = match (low(0), low(1)) {
        (b'z' | b'c' | b's', b'h') => 2,
        (b'a' | b'e' | b'o', _) => 0,
        (b'i' | b'u' | b'v', _) => return false,
        _ => 1,
    };
    FINALS.iter().any(|of| letters[opening.min(letters.len())..].eq_ignore_ascii_case(of.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::{is_chinese, is_syllable};

    #[test]
    fn chinese_names_have_one_or_two_syllables() {
        for name in ["Gaoli", "Qishan", "Yunshan", "Chunhua", "Changlong", "Quanguo", "Shimin", "XIAOYU"] {
            assert!(is_chinese(name, 2), "{name}");
        }
        for name in ["Wang", "Xu", "Ou", "Zhuang"] {
            assert!(is_chinese(name, 1) && !is_chinese("Smith", 1), "{name}");
        }
        for word in ["Schmidt", "Belgrano", "Rojas", "Kim", "Wangchuk", "Tran"] {
            assert!(!is_chinese(word, 2), "{word}");
        }
    }

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
