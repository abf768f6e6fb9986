//! The sentences of the made-up articles, by topic.
//!
//! A slot in braces is filled by `fill`: `{P}` a person's full name, `{S}` the surname of somebody already in the
//! article, `{T}` a title, `{R}` a role, `{C}` a city, `{N}` a country, `{B}` its adjective, `{O}` an organisation,
//! `{W}` a weekday, `{D}` a day and month, `{Y}` a year, `{M}` money, `{n}` a number, `{Q}` a weight of some goods,
//! `{%}` a share, `{a}` an adjective, `{w}` a noun, `{v}` a past tense. The first letter is raised when the sentence begins with it.

/// Sentences of one kind of news.
pub struct Topic {
    pub headlines: &'static [&'static str],
    pub sentences: &'static [&'static str],
}

pub const TOPICS: &[Topic] = &[
    Topic {
        headlines: &["{B} police seize {Q}", "{n} held in {C} smuggling case", "Customs find {Q} in container at {C}"],
        sentences: &[
            "{B} police seized {Q} hidden in a lorry near {C}",
            "customs officers in {C} found {Q} worth {M} behind a {a} wall",
            "{n} men were arrested in {C} on suspicion of smuggling {Q}",
            "the shipment had {v} {N} on {D} and was bound for {C}",
            "{T} {P} said the network had moved goods worth {M} since {Y}",
            "dogs of {O} led the officers to {Q} in the ship's hold",
            "a court in {C} ordered the {n} suspects to be held until {W}",
            "{P}, {R}, told reporters that the driver came from {N}",
            "investigators from {N} and {N} had {v} the {w} since {D}",
            "the {B} navy stopped a fishing boat carrying {Q} on {W}",
        ],
    },
    Topic {
        headlines: &["{P} to meet {B} leader in {C}", "{N} and {N} sign agreement", "Talks in {C} end without a deal"],
        sentences: &[
            "{T} {P} arrived in {C} on {W} for talks with {T} {P}",
            "{N} and {N} signed an agreement on {w} worth {M}",
            "the {B} ambassador was summoned to the ministry on {D}",
            "{P} thanked {N} for taking in {n} refugees",
            "the two sides agreed to reopen the {a} crossing near {C}",
            "{T} {P} accused {N} of breaking the truce of {D} {Y}",
            "a delegation from {O} will visit {C} next week",
            "{N} expelled {n} {B} diplomats on {W}",
            "{S} called on {N} to release the {n} fishermen at once",
            "{O} welcomed the statement and offered to mediate between {N} and {N}",
        ],
    },
    Topic {
        headlines: &["Parliament in {C} votes on reform", "{P} wins vote in {N}", "{T} {P} resigns"],
        sentences: &[
            "lawmakers in {C} voted by {n} to {n} for the reform that {P} had proposed",
            "{T} {P} resigned on {W} after {n} months in office",
            "the party of {S} won {%} of the vote in the {B} election",
            "thousands marched through {C} on {D} against the new law",
            "{T} {P} promised to raise pensions by {%} before {Y}",
            "the opposition, led by {P}, walked out of the chamber on {W}",
            "{O} ruled that the decree of {D} was not lawful",
            "{S} denied having met {P}, {R}, during the campaign",
            "a poll for {O} put support for {S} at {%}",
        ],
    },
    Topic {
        headlines: &["{n} killed in attack near {C}", "Court in {C} jails {P}", "Robbers take {M} from bank in {C}"],
        sentences: &[
            "gunmen killed {n} people in a {w} outside {C} on {W}",
            "a judge sentenced {P} to {n} years in prison for fraud",
            "{n} people were injured when a bomb went off near a market in {C}",
            "police in {C} charged {P}, {R}, with the theft of {M}",
            "the kidnappers asked for {M} and freed {n} of the workers on {D}",
            "{T} {P} said the attackers had crossed the border from {N}",
            "nobody has claimed responsibility for the killing of {P}",
            "{O} opened an inquiry into the death of a {B} student in {C}",
            "the trial of {P} will begin in {C} on {D}",
        ],
    },
    Topic {
        headlines: &["{O} reports loss of {M}", "Shares in {C} fall {%}", "{O} to buy rival for {M}"],
        sentences: &[
            "{O} reported a loss of {M} for the first half of {Y}",
            "shares in {C} fell by {%} on {W}, the {a} drop since {D}",
            "{P}, {R}, expects growth of {%} in {Y}",
            "the company will close its plant in {C} and lay off {n} workers",
            "{O} agreed to buy a {B} rival for {M}",
            "the {B} currency lost {%} against the dollar in a week",
            "exports from {N} to {N} rose to {M} in {Y}",
            "{O} raised its main rate by {%} on {W}",
            "oil was sold at $ {n} a barrel in {C}",
        ],
    },
    Topic {
        headlines: &["Storm hits coast of {N}", "Floods near {C} leave {n} homeless", "Heat record in {C}"],
        sentences: &[
            "the storm reached the coast of {N} on {W} with winds of {n} km/h",
            "{n} millimetres of rain fell on {C} within a day",
            "at least {n} people died in the floods north of {C}",
            "{O} warned of more snow in the {B} mountains until {W}",
            "rescue teams from {N} brought {n} families to safety",
            "{T} {P} declared an emergency in {C} on {D}",
            "temperatures in {C} rose to {n} degrees, the highest since {Y}",
            "the damage is put at {M}, according to {O}",
        ],
    },
    Topic {
        headlines: &["{N} beat {N} {n}-{n}", "{P} takes gold in {C}", "{O} sign {P}"],
        sentences: &[
            "{N} beat {N} {n}-{n} in {C} on {W}",
            "{P} scored {n} minutes before the end of the match",
            "{P} of {N} won the marathon in {C} ahead of {P}",
            "{O} paid {M} for {P}, {R}",
            "the {B} team lost for the first time since {D}",
            "coach {P} left {O} after {n} defeats in a row",
            "{S} will miss the final in {C} because of a knee injury",
            "about {n} spectators came to the stadium in {C}",
        ],
    },
    Topic {
        headlines: &["Festival opens in {C}", "{B} museum shows lost painting", "Novel by {P} wins prize"],
        sentences: &[
            "the festival in {C} opened on {W} with a film by {P}",
            "a painting stolen in {Y} was handed back to {O} in {C}",
            "{P} received the prize of {M} for a {a} novel about {N}",
            "the museum shows {n} letters written in {C} between {Y} and {Y}",
            "singer {P} will give {n} concerts in {N} from {D}",
            "{O} has restored a {B} church built in {Y}",
            "visitors came from {N} and {N} to see the manuscripts",
            "{P}, {R}, called the exhibition a gift to {C}",
        ],
    },
];

/// What may stand before a sentence.
pub const BEFORE: &[&str] = &[
    "on {W}, ",
    "in {C}, ",
    "according to {O}, ",
    "hours later, ",
    "in the meantime, ",
    "as in previous years, ",
    "earlier, ",
    "by {W} evening, ",
    "at the same time, ",
    "for the second time this year, ",
];

/// What may stand after it.
pub const AFTER: &[&str] = &[
    ", {S} said",
    ", according to {O}",
    ", officials said on {W}",
    ", a statement said",
    ", {S} told reporters in {C}",
    ", as {O} confirmed",
    ", local media reported",
    ", although the {a} {w} was not clear at first",
    ", and more {w} is {v} in the coming days",
    ", which came as no {w} to the {a} {w} there",
];
