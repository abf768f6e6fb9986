//! Tables of sentences with what a reader must find in each: one way to run them, all faults of a table at once.

/// Runs `find` over each text and compares what it finds, as written and as read.
pub(super) fn check(find: impl Fn(&str) -> Vec<(String, String)>, cases: &[(&str, &[(&str, &str)])]) {
    let mut wrong = String::new();
    for (text, expected) in cases {
        let found = find(text);
        let expected: Vec<_> = expected.iter().map(|(a, b)| (a.to_string(), b.to_string())).collect();
        if found != expected {
            wrong += &format!("\n{text}\n   found {found:?}\nexpected {expected:?}");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}
