#!/usr/bin/env bash
# The long form of what the suite tries a fixed sample of, and prints how much it tried. It takes an hour or two.
#
#   tests/matrix.sh          everything
#   tests/matrix.sh kills    a kill at every request and every line of the record: of a setup, and of each repair
set -euo pipefail
cd "$(dirname "$0")/.."

all() { cargo test --locked --test suite -- --ignored --nocapture --test-threads=2 "$1" | grep -E "matrix|FAILED|panicked|test result"; }

wanted=${1:-everything}
if [[ $wanted == everything || $wanted == kills ]]; then all matrix_of_kills; fi
