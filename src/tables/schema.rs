//! The columns of the tables: the fields of `schema/records.schema.json`, and the days that dates mean.

use super::Table;
use super::days::Side;
use arrow_schema::{DataType, Field, Fields};
use std::sync::Arc;

/// What a column holds.
pub(super) enum Shape {
    Text,
    Whole,
    Real,
    Truth,
    /// The number of items of the list in the next column, whether or not the list itself is given.
    Count,
    /// The first or last day that the text in the column of this name means.
    Day(&'static str, Side),
    List(Box<Shape>),
    Record(Vec<(&'static str, Shape)>),
    /// Said by the table itself: no column.
    Left,
}

use Shape::{Count, Day, Left, Real, Record, Text, Truth, Whole};

/// The columns of a table, in the order of the record's fields.
pub(super) fn columns(table: Table) -> Vec<(&'static str, Shape)> {
    let mut columns = vec![("kind", Left), ("doc", Text)];
    columns.extend(match table {
        Table::Documents => document(),
        Table::Entities => entity(),
        Table::Events => event(),
        Table::Explanations => explanation(),
        Table::Repeats => vec![("id", Text), ("of", Text)],
    });
    columns
}

/// The same for Arrow. Every column may be null, since every reader takes that, and nested ones only so.
pub(super) fn fields(columns: &[(&'static str, Shape)]) -> Fields {
    let kept = columns.iter().filter(|(_, shape)| !matches!(shape, Left));
    kept.map(|(name, shape)| Field::new(*name, data_type(shape), true)).collect()
}

pub(super) fn data_type(shape: &Shape) -> DataType {
    match shape {
        Text => DataType::Utf8,
        Whole | Count => DataType::Int64,
        Real => DataType::Float64,
        Truth => DataType::Boolean,
        Day(..) => DataType::Date32,
        Shape::List(item) => DataType::List(Arc::new(Field::new("element", data_type(item), true))),
        Record(columns) => DataType::Struct(fields(columns)),
        Left => DataType::Null,
    }
}

fn list(item: Shape) -> Shape {
    Shape::List(Box::new(item))
}

/// `[start, end)` in code points.
fn span() -> Shape {
    Record(vec![("start", Whole), ("end", Whole)])
}

fn document() -> Vec<(&'static str, Shape)> {
    let dateline = vec![("place", Text), ("agency", Text), ("span", span())];
    let repair = vec![("at", Whole), ("kind", Text), ("was", Text), ("now", Text), ("log_odds", Real)];
    vec![
        ("source", Text),
        ("published", Text),
        ("published_day", Day("published", Side::First)),
        ("published_from", Text),
        ("title", Text),
        ("dateline", Record(dateline)),
        ("language", Text),
        ("chars", Whole),
        ("sentences", Whole),
        ("entities", Whole),
        ("events", Whole),
        ("repairs", Count),
        ("repair_list", list(Record(repair))),
        ("furniture", list(span())),
        ("warnings", list(Text)),
        ("schema", Text),
        ("gazetteers", Text),
        ("duplicate_of", Text),
    ]
}

/// What an expression of time or an amount means: of an entity, and of a mention where they differ.
fn meaning() -> Vec<(&'static str, Shape)> {
    vec![
        ("value", Text),
        ("from", Text),
        ("to", Text),
        ("first_day", Day("from", Side::First)),
        ("last_day", Day("to", Side::Last)),
        ("grain", Text),
        ("anchor", Text),
        ("resolved", Truth),
        ("amount", Real),
        ("min", Real),
        ("max", Real),
        ("unit", Text),
        ("item", Text),
        ("approx", Text),
        ("currency_assumed", Truth),
    ]
}

fn entity() -> Vec<(&'static str, Shape)> {
    let mut mention = vec![("span", span()), ("text", Text), ("sentence", Whole)];
    mention.extend(meaning());
    let title = vec![("text", Text), ("span", span()), ("kind", Text)];
    let place =
        || [("lat", Real), ("lon", Real), ("geonameid", Whole), ("feature", Text), ("admin1", Text)].into_iter();
    let mut candidate = vec![("name", Text), ("country", Text)];
    candidate.extend(place());
    candidate.push(("score", Real));
    let mut columns = vec![
        ("id", Text),
        ("type", Text),
        ("name", Text),
        ("mentions", list(Record(mention))),
        ("titles", list(Record(title))),
        ("affiliation", Text),
        ("country", Text),
        ("sector", Text),
    ];
    columns.extend(place());
    columns.push(("candidates", list(Record(candidate))));
    columns.extend(meaning());
    columns.extend([("subtype", Text), ("list_id", Text), ("code", Text), ("list", Text), ("score", Real)]);
    columns
}

fn event() -> Vec<(&'static str, Shape)> {
    let party = || {
        let fields = [("entity", Text), ("name", Text), ("text", Text), ("span", span()), ("country", Text)];
        list(Record(fields.into_iter().chain([("sector", Text), ("role", Text)]).collect()))
    };
    let date = vec![
        ("value", Text),
        ("first_day", Day("value", Side::First)),
        ("last_day", Day("value", Side::Last)),
        ("precision", Text),
        ("text", Text),
        ("span", span()),
        ("from", Text),
    ];
    let place = vec![
        ("entity", Text),
        ("name", Text),
        ("text", Text),
        ("span", span()),
        ("country", Text),
        ("lat", Real),
        ("lon", Real),
        ("geonameid", Whole),
        ("resolution", Text),
        ("within", Text),
        ("from", Text),
    ];
    let quantity = vec![
        ("role", Text),
        ("value", Real),
        ("min", Real),
        ("max", Real),
        ("unit", Text),
        ("item", Text),
        ("approx", Text),
        ("text", Text),
        ("span", span()),
    ];
    let trigger = vec![("text", Text), ("span", span()), ("lemma", Text), ("voice", Text), ("nominal", Truth)];
    vec![
        ("id", Text),
        ("sentence", Whole),
        ("event_type", Text),
        ("mode", list(Text)),
        ("context", list(Text)),
        ("cameo", Text),
        ("quad_code", Whole),
        ("event_scale", Real),
        ("realis", Text),
        ("negated", Truth),
        ("attribution", Record(vec![("entity", Text), ("text", Text), ("span", span())])),
        ("actor", party()),
        ("recipient", party()),
        ("date", Record(date)),
        ("place", Record(place)),
        ("quantities", list(Record(quantity))),
        ("quote", stretch()),
        ("trigger", Record(trigger)),
        ("rule", Text),
        ("score", Real),
        ("group", Text),
    ]
}

fn stretch() -> Shape {
    Record(vec![("text", Text), ("span", span())])
}

fn explanation() -> Vec<(&'static str, Shape)> {
    let clause =
        vec![("text", Text), ("span", span()), ("verb", stretch()), ("subject", stretch()), ("object", stretch())];
    vec![
        ("sentence", Whole),
        ("event", Text),
        ("why", Text),
        ("rule", Text),
        ("trigger", stretch()),
        ("clause", Record(clause)),
        ("tried", list(Record(vec![("rule", Text), ("lacks", Text)]))),
    ]
}
