//! The house rules: imports, sizes, pictures, the command line.

mod command_line;
mod pictures;
mod tidy;
