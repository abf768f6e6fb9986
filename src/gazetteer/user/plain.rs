//! One name a line. `#` begins a comment, `-` a name to be taken out of the lists. What the names are is told by the
//! list's head (`# type: ORG`) or the name of its file (`org.lst`).

use super::{Row, Source, part, types};
use crate::error::{Error, Result};

pub(super) fn read(source: &Source<'_>, take: &mut dyn FnMut(Row<'_>) -> Result<()>) -> Result<()> {
    let types = source.types.with_head(source.body).map_err(source.at(0))?;
    let of_list = types::of_list(source.path, source.body, &types).map_err(source.at(0))?;
    for (number, line) in source.lines() {
        // A comment behind a name needs white space before it: "C#" is a name.
        let name = line.find(" #").or_else(|| line.find("\t#")).map_or(line, |at| &line[..at]).trim();
        if name.is_empty() || name.starts_with('#') {
            continue;
        }
        let row = || -> Result<Row<'_>> {
            if let Some(name) = name.strip_prefix('-') {
                return Ok(Row::deletion(number, part(name.trim()), of_list.as_ref().map(|t| t.0)));
            }
            if name.contains('\t') {
                return Err(Error::list(
                    "a tab in a list of one name a line; a list with columns names them in its first line",
                ));
            }
            let (kind, subtype) = of_list.as_ref().ok_or_else(|| types::missing(source.path))?;
            Ok(Row { subtype: part(subtype), ..Row::new(number, part(name), Some(*kind)) })
        };
        row().and_then(&mut *take).map_err(source.at(number))?;
    }
    Ok(())
}
