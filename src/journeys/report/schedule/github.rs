//! A workflow of GitHub Actions with one job a tenant, signed in by the job's own identity: no secret is stored anywhere.

use super::{HOUR, Hosted, minute_of, yaml};

/// The workflow, for `.github/workflows/breakglass-review.yml` of a private repository.
pub fn github(tenants: &[Hosted]) -> String {
    let names: String = tenants.iter().map(|tenant| tenant.name.as_str()).collect();
    let schedule = yaml(&format!("{} {HOUR} * * *", minute_of(&names)));
    let matrix: String = tenants.iter().map(entry).collect();
    format!("{ABOVE}{}{}{STEPS}", begin(&schedule), job(&matrix))
}

const ABOVE: &str = "\
# .github/workflows/breakglass-review.yml, in a private repository: reports name accounts and findings.
# * Plans lie in plans/NAME.toml. A record that people keep in records/NAME is read; what the night adds is in the artifact.
# * Each application trusts this repository (a federated credential for the environment breakglass-review) and has the reading
#   permissions of: breakglass guide registration. There is no secret to store.
# * Variables of the repository: BREAKGLASS_URL, where the program is, and BREAKGLASS_SHA256, its checksum.
";

fn begin(schedule: &str) -> String {
    format!(
        "name: Review of emergency access accounts
on:
  schedule:
    - cron: {schedule}
  workflow_dispatch:
permissions: {{}}
concurrency:
  group: breakglass-review
  cancel-in-progress: false
"
    )
}

fn job(matrix: &str) -> String {
    format!(
        "jobs:
  review:
    name: ${{{{ matrix.name }}}}
    runs-on: ubuntu-latest
    timeout-minutes: 60
    environment: breakglass-review
    permissions:
      contents: read
      id-token: write
    strategy:
      fail-fast: false
      max-parallel: 4
      matrix:
        include:
{matrix}"
    )
}

/// One tenant. Values reach the steps through the environment: nothing of them is pasted into a script.
fn entry(tenant: &Hosted) -> String {
    format!(
        "          - name: {}
            tenant: {}
            cloud: {}
            client_id: {}
            accounts: {}
",
        yaml(&tenant.name),
        yaml(&tenant.tenant),
        yaml(&tenant.cloud),
        yaml(&tenant.client_id),
        // None of them has a space in it.
        yaml(&tenant.accounts.join(" "))
    )
}

/// What each job does. The token of the job is good for five minutes, and used at once.
const STEPS: &str = r#"    env:
      NAME: ${{ matrix.name }}
      TENANT: ${{ matrix.tenant }}
      CLOUD: ${{ matrix.cloud }}
      ACCOUNTS: ${{ matrix.accounts }}
      AZURE_CLIENT_ID: ${{ matrix.client_id }}
    steps:
      - uses: actions/checkout@08c6903cd8c0fde910a37f88322edcfb5dd907a8 # v5.0.0
        with:
          persist-credentials: false
      - name: Fetch the program
        env:
          URL: ${{ vars.BREAKGLASS_URL }}
          SHA256: ${{ vars.BREAKGLASS_SHA256 }}
        run: |
          curl --fail --silent --show-error --location --proto '=https' --output "$RUNNER_TEMP/breakglass" "$URL"
          echo "$SHA256  $RUNNER_TEMP/breakglass" | sha256sum --check --strict
          chmod 0700 "$RUNNER_TEMP/breakglass"
      - name: Review
        run: |
          umask 077
          set +e
          record="$RUNNER_TEMP/record"
          mkdir -p "$record" && if [ -d "records/$NAME" ]; then cp -R "records/$NAME/." "$record"; fi
          set -f --
          for account in $ACCOUNTS; do set -- "$@" --account "$account"; done
          if [ -f "plans/$NAME.toml" ]; then set -- "$@" --plan "plans/$NAME.toml"; fi
          export AZURE_FEDERATED_TOKEN_FILE="$RUNNER_TEMP/token"
          curl --fail --silent --show-error --header "Authorization: bearer $ACTIONS_ID_TOKEN_REQUEST_TOKEN" \
            "$ACTIONS_ID_TOKEN_REQUEST_URL&audience=api://AzureADTokenExchange" | jq --raw-output .value > "$AZURE_FEDERATED_TOKEN_FILE"
          "$RUNNER_TEMP/breakglass" review --unattended --tenant "$TENANT" --cloud "$CLOUD" --sign-in workload-identity \
            --client-id "$AZURE_CLIENT_ID" --record "$record" --format markdown "$@" > "$RUNNER_TEMP/review.md"
          code=$?
          rm -f "$AZURE_FEDERATED_TOKEN_FILE"
          cat "$RUNNER_TEMP/review.md" >> "$GITHUB_STEP_SUMMARY"
          case $code in
            0) ;;
            2) echo "::warning::$NAME: something needs a person" ;;
            1) echo "::error::$NAME: something drifted"; exit 1 ;;
            *) echo "::error::$NAME: it could not be reviewed (exit code $code)"; exit "$code" ;;
          esac
      - name: Keep the report and the record of this night
        if: always()
        uses: actions/upload-artifact@330a01c490aca151604b8cf639adc76d48f6c5d4 # v5.0.0
        with:
          name: review-${{ matrix.name }}
          path: |
            ${{ runner.temp }}/review.md
            ${{ runner.temp }}/record
          if-no-files-found: warn
          retention-days: 90
"#;
