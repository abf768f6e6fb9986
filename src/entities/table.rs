//! Numbers by hash, for one article: what the document pass remembers of names.
//!
//! Keys are hashes already and an article has a few dozen of them, so a look-up is a handful of instructions in the
//! first cache. Forgetting an article costs nothing: its rows are only as good as their age.

/// A table from hashes to numbers, emptied for each article.
pub(super) struct Table {
    /// Open addressing, never more than half full.
    rows: Vec<Row>,
    age: u32,
    used: usize,
}

#[derive(Clone, Copy, Default)]
struct Row {
    key: u64,
    value: u32,
    /// The article that wrote it; a row of any other is empty.
    age: u32,
}

/// Where a key stands in a table or would stand, and what is noted there.
#[derive(Clone, Copy)]
pub(super) struct Place {
    at: usize,
    key: u64,
    pub value: Option<u32>,
}

impl Default for Table {
    fn default() -> Self {
        Table { rows: vec![Row::default(); 128], age: 1, used: 0 }
    }
}

impl Table {
    pub fn clear(&mut self) {
        self.used = 0;
        self.age = self.age.wrapping_add(1);
        if self.age == 0 {
            self.rows.fill(Row::default());
            self.age = 1;
        }
    }

    #[inline]
    pub fn get(&self, key: u64) -> Option<u32> {
        self.find(key).value
    }

    /// Notes `value` for `key`, whatever was noted before.
    #[inline]
    pub fn set(&mut self, key: u64, value: u32) {
        self.put(self.find(key), value);
    }

    /// Notes `value` for `key` unless something was noted before; returns what is noted now.
    #[inline]
    pub fn set_first(&mut self, key: u64, value: u32) -> u32 {
        let place = self.find(key);
        if let Some(known) = place.value {
            return known;
        }
        self.put(place, value);
        value
    }

    /// Adds bits to what is noted for `key`, at first none.
    #[inline]
    pub fn mark(&mut self, key: u64, bits: u32) {
        let place = self.find(key);
        self.put(place, place.value.unwrap_or(0) | bits);
    }

    /// Where a key is or would be.
    #[inline]
    pub fn find(&self, key: u64) -> Place {
        let rows = &self.rows[..];
        let mask = rows.len() - 1;
        let mut at = (key >> 20) as usize & mask;
        loop {
            let row = &rows[at];
            if row.age != self.age {
                return Place { at, key, value: None };
            }
            if row.key == key {
                return Place { at, key, value: Some(row.value) };
            }
            at = (at + 1) & mask;
        }
    }

    /// Notes `value` at a place that was found after whatever was noted last.
    #[inline]
    pub fn put(&mut self, place: Place, value: u32) {
        let Place { at, key, value: known } = place;
        self.rows[at] = Row { key, value, age: self.age };
        if known.is_none() {
            self.used += 1;
            if self.used * 2 > self.rows.len() {
                self.grow();
            }
        }
    }

    #[cold]
    fn grow(&mut self) {
        let wider = vec![Row::default(); self.rows.len() * 2];
        for row in std::mem::replace(&mut self.rows, wider) {
            if row.age == self.age {
                let at = self.find(row.key).at;
                self.rows[at] = row;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::token::mix;

    #[test]
    fn a_table_remembers_one_article_and_no_other() {
        let mut table = Table::default();
        for article in 1..4 {
            table.clear();
            for key in 0..1000 {
                assert_eq!(table.get(mix(key, 1)), None);
                table.set_first(mix(key, 1), key as u32 * article);
                table.set_first(mix(key, 1), 7);
                table.set(mix(key, 2), 1);
                table.set(mix(key, 2), 2);
            }
            for key in 0..1000 {
                assert_eq!(table.get(mix(key, 1)), Some(key as u32 * article));
                assert_eq!(table.get(mix(key, 2)), Some(2));
            }
        }
    }
}
