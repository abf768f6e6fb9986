use super::*;

#[test]
fn fields_become_text() {
    let cases = [
        ("<p>The port\nwas closed.</p><p>It opens&nbsp;today.</p>", "The port was closed.\n\nIt opens\u{a0}today."),
        ("one<br>two<br/><br />three", "one\ntwo\n\nthree"),
        ("<p>The <b>may</b>or of Al<i>ma</i>ty</p>", "The mayor of Almaty"),
        ("<p>seen<script>var x = '<p>';</script><style>p{}</style><!-- not --> here</p>", "seen here"),
        ("<ul><li>one<li>two</ul><p>end", "one\ntwo\n\nend"),
        ("<table><tr><td>Riga<td>12<tr><td>Oslo<td>9</table>", "Riga\t12\nOslo\t9"),
        ("<div>a</div>\n<div>b</div>", "a\n\nb"),
        ("<p>Fish &amp; chips &lt;3 &#8217;</p>", "Fish & chips <3 ’"),
        ("first line\nof a <b>bold</b> text\n\nsecond paragraph", "first line\nof a bold text\n\nsecond paragraph"),
        ("<pre>a  b\nc</pre>", "a b\nc"),
        ("<p hidden>no</p><p style='display: none'>no</p><p>yes</p>", "yes"),
        ("&lt;p&gt;The port&lt;/p&gt;&lt;p&gt;Fish &amp;amp; chips&lt;/p&gt;", "The port\n\nFish & chips"),
        ("<p>words<span> apart</span> <span>here</span></p>", "words apart here"),
        ("<p>never closed <b>anywhere <i>at all", "never closed anywhere at all"),
        ("<p>a</p >b</br>c<p/>d", "a\n\nb\nc\n\nd"),
    ];
    for (source, text) in cases {
        assert_eq!(field(source).as_deref(), Some(text), "{source}");
    }
}

#[test]
fn plain_text_is_left_alone() {
    for text in ["a < b", "AT&amp;T said &lt;nothing", "<3 <- <unknown>", "", "&lt;"] {
        assert_eq!(field(text), None, "{text}");
    }
}

const BODY: &str = "The harbour office of the southern district opened a second pier on Tuesday. The mayor told reporters that the ferries to the islands would leave twice a day from now on. Tickets would cost less than before, especially for families, and the old quay would be closed by the end of the month.";

#[test]
fn a_page_gives_its_article_title_and_date() {
    let source = format!(
        "<!DOCTYPE html><html><head><title>Second pier opens | The Gazette</title>\
         <meta property='og:title' content='Second pier &amp;amp; ferries'>\
         <meta name=date content='2019-01-01'><meta property='article:published_time' content='2025-03-04T10:00:00Z'>\
         </head><body><nav><ul><li>Home<li>Sport</ul></nav><h1>Second pier opens</h1>\
         <article><p>{BODY}</p><aside>Read also</aside></article>\
         <article><p>Another teaser</p></article><footer>All rights reserved</footer></body></html>"
    );
    assert!(begins_as_page(&source));
    let found = page(&source);
    assert_eq!(found.text, BODY);
    assert_eq!(found.title.as_deref(), Some("Second pier & ferries"));
    assert_eq!(found.published.as_deref(), Some("2025-03-04T10:00:00Z"));
}

#[test]
fn a_description_in_json_is_surest() {
    let source = format!(
        "<html><head><script type='application/ld+json'>{{\"@graph\":[{{\"@type\":\"WebSite\"}},{{\"@type\":[\"NewsArticle\"],\
         \"headline\":\"Pier\\n opened\",\"datePublished\":\"2025-03-04\"}}]}}</script>\
         <meta name=pubdate content=2020-01-01></head><body><time datetime=2021-02-03>x</time>\
         <div itemprop='articleBody text'><div>{BODY}</div></div><p>Comments</p>"
    );
    let found = page(&source);
    assert_eq!(found.title.as_deref(), Some("Pier opened"));
    assert_eq!(found.published.as_deref(), Some("2025-03-04"));
    assert_eq!(found.text, BODY);
}

#[test]
fn a_list_of_articles_is_read_whole() {
    let source = format!("<html><body><article>{BODY}</article><article>{BODY}</article><p>end</body>");
    assert_eq!(page(&source).text, format!("{BODY}\n\n{BODY}\n\nend"));
}

#[test]
fn an_element_that_never_ends_does_not_take_the_article() {
    let source = format!("<html><body><nav>Home<p>{BODY}</p>");
    assert_eq!(page(&source).text, format!("Home\n\n{BODY}"));
}

#[test]
fn the_time_of_an_article_is_its_last_resort() {
    let found = page("<html><body><h1>A  pier</h1><time datetime='2021-02-03'>3 Feb</time><p>Text.</p>");
    assert_eq!((found.title.as_deref(), found.published.as_deref()), (Some("A pier"), Some("2021-02-03")));
    assert_eq!(page("<html><title>T</title><p>x").title.as_deref(), Some("T"));
}

#[test]
fn titles_lose_their_markup() {
    assert_eq!(line("Mayor&#8217;s <em>pier</em> &amp; quay").as_deref(), Some("Mayor’s pier & quay"));
    assert_eq!(line("AT&T and R&D"), None);
    assert_eq!(line("plain"), None);
}

#[test]
fn pages_are_known_by_their_beginning() {
    for text in ["<!DOCTYPE html>", " <html>", "<?xml version='1.0'?><!-- x --><HTML lang=en>", "\n<head>"] {
        assert!(begins_as_page(text), "{text}");
    }
    for text in ["<p>", "<htmlish>", "html", "", "<!--", "<rss>"] {
        assert!(!begins_as_page(text), "{text}");
    }
}

/// Whatever is nested, repeated or left open is read in one pass.
#[test]
fn hostile_markup_is_read_to_its_end() {
    for unit in ["<div>", "</p>", "<", "&", "<article>", "<a b=", "<!--", "<script>", "<p>a", "<nav>", "&lt;"] {
        let source = unit.repeat(20_000);
        page(&source);
        field(&source);
    }
}
