//! The procedure card: the day itself on paper. Its text is [`emergency`](crate::steps::emergency)'s; here it is put in
//! order on a sheet.

use crate::domain::check::case::Case;
use crate::domain::mark::Mark;
use crate::domain::slot::Slot;
use crate::guide::emergency as words;
use crate::paper::document::code;
use crate::paper::page::{Form, Heading, Piece, Sheet, pair, user_name};
use crate::steps::emergency::{self, Pairs};

/// The card for the day itself: whom to ask, what to fetch, how to sign in, what comes afterwards.
pub fn procedure(case: &Case<'_>, mark: &str) -> Sheet {
    let words = words();
    let mut pieces = vec![Piece::Title(words.title.clone())];
    pieces.extend(code(case, mark, "procedure card"));
    pieces.push(Piece::Text(words.about.clone()));
    pieces.extend(before(case));
    for (slot, _) in case.plan.slots() {
        pieces.extend(account(case, mark, slot));
    }
    pieces.push(Piece::Section(words.wrong.clone()));
    pieces.push(Piece::List(emergency::wrongs(case)));
    pieces.push(Piece::Section(words.afterwards.clone()));
    pieces.push(Piece::Steps(words.after.clone()));
    pieces.push(Piece::Section(words.list.clone()));
    pieces.push(pairs(&emergency::everyone(case)));
    pieces.push(Piece::Section("Approved".to_owned()));
    let sign = |name: &String| pair(name, "");
    pieces.push(Piece::Pairs(case.plan.procedure.approvers.iter().map(sign).collect()));
    Sheet { name: "procedure", form: Form::Flowing, heading: Heading::of(case, mark), pieces }
}

/// Who decides, who goes, and what they do first.
fn before(case: &Case<'_>) -> [Piece; 5] {
    let (words, procedure) = (words(), &case.plan.procedure);
    let (fetch, fetchers) = emergency::fetchers(case);
    let noted = pair("Each use goes into", &procedure.incident_system);
    [
        Piece::Section("Who decides, and who goes".to_owned()),
        Piece::Small(words.people.clone()),
        pairs(&emergency::approvers(case)),
        Piece::Pairs(vec![pair(&fetch, fetchers), noted]),
        Piece::Steps(emergency::begin(case)),
    ]
}

/// One account: where everything lies, and how it signs in.
fn account(case: &Case<'_>, mark: &str, slot: Slot) -> [Piece; 4] {
    let upn = user_name(case, slot);
    let mut things = vec![pair("Address to type", address(case, mark)), pair("User name", &upn)];
    things.extend(emergency::things(case, slot).iter().map(|(name, place)| pair(name, place)));
    [
        Piece::Section(format!("{slot} account")),
        Piece::Pairs(things),
        Piece::Text(format!("{}:", words().sign_in.title)),
        Piece::Steps(emergency::sign_in(case, slot, &upn)),
    ]
}

/// Where people type it: the portal of the tenant's own cloud.
fn address(case: &Case<'_>, mark: &str) -> String {
    let address = case.facts.portals.words();
    match Mark::recorded(mark) {
        Mark::Rehearsal | Mark::Exercise if !address.is_empty() => {
            format!("{address} (of a real tenant: a rehearsal has no portal)")
        }
        Mark::Rehearsal | Mark::Exercise | Mark::Live | Mark::Manual => address,
    }
}

fn pairs(pairs: &Pairs) -> Piece {
    Piece::Pairs(pairs.iter().map(|(name, value)| pair(name, value)).collect())
}
