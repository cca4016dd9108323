#!/usr/bin/env bash
# Prints pages to ippeveprinter (Debian's cups-ipp-utils), a printer made of software that shares no code with this
# program, and compares what it received with what was meant, byte for byte. Says that it skipped when it is absent.
set -euo pipefail
cd "$(dirname "$0")/.."

if ! command -v ippeveprinter >/dev/null; then
  echo "skipped: ippeveprinter is not installed (Debian: apt-get install cups-ipp-utils)"
  exit 0
fi
folder=$(mktemp -d)
port=$((20000 + RANDOM % 20000))
ippeveprinter -k -d "$folder/spool" -p "$port" -f application/pdf -n localhost breakglass-test \
  >"$folder/printer.log" 2>&1 &
printer=$!
trap 'kill "$printer" 2>/dev/null || true; rm -rf "$folder"' EXIT
mkdir -p "$folder/spool"
for _ in $(seq 50); do
  kill -0 "$printer" 2>/dev/null || {
    echo "skipped: ippeveprinter does not start here: $(tail -1 "$folder/printer.log")"
    exit 0
  }
  if (exec 3<>"/dev/tcp/localhost/$port") 2>/dev/null; then break; fi
  sleep 0.2
done
cargo build --locked --quiet
run=(target/debug/breakglass sheet procedure --record "$folder/record" --paper letter)
"${run[@]}" --output "$folder/meant.pdf"
"${run[@]}" --printer "ipp://localhost:$port/ipp/print"
received=$(find "$folder/spool" -type f -name "*.pdf" | head -1)
cmp "$folder/meant.pdf" "$received"
echo "ippeveprinter received the page byte for byte"
