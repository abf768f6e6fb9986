//! A column while its rows are read: from a value of JSON straight into the arrays of Arrow.

use super::days::{self, Side};
use super::schema::{Shape, fields};
use arrow_array::builder::{BooleanBuilder, Float64Builder, Int64Builder, StringBuilder};
use arrow_array::cast::AsArray;
use arrow_array::{ArrayRef, Date32Array, ListArray, StructArray};
use arrow_buffer::{NullBufferBuilder, OffsetBuffer};
use arrow_schema::{DataType, FieldRef, Fields};
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Unexpected, Visitor};
use std::fmt;
use std::sync::Arc;

/// What has been read of a column.
pub(super) enum Column {
    Text(StringBuilder),
    Whole(Int64Builder),
    Real(Float64Builder),
    Truth(BooleanBuilder),
    /// The length of the list in the next column, or a number in its place.
    Count(Int64Builder),
    List(List),
    Record(Record),
    /// Made of the column at that place beside it, when the rows are complete.
    Day(usize, Side),
    /// Read and dropped: the table says it.
    Left,
}

/// Lists, one after the other.
pub(super) struct List {
    field: FieldRef,
    present: NullBufferBuilder,
    /// Where each ends among the items.
    ends: Vec<i32>,
    items: Box<Column>,
}

/// Objects: a column for each of their fields.
pub(super) struct Record {
    names: Vec<&'static str>,
    columns: Vec<Column>,
    fields: Fields,
    present: NullBufferBuilder,
}

impl Column {
    pub fn new(shape: &Shape) -> Column {
        match shape {
            Shape::Text => Column::Text(StringBuilder::new()),
            Shape::Whole => Column::Whole(Int64Builder::new()),
            Shape::Real => Column::Real(Float64Builder::new()),
            Shape::Truth => Column::Truth(BooleanBuilder::new()),
            Shape::Count => Column::Count(Int64Builder::new()),
            Shape::List(item) => {
                let items = Box::new(Column::new(item));
                let DataType::List(field) = super::schema::data_type(shape) else { unreachable!("a list is one") };
                Column::List(List { field, present: NullBufferBuilder::new(0), ends: Vec::new(), items })
            }
            Shape::Record(columns) => Column::Record(Record::new(columns)),
            Shape::Day(..) => unreachable!("a day is made beside the column that it is read from"),
            Shape::Left => Column::Left,
        }
    }

    /// Rows read so far; none where there are no rows to read.
    fn rows(&self) -> Option<usize> {
        use arrow_array::builder::ArrayBuilder;
        Some(match self {
            Column::Text(text) => text.len(),
            Column::Whole(number) | Column::Count(number) => number.len(),
            Column::Real(number) => number.len(),
            Column::Truth(truth) => truth.len(),
            Column::List(list) => list.ends.len(),
            Column::Record(record) => record.rows(),
            Column::Day(..) | Column::Left => return None,
        })
    }

    /// A row with nothing to say.
    fn append_null(&mut self) {
        match self {
            Column::Text(text) => text.append_null(),
            Column::Whole(number) | Column::Count(number) => number.append_null(),
            Column::Real(number) => number.append_null(),
            Column::Truth(truth) => truth.append_null(),
            Column::List(list) => list.end_row(false),
            Column::Record(record) => {
                record.columns.iter_mut().for_each(Column::append_null);
                record.present.append_null();
            }
            Column::Day(..) | Column::Left => {}
        }
    }

    /// The rows; the column is empty afterwards. None where it takes others to make them, or where there are none.
    fn finish(&mut self) -> Option<ArrayRef> {
        Some(match self {
            Column::Text(text) => Arc::new(text.finish()),
            Column::Whole(number) | Column::Count(number) => Arc::new(number.finish()),
            Column::Real(number) => Arc::new(number.finish()),
            Column::Truth(truth) => Arc::new(truth.finish()),
            Column::List(list) => Arc::new(list.finish()),
            Column::Record(record) => Arc::new(record.finish()),
            Column::Day(..) | Column::Left => return None,
        })
    }
}

impl List {
    fn end_row(&mut self, is_present: bool) {
        let end = self.items.rows().expect("items have rows");
        self.ends.push(i32::try_from(end).expect("a batch has fewer items than bytes"));
        self.present.append(is_present);
    }

    fn finish(&mut self) -> ListArray {
        let ends = std::mem::take(&mut self.ends);
        let offsets: Vec<i32> = std::iter::once(0).chain(ends).collect();
        let items = self.items.finish().expect("items have rows");
        ListArray::new(self.field.clone(), OffsetBuffer::new(offsets.into()), items, self.present.finish())
    }
}

impl Record {
    pub fn new(shapes: &[(&'static str, Shape)]) -> Record {
        let place =
            |name: &str| shapes.iter().position(|(other, _)| *other == name).expect("the day's text is a column");
        let column = |shape: &Shape| match shape {
            Shape::Day(of, side) => Column::Day(place(of), *side),
            other => Column::new(other),
        };
        Record {
            names: shapes.iter().map(|(name, _)| *name).collect(),
            columns: shapes.iter().map(|(_, shape)| column(shape)).collect(),
            fields: fields(shapes),
            present: NullBufferBuilder::new(0),
        }
    }

    pub fn rows(&self) -> usize {
        self.present.len()
    }

    pub fn finish(&mut self) -> StructArray {
        let rows = self.rows();
        let made: Vec<Option<ArrayRef>> = self.columns.iter_mut().map(Column::finish).collect();
        let mut arrays: Vec<ArrayRef> = Vec::with_capacity(self.fields.len());
        for (column, array) in self.columns.iter().zip(&made) {
            match (column, array) {
                (Column::Day(of, side), _) => {
                    let texts = made[*of].as_ref().expect("the day's text was read").as_string::<i32>();
                    let day = |text: Option<&str>| text.and_then(|text| days::day(text, *side));
                    arrays.push(Arc::new(texts.iter().map(day).collect::<Date32Array>()));
                }
                (_, Some(array)) => arrays.push(array.clone()),
                (_, None) => {}
            }
        }
        let present = self.present.finish();
        StructArray::try_new_with_length(self.fields.clone(), arrays, present, rows).expect("all columns are as long")
    }

    /// Ends a row: the fields that it did not have are null.
    fn end_row(&mut self) {
        self.present.append_non_null();
        let rows = self.rows();
        for column in &mut self.columns {
            if column.rows().is_some_and(|read| read < rows) {
                column.append_null();
            }
        }
    }
}

/// The place for one value in a column.
struct Cell<'a>(&'a mut Column);

impl<'de> DeserializeSeed<'de> for Cell<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, value: D) -> Result<(), D::Error> {
        value.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Cell<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.0 {
            Column::Text(_) => "a text",
            Column::Whole(_) => "a whole number",
            Column::Real(_) => "a number",
            Column::Truth(_) => "true or false",
            Column::Count(_) => "a count",
            Column::List(_) => "a list",
            Column::Record(_) => "an object",
            Column::Day(..) | Column::Left => "nothing",
        })
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        match self.0 {
            Column::Text(texts) => texts.append_value(text),
            Column::Left => {}
            _ => return Err(E::invalid_type(Unexpected::Str(text), &self)),
        }
        Ok(())
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<(), E> {
        match (&mut *self.0, i64::try_from(number)) {
            (Column::Whole(numbers) | Column::Count(numbers), Ok(whole)) => numbers.append_value(whole),
            (Column::Real(numbers), _) => numbers.append_value(number as f64),
            _ => return Err(E::invalid_type(Unexpected::Unsigned(number), &self)),
        }
        Ok(())
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<(), E> {
        match self.0 {
            Column::Whole(numbers) => numbers.append_value(number),
            Column::Real(numbers) => numbers.append_value(number as f64),
            _ => return Err(E::invalid_type(Unexpected::Signed(number), &self)),
        }
        Ok(())
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<(), E> {
        match self.0 {
            Column::Real(numbers) => numbers.append_value(number),
            _ => return Err(E::invalid_type(Unexpected::Float(number), &self)),
        }
        Ok(())
    }

    fn visit_bool<E: Error>(self, truth: bool) -> Result<(), E> {
        match self.0 {
            Column::Truth(truths) => truths.append_value(truth),
            _ => return Err(E::invalid_type(Unexpected::Bool(truth), &self)),
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        match self.0 {
            Column::List(list) => {
                while items.next_element_seed(Cell(&mut list.items))?.is_some() {}
                list.end_row(true);
            }
            // A span: the fields in their order, without their names.
            Column::Record(record) => {
                for (at, column) in record.columns.iter_mut().enumerate() {
                    items.next_element_seed(Cell(column))?.ok_or_else(|| A::Error::invalid_length(at, &"a span"))?;
                }
                if items.next_element::<IgnoredAny>()?.is_some() {
                    return Err(A::Error::invalid_length(record.columns.len() + 1, &"a span"));
                }
                record.end_row();
            }
            _ => return Err(A::Error::invalid_type(Unexpected::Seq, &self)),
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, object: A) -> Result<(), A::Error> {
        match self.0 {
            Column::Record(record) => record.read(object),
            _ => Err(A::Error::invalid_type(Unexpected::Map, &self)),
        }
    }
}

impl Record {
    /// Reads an object as the next row.
    fn read<'de, A: MapAccess<'de>>(&mut self, mut object: A) -> Result<(), A::Error> {
        let rows = self.rows();
        let mut expected = 0;
        while let Some(at) = object.next_key_seed(Name { names: &self.names, expected })? {
            let (column, behind) = self.columns[at..].split_first_mut().expect("the name is one of the columns");
            if column.rows().is_some_and(|read| read > rows) || matches!(column, Column::Day(..)) {
                return Err(A::Error::custom(format_args!("{} is no field here, or stands twice", self.names[at])));
            }
            match (column, behind) {
                (Column::Count(count), [Column::List(list), ..]) => object.next_value_seed(Counted { count, list })?,
                (column, _) => object.next_value_seed(Cell(column))?,
            }
            expected = at + 1;
        }
        self.end_row();
        Ok(())
    }
}

impl<'de> DeserializeSeed<'de> for &mut Record {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, object: D) -> Result<(), D::Error> {
        struct Row<'a>(&'a mut Record);
        impl<'de> Visitor<'de> for Row<'_> {
            type Value = ();

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a record")
            }

            fn visit_map<A: MapAccess<'de>>(self, object: A) -> Result<(), A::Error> {
                self.0.read(object)
            }
        }
        object.deserialize_map(Row(self))
    }
}

/// The place of a field by its name. Records write their fields in one order, so it is most often near the expected one.
struct Name<'a> {
    names: &'a [&'static str],
    expected: usize,
}

impl<'de> DeserializeSeed<'de> for Name<'_> {
    type Value = usize;

    fn deserialize<D: Deserializer<'de>>(self, name: D) -> Result<usize, D::Error> {
        name.deserialize_str(self)
    }
}

impl Visitor<'_> for Name<'_> {
    type Value = usize;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<usize, E> {
        let (before, behind) = self.names.split_at(self.expected);
        let place = |names: &[&str]| names.iter().position(|known| *known == name);
        place(behind)
            .map(|at| at + before.len())
            .or_else(|| place(before))
            .ok_or_else(|| E::custom(format_args!("no column is called {name}")))
    }
}

/// The place for a list that may be told by its length alone.
struct Counted<'a> {
    count: &'a mut Int64Builder,
    list: &'a mut List,
}

impl<'de> DeserializeSeed<'de> for Counted<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, value: D) -> Result<(), D::Error> {
        value.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Counted<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list or its length")
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<(), E> {
        self.count.append_value(i64::try_from(number).map_err(E::custom)?);
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        let mut number = 0;
        while items.next_element_seed(Cell(&mut self.list.items))?.is_some() {
            number += 1;
        }
        self.list.end_row(true);
        self.count.append_value(number);
        Ok(())
    }
}
