//! What the elements of HTML mean for the text.

/// What an element does to the text around it and in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tag {
    /// Stands in a line with the text around it.
    Inline,
    /// A line break.
    Break,
    /// Begins and ends a line.
    Row,
    /// Begins and ends a paragraph.
    Block,
    /// A cell of a table.
    Cell,
    /// White space in it counts.
    Preformatted,
    /// No part of what is read.
    Unseen,
    /// Seen, but no part of the article.
    Aside,
    /// The title of the page.
    Title,
}

/// Elements with a meaning of their own, sorted; all others are [`Tag::Inline`].
const TAGS: [(&str, Tag); 71] = [
    ("address", Tag::Block),
    ("article", Tag::Block),
    ("aside", Tag::Aside),
    ("audio", Tag::Unseen),
    ("blockquote", Tag::Block),
    ("body", Tag::Block),
    ("br", Tag::Break),
    ("button", Tag::Unseen),
    ("canvas", Tag::Unseen),
    ("caption", Tag::Block),
    ("center", Tag::Block),
    ("dd", Tag::Row),
    ("details", Tag::Block),
    ("dialog", Tag::Aside),
    ("dir", Tag::Block),
    ("div", Tag::Block),
    ("dl", Tag::Block),
    ("dt", Tag::Row),
    ("fieldset", Tag::Block),
    ("figcaption", Tag::Block),
    ("figure", Tag::Block),
    ("footer", Tag::Aside),
    ("form", Tag::Block),
    ("h1", Tag::Block),
    ("h2", Tag::Block),
    ("h3", Tag::Block),
    ("h4", Tag::Block),
    ("h5", Tag::Block),
    ("h6", Tag::Block),
    ("head", Tag::Block),
    ("header", Tag::Block),
    ("hgroup", Tag::Block),
    ("hr", Tag::Block),
    ("html", Tag::Block),
    ("iframe", Tag::Unseen),
    ("legend", Tag::Block),
    ("li", Tag::Row),
    ("main", Tag::Block),
    ("map", Tag::Unseen),
    ("math", Tag::Unseen),
    ("menu", Tag::Block),
    ("nav", Tag::Aside),
    ("noembed", Tag::Unseen),
    ("noframes", Tag::Unseen),
    ("noscript", Tag::Unseen),
    ("object", Tag::Unseen),
    ("ol", Tag::Block),
    ("optgroup", Tag::Row),
    ("option", Tag::Row),
    ("p", Tag::Block),
    ("pre", Tag::Preformatted),
    ("script", Tag::Unseen),
    ("search", Tag::Aside),
    ("section", Tag::Block),
    ("select", Tag::Unseen),
    ("style", Tag::Unseen),
    ("summary", Tag::Block),
    ("svg", Tag::Unseen),
    ("table", Tag::Block),
    ("tbody", Tag::Block),
    ("td", Tag::Cell),
    ("template", Tag::Unseen),
    ("textarea", Tag::Unseen),
    ("tfoot", Tag::Block),
    ("th", Tag::Cell),
    ("thead", Tag::Block),
    ("title", Tag::Title),
    ("tr", Tag::Row),
    ("ul", Tag::Block),
    ("video", Tag::Unseen),
    ("xmp", Tag::Preformatted),
];

/// Elements inside a line that texts are marked up with.
const INLINE: [&str; 20] = [
    "a", "abbr", "b", "big", "cite", "em", "font", "i", "img", "mark", "q", "s", "small", "span", "strike", "strong",
    "sub", "sup", "time", "u",
];

/// Elements that have no end tag.
const VOID: [&str; 14] =
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"];

impl Tag {
    pub fn of(name: &[u8]) -> Self {
        TAGS.binary_search_by(|(tag, _)| tag.as_bytes().cmp(name)).map_or(Tag::Inline, |at| TAGS[at].1)
    }
}

/// Whether an element has no end tag.
pub(super) fn is_void(name: &[u8]) -> bool {
    VOID.iter().any(|void| void.as_bytes() == name)
}

/// Which markup a text holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Markup {
    None,
    /// Only inside lines, or line breaks.
    Inline,
    /// Elements that paragraphs are made of.
    Block,
}

impl Markup {
    /// That of a text which may be plain: what stands in angle brackets must be an element that texts have.
    pub fn of(text: &str) -> Self {
        let mut found = Markup::None;
        // Behind the last closing bracket no tag ends.
        let bytes = &text.as_bytes()[..memchr::memrchr(b'>', text.as_bytes()).map_or(0, |at| at + 1)];
        for at in memchr::memchr_iter(b'<', bytes) {
            let rest = &bytes[at + 1..];
            let rest = rest.strip_prefix(b"/").unwrap_or(rest);
            let length = rest.iter().take(11).take_while(|byte| byte.is_ascii_alphanumeric()).count();
            let is_ended = matches!(rest.get(length), Some(b'>' | b'/' | b' ' | b'\t' | b'\n' | b'\r'));
            if length == 0 || length > 10 || !is_ended {
                continue;
            }
            let mut name = [0; 10];
            let name = &mut name[..length];
            name.copy_from_slice(&rest[..length]);
            name.make_ascii_lowercase();
            match Tag::of(name) {
                Tag::Inline if INLINE.iter().any(|tag| tag.as_bytes() == name) => found = Markup::Inline,
                Tag::Inline => {}
                Tag::Break => found = Markup::Inline,
                _ => return Markup::Block,
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted() {
        assert!(TAGS.is_sorted_by_key(|(name, _)| *name));
        assert_eq!(Tag::of(b"p"), Tag::Block);
        assert_eq!(Tag::of(b"span"), Tag::Inline);
    }

    #[test]
    fn markup_is_told_from_angle_brackets() {
        let cases = [
            ("a < b and c > d, <3, <- and <not a tag>", Markup::None),
            ("write to <news@example.org> or <https://example.org>", Markup::None),
            ("the <b>bold</b> mayor", Markup::Inline),
            ("one<br/>two", Markup::Inline),
            ("<P>one</P>", Markup::Block),
            ("text <div class=\"x\">", Markup::Block),
            ("<", Markup::None),
            ("<p", Markup::None),
            ("a > b <p c", Markup::None),
        ];
        for (text, markup) in cases {
            assert_eq!(Markup::of(text), markup, "{text}");
        }
    }
}
