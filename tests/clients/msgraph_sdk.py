#!/usr/bin/env python3
"""Microsoft's own client, unchanged, does the same job on the rehearsal tenant.

Serves the rehearsal tenant over HTTPS and drives it with msgraph-sdk (PyPI): two users, the role, the exclusion group,
every policy that can exclude users; then everything is read back. Nothing here comes from the program's own client.

    python3 tests/clients/msgraph_sdk.py [PATH-OF-BREAKGLASS]

Leaves with 0 when all is as it should be, and also when the client cannot be installed: then it says that it skipped.
"""

import asyncio
import json
import pathlib
import subprocess
import sys
import tempfile
import time
import venv

PACKAGE = "msgraph-sdk"
GLOBAL_ADMINISTRATOR = "62e90394-69f5-4237-9190-012177145e10"
TENANT = "5eed0000-0000-4000-8000-fab21c000001"
# The public client of Microsoft Graph PowerShell, as anybody's first script uses it.
CLIENT = "14d82eec-204b-4c2f-b7e8-296a70dab67e"
# Tenant time runs this much faster; the limit on Conditional Access is then one request in 10 ms.
SPEED = 100


def skipped(why):
    print(f"skipped: {PACKAGE} cannot be used here ({why})")
    sys.exit(0)


def with_client():
    """Runs this script again in a fresh environment that has the client."""
    with tempfile.TemporaryDirectory(prefix="msgraph-") as folder:
        python = str(pathlib.Path(folder, "bin", "python"))
        try:
            venv.create(folder, with_pip=True)
            install = [python, "-m", "pip", "install", "--quiet", PACKAGE]
            subprocess.run(install, check=True, capture_output=True, timeout=900)
        except (subprocess.SubprocessError, OSError) as error:
            skipped(type(error).__name__)
        code = subprocess.run([python, *sys.argv], check=False).returncode
    sys.exit(code)


try:
    import httpx
    from kiota_abstractions.authentication import (
        AccessTokenProvider,
        AllowedHostsValidator,
        BaseBearerTokenAuthenticationProvider,
    )
    from kiota_abstractions.api_error import APIError
    from kiota_abstractions.base_request_configuration import RequestConfiguration
    from msgraph import GraphRequestAdapter, GraphServiceClient
    from msgraph.generated.models.conditional_access_condition_set import ConditionalAccessConditionSet
    from msgraph.generated.models.conditional_access_policy import ConditionalAccessPolicy
    from msgraph.generated.models.conditional_access_users import ConditionalAccessUsers
    from msgraph.generated.models.group import Group
    from msgraph.generated.models.password_profile import PasswordProfile
    from msgraph.generated.models.reference_create import ReferenceCreate
    from msgraph.generated.models.unified_role_assignment import UnifiedRoleAssignment
    from msgraph.generated.models.user import User
    from msgraph.generated.users.item.user_item_request_builder import UserItemRequestBuilder

    Asked = UserItemRequestBuilder.UserItemRequestBuilderGetQueryParameters
except ImportError:
    if "--no-install" in sys.argv:
        skipped("it is not installed")
    sys.argv.append("--no-install")
    with_client()


class Tokens(AccessTokenProvider):
    """One token that somebody signed in for."""

    def __init__(self, token):
        self.token = token

    async def get_authorization_token(self, uri, additional_authentication_context=None):
        return self.token

    def get_allowed_hosts_validator(self):
        return AllowedHostsValidator([])


def signed_in(http, at):
    """A token by a device code, as the protocol has it; the rehearsal's person enters the code."""
    base = f"{at['login']}/{TENANT}/oauth2/v2.0"
    scope = f"{at['graph']}/.default offline_access openid"
    code = http.post(f"{base}/devicecode", data={"client_id": CLIENT, "scope": scope}).json()
    http.get(code["verification_uri"], params={"user_code": code["user_code"]}).raise_for_status()
    form = {
        "client_id": CLIENT,
        "grant_type": "urn:ietf:params:oauth:grant-type:device_code",
        "device_code": code["device_code"],
    }
    return http.post(f"{base}/token", data=form).raise_for_status().json()["access_token"]


async def patiently(call):
    """Calls again while the tenant is busy or does not know a fresh object yet."""
    for _ in range(60):
        try:
            return await call()
        except APIError as error:
            if error.response_status_code not in (404, 429, 503):
                raise
            await asyncio.sleep(2 / SPEED + 0.05)
    raise SystemExit("it did not settle")


async def every_policy(client):
    page = await patiently(lambda: client.identity.conditional_access.policies.get())
    policies = list(page.value)
    while page.odata_next_link:
        link = page.odata_next_link
        page = await patiently(lambda: client.identity.conditional_access.policies.with_url(link).get())
        policies.extend(page.value)
    return policies


def can_exclude_users(policy):
    users = policy.conditions and policy.conditions.users
    workload = policy.conditions and policy.conditions.client_applications
    return bool(users and not workload and users.include_users != ["None"])


async def created_user(client, name, domain):
    user = User(
        account_enabled=True,
        display_name=name,
        mail_nickname=name,
        user_principal_name=f"{name}@{domain}",
        password_policies="DisablePasswordExpiration",
        password_profile=PasswordProfile(
            force_change_password_next_sign_in=False, password="Rehearsal-only-4711-lantern"
        ),
    )
    made = await patiently(lambda: client.users.post(user))
    await patiently(lambda: client.users.by_user_id(made.id).get())
    return made


async def work(client):
    domains = await patiently(lambda: client.domains.get())
    domain = next(one.id for one in domains.value if one.is_initial)
    users = [await created_user(client, name, domain) for name in ("sdk.first", "sdk.second")]
    for user in users:
        assignment = UnifiedRoleAssignment(
            role_definition_id=GLOBAL_ADMINISTRATOR, principal_id=user.id, directory_scope_id="/"
        )
        await patiently(lambda a=assignment: client.role_management.directory.role_assignments.post(a))
    group = await patiently(
        lambda: client.groups.post(
            Group(
                display_name="SDK exclusions",
                mail_enabled=False,
                mail_nickname="sdk-exclusions",
                security_enabled=True,
                is_assignable_to_role=True,
            )
        )
    )
    base = client.request_adapter.base_url
    for user in users:
        member = ReferenceCreate(odata_id=f"{base}/directoryObjects/{user.id}")
        await patiently(lambda m=member: client.groups.by_group_id(group.id).members.ref.post(m))
    changed = 0
    for policy in filter(can_exclude_users, await every_policy(client)):
        groups = sorted({*(policy.conditions.users.exclude_groups or []), group.id})
        patch = ConditionalAccessPolicy(
            conditions=ConditionalAccessConditionSet(users=ConditionalAccessUsers(exclude_groups=groups))
        )
        one = client.identity.conditional_access.policies.by_conditional_access_policy_id(policy.id)
        try:
            await patiently(lambda p=patch, o=one: o.patch(p))
            changed += 1
        except APIError as error:
            # Microsoft's own policies may refuse, as real ones do.
            print(f"refused: {policy.display_name}: {error.response_status_code}")
    return users, group, changed


async def read_back(client, users, group, changed):
    for user in users:
        asked = RequestConfiguration(query_parameters=Asked(select=["id", "userPrincipalName", "accountEnabled"]))
        seen = await patiently(lambda u=user, a=asked: client.users.by_user_id(u.id).get(a))
        assert seen.account_enabled and seen.user_principal_name == user.user_principal_name
    held = await patiently(lambda: client.role_management.directory.role_assignments.get())
    principals = {one.principal_id for one in held.value if one.role_definition_id == GLOBAL_ADMINISTRATOR}
    assert {user.id for user in users} <= principals, "the role is not listed"
    members = await patiently(lambda: client.groups.by_group_id(group.id).members.get())
    assert {one.id for one in members.value} == {user.id for user in users}, "other members"
    policies = await every_policy(client)
    excluding = [p for p in policies if group.id in ((p.conditions.users and p.conditions.users.exclude_groups) or [])]
    assert len(excluding) == changed, f"{len(excluding)} of {changed} policies exclude the group"
    return len(policies)


async def drive(at, folder):
    ca = str(pathlib.Path(folder, "ca.pem"))
    with httpx.Client(verify=ca, trust_env=False) as http:
        token = signed_in(http, at)
    auth = BaseBearerTokenAuthenticationProvider(Tokens(token))
    async with httpx.AsyncClient(verify=ca, trust_env=False) as wire:
        adapter = GraphRequestAdapter(auth, client=wire)
        adapter.base_url = f"{at['graph']}/v1.0"
        client = GraphServiceClient(request_adapter=adapter)
        users, group, changed = await work(client)
        # The directory's lists know of a change a little later.
        for _ in range(40):
            try:
                count = await read_back(client, users, group, changed)
                break
            except AssertionError:
                await asyncio.sleep(0.25)
        else:
            count = await read_back(client, users, group, changed)
    assert changed > 10, f"only {changed} policies"
    print(f"ok: {PACKAGE} made 2 users, the role, a group and {changed} exclusions in {count} policies, and read all back")


def main():
    program = next((word for word in sys.argv[1:] if not word.startswith("-")), "target/debug/breakglass")
    with tempfile.TemporaryDirectory() as folder:
        command = [program, "rehearsal", "serve", "--seed", "fresh", "--tls", folder]
        command += ["--speed", str(SPEED), "--record", folder + "/record"]
        served = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        try:
            at = json.loads(served.stdout.readline())
            time.sleep(0.1)
            asyncio.run(drive(at, folder))
        finally:
            served.terminate()
            served.wait()


main()
