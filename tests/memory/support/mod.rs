//! What the other tests have for people at the program, as far as it is of use here.

#[path = "../../suite/support/by_keys.rs"]
pub mod by_keys;
#[path = "../../suite/support/home.rs"]
pub mod home;
#[path = "../../suite/support/pdf_reader.rs"]
pub mod pdf_reader;
#[path = "../../suite/support/person.rs"]
pub mod person;
#[path = "../../suite/support/plain.rs"]
pub mod plain;
#[path = "../../suite/support/printer.rs"]
pub mod printer;
#[path = "../../suite/support/served.rs"]
pub mod served;
#[path = "../../suite/support/terminal.rs"]
pub mod terminal;

pub use home::{Home, files};
pub use person::{Person, choice};
