//! How many cases a property is tried with, and which: the same in every run, so that a gate fails for what was changed.

use proptest::test_runner::{Config, RngSeed};

/// So many cases of a seed of their own. `PROPTEST_CASES` and `PROPTEST_RNG_SEED` ask for others, in a search.
pub fn cases(count: u32) -> Config {
    let asked = Config::default();
    let rng_seed = match asked.rng_seed {
        RngSeed::Random => RngSeed::Fixed(count.into()),
        seed @ RngSeed::Fixed(_) => seed,
    };
    let cases = std::env::var_os("PROPTEST_CASES").map_or(count, |_| asked.cases);
    Config { cases, rng_seed, failure_persistence: None, ..asked }
}
