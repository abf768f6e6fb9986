//! From records to tables and back.

use super::days::{Side, day};
use super::{Converter, Table, arrow, parquet};
use crate::Article;
use crate::entities::time::iso;
use crate::pipeline::{Options, Pipeline};
use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Float64Type, Int64Type};
use arrow_array::{Array, RecordBatch};
use arrow_schema::DataType;
use proptest::prelude::*;
use serde_json::{Map, Value, json};
use std::sync::LazyLock;

const TABLES: [Table; 5] = [Table::Documents, Table::Entities, Table::Events, Table::Explanations, Table::Repeats];

static SCHEMA: LazyLock<Value> =
    LazyLock::new(|| serde_json::from_str(include_str!("../../schema/records.schema.json")).expect("it is JSON"));

/// Random choices that come from one number, so that a failure can be told by it.
struct Dice {
    state: u64,
    /// Whether every field and no empty list is wanted.
    is_full: bool,
}

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.state = self.state.wrapping_mul(0x5851_F42D_4C95_7F2D).wrapping_add(0x1405_7B7E_F767_814F);
        (self.state >> 33) % sides
    }

    fn text(&mut self) -> String {
        const PIECES: [&str; 12] = ["", "a", "Riga", " ", "\"", "\\", "\n", "\u{1}", "é", "漢字", "😀", "2024-10-24"];
        (0..self.roll(5)).map(|_| PIECES[self.roll(PIECES.len() as u64) as usize]).collect()
    }

    fn number(&mut self) -> Value {
        match self.roll(4) {
            0 => json!(self.roll(1000)),
            1 => json!(-(self.roll(1 << 30) as f64) / 10_000.0),
            2 => {
                let number = f64::from_bits(self.roll(1 << 31) << 32 | self.roll(1 << 31));
                // What is no number JSON cannot say.
                json!(if number.is_finite() { number.clamp(-1e300, 1e300) } else { 1e300 })
            }
            _ => json!((self.roll(1 << 31) << 20) as f64 / 7.0),
        }
    }

    /// A value that the schema allows, as far as types go.
    fn value(&mut self, schema: &Value) -> Value {
        if let Some(name) = schema.get("$ref").and_then(Value::as_str) {
            return self.value(SCHEMA.pointer(&name[1..]).expect("it refers to a part of itself"));
        }
        if let Some(constant) = schema.get("const") {
            return constant.clone();
        }
        if let Some(choices) = schema.get("enum").or(schema.get("oneOf")).and_then(Value::as_array) {
            // In full, a list tells more than its length.
            let choice = if self.is_full { choices.len() - 1 } else { self.roll(choices.len() as u64) as usize };
            return if schema.get("enum").is_some() { choices[choice].clone() } else { self.value(&choices[choice]) };
        }
        match schema["type"].as_str().expect("a type") {
            "string" => Value::String(self.text()),
            "integer" => json!(self.roll(1 << 31) << self.roll(20)),
            "number" => self.number(),
            "boolean" => json!(self.roll(2) == 0),
            "array" => match schema.get("prefixItems").and_then(Value::as_array) {
                Some(items) => items.iter().map(|item| self.value(item)).collect(),
                None => (0..1 + self.roll(3)).map(|_| self.value(&schema["items"])).collect(),
            },
            "object" => {
                let is_required =
                    |name: &str| schema["required"].as_array().is_some_and(|all| all.contains(&json!(name)));
                let mut object = Map::new();
                for (name, inner) in schema["properties"].as_object().expect("properties") {
                    if self.is_full || is_required(name) || self.roll(2) == 0 {
                        object.insert(name.clone(), self.value(inner));
                    }
                }
                Value::Object(object)
            }
            other => panic!("the test does not know the type {other}"),
        }
    }

    fn record(&mut self, table: Table) -> Value {
        self.value(&SCHEMA["$defs"][table.kind()])
    }

    /// Records of all kinds.
    fn lines(&mut self, count: usize) -> String {
        let mut lines = String::new();
        for _ in 0..count {
            let table = TABLES[self.roll(TABLES.len() as u64) as usize];
            lines += &line(&self.record(table));
        }
        lines
    }
}

/// A line begins with its kind, as `emit` writes it.
fn line(record: &Value) -> String {
    let mut rest = record.as_object().expect("an object").clone();
    let kind = rest.remove("kind").expect("a kind");
    let rest = serde_json::to_string(&rest).expect("it is JSON");
    format!("{{\"kind\":{kind},{}\n", &rest[1..])
}

/// What one cell says; nothing where it is null.
fn cell(column: &dyn Array, row: usize) -> Option<Value> {
    if column.is_null(row) {
        return None;
    }
    Some(match column.data_type() {
        DataType::Utf8 => json!(column.as_string::<i32>().value(row)),
        DataType::Int64 => json!(column.as_primitive::<Int64Type>().value(row)),
        DataType::Float64 => json!(column.as_primitive::<Float64Type>().value(row)),
        DataType::Boolean => json!(column.as_boolean().value(row)),
        // Read from what another column has.
        DataType::Date32 => return None,
        DataType::List(_) => {
            let items = column.as_list::<i32>().value(row);
            (0..items.len()).map(|item| cell(&items, item).expect("no item is null")).collect()
        }
        DataType::Struct(fields) => {
            let columns = column.as_struct();
            let object: Map<_, _> = fields
                .iter()
                .zip(columns.columns())
                .filter_map(|(field, column)| Some((field.name().clone(), cell(column, row)?)))
                .collect();
            let is_span = fields.len() == 2 && fields[0].name() == "start";
            if is_span { object.into_iter().rev().map(|(_, end)| end).collect() } else { Value::Object(object) }
        }
        other => panic!("a type that not every reader takes: {other}"),
    })
}

/// The records that a table was made of.
fn records(table: Table, batch: &RecordBatch) -> Vec<Value> {
    let whole = arrow_array::StructArray::from(batch.clone());
    let record = |row| {
        let mut record = cell(&whole, row).expect("a row is a record");
        let object = record.as_object_mut().expect("an object");
        object.insert("kind".into(), json!(table.kind()));
        if let Some(list) = object.remove("repair_list") {
            let count = object.insert("repairs".into(), list.clone());
            assert_eq!(count, Some(json!(list.as_array().expect("a list").len())));
        }
        record
    };
    (0..batch.num_rows()).map(record).collect()
}

/// Whether two values say the same, where 3 is 3.0.
fn are_same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => one.as_f64() == other.as_f64(),
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| are_same(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            one.len() == other.len()
                && one.iter().all(|(name, value)| other.get(name).is_some_and(|other| are_same(value, other)))
        }
        _ => one == other,
    }
}

/// The rows of some lines, table by table.
fn converted(lines: &str) -> Vec<RecordBatch> {
    let mut converter = Converter::new(&TABLES);
    converter.read(lines).expect("these are records");
    converter.finish()
}

/// That tables say what the lines say that they were made of.
fn assert_same(lines: &str, batches: &[RecordBatch]) {
    for (table, batch) in TABLES.into_iter().zip(batches) {
        let told: Vec<Value> = lines
            .lines()
            .map(|line| serde_json::from_str::<Value>(line).expect("it is JSON"))
            .filter(|record| record["kind"] == table.kind())
            .collect();
        let read = records(table, batch);
        assert_eq!(told.len(), read.len(), "{table:?}");
        for (told, read) in told.iter().zip(&read) {
            assert!(are_same(told, read), "told: {told}\nread: {read}");
        }
    }
}

/// The records of an article of our own, with all that can be asked for.
fn real_records() -> String {
    const BODY: &str = "\
RIGA, 3 March 2026 (Baltic Courier) – Latvian customs officers seized over 300 kilograms of cocaine worth $4.5 million in \
Ventspils on Sunday, Interior Minister Ilze Kalna said. \"We will notstop,\" she told reporters in Riga.\n\nIn July 2024, in \
the summer of 1979, in the third quarter of 2025, last week, last weekend, in the 1990s, in the 19th century, in the first \
half of 2023, since 1066, from 2 May to 5 May 2024 and at 3 pm yesterday, some 40 to 50 protesters marched in Tallinn. \
Police arrested two men in Tartu on Monday.\n\nShare:\n";
    let options = Options { list_repairs: true, list_candidates: true, explain: true, ..Options::default() };
    let pipeline = Pipeline::new(options).expect("the shipped lists");
    let (id, source) = ("a \"b\"".into(), "a:1".into());
    let mut out = Vec::new();
    let article = Article { id, source, body: BODY.into(), published: Some("2026-03-04".into()), ..Article::default() };
    pipeline.worker().extract(&article, &mut out);
    String::from_utf8(out).expect("records are UTF-8")
}

proptest! {
    /// The law: from the table the same object can be made again.
    #[test]
    fn every_field_of_every_record_is_in_the_tables(seed: u64, count in 0..30usize) {
        let mut dice = Dice { state: seed, is_full: false };
        let lines = dice.lines(count);
        assert_same(&lines, &converted(&lines));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn parquet_and_arrow_keep_what_they_are_given(seed: u64, count in 0..60usize) {
        let mut dice = Dice { state: seed, is_full: false };
        let lines = dice.lines(count);
        let packer = parquet::Packer::new(&TABLES).expect("tables of records");
        let packed = packer.pack(&lines).expect("these are records");
        let batches = converted(&lines);
        for ((number, group), batch) in packed.into_iter().enumerate().zip(&batches) {
            let mut file = packer.file(number, tempfile::tempfile().expect("a file")).expect("room on the disk");
            prop_assert_eq!(group.is_some(), batch.num_rows() > 0);
            if let Some(group) = group {
                file.append(group).expect("room on the disk");
            }
            let (file, rows) = file.finish().expect("room on the disk");
            let read = read_parquet(file);
            prop_assert_eq!((rows, read.iter().map(RecordBatch::num_rows).sum()), (batch.num_rows() as u64, batch.num_rows()));
            for read in read {
                prop_assert_eq!(read.columns(), batch.columns());
            }

            for compressed in [false, true] {
                let mut file = arrow::File::new(TABLES[number], Vec::new(), compressed).expect("memory takes all");
                file.append(batch).expect("memory takes all");
                let (bytes, rows) = file.finish().expect("memory takes all");
                prop_assert_eq!(rows, batch.num_rows() as u64);
                let read = arrow_ipc::reader::FileReader::try_new(std::io::Cursor::new(bytes), None).expect("an Arrow file");
                let read: Vec<RecordBatch> = read.map(|batch| batch.expect("a whole file")).collect();
                prop_assert_eq!(&read, std::slice::from_ref(batch));
            }
        }
    }
}

fn read_parquet(file: std::fs::File) -> Vec<RecordBatch> {
    use ::parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
    let reader = ParquetRecordBatchReaderBuilder::try_new(file);
    reader
        .and_then(|reader| reader.build())
        .expect("a Parquet file")
        .map(|batch| batch.expect("a whole file"))
        .collect()
}

#[test]
fn each_column_is_a_field_of_the_record_or_read_from_one() {
    /// Each column must hold something at the row, however deep.
    fn check(column: &dyn Array, at: &str) {
        assert!(column.null_count() < column.len(), "{at} is no field of the record");
        match column.data_type() {
            DataType::Struct(fields) => {
                for (field, column) in fields.iter().zip(column.as_struct().columns()) {
                    // Whether random text is a date is another matter.
                    if field.data_type() != &DataType::Date32 {
                        check(column, &format!("{at}.{}", field.name()));
                    }
                }
            }
            DataType::List(_) => check(column.as_list::<i32>().values(), at),
            _ => {}
        }
    }
    let mut dice = Dice { state: 7, is_full: true };
    for (number, table) in TABLES.into_iter().enumerate() {
        let batch = &converted(&line(&dice.record(table)))[number];
        check(&arrow_array::StructArray::from(batch.clone()), table.kind());
    }
}

#[test]
fn what_articles_say_is_in_the_tables() {
    let lines = real_records();
    for wanted in
        ["\"repairs\":[", "\"candidates\":[", "\"kind\":\"explanation\"", "\"kind\":\"event\"", "\"dateline\":{"]
    {
        assert!(lines.contains(wanted), "{wanted}: {lines}");
    }
    assert_same(&lines, &converted(&lines));
}

/// What a value means is what the reading of it meant.
#[test]
fn days_are_those_that_the_record_tells() {
    let lines = real_records();
    let mut grains = std::collections::BTreeSet::new();
    for record in lines.lines().map(|line| serde_json::from_str::<Value>(line).expect("it is JSON")) {
        let text = |name: &str| record[name].as_str();
        if let (Some(value), Some(from), Some(to)) = (text("value"), text("from"), text("to")) {
            assert_eq!(day(value, Side::First).map(iso).as_deref(), Some(from), "{value}");
            assert_eq!(day(value, Side::Last).map(iso).as_deref(), Some(to), "{value}");
            grains.insert(text("grain").expect("a grain").to_owned());
        }
    }
    assert!(grains.len() >= 6, "the article tells too few kinds of dates: {grains:?}");

    let batches = converted(&lines);
    let days = |batch: &RecordBatch, name: &str| batch.column_by_name(name).expect("a column").clone();
    assert_eq!(iso(days(&batches[0], "published_day").as_primitive::<Date32Type>().value(0)), "2026-03-04");
    let (first, from) = (days(&batches[1], "first_day"), days(&batches[1], "from"));
    assert!(from.null_count() < from.len());
    assert_eq!(first.nulls(), from.nulls());
    let dates = days(&batches[2], "date");
    let first = dates.as_struct().column_by_name("first_day").expect("a column").clone();
    assert!(first.null_count() < first.len());
}

#[test]
fn what_is_no_record_is_an_error() {
    for (line, why) in [
        ("{\"kind\":\"document\",\"doc\":1}", "invalid type"),
        ("{\"kind\":\"document\",\"doc\":\"a\",\"colour\":\"red\"}", "no column is called colour"),
        ("{\"kind\":\"document\",\"doc\":\"a\",\"doc\":\"b\"}", "stands twice"),
        ("{\"kind\":\"document\",\"published_day\":\"2024-10-24\"}", "no field here"),
        ("{\"kind\":\"document\",\"chars\":1.5}", "invalid type"),
        ("{\"kind\":\"document\",\"chars\":18446744073709551615}", "invalid type"),
        ("{\"kind\":\"document\",\"dateline\":{\"span\":[1]}}", "a span"),
        ("{\"kind\":\"document\",\"dateline\":{\"span\":[1,2,3]}}", "a span"),
        ("{\"kind\":\"document\",\"furniture\":{}}", "invalid type"),
        ("{\"kind\":\"document\"} {}", "trailing"),
        ("{\"kind\":\"sentence\"}", "another kind"),
        ("{\"id\":\"a\",\"text\":\"b\"}", "no kind"),
        ("", "no kind"),
    ] {
        let error = Converter::new(&TABLES).read(&format!("{line}\n")).expect_err(line).to_string();
        assert!(error.contains(why), "{line}: {error}");
    }
    let repeat = "{\"kind\":\"repeat\",\"doc\":\"a\",\"id\":\"a#v1\",\"of\":\"b#v2\"}\n";
    assert!(Converter::new(&Table::of_run(false, true)).read(repeat).is_ok());
    assert!(Converter::new(&Table::of_run(false, false)).read(repeat).is_err(), "records that were not asked for");
}
