//! One binary for all tests that see the package from outside: linking once is most of what many would cost.

/// No record begins or ends inside a word.
#[cfg(feature = "cli")]
mod boundaries;
/// Copies of articles, exact and edited.
#[cfg(feature = "cli")]
mod duplicates;
/// What goes wrong outside: disks, pipes, files, signals.
#[cfg(feature = "cli")]
mod faults;
/// Every format gives the same records, whole, damaged or from any position on.
#[cfg(feature = "cli")]
mod formats;
/// Any bytes: the targets of fuzz/.
#[cfg(feature = "cli")]
mod fuzz_corpus;
/// Bytes into articles: the laws of reading, for random input.
mod ingest;
/// Runs that are killed and gone on with.
#[cfg(all(feature = "cli", unix, any(debug_assertions, feature = "failpoints")))]
mod kill;
/// The names found against what aho-corasick finds.
mod matcher;
/// Names among words, and of which type they are.
mod mentions;
/// Names that a text writes otherwise than the lists do.
mod names;
/// Which place a name means, by all that its article speaks of.
mod places;
/// The program: flags, exit statuses, files, pipes.
#[cfg(feature = "cli")]
mod program;
/// The laws of the stations, for random text.
mod properties;
/// Quotations as events, with their speakers.
mod quotations;
/// What the others need: records and tables of cases.
mod records;
/// The output against the documented format.
#[cfg(feature = "cli")]
mod schema;
/// Seizures and arrests with all their slots, and what only looks like them.
mod seizures;
/// Folders of shards and tables.
#[cfg(feature = "cli")]
mod shards;
/// What documents of one source tell of each other.
mod sources;
/// Many articles: order, threads, dead letters, nothing lost.
mod stream;
/// What people are called: titles and roles.
mod titles;
/// Users' lists: what they change in records, and what is told of them.
#[cfg(feature = "cli")]
mod user_lists;
/// Dates and amounts, class by class.
mod values;
/// Views, one event a day, explanations.
#[cfg(feature = "cli")]
mod views;
/// Options from files, runs in parts, what a run tells of itself.
#[cfg(feature = "cli")]
mod watch;
