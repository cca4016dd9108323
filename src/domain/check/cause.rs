//! Why a check is not as it should be, where that decides what to do about it: the words for each stand in
//! `assets/guide`. A cause is no verdict, and nothing in the tenant is decided by it.

use serde::{Deserialize, Serialize};

/// What is to be done about a finding.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Next {
    /// What the guide says of the check.
    #[default]
    Usual,
    /// What the guide says of this reason.
    Because(Cause),
    /// What whoever refused it, or could not be asked, said.
    Said(String),
    /// Nothing beside the detail, which tells it.
    Told,
}

/// A reason that wants a remedy of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Cause {
    /// It was not read yet.
    NotRead,
    /// What it is about is not there yet, and is a finding of its own.
    Follows,
    /// Nobody has said so yet; it only takes somebody's word.
    NotVouched,
    /// Somebody's word has ended.
    Ended,
    /// The service does not know yet what was just changed.
    Lag,
    /// It could not be looked into with these rights, or the service does not tell.
    Hidden,
    /// The license is missing.
    Unlicensed,
    /// It is done by hand, in the portal.
    ByHand,
    /// What the plan names is not there.
    NotFound,
    /// The thing itself was never made.
    NotMade,
    /// What was made was overtaken by something newer.
    Overtaken,
    /// Something is there that nobody planned.
    Unplanned,
    /// The tenant does not accept it.
    NotAccepted,
    /// It waits for another step, as planned.
    Waits,
    /// The second factor is missing.
    NoSecondFactor,
    /// Nothing protects the tenant.
    Unprotected,
    /// The Azure subscription takes no changes.
    SubscriptionOff,
    /// One of several subscriptions has to be named.
    ManySubscriptions,
    /// The daily cap is the reason.
    Cap,
    /// Azure has switched the collection of data off.
    SwitchedOff,
    /// Something keeps alerts from people.
    Silenced,
    /// An alert fired, and nobody was told.
    NobodyTold,
    /// A foreign sign-in succeeded.
    GotIn,
    /// A foreign sign-in was tried, and refused.
    KeptOut,
    /// There are too few of them.
    TooFew,
}
