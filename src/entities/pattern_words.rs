//! The words that the patterns of names ask for.

use super::little_words::{LittleWords, WordSet};

/// Which patterns a little word belongs to.
pub(super) mod little {
    pub const OF: u16 = 1;
    pub const FOR: u16 = 1 << 1;
    pub const ON: u16 = 1 << 2;
    pub const AND: u16 = 1 << 3;
    pub const THE: u16 = 1 << 4;
    /// Stands between a preposition of place and the place: "in downtown …", "near the city …".
    pub const BEFORE_PLACE: u16 = 1 << 5;
    /// A preposition that asks for a place.
    pub const LOCATIVE: u16 = WHERE | 1 << 6;
    /// "first" to "tenth".
    pub const ORDINAL: u16 = 1 << 7;
    /// Of the prepositions those that seldom have anything else behind them.
    pub const WHERE: u16 = 1 << 8;
    pub const BE: u16 = 1 << 9;
}

const LISTS: [(u16, &str); 10] = [
    (little::OF, "of"),
    (little::FOR, "for"),
    (little::ON, "on"),
    (little::AND, "and"),
    (little::THE, "the"),
    (little::BEFORE_PLACE, "downtown city town village"),
    (little::WHERE, "in at from near outside around throughout"),
    (little::LOCATIVE & !little::WHERE, "to across into via towards"),
    (little::BE, "is was"),
    (little::ORDINAL, "first second third fourth fifth sixth seventh eighth ninth tenth"),
];

const OWNERS: &str = "people women men children girls boys workers farmers peasants teachers students lawyers nurses \
    doctors writers journalists veterans soldiers citizens mothers parents players consumers employers employees miners \
    fishermen pilots drivers";

const THINGS: &str = "ii iii iv vi vii viii ix xi xii xiii xiv xv xvi xvii xviii xix xx xxi \
    dna rna cd dvd vhs ep lp tv pc iq vr id dj dm mc mvp ko tko ost gdp gnp gps atm ceo cfo coo cto svp evp faq diy dui cpr \
    mri hiv aids hpv covid sars adhd ptsd copd als ivf std rpm mph kph suv ufo vip sim led lcd usb cpu gpu ram rom html xml \
    pdf url http ftp api sdk iso utf ascii gif jpeg png seo crm erp kpi roi irr ipo npv ebitda vat hr rfp rsvp asap lol lmao \
    omg btw fyi aka ps nb tba tbd tbc ok pm est edt cst cdt mst pst pdt gmt utc bst cet ied rpg apc icbm uav lng lpg cng ngo \
    lgbt lgbtq phd mba gpa wmd bmi cctv bbq pvc tnt ddt lsd thc gmo plz yay";

/// The words of all patterns.
#[derive(Debug)]
pub(super) struct PatternWords {
    /// Those of [`little`], which nearly all patterns ask for.
    pub little: LittleWords<u16>,
    /// Numbers in Roman figures, and acronyms of things that people speak of as of any other: "DVD".
    pub things: WordSet,
    /// People whose body an organisation calls itself: "Workers' Party".
    pub owners: WordSet,
}

impl PatternWords {
    pub fn new() -> Self {
        PatternWords {
            little: LittleWords::of_lists(&LISTS),
            things: WordSet::of_list(THINGS),
            owners: WordSet::of_list(OWNERS),
        }
    }
}
