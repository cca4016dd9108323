#!/usr/bin/env bash
# The whole of a proof of which the default run makes a fixed sample.
#
#   tests/matrix.sh faults    every request of a setup meets every fault a network or a service can have
#
# Prints every run, and at the end how many faults, requests and runs there were. Nothing is asked of a real tenant.
set -euo pipefail
cd "$(dirname "$0")/.."

case "${1:-}" in
  faults) test=tenant::slow::fault_matrix::the_whole_matrix ;;
  *)
    sed -n '2,6s/^# \{0,1\}//p' "$0"
    exit 64
    ;;
esac
exec cargo test --locked --test suite -- --ignored --nocapture "$test"
