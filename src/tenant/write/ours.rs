//! Whether what turned up after a lost answer is what was sent, or somebody else's of the same name.
//!
//! A name proves nothing: a group that anybody may join, or an account whose password somebody knows, would undo what
//! this program is for. Another's is left alone, and a person is told.

use jiff::{SignedDuration, Timestamp};

use crate::domain::slot::Slot;
use crate::domain::trouble::Trouble;
use crate::domain::write::action::Protection;
use crate::tenant::fault::Fault;
use crate::tenant::read::{escaped, quoted};
use crate::tenant::session::Session;
use crate::tenant::wire::{Group, Object, User};

/// How far the clocks of the services may lie apart.
const CLOCKS: SignedDuration = SignedDuration::from_mins(5);

/// What a look after a lost answer found.
pub(super) enum Found {
    /// What was sent, under this id.
    Ours(String),
    /// Only another's, and why it is that.
    Foreign(Trouble),
    /// Nothing of that name.
    Nothing,
}

/// An account that was sent.
pub(super) struct SentUser<'a> {
    pub upn: &'a str,
    pub display_name: &'a str,
    /// When it was first sent, by the services' clock.
    pub since: Timestamp,
}

/// A group that was sent.
pub(super) struct SentGroup<'a> {
    pub name: &'a str,
    pub protection: Protection,
    pub members: &'a [(Slot, String)],
}

/// Looks for the account by its name, which no two have.
pub(super) async fn user(session: &Session, sent: &SentUser<'_>) -> Result<Found, Fault> {
    let fields = "id,userPrincipalName,displayName,onPremisesSyncEnabled,createdDateTime";
    let user: User = match session.graph(&format!("/users/{}?$select={fields}", escaped(sent.upn))).await {
        Ok(user) => user,
        Err(fault) if fault.is_absent() => return Ok(Found::Nothing),
        Err(fault) => return Err(fault),
    };
    Ok(match unlike_user(&user, sent) {
        None => Found::Ours(user.id),
        Some(why) => Found::Foreign(another("account", why)),
    })
}

fn unlike_user(user: &User, sent: &SentUser<'_>) -> Option<&'static str> {
    if user.display_name != sent.display_name {
        Some("its display name is another one")
    } else if user.on_premises_sync_enabled {
        Some("it is synchronized from elsewhere")
    } else if user.created_date_time.is_some_and(|made| made < sent.since - CLOCKS) {
        Some("it was there before")
    } else {
        None
    }
}

/// Looks for the group among all of its name.
pub(super) async fn group(session: &Session, sent: &SentGroup<'_>) -> Result<Found, Fault> {
    let fields = "id,displayName,isAssignableToRole,membershipRule";
    let path = format!("/groups?$filter=displayName%20eq%20{}&$select={fields}", quoted(sent.name));
    let groups: Vec<Group> = session.graph_list(&path).await?;
    let mut found = Found::Nothing;
    for group in groups {
        let path = format!("/groups/{}/transitiveMembers?$select=id", escaped(&group.id));
        let members: Vec<Object> = session.graph_list(&path).await?;
        match unlike_group(&group, &members, sent) {
            None => return Ok(Found::Ours(group.id)),
            Some(why) => found = Found::Foreign(another("group", why)),
        }
    }
    Ok(found)
}

/// Members may still be missing, because lists are late; nobody else may be there.
fn unlike_group(group: &Group, members: &[Object], sent: &SentGroup<'_>) -> Option<&'static str> {
    let is_sent = |member: &Object| sent.members.iter().any(|(_, id)| id.eq_ignore_ascii_case(&member.id));
    if sent.protection == Protection::RoleAssignable && !group.is_assignable_to_role {
        Some("roles cannot be assigned to it, so its members are not protected")
    } else if !group.membership_rule.is_empty() {
        Some("a rule decides who belongs to it")
    } else if !members.iter().all(is_sent) {
        Some("it holds somebody else than the emergency access accounts")
    } else {
        None
    }
}

fn another(what: &str, why: &str) -> Trouble {
    Trouble::new(
        format!("The {what} may not have been made."),
        format!(
            "The answer was lost, and the {what} of this name that is there is not the one that was sent: {why}."
        ),
        format!(
            "Look at it in the Entra admin center and find out whose it is. Have it renamed or deleted, or choose \
             another name for the {what} in the plan; then check again."
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unlike(group: &Group, members: &[&str], protection: Protection) -> Option<&'static str> {
        let sent = [(Slot::FIRST, "a".to_owned()), (Slot::FIRST, "b".to_owned())];
        let member = |id: &&str| Object { id: (*id).to_owned(), ..Object::default() };
        let members: Vec<Object> = members.iter().map(member).collect();
        unlike_group(group, &members, &SentGroup { name: "g", protection, members: &sent })
    }

    #[test]
    fn a_group_is_ours_when_it_is_as_protected_and_holds_nobody_else() {
        let open = Group::default();
        let guarded = Group { is_assignable_to_role: true, ..Group::default() };
        let ruled = Group { membership_rule: "all".to_owned(), ..Group::default() };
        for members in [&["A", "b"][..], &["a"], &[]] {
            assert_eq!(unlike(&guarded, members, Protection::RoleAssignable), None);
            assert_eq!(unlike(&guarded, members, Protection::Ordinary), None);
            assert_eq!(unlike(&open, members, Protection::Ordinary), None);
            assert!(unlike(&open, members, Protection::RoleAssignable).is_some());
            assert!(unlike(&ruled, members, Protection::Ordinary).is_some());
        }
        assert!(unlike(&guarded, &["a", "c"], Protection::RoleAssignable).is_some());
    }

    #[test]
    fn an_account_is_ours_when_it_is_named_as_sent_and_was_not_there_before() {
        let since: Timestamp = "2026-11-29T12:00:00Z".parse().expect("a moment");
        let sent = SentUser { upn: "u", display_name: "Harbor Lantern", since };
        let user = |name: &str, minutes: i64| User {
            display_name: name.to_owned(),
            created_date_time: Some(since + SignedDuration::from_mins(minutes)),
            ..User::default()
        };
        assert_eq!(unlike_user(&user("Harbor Lantern", 0), &sent), None);
        assert_eq!(unlike_user(&user("Harbor Lantern", -4), &sent), None);
        assert!(unlike_user(&user("Harbor Lantern", -6), &sent).is_some());
        assert!(unlike_user(&user("Somebody", 0), &sent).is_some());
        let synchronized = User { on_premises_sync_enabled: true, ..user("Harbor Lantern", 0) };
        assert!(unlike_user(&synchronized, &sent).is_some());
        let untold = User { created_date_time: None, ..user("Harbor Lantern", 0) };
        assert_eq!(unlike_user(&untold, &sent), None);
    }
}
