//! The target `keys`: what is thrown and what must hold stands in `src`.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| breakglass_fuzz::keys(bytes));
