#!/usr/bin/env bash
# The whole of two proofs of which the suite makes a fixed sample, on the rehearsal tenant. The faults take a quarter of an
# hour on two cores, the kills longer.
#
#   tests/matrix.sh           everything
#   tests/matrix.sh faults    every request of a setup meets every fault a network or a service can have
#   tests/matrix.sh kills     a kill at every request and every line of the record: of a setup, and of each repair
#
# Prints every run, and at the end how many there were.
set -euo pipefail
cd "$(dirname "$0")/.."

all() { cargo test --locked --test suite -- --ignored --nocapture --test-threads=2 "$1"; }

case "${1:-everything}" in
  faults) all fault_matrix::the_whole_matrix ;;
  kills) all matrix_of_kills ;;
  everything)
    all fault_matrix::the_whole_matrix
    all matrix_of_kills
    ;;
  *)
    sed -n '2,9s/^# \{0,1\}//p' "$0" >&2
    exit 64
    ;;
esac
