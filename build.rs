//! Compiles the lists of `gazetteers/` into the image that the library carries.
//!
//! The code that reads lists and writes the image is the library's own, taken in by path: there is one of it.

#![allow(dead_code, unused_imports)]

#[path = "src/dictionary/mod.rs"]
mod dictionary;
#[path = "src/error.rs"]
mod error;
#[path = "src/kernel/mod.rs"]
mod kernel;
#[path = "src/span.rs"]
mod span;
#[path = "src/token/mod.rs"]
mod token;

use std::path::Path;

fn main() {
    for path in ["gazetteers", "src/dictionary", "src/kernel", "src/span.rs", "src/token", "src/error.rs"] {
        println!("cargo::rerun-if-changed={path}");
    }
    let mut builder = dictionary::compile::Builder::new();
    let image = dictionary::lists::read_folder(Path::new("gazetteers"), &mut builder).and_then(|()| builder.finish());
    match image {
        Ok(image) => {
            let out = std::env::var_os("OUT_DIR").expect("cargo names the folder for what is built");
            std::fs::write(Path::new(&out).join("lists.image"), &*image).expect("the folder can be written");
        }
        Err(error) => {
            println!("cargo::error={error}");
            std::process::exit(1);
        }
    }
}
