//! The texts: clean news of ASCII, and how it loses its spaces.

use super::Asked;
use std::process::Command;

/// Made-up news to measure with, as `dateline generate` takes it.
const SIZE: [&str; 2] = ["12MB", "1MB"];
/// Column at which the text is wrapped before its line breaks are lost.
const WRAP: usize = 76;

/// A way to lose spaces: how it is called, and a text that lost them so.
pub type Glue = (&'static str, fn(&str) -> String);

/// How spaces are lost.
pub const GLUES: [Glue; 3] = [
    ("every line break of a wrapped text lost", wrapped),
    ("every other space lost", halved),
    ("every space lost", |text| text.replace(' ', "")),
];

/// Paragraphs of the made-up articles, or of those in the file that was asked for, and of the examples, as far as they
/// are ASCII once quotation marks and dashes are.
pub fn clean(asked: &Asked) -> Vec<String> {
    let lines = match &asked.text {
        Some(path) => std::fs::read(path).expect("the file can be read"),
        None => made_up(SIZE[usize::from(asked.quick)]),
    };
    let mut texts: Vec<String> = lines.split(|byte| *byte == b'\n').filter_map(body).collect();
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/examples");
    let examples = ["ministers-meet.txt", "port-seizure.txt"];
    texts.extend(examples.map(|name| std::fs::read_to_string(format!("{folder}/{name}")).expect("an example is text")));
    let ascii = |text: &String| {
        let text = text.replace(['“', '”'], "\"").replace(['‘', '’'], "'").replace(['–', '—'], "-");
        text.split("\n\n").filter(|paragraph| paragraph.is_ascii()).collect::<Vec<_>>().join("\n\n")
    };
    let mut texts: Vec<String> = texts.iter().map(ascii).collect();
    texts.retain(|text| !text.is_empty());
    texts
}

/// Lines of JSON by the program's own generator.
fn made_up(size: &str) -> Vec<u8> {
    let output = Command::new(env!("CARGO_BIN_EXE_dateline")).args(["generate", "--size", size]).output();
    let output = output.expect("the program is built with its benches");
    assert!(output.status.success(), "dateline generate: {}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

fn body(line: &[u8]) -> Option<String> {
    let value: serde_json::Value = serde_json::from_slice(line).ok()?;
    Some(value.get("text")?.as_str()?.to_owned())
}

/// Wrapped at a column, its line breaks deleted.
fn wrapped(text: &str) -> String {
    let glue = |paragraph: &str| {
        let (mut out, mut column) = (String::with_capacity(paragraph.len()), 0);
        for word in paragraph.split(' ') {
            if column > 0 && column + 1 + word.len() > WRAP {
                column = 0;
            } else if column > 0 {
                out.push(' ');
                column += 1;
            }
            out.push_str(word);
            column += word.len();
        }
        out
    };
    text.split("\n\n").map(glue).collect::<Vec<_>>().join("\n\n")
}

fn halved(text: &str) -> String {
    let mut spaces = 0;
    let keep = |c: &char| {
        spaces += usize::from(*c == ' ');
        *c != ' ' || spaces % 2 == 0
    };
    text.chars().filter(keep).collect()
}
