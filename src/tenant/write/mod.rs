//! Writing: one action, sent once, and sent again only when it is known not to have happened (promise 5).
//!
//! The dangerous moment is a lost answer. Then the tenant is asked whether the write happened ([`confirm`]) before it
//! is repeated; writes that only set something are repeated as they are. When neither a yes nor a no can be had, the
//! outcome is unknown, and the caller reads the tenant again.

use std::time::Duration;

use super::fault::{Fault, Kind};
use super::http::{Request, Response};
use super::session::Session;
use super::{Blamed, Receipt, Refusal};
use crate::domain::record::Outcome;
use crate::domain::secret::Secret;
use crate::domain::trouble::Trouble;
use crate::domain::write::action::Action;
use crate::domain::write::order::Others;

mod azure;
mod confirm;
pub(super) mod fresh;
mod group;
mod ours;
mod outcome;
mod request;
mod rules;
mod stands;
mod whole;

use confirm::{Happened, Sent};
use group::Standing;
use stands::Stands;

/// Waits before a write is repeated that met a busy or broken service, tenant seconds (throttling.md).
const BUSY: [u64; 5] = [2, 4, 8, 16, 32];
/// Waits while a fresh object is not known everywhere yet, tenant seconds (contract 3).
const LAG: [u64; 6] = [5, 10, 20, 30, 60, 60];

/// What is to be written.
pub(super) struct Order<'a> {
    pub action: &'a Action,
    /// What stands in the body in place of the mark.
    pub secret: Option<&'a Secret>,
}

/// Carries `order` out; `say` is told what is waited for.
pub(super) async fn write(
    session: &Session,
    order: Order<'_>,
    say: &(dyn Fn(&str) + Sync),
) -> Result<Receipt, Refusal> {
    let Order { action, secret } = order;
    let what = format!("This could not be done: {}.", action.sentence());
    let refuse = |refused: Refused| {
        let blamed = outcome::blamed(action, &refused.fault);
        Refusal {
            outcome: refused.outcome,
            trouble: refused.fault.during(&what),
            blamed,
            others: refused.others,
        }
    };
    let since = session.service_time();
    let ask = match request::request(&session.profile, since, action, secret) {
        Ok(ask) => ask,
        Err(trouble) => {
            let (blamed, others) = (Blamed::TheWrite, Others::Stop);
            return Err(Refusal { outcome: Outcome::Refused, trouble, blamed, others });
        }
    };
    let sent = Sent { action, since };
    let (busy, lag) = (BUSY.iter(), LAG.iter());
    let mut writing = Writing { session, sent, ask, say, busy, lag, lost: Lost::Never };
    writing.carry_out().await.map_err(refuse)
}

/// A write that ends without a receipt.
struct Refused {
    outcome: Outcome,
    others: Others,
    fault: Fault,
}

/// Whether an answer was lost on the way so far: then "exists already" means that it was us.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lost {
    Never,
    Once,
}

/// A write under way.
struct Writing<'a> {
    session: &'a Session,
    sent: Sent<'a>,
    ask: Request,
    say: &'a (dyn Fn(&str) + Sync),
    busy: std::slice::Iter<'static, u64>,
    lag: std::slice::Iter<'static, u64>,
    lost: Lost,
}

impl Writing<'_> {
    async fn carry_out(&mut self) -> Result<Receipt, Refused> {
        loop {
            let fault = match self.attempt().await {
                Ok(receipt) => {
                    self.session.challenge_met();
                    return Ok(receipt);
                }
                Err(fault) => fault,
            };
            match self.next(fault).await? {
                Next::Again => {}
                Next::Done(receipt) => return Ok(receipt),
            }
        }
    }

    /// One request, and everything until its effect can be seen.
    async fn attempt(&self) -> Result<Receipt, Fault> {
        let answer = self.session.once(&self.ask).await?;
        if !answer.status.is_success() {
            return Err(answer.fault(&self.ask));
        }
        if let Some(fault) = answer.page(&self.ask) {
            return Err(fault);
        }
        outcome::settled(self.session, self.sent.action, &self.ask, answer).await
    }

    /// What a failed attempt means: done all the same, again after a wait, or not to be had.
    async fn next(&mut self, fault: Fault) -> Result<Next, Refused> {
        match fault.kind {
            Kind::SignIn => Err(unknown(fault)),
            Kind::NotSent | Kind::Busy => self.later(fault).await,
            Kind::Lost => {
                self.lost = Lost::Once;
                match confirm::happened(self.session, self.sent).await {
                    Ok(Happened::Yes(receipt)) => Ok(Next::Done(receipt)),
                    Ok(Happened::Foreign(trouble)) => Err(unknown(Fault::unanswered(Kind::Lost, trouble))),
                    // It cannot be looked up: repeating might make a second one.
                    Err(_) if !confirm::is_repeatable(self.sent.action) => Err(unknown(fault)),
                    Ok(Happened::No) | Err(_) => self.later(fault).await,
                }
            }
            Kind::Refused => self.refused(fault).await,
        }
    }

    async fn refused(&mut self, fault: Fault) -> Result<Next, Refused> {
        if outcome::says_done(self.sent.action, &fault) {
            return self.looked_at(fault).await;
        }
        if self.lost == Lost::Once && outcome::exists_already(self.sent.action, &fault) {
            return match confirm::happened(self.session, self.sent).await {
                Ok(Happened::Yes(receipt)) => Ok(Next::Done(receipt)),
                Ok(Happened::Foreign(trouble)) => Err(unknown(Fault::unanswered(Kind::Lost, trouble))),
                Ok(Happened::No) | Err(_) => Err(unknown(fault)),
            };
        }
        if outcome::is_lagging(self.sent.action, &fault) {
            return match self.lag.next() {
                Some(seconds) => Ok(self.once_known(*seconds, outcome::WAITS).await),
                None => Err(outcome::refusal(self.sent.action, fault)),
            };
        }
        if let Some(group) = group::named(self.sent.action, &fault) {
            return match (group::standing(self.session, group).await, self.lag.next()) {
                (Standing::New, Some(seconds)) => Ok(self.once_known(*seconds, group::WAITS).await),
                (standing, _) => Err(group::refusal(standing, fault)),
            };
        }
        Err(self.refusal(fault).await)
    }

    /// What exists already, or is gone already, counts when it is what was wanted.
    async fn looked_at(&self, fault: Fault) -> Result<Next, Refused> {
        match stands::stands(self.session, self.sent.action).await {
            Ok(Stands::AsWanted) => {
                let request = fault.trouble.request.clone().map(|id| id.0);
                Ok(Next::Done(Receipt { request, ..Receipt::default() }))
            }
            Ok(Stands::Otherwise(told)) => {
                let why = format!("{} {}", fault.trouble.why, told.why);
                let trouble = Trouble { what: told.what, why, next: told.next, ..*fault.trouble };
                let fault = Fault { trouble: Box::new(trouble), ..fault };
                Err(Refused { outcome: Outcome::Refused, others: Others::GoOn, fault })
            }
            Err(_) => Err(unknown(fault)),
        }
    }

    /// A refusal that a stronger sign-in mends asks for it, once: the write then goes on. One that a rule of PIM made is
    /// told with what that rule is answered with.
    async fn refusal(&self, fault: Fault) -> Refused {
        let action = self.sent.action;
        let rule = rules::broken(action, &fault);
        let mfa = (rule == Some(rules::Rule::Mfa)).then(|| rules::MFA_CLAIMS.to_owned());
        let claims = outcome::claims_in(&fault.message).or(mfa);
        let rule = rule.or(claims.as_ref().map(|_| rules::Rule::Mfa));
        if let Some(claims) = claims
            && self.session.challenge_once(self.ask.audience, claims).await
        {
            return Refused { outcome: Outcome::NotNow, others: Others::Stop, fault };
        }
        let way = self.session.source(self.ask.audience).way;
        let fault = match rule {
            Some(rule) => {
                let trouble = rules::told(rule, *fault.trouble, way);
                Fault { trouble: Box::new(trouble), ..fault }
            }
            None => fault,
        };
        outcome::refusal(action, fault)
    }

    async fn later(&mut self, fault: Fault) -> Result<Next, Refused> {
        let Some(seconds) = self.busy.next() else { return Err(unknown(fault)) };
        match self.session.asked_wait(&fault) {
            Some(wait) => {
                tokio::time::sleep(wait).await;
                Ok(Next::Again)
            }
            None => Ok(self.again_after(*seconds).await),
        }
    }

    /// Again, when what was made a moment ago may be known.
    async fn once_known(&self, seconds: u64, what: &str) -> Next {
        (self.say)(what);
        self.again_after(seconds).await
    }

    async fn again_after(&self, seconds: u64) -> Next {
        self.session.pause(Duration::from_secs(seconds)).await;
        Next::Again
    }
}

/// How a write goes on.
enum Next {
    Again,
    Done(Receipt),
}

fn unknown(fault: Fault) -> Refused {
    Refused { outcome: Outcome::Unknown, others: Others::Stop, fault }
}

/// A receipt of what an answer names.
fn receipt(answer: &Response, id: Option<String>) -> Receipt {
    Receipt { id, request: Some(answer.request.clone()), secret: None }
}

/// Something was done, but its effect does not show in time.
fn not_seen(why: &str) -> Fault {
    let next = "Check again in a few minutes.";
    Fault::unanswered(Kind::SignIn, Trouble::new("The effect does not show yet.", why, next))
}
