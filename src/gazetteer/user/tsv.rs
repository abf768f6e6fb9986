//! Our own form: a line of column names, then one entry a line, fields apart by tabs.
//!
//! The columns are `name` and any of those in [`COLUMNS`], in any order. Several values in a field are apart by `|`, an
//! empty field says nothing. The names may also stand in the head, as in the lists that come with the program
//! (`# columns: …`). A name that begins with `-` is taken out of the lists.

use super::{Relation, Row, Source, part, position, sector, types, weight, written};
use crate::dictionary::date;
use crate::error::{Error, Result};

/// The columns that are known.
pub(super) const COLUMNS: [&str; 15] = [
    "name", "type", "subtype", "id", "code", "cc", "lat", "lon", "aliases", "acronym", "sector", "weight", "case",
    "from", "to",
];

/// The column names that a line of the head gives.
pub(super) fn columns_in_head(line: &str) -> Option<&str> {
    line.strip_prefix("# columns:").map(str::trim_start)
}

pub(super) fn read(source: &Source<'_>, take: &mut dyn FnMut(Row<'_>) -> Result<()>) -> Result<()> {
    let types = source.types.with_head(source.body).map_err(source.at(0))?;
    let of_list = types::of_list(source.path, source.body, &types).map_err(source.at(0))?;
    let mut columns: Option<Vec<&str>> = None;
    for (number, line) in source.lines() {
        if let Some(names) = columns_in_head(line) {
            columns = Some(head(names).map_err(source.at(number))?);
            continue;
        }
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let Some(columns) = &columns else {
            columns = Some(head(line).map_err(source.at(number))?);
            continue;
        };
        let fields = Fields { columns, fields: line.split('\t').collect() };
        if let Some(row) = fields.row(number, &types, of_list.as_ref(), source).map_err(source.at(number))? {
            take(row).map_err(source.at(number))?;
        }
    }
    Ok(())
}

fn head(line: &str) -> Result<Vec<&str>> {
    let columns: Vec<&str> = line.split('\t').map(str::trim).collect();
    for (at, column) in columns.iter().enumerate() {
        if !COLUMNS.contains(column) {
            return Err(Error::list(format!("no column {column:?} is known; the columns are {}", COLUMNS.join(", "))));
        }
        if columns[..at].contains(column) {
            return Err(Error::list(format!("the column {column:?} stands twice")));
        }
    }
    if !columns.contains(&"name") {
        return Err(Error::list("the column \"name\" is missing"));
    }
    Ok(columns)
}

/// One line, its fields by column.
struct Fields<'c, 'l> {
    columns: &'c [&'c str],
    fields: Vec<&'l str>,
}

impl<'l> Fields<'_, 'l> {
    /// A field; empty where the list has no such column, or the line ends before it.
    fn get(&self, column: &str) -> &'l str {
        let at = self.columns.iter().position(|c| *c == column);
        at.and_then(|at| self.fields.get(at)).map_or("", |field| field.trim())
    }

    fn number(&self, column: &str) -> Result<Option<f64>> {
        match self.get(column) {
            "" => Ok(None),
            text => match text.parse::<f64>() {
                Ok(number) if number.is_finite() => Ok(Some(number)),
                _ => Err(Error::list(format!("{column} is not a number: {text:?}"))),
            },
        }
    }

    fn parts(&self, column: &str) -> impl Iterator<Item = &'l str> + use<'l> {
        self.get(column).split('|').map(str::trim).filter(|p| !p.is_empty())
    }

    fn row(
        &self,
        line: u64,
        types: &super::Types,
        of_list: Option<&(crate::dictionary::NameType, String)>,
        source: &Source<'_>,
    ) -> Result<Option<Row<'l>>> {
        if self.fields.len() > self.columns.len() {
            let (columns, found) = (self.columns.len(), self.fields.len());
            return Err(Error::list(format!("expected {columns} columns, found {found}")));
        }
        let name = self.get("name");
        let (kind, subtype) = match self.get("type") {
            "" => of_list.map(|(kind, subtype)| (*kind, subtype.clone().into())).unzip(),
            word => match types.of(word)? {
                Some((kind, subtype)) => (Some(kind), Some(subtype)),
                None => return Ok(None),
            },
        };
        if let Some(name) = name.strip_prefix('-') {
            return Ok(Some(Row::deletion(line, part(name.trim()), kind)));
        }
        if name.is_empty() {
            return Err(Error::list("the name is empty"));
        }
        let kind = kind.ok_or_else(|| types::missing(source.path))?;
        let mut row = Row::new(line, part(name), Some(kind));
        row.others.extend(self.parts("aliases").map(|name| (part(name), Relation::Alias)));
        row.others.extend(self.parts("acronym").map(|name| (part(name), Relation::Acronym)));
        row.subtype = match self.get("subtype") {
            "" => subtype.unwrap_or_default(),
            own => part(own),
        };
        (row.id, row.code, row.country) = (part(self.get("id")), part(self.get("code")), part(self.get("cc")));
        row.sector = part(sector(self.get("sector"))?);
        row.position = position(self.number("lat")?, self.number("lon")?)?;
        if let Some(value) = self.number("weight")? {
            row.weight = weight(value)?;
        }
        row.written = written(self.get("case"))?;
        (row.from, row.to) = (date::iso(self.get("from"), false)?, date::iso(self.get("to"), true)?);
        date::in_order(row.from, row.to)?;
        Ok(Some(row))
    }
}
