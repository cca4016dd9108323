#![no_main]
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| breakglass_fuzz::keys(bytes));
