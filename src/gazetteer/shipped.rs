//! The image of the lists that the library carries.

/// The image must begin at a multiple of 64 bytes to be read in place.
#[repr(C, align(64))]
struct Aligned<T: ?Sized>(T);

static IMAGE: &Aligned<[u8]> = &Aligned(*include_bytes!(concat!(env!("OUT_DIR"), "/lists.image")));

/// The compiled lists of `gazetteers/`, ready for [`crate::dictionary::Dictionary::open`].
pub fn shipped() -> &'static [u8] {
    &IMAGE.0
}
