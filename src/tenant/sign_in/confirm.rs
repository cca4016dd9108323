//! Nothing is done as anybody before a person has seen who signed in, and said that this is right.
//!
//! On a machine with other people on it, or with a browser that knows several accounts, the one who signs in may be another
//! than the one at the console. So the tokens of a new face are put aside, out of reach of every request, until they are
//! confirmed; who was confirmed already and signs in again is not asked about. The people of a rehearsal who live in the
//! profile's opener ([`Opener::PlainHttp`]) stand for the person at the console, this word included, unless it was asked
//! for that this be rehearsed too ([`Asked::Everybody`]).

use super::aside::{Aside, Asked};
use super::tokens::Signed;
use crate::domain::connection::sign_in::{Audience, Who};
use crate::tenant::opener::Opener;
use crate::tenant::session::Session;

/// Keeps the tokens of a sign-in; those of a new face are put aside, and who that is comes back.
pub(super) async fn keep(session: &Session, audience: Audience, signed: Signed) -> Option<Who> {
    let Signed { who, grant } = signed;
    if !is_asked(session, &who) {
        session.source(audience).keep(audience, grant).await;
        return None;
    }
    session.signing().aside = Some(Aside { audience, id: who.id.clone(), grant });
    Some(who)
}

/// Whether a person is asked about this one.
fn is_asked(session: &Session, who: &Who) -> bool {
    let signing = session.signing();
    let is_real = session.profile.open != Opener::PlainHttp;
    (is_real || signing.asked == Asked::Everybody) && signing.known.as_ref() != Some(&who.id)
}

/// Forgets the tokens of whoever was not confirmed.
pub(super) fn drop_aside(session: &Session) {
    session.signing().aside = None;
}

/// A person confirmed who signed in: from now on requests are made as that one.
pub(in crate::tenant) async fn confirm(session: &Session) {
    let aside = session.signing().aside.take();
    let Some(Aside { audience, id, grant }) = aside else { return };
    session.signing().known = Some(id);
    session.source(audience).keep(audience, grant).await;
}
