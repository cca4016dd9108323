#!/usr/bin/env python3
"""Microsoft's own command line, unchanged, works on the rehearsal tenant.

Serves the rehearsal tenant over HTTPS, registers it with the Azure CLI as a cloud of its own, signs in by a device code
that the rehearsal's person enters, and makes a resource group, a workspace, an action group, a user and a group; then
everything is read back. Nothing here comes from the program's own client, and nothing of the CLI's own settings is touched.

    python3 tests/clients/azure_cli.py [--install] [PATH-OF-BREAKGLASS]

Leaves with 0 when all is as it should be, and also where there is no `az`: then it says that it skipped. With --install
the CLI is fetched from PyPI into a folder of its own first (some minutes).
"""

import json
import os
import pathlib
import re
import shutil
import ssl
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
import venv

TENANT = "5eed0000-0000-4000-8000-fab21c000001"
# Tenant time runs this much faster: a provider is registered in a third of a second.
SPEED = 100
PATIENCE = 240


def skipped(why):
    print(f"skipped: the Azure CLI cannot be used here ({why})")
    sys.exit(0)


def found(folder):
    """The program `az`: the one of this machine, or with --install a fresh one."""
    if here := shutil.which("az"):
        return here
    if "--install" not in sys.argv:
        skipped("there is no `az`; --install fetches it")
    try:
        venv.create(folder, with_pip=True)
        install = [str(pathlib.Path(folder, "bin", "python")), "-m", "pip", "install", "--quiet", "azure-cli"]
        subprocess.run(install, check=True, capture_output=True, timeout=1800)
    except (subprocess.SubprocessError, OSError) as error:
        skipped(type(error).__name__)
    return str(pathlib.Path(folder, "bin", "az"))


class AzureCli:
    """The CLI with settings of its own, pointed at one served tenant."""

    def __init__(self, az, at, folder):
        self.az, self.at, self.folder = az, at, folder
        self.environment = os.environ | {
            "AZURE_CONFIG_DIR": str(pathlib.Path(folder, "az")),
            "AZURE_CORE_COLLECT_TELEMETRY": "no",
            "AZURE_CORE_INSTANCE_DISCOVERY": "no",
            "AZURE_CORE_ENCRYPT_TOKEN_CACHE": "no",
            "AZURE_CORE_LOGIN_EXPERIENCE_V2": "no",
            "NO_PROXY": "127.0.0.1",
            "REQUESTS_CA_BUNDLE": str(pathlib.Path(folder, "ca.pem")),
        }

    def run(self, *words):
        """What a command answers, as JSON."""
        command = [self.az, *words, "--output", "json", "--only-show-errors"]
        done = subprocess.run(
            command, env=self.environment, capture_output=True, text=True, timeout=PATIENCE, check=False
        )
        if done.returncode:
            raise SystemExit(f"az {' '.join(words)}: {done.stderr}")
        return json.loads(done.stdout) if done.stdout.strip() else None

    def register(self):
        """Tells the CLI where the services are; a rehearsal does not describe itself as a cloud."""
        at = self.at
        self.run(
            *("cloud", "register", "--name", "rehearsal", "--skip-endpoint-discovery"),
            *("--endpoint-active-directory", at["login"], "--endpoint-resource-manager", at["arm"]),
            *("--endpoint-active-directory-resource-id", at["arm"]),
            *("--endpoint-active-directory-graph-resource-id", at["graph"]),
            *("--endpoint-microsoft-graph-resource-id", at["graph"]),
        )
        self.run("cloud", "set", "--name", "rehearsal")

    def sign_in(self):
        """By a device code; the rehearsal's person enters it."""
        command = [self.az, "login", "--use-device-code", "--tenant", TENANT, "--output", "json"]
        login = subprocess.Popen(
            command, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        told = ""
        for line in login.stderr:
            told += line
            if code := re.search(r"open the page (\S+) and enter the code (\w+)", line):
                self.enter(*code.groups())
        out = login.stdout.read()
        assert login.wait(PATIENCE) == 0, told
        return json.loads(out)

    def enter(self, page, code):
        trust = ssl.create_default_context(cafile=str(pathlib.Path(self.folder, "ca.pem")))
        direct = urllib.request.build_opener(
            urllib.request.ProxyHandler({}), urllib.request.HTTPSHandler(context=trust)
        )
        direct.open(f"{page}?{urllib.parse.urlencode({'user_code': code})}").close()


def work_in_azure(cli):
    for name in ("Microsoft.Insights", "Microsoft.OperationalInsights"):
        cli.run("provider", "register", "--namespace", name, "--wait")
        state = cli.run("provider", "show", "--namespace", name)["registrationState"]
        assert state == "Registered", f"{name}: {state}"
    place = ("--resource-group", "rg-cli")
    cli.run("group", "create", "--name", "rg-cli", "--location", "westeurope")
    cli.run("monitor", "log-analytics", "workspace", "create", *place, "--workspace-name", "law-cli")
    receiver = ("--action", "email", "ops", "ops@example.com")
    cli.run("monitor", "action-group", "create", *place, "--name", "ag-cli", "--short-name", "agcli", *receiver)
    assert [one["name"] for one in cli.run("group", "list")] == ["rg-cli"]
    assert [one["name"] for one in cli.run("monitor", "log-analytics", "workspace", "list")] == ["law-cli"]
    (group,) = cli.run("monitor", "action-group", "list")
    assert [one["emailAddress"] for one in group["emailReceivers"]] == ["ops@example.com"], group
    plain = ("--fill-principal-name", "false", "--fill-role-definition-name", "false")
    assert cli.run("role", "assignment", "list", "--all", *plain), "nobody owns the subscription"


def work_in_the_directory(cli):
    me = cli.run("ad", "signed-in-user", "show")
    domain = "fabrikamrehearsal.onmicrosoft.com"
    name = ("--display-name", "CLI Lamp", "--user-principal-name", f"cli.lamp@{domain}")
    user = cli.run("ad", "user", "create", *name, "--password", "Rehearsal-only-4711-lantern")
    group = cli.run("ad", "group", "create", "--display-name", "CLI group", "--mail-nickname", "cli-group")
    # New objects can be read a moment later.
    time.sleep(30 / SPEED + 0.2)
    cli.run("ad", "group", "member", "add", "--group", group["id"], "--member-id", user["id"])
    members = cli.run("ad", "group", "member", "list", "--group", group["id"])
    assert [one["id"] for one in members] == [user["id"]], members
    found_by_name = cli.run("ad", "user", "list", "--filter", "startswith(displayName,'CLI')")
    assert [one["id"] for one in found_by_name] == [user["id"]], found_by_name
    url = f"{cli.at['graph']}/v1.0/organization?$select=displayName"
    told = cli.run("rest", "--method", "get", "--url", url, "--resource", cli.at["graph"])
    assert told["value"][0]["displayName"] == "Fabrikam Rehearsal", told
    return me["userPrincipalName"]


def drive(az, at, folder):
    cli = AzureCli(az, at, folder)
    cli.register()
    (subscription,) = cli.sign_in()
    assert subscription["tenantId"] == TENANT and subscription["state"] == "Enabled", subscription
    work_in_azure(cli)
    who = work_in_the_directory(cli)
    print(f"ok: the Azure CLI, signed in as {who}, made a workspace, an action group, a user and a group, and read all back")


def main():
    program = next((word for word in sys.argv[1:] if not word.startswith("-")), "target/debug/breakglass")
    with tempfile.TemporaryDirectory(prefix="azure-cli-") as folder:
        az = found(str(pathlib.Path(folder, "venv")))
        command = [program, "rehearsal", "serve", "--seed", "fresh", "--tls", folder]
        command += ["--speed", str(SPEED), "--record", folder + "/record"]
        served = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        try:
            drive(az, json.loads(served.stdout.readline()), folder)
        finally:
            served.terminate()
            served.wait()


main()
