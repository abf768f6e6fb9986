//! The columns of POLECAT, a data set of events after the PLOVER codebook.
//!
//! Countries are ISO 3166-1 alpha-3. Codes of the Correlates of War and of Wikipedia are not known. An event with several
//! actors or recipients has a row for each pair, under one id.

use super::record::{Document, Party};
use super::{Row, host};

pub const COLUMNS: [&str; 40] = [
    "Event ID",
    "Event Date",
    "Event Type",
    "Event Mode",
    "Intensity",
    "Quad Code",
    "Contexts",
    "Actor Name",
    "Actor Country",
    "Actor COW",
    "Primary Actor Sector",
    "Actor Sectors",
    "Actor Title",
    "Actor Name Raw",
    "Wikipedia Actor ID",
    "Recipient Name",
    "Recipient Country",
    "Recipient COW",
    "Primary Recipient Sector",
    "Recipient Sectors",
    "Recipient Title",
    "Recipient Name Raw",
    "Wikipedia Recipient ID",
    "Placename",
    "City",
    "District",
    "Province",
    "Country",
    "Latitude",
    "Longitude",
    "GeoNames ID",
    "Raw Placename",
    "Feature Type",
    "Source",
    "Publication Date",
    "Story People",
    "Story Organizations",
    "Story Locations",
    "Language",
    "Version",
];

pub fn write(document: &Document<'_>, event: usize, out: &mut Vec<u8>) {
    let event = &document.events[event];
    let head = &document.head;
    for (actor, recipient) in event.pairs() {
        let mut row = Row::new(out);
        row.put(&event.id).maybe(event.date.as_ref().and_then(|date| date.day()));
        row.put(&event.event_type).put(event.mode.join(";")).maybe(event.event_scale).put(event.quad_code);
        row.put(event.context.join(";"));
        party(document, actor, &mut row);
        party(document, recipient, &mut row);
        match &event.place {
            None => row.skip(10),
            Some(place) => {
                let entity = document.entities.get(&place.entity);
                let city = (place.resolution.as_deref() == Some("city")).then_some(&place.name);
                row.put(&place.name).maybe(city).skip(1);
                row.maybe(entity.and_then(|e| e.admin1.as_ref())).maybe(place.country.as_ref());
                row.maybe(place.lat).maybe(place.lon).maybe(place.geonameid).put(&place.text);
                row.maybe(entity.and_then(|e| e.feature.as_ref()))
            }
        };
        row.put(host(&head.doc).unwrap_or(&head.source)).maybe(head.published.as_ref());
        row.put(document.names(&["PERSON"])).put(document.names(&["ORG"]));
        row.put(document.names(&["GPE", "LOC", "FAC"])).maybe(head.language.as_ref()).put(&head.schema);
        row.end(COLUMNS.len());
    }
}

fn party(document: &Document<'_>, party: Option<&Party<'_>>, row: &mut Row<'_>) {
    let Some(party) = party else {
        row.skip(8);
        return;
    };
    let entity = party.entity.as_ref().and_then(|id| document.entities.get(id));
    row.put(&party.name).maybe(party.country.as_ref()).skip(1);
    row.maybe(party.sector.as_ref()).maybe(party.sector.as_ref());
    row.maybe(entity.and_then(|e| e.titles.first()).map(|title| &title.text)).put(&party.text).skip(1);
}
