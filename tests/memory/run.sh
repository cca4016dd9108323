#!/usr/bin/env bash
# Memory from outside, all of it: the release build, in both faces, by every route that has a page, for one person and two,
# over http and TLS. Besides building it takes two minutes, and prints how much was looked at. The same on one slip in each
# face, with the debug build, is part of `cargo test`.
#
# Whoever runs it must be allowed to read the memory of another process that forbids it to others: root. Without root,
# be root of a user namespace of your own:
#
#   unshare --user --map-root-user tests/memory/run.sh
set -euo pipefail
cd "$(dirname "$0")/../.."

cargo build --release --locked
BREAKGLASS_UNDER_TEST="$PWD/target/release/breakglass" \
  cargo test --locked --test memory -- --include-ignored --nocapture --test-threads "${THREADS:-1}"
