//! An image whose sections lie apart, each in a vector of its own, so that each can grow.

use super::Dictionary;
use super::image::{
    AboutRow, ClassSense, EntryRow, Image, PlaceRow, PlainWord, ROWS, Reading, SECTIONS, Section, SectionSize, Slice,
    SurfaceRow, UserRow, WordRow, assemble, hash_bytes,
};
use super::trie::Beginnings;
use super::word_table::OwnTable;

/// Names the sections once, in the order of the image, for all that is done with each of them. Those of the table of
/// words, which stand first, it keeps itself.
macro_rules! parts {
    ($($part:ident: $owned:ty,)*) => {
        /// The sections of an image, owned.
        pub struct Parts {
            pub(super) stamp: u64,
            pub(super) table: OwnTable,
            $(pub(super) $part: $owned,)*
        }

        impl Parts {
            /// Copies an image.
            pub(super) fn copy(base: &Dictionary<'_>) -> Self {
                Parts { stamp: base.stamp, table: OwnTable::copy(&base.table), $($part: base.$part.to_owned(),)* }
            }

            /// The image, open for reading.
            pub fn dictionary(&self) -> Dictionary<'_> {
                Dictionary { stamp: self.stamp, table: self.table.open(), $($part: &self.$part,)* }
            }
        }

        impl Dictionary<'_> {
            /// The sections as bytes, in their order.
            fn bodies(&self) -> [&[u8]; SECTIONS] {
                let [hot, lines, told] = self.table.bodies();
                [hot, lines, told, $(bytemuck::cast_slice(self.$part.as_ref()),)*]
            }
        }
    };
}

parts! {
    words: Vec<WordRow>,
    plain_words: Vec<PlainWord>,
    alone: Vec<u32>,
    spellings: Vec<u8>,
    spelling_starts: Vec<u32>,
    senses: Vec<[u32; 2]>,
    beginnings: Vec<Beginnings>,
    pairs: Vec<u64>,
    surfaces: Vec<SurfaceRow>,
    readings: Vec<Reading>,
    entries: Vec<EntryRow>,
    places: Vec<PlaceRow>,
    values: Vec<Slice>,
    bigrams: Vec<u64>,
    texts: Vec<[Slice; 2]>,
    pool: String,
    by_class: Vec<ClassSense>,
    users: Vec<UserRow>,
    abouts: Vec<AboutRow>,
    user_surfaces: Vec<u64>,
    strings: Vec<u32>,
}

impl Parts {
    /// Makes the version of the lists a hash of all that they say.
    pub(super) fn set_stamp(&mut self) {
        let open = self.dictionary();
        self.stamp = open.bodies()[..Section::ByClass as usize].iter().fold(0, |state, body| hash_bytes(state, body));
    }

    /// The image in one piece, to be kept in a file.
    pub fn to_image(&self) -> Image {
        assemble(self.stamp, &self.dictionary().bodies())
    }
}

impl Dictionary<'_> {
    /// How large each part of the image is, in its order.
    pub fn sections(&self) -> Vec<SectionSize> {
        let sizes = ROWS.into_iter().zip(self.bodies());
        sizes.map(|((name, row), body)| SectionSize { name, rows: body.len() / row, bytes: body.len() }).collect()
    }
}
