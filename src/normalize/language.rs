//! Tells in which language an article is written, as far as the rules must know it.
//!
//! The rules are English, and so nearly always is the text. That is seen at almost no cost: a third of the words of any
//! English text are articles, prepositions, pronouns and auxiliaries, which the dictionary has marked anyway. Only where
//! they are few is the language looked for by the letters, and only a sure answer counts: a table of names has no
//! articles either, and it is no foreign text for that.

use super::halves::Halves;
use super::letters::LONGEST;
use crate::dictionary::{Dictionary, class};
use crate::token::{SHEET, Token, Tokens, form, marks};

/// The language of an article.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Language {
    /// ISO 639-1; none where the text is too short to say, or nothing is sure.
    pub code: Option<&'static str>,
    /// Whether it is surely another language than English.
    pub is_foreign: bool,
}

/// Sheets of 64 tokens that are looked at: the beginning tells as much as the whole.
const SHEETS: usize = 4;
/// Fewer words than this tell nothing.
const FEWEST_WORDS: u32 = 20;
/// A text with so many closed-class words among a hundred words is English. Of two thousand English texts seven in a
/// thousand have fewer, mostly tables; of other languages that share such words (in, was, over) none has as many.
const ENGLISH_SHARE: u32 = 20;
/// From so many words of the English lexicon among a hundred on, a text without closed-class words is a table.
const TABLE_SHARE: u32 = 75;
/// The same of words with a capital and of numbers.
const NAMES_SHARE: u32 = 60;
/// Words that no list holds which are looked into, and the share of them, in a hundred, that fall into two English words
/// where English lost its spaces. In other languages a few do by chance.
const LOOKED_INTO: usize = 32;
const GLUED_SHARE: usize = 40;
/// Letters of such a word.
const GLUED: std::ops::RangeInclusive<usize> = 6..=LONGEST;
/// Bytes of the text that are read for its letters.
const LETTERS: usize = 2000;
/// How sure the letters must be, 0–1, where they are those of English.
const SURE: f64 = 0.8;

const ENGLISH: Language = Language { code: Some("en"), is_foreign: false };

/// The language of a text, whose tokens must have been annotated.
pub fn read(dictionary: &Dictionary<'_>, text: &str, tokens: &Tokens) -> Language {
    let (mut words, mut closed) = (0, 0);
    for sheet in tokens.sheets().iter().take(SHEETS) {
        words += sheet.having::<{ marks(0, form::WORD) }>().count_ones();
        closed += sheet.having::<{ marks(class::FUNCTION, 0) }>().count_ones();
    }
    if words < FEWEST_WORDS {
        Language::default()
    } else if closed * 100 >= words * ENGLISH_SHARE {
        ENGLISH
    } else {
        by_letters(dictionary, text, tokens, words)
    }
}

/// The language of a text that has few closed-class words among the `words` that were looked at.
#[cold]
fn by_letters(dictionary: &Dictionary<'_>, text: &str, tokens: &Tokens, words: u32) -> Language {
    let count = |class: u32, form: u32| -> u32 {
        tokens.sheets().iter().take(SHEETS).map(|sheet| sheet.marked(class, form).count_ones()).sum()
    };
    let is_table = count(class::LEXICON, 0) * 100 >= words * TABLE_SHARE
        || count(0, form::CAPITAL | form::DIGIT) * 100 >= words * NAMES_SHARE;
    if is_table {
        return Language::default();
    }
    if is_glued(dictionary, text, tokens) {
        return ENGLISH;
    }
    let end = (0..=LETTERS.min(text.len())).rfind(|&at| text.is_char_boundary(at)).unwrap_or(0);
    match whatlang::detect(&text[..end]) {
        Some(info) if info.lang() == whatlang::Lang::Eng => ENGLISH,
        Some(info) if info.script() != whatlang::Script::Latin || info.confidence() >= SURE => {
            Language { code: short_code(info.lang().code()), is_foreign: true }
        }
        _ => Language::default(),
    }
}

/// Whether the text is English that lost its spaces: closed-class words stand at the edges of what no list holds. That is
/// seen sooner than the language of its letters.
fn is_glued(dictionary: &Dictionary<'_>, text: &str, tokens: &Tokens) -> bool {
    const OTHER: u32 = form::CAPITAL | form::DIGIT | form::BEYOND_ASCII;
    let is_unlisted = |token: &&Token| {
        let length = (token.end - token.start) as usize;
        token.form & (form::WORD | OTHER) == form::WORD && !token.has(class::LEXICON) && GLUED.contains(&length)
    };
    let (mut seen, mut glued, mut halves) = (0, 0, Halves::default());
    for token in tokens.iter().take(SHEETS * SHEET).filter(is_unlisted).take(LOOKED_INTO) {
        halves.read(dictionary, text.as_bytes(), token.start as usize, token.end as usize);
        let length = (token.end - token.start) as usize;
        let is_pair = |k: usize| {
            let (first, second) = (halves.beginning(k).class, halves.end(k).class);
            (first & class::FUNCTION != 0 && second & class::COMMON != 0 && length - k > 2)
                || (second & class::FUNCTION != 0 && first & class::COMMON != 0 && k > 2)
        };
        seen += 1;
        glued += usize::from((2..length - 1).any(is_pair));
    }
    seen * 2 >= LOOKED_INTO && glued * 100 >= seen * GLUED_SHARE
}

/// The two letters for the three of ISO 639-3.
fn short_code(code: &str) -> Option<&'static str> {
    let at = CODES.binary_search_by_key(&code, |(three, _)| three).ok()?;
    Some(CODES[at].1)
}

const CODES: [(&str, &str); 69] = [
    ("afr", "af"),
    ("aka", "ak"),
    ("amh", "am"),
    ("ara", "ar"),
    ("aze", "az"),
    ("bel", "be"),
    ("ben", "bn"),
    ("bul", "bg"),
    ("cat", "ca"),
    ("ces", "cs"),
    ("cmn", "zh"),
    ("cym", "cy"),
    ("dan", "da"),
    ("deu", "de"),
    ("ell", "el"),
    ("epo", "eo"),
    ("est", "et"),
    ("fin", "fi"),
    ("fra", "fr"),
    ("guj", "gu"),
    ("heb", "he"),
    ("hin", "hi"),
    ("hrv", "hr"),
    ("hun", "hu"),
    ("hye", "hy"),
    ("ind", "id"),
    ("ita", "it"),
    ("jav", "jv"),
    ("jpn", "ja"),
    ("kan", "kn"),
    ("kat", "ka"),
    ("khm", "km"),
    ("kor", "ko"),
    ("lat", "la"),
    ("lav", "lv"),
    ("lit", "lt"),
    ("mal", "ml"),
    ("mar", "mr"),
    ("mkd", "mk"),
    ("mya", "my"),
    ("nep", "ne"),
    ("nld", "nl"),
    ("nob", "nb"),
    ("ori", "or"),
    ("pan", "pa"),
    ("pes", "fa"),
    ("pol", "pl"),
    ("por", "pt"),
    ("ron", "ro"),
    ("rus", "ru"),
    ("sin", "si"),
    ("slk", "sk"),
    ("slv", "sl"),
    ("sna", "sn"),
    ("spa", "es"),
    ("srp", "sr"),
    ("swe", "sv"),
    ("tam", "ta"),
    ("tel", "te"),
    ("tgl", "tl"),
    ("tha", "th"),
    ("tuk", "tk"),
    ("tur", "tr"),
    ("ukr", "uk"),
    ("urd", "ur"),
    ("uzb", "uz"),
    ("vie", "vi"),
    ("yid", "yi"),
    ("zul", "zu"),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn language(text: &str) -> Language {
        let dictionary = Dictionary::open(crate::gazetteer::shipped()).expect("shipped");
        let mut tokens = Tokens::default();
        tokens.tokenize(text);
        dictionary.annotate(&mut tokens);
        read(&dictionary, text, &tokens)
    }

    #[test]
    fn every_language_that_is_told_has_a_code() {
        assert!(CODES.is_sorted());
        for language in whatlang::Lang::all().iter().filter(|language| **language != whatlang::Lang::Eng) {
            assert!(short_code(language.code()).is_some(), "{}", language.code());
        }
    }

    #[test]
    fn english_is_english_in_capitals_and_in_chat() {
        for text in [
            "The harbour office of the southern district opened a second pier on Tuesday, the mayor told reporters, and it will be used by the ferries from now on.",
            "THE HARBOUR OFFICE OF THE SOUTHERN DISTRICT OPENED A SECOND PIER ON TUESDAY, THE MAYOR TOLD REPORTERS, AND IT WILL BE USED BY THE FERRIES.",
            "hey so i was like no way, u guys r gonna love this place, it's got the best tacos and the staff is sooo nice, def going back w my sis",
        ] {
            assert_eq!(language(text), ENGLISH, "{text}");
        }
    }

    #[test]
    fn what_is_too_short_or_a_table_has_no_language() {
        for text in [
            "Rain fell.",
            "Kabul 12 Quito 14 Lima 17 Oslo 3 Riga 4 Tunis 21 Accra 29 Hanoi 27 Dhaka 30 Seoul 9 Tokyo 12 Delhi 31 Cairo 25 Paris 11 London 10 Rome 16",
            "",
        ] {
            assert!(!language(text).is_foreign, "{text}");
        }
    }

    #[test]
    fn other_languages_are_told() {
        for (code, text) in [
            (
                "de",
                "Das Hafenamt des südlichen Bezirks hat am Dienstag einen zweiten Anleger eröffnet, sagte der Bürgermeister vor Journalisten. Die Fähren zu den Inseln fahren von nun an zweimal am Tag.",
            ),
            (
                "fr",
                "La capitainerie du district sud a ouvert mardi un deuxième quai, a déclaré le maire à la presse. Les bateaux pour les îles partiront désormais deux fois par jour, et les billets coûteront moins cher.",
            ),
            (
                "es",
                "La oficina del puerto del distrito sur abrió el martes un segundo muelle, dijo el alcalde a los periodistas. Los barcos hacia las islas saldrán dos veces al día y los billetes costarán menos que antes.",
            ),
            (
                "nl",
                "Het havenkantoor van het zuidelijke district heeft dinsdag een tweede steiger geopend, zei de burgemeester tegen verslaggevers. De veerboten naar de eilanden vertrekken voortaan twee keer per dag.",
            ),
            (
                "ru",
                "Управление порта южного района открыло во вторник второй причал, сообщил журналистам мэр города. Паромы на острова теперь будут ходить два раза в день, а билеты станут дешевле.",
            ),
            (
                "ar",
                "افتتح مكتب الميناء في المنطقة الجنوبية رصيفا ثانيا يوم الثلاثاء حسبما قال رئيس البلدية للصحفيين وستغادر العبارات إلى الجزر مرتين في اليوم من الآن فصاعدا وستكون التذاكر أرخص",
            ),
            (
                "tr",
                "Güney bölgesinin liman dairesi salı günü ikinci bir iskele açtı, belediye başkanı gazetecilere söyledi. Adalara giden feribotlar bundan sonra günde iki kez kalkacak ve biletler eskisinden daha ucuz olacak.",
            ),
        ] {
            assert_eq!(language(text), Language { code: Some(code), is_foreign: true }, "{text}");
        }
    }
}
