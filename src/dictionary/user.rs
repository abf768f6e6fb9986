//! What users' lists add to the dictionary: whose entry it is and what its list says of it.
//!
//! Users' entries are entries like all others, numbered behind them, so no accessor and no station need know of them. Only
//! what no list of ours says is apart: the user's id and code, the type by which records call it, how sure it is.

use super::Dictionary;
use super::image::AboutRow;

/// What the records call a thing of a user's list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum NameType {
    /// A person.
    Person,
    /// An organisation.
    Org,
    /// A country, city or province.
    Gpe,
    /// A sea, river, region without a government.
    Loc,
    /// A building, airport, bridge.
    Fac,
    /// A nationality, religion or people.
    Norp,
    /// A named event.
    Event,
}

impl NameType {
    /// All of them.
    pub const ALL: [NameType; 7] =
        [NameType::Person, NameType::Org, NameType::Gpe, NameType::Loc, NameType::Fac, NameType::Norp, NameType::Event];

    /// The label in the records.
    pub const fn label(self) -> &'static str {
        match self {
            NameType::Person => "PERSON",
            NameType::Org => "ORG",
            NameType::Gpe => "GPE",
            NameType::Loc => "LOC",
            NameType::Fac => "FAC",
            NameType::Norp => "NORP",
            NameType::Event => "EVENT",
        }
    }
}

/// What a user's list says of an entry.
#[derive(Clone, Copy, Debug)]
pub struct User<'a> {
    /// File name of the list.
    pub list: &'a str,
    /// The user's id, or nothing.
    pub id: &'a str,
    /// The user's code, or nothing.
    pub code: &'a str,
    /// The user's own finer type, or nothing.
    pub subtype: &'a str,
    /// What records call it.
    pub kind: NameType,
    /// How sure it is that the name is meant, 0–1.
    pub weight: f32,
    /// First day of validity as YYYYMMDD, or the smallest number.
    pub from: i32,
    /// Last day of validity, or the largest number.
    pub to: i32,
}

impl<'a> Dictionary<'a> {
    /// Whether any user's list was added.
    #[inline]
    pub fn has_users(&self) -> bool {
        !self.users.is_empty()
    }

    /// Number of the first entry of a user's list; that of entries where there is none.
    #[inline]
    pub fn first_of_users(&self) -> u32 {
        (self.entries.len() - self.users.len()) as u32
    }

    /// Whether a user's list holds a surface.
    #[inline]
    pub fn is_of_user(&self, surface: u32) -> bool {
        let word = self.user_surfaces.get(surface as usize / 64).copied().unwrap_or(0);
        word >> (surface % 64) & 1 != 0
    }

    /// What a user's list says of an entry, when it is of one.
    pub fn user(&self, entry: u32) -> Option<User<'a>> {
        let row = self.users.get(entry.checked_sub(self.first_of_users())? as usize)?;
        let &AboutRow { list, subtype, code, from, to, kind, weight, .. } = self.abouts.get(row.about as usize)?;
        Some(User {
            list: self.value(list),
            id: self.pool.get(row.id as usize..).and_then(|id| id.split('\0').next()).unwrap_or_default(),
            code: self.value(code),
            subtype: self.value(subtype),
            kind: NameType::ALL[usize::from(kind) % NameType::ALL.len()],
            weight: f32::from(weight) / 100.0,
            from,
            to,
        })
    }

    /// The surfaces that are found letter by letter because they are no run of whole words, in order.
    pub fn strings_to_find(&self) -> &'a [u32] {
        self.strings
    }
}
