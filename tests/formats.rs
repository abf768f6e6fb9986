//! The same documents in every format give the same records, whole or damaged, from any position on.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicU64;

use dateline::ingest::{Batch, Fields, Inputs, Options, Position, Reader, Scratch};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::program::dateline;

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).expect("a vector takes everything");
    encoder.finish().expect("a vector takes everything")
}

/// Made-up articles: objects with an id, a title, a date and a text.
fn articles(folder: &Path, count: usize) -> Vec<Value> {
    let made = dateline(folder, &["generate", "--size", &format!("{}kB", count * 4)], b"");
    let lines = String::from_utf8(made.stdout).expect("UTF-8");
    let articles: Vec<_> = lines.lines().take(count).map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(articles.len(), count);
    articles
}

fn field<'a>(article: &'a Value, name: &str) -> &'a str {
    article[name].as_str().expect("a string")
}

fn lines(articles: &[Value]) -> Vec<u8> {
    articles.iter().flat_map(|article| format!("{article}\n").into_bytes()).collect()
}

/// Each value in quotation marks, as spreadsheets write them.
fn table(articles: &[Value], delimiter: char) -> Vec<u8> {
    let names = ["url", "Headline", "pub_date", "content"].join(&delimiter.to_string());
    let rows = articles.iter().map(|article| {
        let quoted = |name| format!("\"{}\"", field(article, name).replace('"', "\"\""));
        ["id", "title", "published", "text"].map(quoted).join(&delimiter.to_string())
    });
    std::iter::once(names).chain(rows).flat_map(|row| format!("{row}\r\n").into_bytes()).collect()
}

/// A record of WARC.
fn record(kind: &str, uri: &str, date: &str, content: &str, block: &[u8]) -> Vec<u8> {
    let head = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {uri}\r\nWARC-Date: {date}T08:00:00Z\r\nContent-Type: {content}\r\nContent-Length: {}\r\n\r\n",
        block.len()
    );
    [head.as_bytes(), block, b"\r\n\r\n"].concat()
}

/// What a server answers, with the article as a page.
fn answer(article: &Value, headers: &str, pack: impl Fn(&[u8]) -> Vec<u8>) -> Vec<u8> {
    let escaped = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;");
    let paragraphs = field(article, "text").split("\n\n").map(|text| format!("<p>{}</p>\n", escaped(text)));
    let page = format!(
        "<!doctype html><html><head><title>{}</title><meta property=\"article:published_time\" content=\"{}\"></head><body><script>no()</script>\n{}</body></html>",
        escaped(field(article, "title")),
        field(article, "published"),
        paragraphs.collect::<String>()
    );
    let head = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=\"utf-8\"\r\n{headers}\r\n");
    [head.as_bytes(), &pack(page.as_bytes())].concat()
}

fn pages(articles: &[Value], headers: &str, pack: impl Fn(&[u8]) -> Vec<u8>) -> Vec<Vec<u8>> {
    let page = |article| {
        let id = field(article, "id");
        record("response", id, "2001-01-01", "application/http; msgtype=response", &answer(article, headers, &pack))
    };
    articles.iter().map(page).collect()
}

fn chunked(bytes: &[u8]) -> Vec<u8> {
    let chunks = bytes.chunks(1000).map(|chunk| [format!("{:x}\r\n", chunk.len()).as_bytes(), chunk, b"\r\n"].concat());
    chunks.chain([b"0\r\n\r\n".to_vec()]).flatten().collect()
}

/// Rows in groups of 300, with a day as a day and ids inside of a group.
#[cfg(feature = "parquet")]
fn parquet(articles: &[Value]) -> Vec<u8> {
    use ::parquet::data_type::{ByteArrayType, Int32Type};
    let schema = "message articles {
        required group meta { required binary id (UTF8); }
        optional int32 published (DATE);
        required binary headline (UTF8);
        required binary body (UTF8);
        required binary url (UTF8);
    }";
    let schema = std::sync::Arc::new(::parquet::schema::parser::parse_message_type(schema).expect("a schema"));
    let properties = ::parquet::file::properties::WriterProperties::builder()
        .set_compression(::parquet::basic::Compression::SNAPPY)
        .build();
    let mut writer =
        ::parquet::file::writer::SerializedFileWriter::new(Vec::new(), schema, properties.into()).expect("a writer");
    for articles in articles.chunks(300) {
        let mut group = writer.next_row_group().expect("a group");
        for name in ["id", "published", "title", "text", "id"] {
            let mut column = group.next_column().expect("nothing fails").expect("a column");
            if name == "published" {
                let days: Vec<i32> = articles.iter().map(|article| days(field(article, name))).collect();
                column
                    .typed::<Int32Type>()
                    .write_batch(&days, Some(&vec![1; days.len()]), None)
                    .expect("it is written");
            } else {
                let texts: Vec<_> = articles.iter().map(|article| field(article, name).into()).collect();
                column.typed::<ByteArrayType>().write_batch(&texts, None, None).expect("it is written");
            }
            column.close().expect("it is written");
        }
        group.close().expect("it is written");
    }
    writer.into_inner().expect("it is written")
}

/// Days since 1970 of a date that is not long before or after.
#[cfg(feature = "parquet")]
fn days(date: &str) -> i32 {
    let part = |range: std::ops::Range<usize>| date[range].parse::<i32>().expect("a number");
    let (year, month, day) = (part(0..4), part(5..7), part(8..10));
    let is_leap = |year: i32| year % 4 == 0;
    let lengths = [31, if is_leap(year) { 29 } else { 28 }, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let before = (1970..year).map(|year| if is_leap(year) { 366 } else { 365 }).sum::<i32>();
    before + lengths[..month as usize - 1].iter().sum::<i32>() + day - 1
}

#[cfg(feature = "parquet")]
#[test]
fn columns_of_parquet_are_found_by_name_and_reading_goes_on_from_any_row() {
    let folder = tempfile::tempdir().expect("a folder");
    let articles = articles(folder.path(), 700);
    let whole = parquet(&articles);
    let path = file(folder.path(), "a.parquet", &whole);
    let options = Options { batch: 50_000, id: Some("meta.id".into()), ..Options::default() };
    goes_on_anywhere(std::slice::from_ref(&path), &options);
    let all = batches(&Inputs::find(&[&path]).expect("a file"), &options, Position::default());
    let (last, _, after) = all.last().expect("a batch");
    assert!(last.last().expect("a document").starts_with(&format!(
        "{} {}:700 ",
        field(&articles[699], "id"),
        path.display()
    )));
    assert_eq!((after.record, after.input), (0, 1));
    // A damage costs the rest of its group, and a file without its end is one dead letter.
    let mut damaged = whole.clone();
    let middle = whole.len() / 2;
    damaged[middle..middle + 3000].fill(0xff);
    let (texts, dead, _) = fates(&file(folder.path(), "b.parquet", &damaged), &options);
    assert!((400..700).contains(&texts.len()) && dead.len() == 1, "{} texts, {dead:?}", texts.len());
    let (texts, dead, _) = fates(&file(folder.path(), "c.parquet", &whole[..middle]), &options);
    assert_eq!((texts.len(), dead.len()), (0, 1));
    let (texts, dead, _) = fates(&file(folder.path(), "d.parquet.gz", &gzip(&whole)), &options);
    assert_eq!((texts.len(), dead.len()), (0, 1));
}

/// The records of a file, without what depends on its format.
fn records(folder: &Path, name: &str) -> Vec<Value> {
    let output = dateline(folder, &["extract", name], b"");
    assert_eq!(output.status.code(), Some(0), "{name}: {}", String::from_utf8_lossy(&output.stderr));
    let lines = String::from_utf8(output.stdout).expect("UTF-8");
    let read = |line| {
        let mut record: Value = serde_json::from_str(line).expect("JSON");
        for key in ["source", "published_from"] {
            record.as_object_mut().expect("an object").remove(key);
        }
        if record["warnings"] == json!(["html"]) {
            record.as_object_mut().expect("an object").remove("warnings");
        }
        record
    };
    lines.lines().map(read).collect()
}

#[test]
fn every_format_gives_the_same_records() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    let articles = articles(folder, 1000);
    let all = lines(&articles);
    let (first, second) = all.split_at(all.len() / 2);
    let pretty = |value: &dyn Fn(&Value) -> String| articles.iter().map(value).collect::<String>();
    let zstd = |bytes: &[u8]| zstd::encode_all(bytes, 1).expect("a vector takes everything");
    let bzip2 = {
        let mut encoder = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::fast());
        encoder.write_all(&all).and_then(|()| encoder.finish()).expect("a vector takes everything")
    };
    let xz = {
        let mut encoder = liblzma::write::XzEncoder::new(Vec::new(), 1);
        encoder.write_all(&all).and_then(|()| encoder.finish()).expect("a vector takes everything")
    };
    let lz4 = {
        let mut encoder = lz4_flex::frame::FrameEncoder::new(Vec::new());
        encoder.write_all(&all).expect("a vector takes everything");
        encoder.finish().expect("a vector takes everything")
    };
    let array = serde_json::to_vec(&articles).expect("JSON");
    let answered = json!({"status": "ok", "page": {"n": [1, 2]}, "articles": articles, "next": "x]}"});
    let warc = pages(&articles, "", <[u8]>::to_vec);
    let requests = articles
        .iter()
        .map(|a| record("request", field(a, "id"), "2001-01-01", "application/http", b"GET / HTTP/1.1\r\n\r\n"));
    let with_requests: Vec<u8> =
        requests.zip(&warc).flat_map(|(request, page)| [request, page.clone()].concat()).collect();
    let files: Vec<(&str, Vec<u8>)> = vec![
        ("lines.jsonl", all.clone()),
        ("members.jsonl.gz", [gzip(first), gzip(second)].concat()),
        ("frames.jsonl.zst", [zstd(first), zstd(second)].concat()),
        ("streams.jsonl.bz2", bzip2),
        ("streams.ndjson.xz", xz),
        ("frames.json.lz4", lz4),
        ("named_wrongly.jsonl.gz", zstd(&all)),
        ("array.json", array.clone()),
        ("array.jsonl.gz", gzip(&array)),
        ("array", array),
        ("pretty.json", serde_json::to_vec_pretty(&articles).expect("JSON")),
        ("answer.json", serde_json::to_vec(&answered).expect("JSON")),
        ("pretty_answer.json", serde_json::to_vec_pretty(&answered).expect("JSON")),
        ("one_after_the_other.json", pretty(&|a| format!("{a:#}\n")).into_bytes()),
        ("table.csv", table(&articles, ',')),
        ("semicolons.csv.zst", zstd(&table(&articles, ';'))),
        ("table.tsv", table(&articles, '\t')),
        ("pages.warc", warc.concat()),
        ("requests.warc", with_requests),
        ("members.warc.gz", warc.iter().flat_map(|record| gzip(record)).collect()),
        ("one_member.warc.gz", gzip(&warc.concat())),
        ("chunks.warc", pages(&articles, "Transfer-Encoding: chunked\r\n", chunked).concat()),
        ("packed.warc", pages(&articles, "Content-Encoding: gzip\r\n", gzip).concat()),
    ];
    let mut files = files;
    #[cfg(feature = "parquet")]
    files.push(("rows.parquet", parquet(&articles)));
    let mut expected = None;
    for (name, bytes) in files {
        fs::write(folder.join(name), bytes).expect("a file");
        let records = records(folder, name);
        let expected = expected.get_or_insert_with(|| records.clone());
        assert_eq!(records.len(), expected.len(), "{name}");
        for (record, expected) in records.iter().zip(&*expected) {
            assert_eq!(record, expected, "{name}");
        }
    }
}

#[test]
fn a_text_of_an_archive_is_dated_by_it_as_the_last_resort() {
    let folder = tempfile::tempdir().expect("a folder");
    let wet = [
        record("warcinfo", "", "2001-01-01", "application/warc-fields", b"software: none\r\n"),
        record("conversion", "http://a.example/1", "2026-03-05", "text/plain", "Ana left Riga on Sunday.".as_bytes()),
    ];
    fs::write(folder.path().join("a.warc.wet"), wet.concat()).expect("a file");
    let output = dateline(folder.path(), &["extract", "a.warc.wet"], b"");
    let document: Value =
        serde_json::from_slice(output.stdout.split(|b| *b == b'\n').next().expect("a line")).expect("JSON");
    let expected = [("doc", "http://a.example/1"), ("published", "2026-03-05"), ("published_from", "warc")];
    for (key, value) in expected {
        assert_eq!(document[key], value, "{document}");
    }
    assert_eq!(document["source"], format!("a.warc.wet:{}", wet[0].len()));
}

/// What became of the documents of a file: their texts, the reasons of those that could not be read, how many records
/// were none.
fn fates(path: &Path, options: &Options) -> (Vec<String>, Vec<String>, u64) {
    let inputs = Inputs::find(&[path]).expect("a file");
    let (read, fields) = (AtomicU64::new(0), Fields::new(options));
    let mut reader = Reader::new(&inputs, options, &read);
    let (mut batch, mut scratch) = (Batch::default(), Scratch::default());
    let (mut texts, mut dead, mut filtered) = (Vec::new(), Vec::new(), 0);
    loop {
        batch.clear();
        reader.fill(&mut batch);
        filtered += batch.filtered();
        if batch.is_empty() {
            return (texts, dead, filtered);
        }
        for number in 0..batch.len() {
            match batch.article(number, &fields, &mut scratch) {
                Ok(article) => texts.push(article.body.into_owned()),
                Err(letter) => dead.push(format!("{} {}", letter.reason, letter.message)),
            }
        }
    }
}

/// What is wrong with a record, and what makes it so.
type Damage<'a> = (&'a str, &'a dyn Fn(&mut Vec<u8>));

#[test]
fn five_damaged_records_of_five_thousand_are_five_dead_letters() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = |n: usize| format!("Story {n}. {}", (0..n * 7919 % 90).map(|n| format!("{n} ")).collect::<String>());
    let whole: Vec<_> = (0..5000)
        .map(|n| record("conversion", &format!("http://a.example/{n}"), "2026-01-01", "text/plain", text(n).as_bytes()))
        .collect();
    let good = |n: &usize| n % 1000 != 500;
    let expected: Vec<_> = (0..5000).filter(good).map(text).collect();
    let assert_five_dead = |name: &str, what: &str, bytes: Vec<u8>| {
        let path = folder.path().join(name);
        fs::write(&path, bytes).expect("a file");
        let (texts, dead, _) = fates(&path, &Options::default());
        assert!(texts == expected, "{what}: {} texts, {dead:?}", texts.len());
        assert_eq!(dead.len(), 5, "{what}: {dead:?}");
    };
    let damages: [Damage<'_>; 6] = [
        ("a byte", &|member| {
            let middle = member.len() / 2;
            member[middle] ^= 0x10;
        }),
        ("the check sum", &|member| {
            let end = member.len() - 6;
            member[end] ^= 1;
        }),
        ("the magic", &|member| member[0] = 0),
        ("half of it", &|member| member.truncate(member.len() / 2)),
        ("its end", &|member| member.truncate(member.len() - 3)),
        ("zeros", &|member| {
            let length = member.len();
            member[20..length - 10].fill(0);
        }),
    ];
    for (what, damage) in damages {
        let members = whole.iter().enumerate().flat_map(|(n, record)| {
            let mut member = gzip(record);
            if !good(&n) {
                damage(&mut member);
            }
            member
        });
        assert_five_dead("a.warc.gz", what, members.collect());
    }
    let damages: [Damage<'_>; 4] = [
        ("its beginning", &|record| record[0] = b'X'),
        ("its length", &|record| {
            let at = record.windows(16).position(|w| w == b"Content-Length: ").expect("a length");
            record.insert(at + 16, b'9');
        }),
        ("half of it", &|record| record.truncate(record.len() / 2)),
        ("some bytes", &|record| {
            let end = record.len() - 6;
            drop(record.drain(end - 6..end));
        }),
    ];
    for (what, damage) in damages {
        let records = whole.iter().enumerate().flat_map(|(n, record)| {
            let mut record = record.clone();
            if !good(&n) {
                damage(&mut record);
            }
            record
        });
        assert_five_dead("a.warc", what, records.collect());
    }
}

#[test]
fn what_is_no_article_is_counted() {
    let folder = tempfile::tempdir().expect("a folder");
    let http = |head: &str, body: &[u8]| [head.as_bytes(), b"\r\n\r\n", body].concat();
    let response = |block: &[u8]| record("response", "http://a.example/", "2026-01-01", "application/http", block);
    let archive = [
        record("warcinfo", "", "2026-01-01", "application/warc-fields", b"a: b"),
        record("request", "", "2026-01-01", "application/http", b"GET /"),
        response(&http("HTTP/1.1 404 Not Found\r\nContent-Type: text/html", b"<p>no")),
        response(&http("HTTP/1.1 200 OK\r\nContent-Type: image/png", b"\x89PNG")),
        response(&http("HTTP/1.1 200 OK\nContent-Type: text/html;charset=windows-1251", b"<html><p>\xc4\xe0")),
        response(&http(
            "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: br",
            &[1, 2, 3, 4, 5, 6, 7, 8, 1, 2],
        )),
        response(&http("HTTP/1.1 200 OK\r\nContent-Encoding: gzip", &gzip(b"<html><p>packed"))),
        record("revisit", "", "2026-01-01", "application/http", b""),
    ];
    let path = folder.path().join("a");
    fs::write(&path, archive.concat()).expect("a file");
    let (texts, dead, filtered) = fates(&path, &Options::default());
    assert_eq!(texts, ["Да", "packed"]);
    assert_eq!(dead, ["bad_record cannot read a body in the encoding br"]);
    assert_eq!(filtered, 5);
    // A bomb is as long as the longest document, and no longer.
    fs::write(&path, response(&http("HTTP/1.1 200 OK\r\nContent-Encoding: gzip", &gzip(&vec![b' '; 10 << 20]))))
        .expect("a file");
    let (texts, dead, _) = fates(&path, &Options { max_record: 1 << 20, ..Options::default() });
    assert_eq!((texts.len(), &dead[..]), (0, &["too_large longer than 1048576 bytes".to_owned()][..]));
}

#[test]
fn damaged_objects_of_an_array_cost_themselves() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.json");
    let object =
        |n: usize| format!("{{\"id\":{n},\"text\":\"Story {n} of {{many\",\"tags\":[{{\"id\":1}},{{\"id\":2}}]}}");
    type Mutilated<'a> = (&'a str, &'a dyn Fn(&str) -> String);
    let damages: [Mutilated<'_>; 6] = [
        ("no brace", &|object| object[..object.len() - 1].to_owned()),
        ("no quotation mark", &|object| object.replacen("many\"", "many", 1)),
        ("a bare quotation mark", &|object| object.replacen("Story", "\"Story", 1)),
        ("no comma", &|object| object.replacen("\",\"", "\" \"", 1)),
        ("half of it", &|object| object[..object.len() / 2].to_owned()),
        ("no object", &|_| "17".to_owned()),
    ];
    for (what, damage) in damages {
        for separator in [",", ",\n", " , \n  "] {
            let objects = (0..200).map(|n| if n % 40 == 7 { damage(&object(n)) } else { object(n) });
            let array = format!("[{}]", objects.collect::<Vec<_>>().join(separator));
            fs::write(&path, array).expect("a file");
            let (texts, dead, _) = fates(&path, &Options { batch: 500, ..Options::default() });
            let expected: Vec<_> = (0..200).filter(|n| n % 40 != 7).map(|n| format!("Story {n} of {{many")).collect();
            assert!(texts == expected, "{what}: {} texts, {dead:?}", texts.len());
            assert_eq!(dead.len(), 5, "{what}: {dead:?}");
        }
    }
    fs::write(&path, format!("[{},{}", object(0), &object(1)[..20])).expect("a file");
    let (texts, dead, _) = fates(&path, &Options::default());
    assert_eq!(
        (texts.len(), &dead[..]),
        (
            1,
            &["bad_json the file ends inside of it".to_owned(), "unreadable the file ends inside the array".to_owned()]
                [..1]
        )
    );
    let large = Options { max_record: 100, ..Options::default() };
    fs::write(&path, format!("[{},{{\"id\":1,\"text\":\"{}\"}},{}]", object(0), "x".repeat(1 << 20), object(2)))
        .expect("a file");
    let (texts, dead, _) = fates(&path, &large);
    assert_eq!((texts.len(), &dead[..]), (2, &["too_large longer than 100 bytes".to_owned()][..]));
}

#[test]
fn damaged_rows_of_a_table_cost_themselves() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.csv");
    let rows = [
        "\u{feff}id,text,x",
        "1,one,",
        "2,two",
        "",
        "3,\"three, and\r\nmore \"\"quoted\"\"\",y",
        "4,four \"inside\",",
        "5,,z",
        "6,\"six\"x,",
        "7,seven,\"never closed",
        "8,eight,",
    ];
    fs::write(&path, rows.join("\r\n")).expect("a file");
    let (texts, dead, _) = fates(&path, &Options::default());
    assert_eq!(texts, ["one", "three, and\r\nmore \"quoted\"", "four \"inside\"", "sixx", "eight"]);
    let expected = [
        "bad_row 2 columns in place of 3",
        "missing_field no string under any of the keys text, content, body, maintext, article, article_text, full_text, fulltext",
        "bad_row a quotation mark is not closed",
    ];
    assert_eq!(dead, expected);
    fs::write(&path, "a,b\n1,2\n3,4\n").expect("a file");
    let (texts, dead, _) = fates(&path, &Options::default());
    assert_eq!((texts.len(), dead.len()), (0, 1), "a file without a column of texts is one dead letter: {dead:?}");
}

#[test]
fn patterns_choose_the_files_of_a_folder() {
    let folder = tempfile::tempdir().expect("a folder");
    let news = folder.path().join("news");
    for name in ["a.txt", "b.dat", "old/c.txt", "old/d.csv", "new/deep/e.txt", "new/f.warc"] {
        let path = news.join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, "Ana left Riga.").expect("a file");
    }
    let read = |flags: &[&str]| {
        let output = dateline(folder.path(), &[&["normalize", "news", "-q"], flags].concat(), b"");
        let ids = String::from_utf8(output.stdout).expect("UTF-8");
        ids.lines().map(|line| line[7..].split('"').next().expect("an id").to_owned()).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(read(&["--max-rejects", "100%", "--exclude", "*.csv"]), "a e c");
    assert_eq!(read(&["--include", "*.dat", "--include", "old/*.txt"]), "b c");
    assert_eq!(read(&["--include", "**/*.txt", "--exclude", "old"]), "a e");
    assert_eq!(read(&["--include", "new/*"]), "");
}

#[test]
fn a_dead_letter_holds_the_whole_document_where_that_is_asked_for() {
    let folder = tempfile::tempdir().expect("a folder");
    let long = format!("{{\"text\": {}", "x".repeat(500));
    let odd = [&b"{\"text\": \xff"[..], "y".repeat(300).as_bytes()].concat();
    let lines = [long.as_bytes(), b"\n", &odd, b"\n{\"text\":\"a\"}\n"].concat();
    let path = file(folder.path(), "a.jsonl", &lines);
    let letters = |whole_letters| -> Vec<Value> {
        let options = Options { whole_letters, ..Options::default() };
        let batches = batches(&Inputs::find(&[&path]).expect("a file"), &options, Position::default());
        batches[0].0[..2].iter().map(|letter| serde_json::from_str(letter).expect("JSON")).collect()
    };
    let (short, whole) = (letters(false), letters(true));
    assert_eq!((short[0]["raw"].as_str().expect("text").len(), &short[0]["base64"]), (200, &Value::Null));
    assert_eq!(whole[0]["raw"], long);
    assert_eq!((&whole[0]["hash"], whole[0]["hash"].as_str().expect("text").len()), (&short[0]["hash"], 16));
    assert_eq!(whole[1]["base64"].as_str().expect("text").len(), odd.len().div_ceil(3) * 4);
}

/// Documents as they are told apart: article or dead letter, with all that says where it stands. Of each batch, with its
/// shard and the position behind it.
fn batches(inputs: &Inputs, options: &Options, from: Position) -> Vec<(Vec<String>, u64, Position)> {
    let (read, fields) = (AtomicU64::new(0), Fields::new(options));
    let mut reader = Reader::at(inputs, options, &read, from);
    let (mut batch, mut scratch, mut batches) = (Batch::default(), Scratch::default(), Vec::new());
    loop {
        batch.clear();
        reader.fill(&mut batch);
        if batch.is_empty() {
            return batches;
        }
        let tell = |number| match batch.article(number, &fields, &mut scratch) {
            Ok(article) => format!("{} {} {} {:?}", article.id, article.source, article.body, article.warnings),
            Err(letter) => serde_json::to_string(&letter).expect("JSON"),
        };
        batches.push(((0..batch.len()).map(tell).collect(), batch.shard(), batch.after()));
    }
}

/// From the position behind any batch, exactly the documents that are left come out; those of a shard are always the same.
fn goes_on_anywhere(paths: &[PathBuf], options: &Options) {
    let inputs = Inputs::find(paths).expect("files");
    let flat = |batches: &[(Vec<String>, u64, Position)]| -> Vec<(String, u64)> {
        batches.iter().flat_map(|(documents, shard, _)| documents.iter().map(|d| (d.clone(), *shard))).collect()
    };
    let batches_of_some = batches(&inputs, options, Position::default());
    let all = flat(&batches_of_some);
    let large = Options { batch: 1 << 20, ..options.clone() };
    let mut done = 0;
    for (documents, _, after) in &batches_of_some {
        done += documents.len();
        assert_eq!(flat(&batches(&inputs, &large, *after)), all[done..], "behind {after:?}");
    }
    if let Some(shard) = options.shard {
        let bytes = batches_of_some.last().map_or(0, |(_, _, after)| after.bytes);
        assert!(all.iter().all(|(_, number)| *number <= bytes / shard));
    }
}

fn file(folder: &Path, name: &str, bytes: &[u8]) -> PathBuf {
    let path = folder.join(name);
    fs::write(&path, bytes).expect("a file");
    path
}

/// A text as values have them: plain, long, with all that is quoted somewhere.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[ -~\u{e9}\n\"\\\\{}\\[\\],;]{0,40}",
        1 => (100usize..400).prop_map(|n| "x".repeat(n)),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn reading_goes_on_from_any_position(
        texts in proptest::collection::vec(text(), 0..25),
        damage in proptest::option::of((0usize..10_000, any::<u8>())),
        torn in 0usize..60,
        batch in 1usize..300,
        shard in proptest::option::of(1u64..500),
    ) {
        let folder = tempfile::tempdir().expect("a folder");
        let objects: Vec<_> = texts.iter().enumerate().map(|(n, text)| json!({"id": n, "title": "", "published": "", "text": text})).collect();
        let records: Vec<_> = texts.iter().enumerate().map(|(n, text)| {
            let kind = if n % 5 == 3 { "request" } else { "conversion" };
            record(kind, "", "2026-01-01", "text/plain", text.as_bytes())
        }).collect();
        let csv: String = texts.iter().map(|text| format!("1,\"{}\"\n", text.replace('"', "\"\""))).collect();
        let mut files = [
            ("a.txt", b"one".to_vec()),
            ("b.jsonl", [b"\xef\xbb\xbf".to_vec(), lines(&objects)].concat()),
            ("c.json", serde_json::to_vec(&objects).expect("JSON")),
            ("d.json", serde_json::to_vec_pretty(&json!({"a": 1, "items": objects, "b": [{}]})).expect("JSON")),
            ("e.csv", format!("id,text\n{csv}").into_bytes()),
            ("f.warc", records.concat()),
            ("g.warc.gz", records.iter().flat_map(|record| gzip(record)).collect()),
            ("h.jsonl", b"\n\n".to_vec()),
        ];
        for (_, bytes) in &mut files {
            if let (Some((at, byte)), 40..) = (damage, bytes.len()) {
                let at = 30 + at % (bytes.len() - 30);
                bytes[at] = byte;
                bytes.truncate(bytes.len().saturating_sub(torn).max(at));
            }
        }
        let mut paths: Vec<_> = files.iter().map(|(name, bytes)| file(folder.path(), name, bytes)).collect();
        for (name, bytes) in &files[1..5] {
            paths.push(file(folder.path(), &format!("{name}.gz"), &gzip(bytes)));
        }
        goes_on_anywhere(&paths, &Options { max_record: 250, batch, shard, ..Options::default() });
    }

    #[test]
    fn tables_are_read_as_others_read_them(
        rows in proptest::collection::vec(proptest::collection::vec("[a-c,;\"\n \u{e9}]{0,12}", 3), 0..12),
        raw in "[a-b,\"\n]{0,60}",
    ) {
        let folder = tempfile::tempdir().expect("a folder");
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(["id", "text", "x"]).expect("a vector takes everything");
        rows.iter().for_each(|row| writer.write_record(row).expect("a vector takes everything"));
        let path = file(folder.path(), "a.csv", &writer.into_inner().expect("a vector takes everything"));
        let (texts, dead, _) = fates(&path, &Options::default());
        let expected: Vec<_> = rows.iter().map(|row| &row[1]).filter(|text| !text.is_empty()).collect();
        prop_assert_eq!(texts.iter().collect::<Vec<_>>(), expected);
        prop_assert_eq!(dead.len(), rows.iter().filter(|row| row[1].is_empty()).count());

        // Marks in odd places, where all are closed.
        let raw = format!("text\n{raw}\"\n");
        let path = file(folder.path(), "b.csv", raw.as_bytes());
        let (texts, dead, _) = fates(&path, &Options::default());
        let theirs = csv::ReaderBuilder::new().flexible(true).from_reader(raw.as_bytes()).into_records();
        let theirs: Vec<_> = theirs.map(|row| row.expect("a row")).collect();
        if dead.iter().all(|letter| !letter.contains("closed")) {
            let one: Vec<_> = theirs.iter().filter(|row| row.len() == 1 && !row[0].is_empty()).map(|row| row[0].to_owned()).collect();
            prop_assert_eq!(texts, one);
        }
    }
}
