//! The single-byte code pages under which UTF-8 has been read by mistake, from characters back to bytes.

use encoding_rs::{
    Encoding, ISO_8859_2, MACINTOSH, WINDOWS_1250, WINDOWS_1251, WINDOWS_1252, WINDOWS_1253, WINDOWS_1254, WINDOWS_1257,
};
use std::sync::LazyLock;

/// Number of code pages.
pub(super) const COUNT: usize = 9;

/// The code pages that encoding_rs knows; [`DOS`] comes behind them. Where two explain the same characters, the earlier
/// one, which is the commoner, counts.
const KNOWN: [&Encoding; COUNT - 1] =
    [WINDOWS_1252, WINDOWS_1251, WINDOWS_1250, WINDOWS_1253, WINDOWS_1254, WINDOWS_1257, ISO_8859_2, MACINTOSH];

/// Code page 437, from byte 0x80 on, as the Unicode consortium maps it.
const DOS: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀\
                   αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{a0}";

/// What one character is in each code page.
#[derive(Clone, Copy)]
pub(super) struct Bytes {
    /// Its byte, by code page; 0 where it has none.
    pub of: [u8; COUNT],
    /// Bit `n`: in code page `n` its byte begins a character of UTF-8 beyond ASCII.
    pub leads: u16,
    /// Bit `n`: in code page `n` its byte continues one.
    pub continues: u16,
}

const NONE: Bytes = Bytes { of: [0; COUNT], leads: 0, continues: 0 };

/// All characters of the code pages beyond ASCII, 256 a leaf.
struct Table {
    /// The leaf of a character's upper byte; leaf 0 is empty.
    leaves: [u8; 256],
    rows: Vec<[Bytes; 256]>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table { leaves: [0; 256], rows: vec![[NONE; 256]] };
    let bytes: [u8; 128] = std::array::from_fn(|i| i as u8 | 0x80);
    for (page, encoding) in KNOWN.iter().enumerate() {
        let (text, _) = encoding.decode_without_bom_handling(&bytes);
        bytes.iter().zip(text.chars()).for_each(|(&byte, c)| table.put(c, page, byte));
    }
    // Readers that take the name Latin-1 at its word make control characters of these.
    for byte in 0x80..0xA0 {
        table.put(char::from(byte), 0, byte);
    }
    for (byte, c) in (0x80..=0xFF).zip(DOS.chars()) {
        table.put(c, COUNT - 1, byte);
    }
    table
});

impl Table {
    fn put(&mut self, c: char, page: usize, byte: u8) {
        let Ok(unit) = u16::try_from(u32::from(c)) else { return };
        let [high, low] = unit.to_be_bytes();
        if c == '\u{fffd}' {
            return;
        }
        let leaf = &mut self.leaves[usize::from(high)];
        if *leaf == 0 {
            *leaf = self.rows.len() as u8;
            self.rows.push([NONE; 256]);
        }
        let row = &mut self.rows[usize::from(*leaf)][usize::from(low)];
        if row.of[page] == 0 {
            row.of[page] = byte;
            row.leads |= u16::from((0xC2..=0xF4).contains(&byte)) << page;
            row.continues |= u16::from((0x80..=0xBF).contains(&byte)) << page;
        }
    }
}

/// What a character is in each code page. Of ASCII, nothing.
pub(super) fn bytes_of(c: char) -> &'static Bytes {
    let table = &*TABLE;
    match u16::try_from(u32::from(c)) {
        Ok(unit) if !c.is_ascii() => {
            let [high, low] = unit.to_be_bytes();
            &table.rows[usize::from(table.leaves[usize::from(high)])][usize::from(low)]
        }
        _ => &table.rows[0][0],
    }
}

/// The character that windows-1252 has where Latin-1 has control character `c`, if it has one.
pub(in crate::normalize::clean) fn instead_of_control(c: char) -> Option<char> {
    if !matches!(c, '\u{80}'..='\u{9f}') {
        return None;
    }
    let byte = c as u8;
    let (text, _) = WINDOWS_1252.decode_without_bom_handling(std::slice::from_ref(&byte));
    text.chars().next().filter(|&meant| meant != c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_lead_back_to_their_bytes() {
        let of = |c: char| bytes_of(c).of;
        assert_eq!(DOS.chars().count(), 128);
        assert_eq!(of('Ã')[0], 0xC3);
        assert_eq!(of('™')[0], 0x99);
        assert_eq!(of('\u{99}')[0], 0x99);
        assert_eq!(of('Р')[1], 0xD0);
        assert_eq!(of('√')[7], 0xC3);
        assert_eq!(of('\u{99}')[7], 0);
        assert_eq!(of('├')[8], 0xC3);
        assert_eq!(of('a'), [0; COUNT]);
        assert_eq!(of('漢'), [0; COUNT]);
        assert_eq!(of('😀'), [0; COUNT]);
        assert_eq!(instead_of_control('\u{93}'), Some('“'));
        assert_eq!(instead_of_control('\u{81}'), None);
        assert_eq!(instead_of_control('é'), None);
    }
}
