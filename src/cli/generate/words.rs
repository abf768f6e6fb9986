//! The words of the made-up articles that no list holds, and filler that can be joined in very many ways: slots `{a}`,
//! `{w}` and `{v}` take an adjective, a noun and a past tense.

pub const TITLES: &[&str] = &[
    "President",
    "Prime Minister",
    "Foreign Minister",
    "Interior Minister",
    "Mayor",
    "Judge",
    "General",
    "Colonel",
    "Senator",
    "Dr.",
    "Professor",
    "Governor",
    "Police Chief",
    "Ambassador",
    "Secretary-General",
];

pub const ROLES: &[&str] = &[
    "a spokeswoman for the ministry",
    "the head of the city's port",
    "a lawyer for the family",
    "the club's captain",
    "an analyst at a local bank",
    "a teacher who saw it happen",
    "the commander of the border guard",
    "the festival's director",
    "a fisherman from the village",
    "the party's deputy leader",
];

pub const GOODS: &[&str] = &[
    "cocaine",
    "heroin",
    "methamphetamine",
    "hashish",
    "untaxed cigarettes",
    "opium",
    "smuggled fuel",
    "ivory",
    "counterfeit medicine",
    "cannabis resin",
];

pub const WEEKDAYS: &[&str] = &["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

pub const MONTHS: &[&str] = &[
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Who does something in a filler sentence.
pub const WHO: &[&str] = &[
    "residents of the {a} quarter",
    "two of the drivers",
    "most of the {w} families",
    "the people at the market",
    "several {a} {w} keepers",
    "the night shift",
    "a {a} group of {w} volunteers",
    "neighbours on the {w} street",
    "farmers from the {w} valley",
    "the {v} employees",
    "officials in the capital",
    "a handful of {a} witnesses",
    "passengers on the last ferry",
    "the {a} {w} council",
    "students who had come early",
    "the {w} engineers on site",
    "hospital staff",
    "the crew of the second boat",
    "critics of the {a} plan",
    "supporters of the {w} project",
];

/// What they do.
pub const DOES: &[&str] = &[
    "{v} a {a} and quiet {w}",
    "had {v} a different {w}",
    "asked for more time to decide",
    "were still looking for {a} {w}",
    "spoke of a {a} but steady {w}",
    "blamed the {w} and {a} planning",
    "{v} the news with some {w}",
    "could not agree on the next step",
    "paid for the {w} themselves",
    "complained about the {a} price of {w}",
    "said they would rather stay at home",
    "kept working as if the {w} had {v}",
    "made room for those who had nowhere to go",
    "{v} a {a} case some years before",
    "{v} that the {w} was {a}",
    "were told to come back after the holidays",
    "refused to leave the building",
    "hoped that the {w} would go on",
    "saw no reason to hurry",
    "{v} {w} and {w}",
];

/// Under what circumstances.
pub const WHILE: &[&str] = &[
    "while the {w} to the coast stayed {v}",
    "even though the {a} {w} is not {v} before summer",
    "because the {w} had been {v} twice",
    "after a week of {a} {w}",
    "as prices for {w} kept climbing",
    "before the first results were known",
    "despite a {w} {v} in spring",
    "until the power came back",
    "since no {w} had been {v} beforehand",
    "although the court has yet to rule",
    "as soon as the school year was over",
    "without waiting for the {w}",
    "when the last train had left",
    "in spite of what the {a} {w} suggest",
    "while the search went on in the hills",
    "as the {w} began to fall",
    "because the {v} bridge is too {a}",
    "after the second vote had failed",
    "in the hope of a {a} {w}",
    "long after the crowd had gone home",
];

/// Beginnings, middles and ends of what people are quoted with.
pub const SAY_FIRST: &[&str] = &[
    "we will not rest",
    "nobody should be surprised",
    "this is a {a} day for all of us",
    "I have never seen {w} like it",
    "there is still a great deal to do",
    "we have {v} from our {w}",
    "it could have ended much worse",
    "our {w} has its limits",
    "the {w} and the {w} speak for themselves",
    "I would do it again",
];
pub const SAY_THEN: &[&str] = &[
    "until every question is answered",
    "and that is what the people expect from us",
    "whatever the other side may claim",
    "but we need {w} from our {a} partners",
    "because the {w} is {a} for everybody",
    "even if it takes years",
    "and I am grateful to those who stayed",
    "as long as the {w} is {v}",
    "so let us begin with what we know",
    "and the children come first",
];
