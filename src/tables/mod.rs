//! Records as tables, for tools that read columns: Parquet and Arrow files.
//!
//! ```text
//! records (JSON lines) ── Converter ──> a batch of rows a table ── parquet, arrow ──> files
//! ```
//!
//! Each kind of record is a table, and each field of it a column of the same name: what is nested in the record is nested in
//! the table, what is absent is null. Only types that Spark, DuckDB, Polars and pandas all read are used: whole numbers are
//! `Int64`, others `Float64`, a span is a struct of `start` and `end`, a day `Date32`. Values of dates stay as the
//! record has them, since "2024-07" is no day; beside them stand `first_day` and `last_day`, which are.
//!
//! The law: every field of every record is in its table (`schema.rs` is held against `schema/records.schema.json`), and
//! from the table the same object can be made again.

pub mod arrow;
mod column;
mod convert;
mod days;
pub mod parquet;
mod schema;
#[cfg(test)]
mod tests;

pub use convert::Converter;

use arrow_schema::{Schema, SchemaRef};
use std::sync::Arc;

/// A kind of record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Table {
    /// One row for every article.
    Documents,
    /// One row for each thing that an article speaks of.
    Entities,
    /// One row for each thing that happened.
    Events,
    /// With `--explain`: one row for each event and for each word that told none.
    Explanations,
    /// With `--one-a-day`: one row for each event that tells again what another one told.
    Repeats,
}

impl Table {
    /// The tables of a run; the last two only where their records were asked for.
    pub fn of_run(explanations: bool, repeats: bool) -> Vec<Table> {
        let mut tables = vec![Table::Documents, Table::Entities, Table::Events];
        tables.extend(explanations.then_some(Table::Explanations));
        tables.extend(repeats.then_some(Table::Repeats));
        tables
    }

    /// What its files and folders are called by.
    pub fn name(self) -> &'static str {
        match self {
            Table::Documents => "documents",
            Table::Entities => "entities",
            Table::Events => "events",
            Table::Explanations => "explanations",
            Table::Repeats => "repeats",
        }
    }

    /// The `kind` of its records.
    pub fn kind(self) -> &'static str {
        match self {
            Table::Documents => "document",
            Table::Entities => "entity",
            Table::Events => "event",
            Table::Explanations => "explanation",
            Table::Repeats => "repeat",
        }
    }

    /// Its columns.
    pub fn schema(self) -> SchemaRef {
        Arc::new(Schema::new(schema::fields(&schema::columns(self))))
    }
}
