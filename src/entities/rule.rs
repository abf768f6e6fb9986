//! The rules and lists that recognise a mention, as numbers: a mention is small, and a comparison is one of bytes.

/// Which rule or list recognised a mention.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// The reader of times.
    Time,
    /// The reader of amounts.
    Amount,
    /// A listed place.
    ListPlace,
    /// A listed nationality, religion or people.
    ListDemonym,
    /// A listed organisation.
    ListOrg,
    /// A direction before a place, or a kind of place behind it.
    PlaceComposed,
    /// A direction before a listed place: a part of it.
    PlacePart,
    /// A head of organisations closes the name.
    OrgHead,
    /// A head of organisations with "of …" behind it.
    OrgOf,
    /// An acronym that no list holds.
    OrgAcronym,
    /// A nationality and an acronym.
    OrgDemonymAcronym,
    /// A town and several of something: a team.
    OrgTeam,
    /// A head of named events.
    EventHead,
    /// A head of facilities.
    FacilityHead,
    /// A name behind a title.
    PersonTitled,
    /// Given and family names of the lists.
    PersonLists,
    /// Nothing but capitals.
    NameUnlisted,
    /// The article has this name elsewhere, for sure.
    DocumentSame,
    /// Somebody in the article has this surname.
    DocumentSurname,
    /// The place of the dateline.
    DatelinePlace,
    /// An agency of the dateline.
    DatelineAgency,
    /// A name of a user's list.
    ListUser,
    /// The tagger, against the rules.
    Tagger,
}

impl Rule {
    /// All of them, in order.
    pub const ALL: [Rule; 23] = [
        Rule::Time,
        Rule::Amount,
        Rule::ListPlace,
        Rule::ListDemonym,
        Rule::ListOrg,
        Rule::PlaceComposed,
        Rule::PlacePart,
        Rule::OrgHead,
        Rule::OrgOf,
        Rule::OrgAcronym,
        Rule::OrgDemonymAcronym,
        Rule::OrgTeam,
        Rule::EventHead,
        Rule::FacilityHead,
        Rule::PersonTitled,
        Rule::PersonLists,
        Rule::NameUnlisted,
        Rule::DocumentSame,
        Rule::DocumentSurname,
        Rule::DatelinePlace,
        Rule::DatelineAgency,
        Rule::ListUser,
        Rule::Tagger,
    ];

    /// Whether it goes by the lists alone, in whatever language the text around a name is.
    pub fn is_listed(self) -> bool {
        matches!(self, Rule::ListPlace | Rule::ListDemonym | Rule::ListOrg | Rule::PersonLists | Rule::ListUser)
    }

    /// The name in the records.
    pub const fn label(self) -> &'static str {
        match self {
            Rule::Time => "time",
            Rule::Amount => "amount",
            Rule::ListPlace => "list.place",
            Rule::ListDemonym => "list.demonym",
            Rule::ListOrg => "list.org",
            Rule::PlaceComposed => "place.composed",
            Rule::PlacePart => "place.part",
            Rule::OrgHead => "org.head",
            Rule::OrgOf => "org.of",
            Rule::OrgAcronym => "org.acronym",
            Rule::OrgDemonymAcronym => "org.demonym_acronym",
            Rule::OrgTeam => "org.team",
            Rule::EventHead => "event.head",
            Rule::FacilityHead => "facility.head",
            Rule::PersonTitled => "person.titled",
            Rule::PersonLists => "person.lists",
            Rule::NameUnlisted => "name.unlisted",
            Rule::DocumentSame => "document.same",
            Rule::DocumentSurname => "document.surname",
            Rule::DatelinePlace => "dateline.place",
            Rule::DatelineAgency => "dateline.agency",
            Rule::ListUser => "list.user",
            Rule::Tagger => "tagger",
        }
    }
}
