//! Input that somebody made to be slow: the time a byte must not grow with its length.

use cpu_time::ThreadTime;
use dateline::ingest::Article;
use dateline::pipeline::{Pipeline, Worker};

/// Bytes of the short and of the long text of each kind, and the same for CI.
const SIZES: [usize; 2] = [1 << 20, 16 << 20];
const QUICK_SIZES: [usize; 2] = [1 << 18, 2 << 20];
/// How much more time a byte of the long text may take than one of the short.
const MOST: f64 = 2.0;
/// The same for CI, where anything may run beside it.
const QUICK_MOST: f64 = 3.0;

/// What is repeated until the text is long enough.
const UNITS: &[(&str, &str)] = &[
    ("one word", "a"),
    ("one word of capitals", "A"),
    ("one number", "7"),
    ("numbers", "7 "),
    ("capitals inside one word", "aB"),
    ("letters and digits in turn", "a1"),
    ("accented letters", "é"),
    ("letters of no alphabet we know", "語"),
    ("combining marks", "a\u{301}\u{301}"),
    ("emoji", "🙂"),
    ("function words, no spaces", "ofthe"),
    ("words with commas, no spaces", "the,meeting,"),
    ("words with stops, no spaces", "the.Meeting."),
    ("words with hyphens, no spaces", "cross-border-"),
    ("words with slashes, no spaces", "and/or/"),
    ("addresses", "a@b.example/"),
    ("initials, no spaces", "A."),
    ("initials", "A. "),
    ("straight quotes", "\""),
    ("straight quotes, apart", "\" "),
    ("opening quotes", "“"),
    ("closing quotes", "”"),
    ("opening quotes, apart", "“ "),
    ("closing single quotes", "‘a b’c’ "),
    ("guillemets", "«"),
    ("apostrophes", "'"),
    ("quoted letters", "\"a"),
    ("opened quotations", "“He said "),
    ("opened quotations inside another", "‘a “b "),
    ("quotations inside another", "\"a “b” "),
    ("opened paragraphs", "“He said\n\n"),
    ("opened paragraphs, closed late", "“He said\n\nhe met\n\nshe”\n\n"),
    ("stops", "."),
    ("stops, apart", ". "),
    ("ellipses", "…"),
    ("ideographic stops", "。"),
    ("questions", "?!"),
    ("commas", ","),
    ("dashes", "-"),
    ("long dashes", "—"),
    ("opening brackets", "("),
    ("closing brackets", ")"),
    ("brackets in turn", "()"),
    ("reference marks", "[1]"),
    ("currency signs", "$"),
    ("spaces", " "),
    ("lines", "\n"),
    ("paragraphs", "a\n\n"),
    ("bullets", "•"),
    ("items of a list", "1. Item\n"),
    ("capitals", "A "),
    ("names without an end", "Anders Lindqvist "),
    ("names with commas", "Anders Lindqvist, "),
    ("names with stops", "Anders Lindqvist. "),
    ("new names", "# "),
    ("new words", "@ "),
    ("new words, glued", "@@ "),
    ("new words, no spaces", "@,"),
    ("new people of one family", "# Lindqvist, "),
    ("new people of one given name", "Anders # met "),
    ("new people, one sentence each", "Mr. # Lindqvist met # Sørensen. "),
    ("new names without an end", "# # "),
    ("new names of one organisation", "the # Party of # "),
    ("new acronyms", "# Trade Bank (#TB) "),
    ("new names in a list", "#, #, # and # "),
    ("new genitives", "#’s "),
    ("new compounds", "#-# "),
    ("new titles", "President #, Minister # and Gen. # "),
    ("new lines", "#\n"),
    ("new items", "1. #\n"),
    ("new speakers", "“@ @,” said #. "),
    ("new carriers", "# was quoted by # as saying “@ @ @ @.” "),
    ("new signatures", "“@ @ @ @.” — # #\n"),
    ("new arrests", "Police arrested # Lindqvist in # on Monday. "),
    ("new meetings", "# met # in Paris to sign @ with #, "),
    ("places with commas", "Paris, France, "),
    ("titles", "President "),
    ("organisations", "Ministry of Trade of the "),
    ("years", "1999 "),
    ("dates", "3 May 1999 "),
    ("weekdays", "Monday "),
    ("month names", "January "),
    ("months that are other words", "May March "),
    ("numbers with commas", "1,000,"),
    ("numbers with hyphens", "1-2-"),
    ("number words", "two hundred "),
    ("money", "$5 million "),
    ("percentages", "5% to "),
    ("glued words", "ofthe meetingin "),
    ("of", "of "),
    ("and", "and "),
    ("to", "to "),
    ("triggers", "seized arrested "),
    ("statements", "said that he said that "),
    ("actors and triggers", "Police arrested Anders Lindqvist and "),
    ("a sentence without an end", "the ministers met the mayor in Paris on Monday and signed a treaty with the union "),
    ("a sentence, one line", "The ministers met the mayor in Paris on Monday, the spokesman said. "),
    ("tellings of one thing", "Police arrested Anders Lindqvist in Paris on Monday. "),
    ("a quotation", "“We met,” he said. "),
    ("heads", "PARIS, 3 May 1999 (Example News) - "),
    ("furniture", "Share:\n"),
];

/// The kinds of text of which a byte takes too much longer when there are more of them.
pub fn run(pipeline: &Pipeline<'_>, quick: bool) -> Vec<String> {
    let (sizes, most) = if quick { (QUICK_SIZES, QUICK_MOST) } else { (SIZES, MOST) };
    let mut worker = pipeline.worker();
    println!("{:<34}{:>12}{:>12}{:>8}", "hostile input, ns a byte", mebibytes(sizes[0]), mebibytes(sizes[1]), "ratio");
    let mut slow = Vec::new();
    for (name, unit) in UNITS {
        let texts = sizes.map(|size| text(unit, size));
        let rounds = if quick { 2 } else { 3 };
        let [short, long] = nanoseconds(&mut worker, [&texts[0], &texts[1]], rounds);
        let ratio = long / short;
        println!("{name:<34}{short:>12.1}{long:>12.1}{ratio:>8.2}");
        if ratio > most {
            slow.push(format!("{name}: {ratio:.2} times as long a byte"));
        }
    }
    slow
}

fn mebibytes(size: usize) -> String {
    format!("{} MiB", size as f64 / f64::from(1 << 20))
}

/// `size` bytes, or as many more as its last character has. In a unit `#` stands for another name each time, `@` for
/// another word.
fn text(unit: &str, size: usize) -> String {
    let mut text = String::with_capacity(size + 64);
    let mut number = 0u64;
    while text.len() < size {
        for c in unit.chars() {
            match c {
                '#' | '@' => made_up(&mut number, c == '#', &mut text),
                _ => text.push(c),
            }
        }
    }
    text
}

/// Appends a word of nine letters that hardly came before.
fn made_up(number: &mut u64, capital: bool, text: &mut String) {
    *number += 1;
    let mut rest = number.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    for at in 0..9 {
        let letters = if at % 2 == 0 { "bdfgklmnprstvz" } else { "aeiou" };
        let letter = char::from(letters.as_bytes()[(rest % letters.len() as u64) as usize]);
        text.push(if at == 0 && capital { letter.to_ascii_uppercase() } else { letter });
        rest /= letters.len() as u64;
    }
}

/// Processor time of the whole pipeline a byte, in nanoseconds: the best of so many rounds. The long text goes first, so
/// that both find memory that was used before.
fn nanoseconds(worker: &mut Worker<'_>, texts: [&str; 2], rounds: usize) -> [f64; 2] {
    let articles = texts.map(|text| Article { id: "hostile".into(), body: text.into(), ..Article::default() });
    let (mut best, mut out) = ([f64::INFINITY; 2], Vec::new());
    for _ in 0..rounds {
        for (article, best) in articles.iter().zip(&mut best).rev() {
            out.clear();
            let start = ThreadTime::now();
            worker.extract(article, &mut out);
            *best = best.min(start.elapsed().as_secs_f64() * 1e9 / article.body.len() as f64);
        }
    }
    best
}
