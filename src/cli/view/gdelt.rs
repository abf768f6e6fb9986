//! The columns of the event table of GDELT 2.0.
//!
//! Codes of actors are those of CAMEO: the country, then the sector. Codes of ethnic groups, religions and known groups,
//! FIPS codes of countries, Goldstein's scale and tone are not known. An event with several actors or recipients has a row
//! for each pair; the ids of all but the first end with their number.

use super::Row;
use super::record::{Document, Party, Place};

pub const COLUMNS: [&str; 61] = [
    "GLOBALEVENTID",
    "SQLDATE",
    "MonthYear",
    "Year",
    "FractionDate",
    "Actor1Code",
    "Actor1Name",
    "Actor1CountryCode",
    "Actor1KnownGroupCode",
    "Actor1EthnicCode",
    "Actor1Religion1Code",
    "Actor1Religion2Code",
    "Actor1Type1Code",
    "Actor1Type2Code",
    "Actor1Type3Code",
    "Actor2Code",
    "Actor2Name",
    "Actor2CountryCode",
    "Actor2KnownGroupCode",
    "Actor2EthnicCode",
    "Actor2Religion1Code",
    "Actor2Religion2Code",
    "Actor2Type1Code",
    "Actor2Type2Code",
    "Actor2Type3Code",
    "IsRootEvent",
    "EventCode",
    "EventBaseCode",
    "EventRootCode",
    "QuadClass",
    "GoldsteinScale",
    "NumMentions",
    "NumSources",
    "NumArticles",
    "AvgTone",
    "Actor1Geo_Type",
    "Actor1Geo_FullName",
    "Actor1Geo_CountryCode",
    "Actor1Geo_ADM1Code",
    "Actor1Geo_ADM2Code",
    "Actor1Geo_Lat",
    "Actor1Geo_Long",
    "Actor1Geo_FeatureID",
    "Actor2Geo_Type",
    "Actor2Geo_FullName",
    "Actor2Geo_CountryCode",
    "Actor2Geo_ADM1Code",
    "Actor2Geo_ADM2Code",
    "Actor2Geo_Lat",
    "Actor2Geo_Long",
    "Actor2Geo_FeatureID",
    "ActionGeo_Type",
    "ActionGeo_FullName",
    "ActionGeo_CountryCode",
    "ActionGeo_ADM1Code",
    "ActionGeo_ADM2Code",
    "ActionGeo_Lat",
    "ActionGeo_Long",
    "ActionGeo_FeatureID",
    "DATEADDED",
    "SOURCEURL",
];

/// Sentences, from the first, whose events are those of the lead.
const LEAD: u32 = 3;

pub fn write(document: &Document<'_>, number: usize, out: &mut Vec<u8>) {
    let event = &document.events[number];
    let code = event.cameo.as_deref().unwrap_or_default();
    for (at, (first, second)) in event.pairs().into_iter().enumerate() {
        let mut row = Row::new(out);
        match at {
            0 => row.put(&event.id),
            _ => row.put(format_args!("{}.{}", event.id, at + 1)),
        };
        day(event.date.as_ref().and_then(|date| date.day()), &mut row);
        party(first, &mut row);
        party(second, &mut row);
        row.put(u8::from(event.sentence < LEAD)).put(code);
        row.put(code.get(..3).unwrap_or(code)).put(code.get(..2).unwrap_or(code)).put(event.quad_code).skip(1);
        row.put(document.tellings(event)).put(1).put(1).skip(1);
        place_of(document, first, &mut row);
        place_of(document, second, &mut row);
        match &event.place {
            Some(place) => geo(place_type(place), &place.name, (place.lat, place.lon), &mut row),
            None => nowhere(&mut row),
        }
        let published = document.head.published.as_deref().and_then(|day| day.get(..10));
        row.put(published.map_or(String::new(), |day| day.replace('-', "") + "000000"));
        row.put(if document.head.doc.contains("://") { &document.head.doc } else { &document.head.source });
        row.end(COLUMNS.len());
    }
}

/// The date in four forms; the last is the part of the year that is over, counted in months of thirty days.
fn day(day: Option<&str>, row: &mut Row<'_>) {
    let numbers = |day: &str| {
        let mut parts = day.split('-').map(|part| part.parse::<u32>().ok());
        Some((parts.next()??, parts.next()??, parts.next()??))
    };
    let Some((year, month, day)) = day.and_then(numbers) else {
        row.skip(4);
        return;
    };
    row.put(format_args!("{year:04}{month:02}{day:02}")).put(format_args!("{year:04}{month:02}")).put(year);
    let fraction = f64::from(month.saturating_sub(1) * 30 + day) / 365.0;
    row.put(format_args!("{:.4}", f64::from(year) + fraction.min(0.9999)));
}

fn party(party: Option<&Party<'_>>, row: &mut Row<'_>) {
    let Some(party) = party else {
        row.skip(10);
        return;
    };
    let country = party.country.as_deref().unwrap_or_default();
    let sector = party.sector.as_deref().map_or("", cameo_sector);
    row.put(format_args!("{country}{sector}")).put(party.name.to_uppercase()).put(country).skip(4);
    row.put(sector).skip(2);
}

/// PLOVER's sectors are roles of CAMEO, but for two.
fn cameo_sector(sector: &str) -> &str {
    match sector {
        "MED" => "HLH",
        "JRN" => "MED",
        other => other,
    }
}

/// Where a party lies that is a place itself.
fn place_of(document: &Document<'_>, party: Option<&Party<'_>>, row: &mut Row<'_>) {
    let entity = party.and_then(|p| document.entities.get(p.entity.as_ref()?)).filter(|e| e.kind == "GPE");
    match entity {
        Some(entity) => {
            let is_country = entity.feature.as_deref().is_some_and(|feature| feature.starts_with("PCL"));
            geo(if is_country { 1 } else { 4 }, &entity.name, (entity.lat, entity.lon), row);
        }
        None => nowhere(row),
    }
}

/// 1 a country, 2 a state and 3 a city of the United States, 4 a city and 5 a state elsewhere.
fn place_type(place: &Place<'_>) -> u8 {
    let is_american = place.country.as_deref() == Some("USA");
    match (place.resolution.as_deref(), is_american) {
        (Some("country"), _) => 1,
        (Some("admin1" | "admin2"), true) => 2,
        (Some("admin1" | "admin2"), false) => 5,
        (_, true) => 3,
        (_, false) => 4,
    }
}

fn nowhere(row: &mut Row<'_>) {
    row.skip(8);
}

fn geo(kind: u8, name: &str, (lat, lon): (Option<f64>, Option<f64>), row: &mut Row<'_>) {
    row.put(kind).put(name).skip(3).maybe(lat).maybe(lon).skip(1);
}
