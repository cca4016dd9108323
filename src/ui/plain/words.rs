//! Parts of a screen as lines that are listened to: marks are words, an offer is one line.

use crate::domain::check::finding::Verdict;
use crate::domain::trouble::Trouble;
use crate::guide::{WIDTH, wrap};
use crate::journeys::Choice;
use crate::journeys::Screen;
use crate::journeys::screen::{Banner, Extent, JustDone, Row, StepState, Weight};
use crate::ui::plain::offers::Offer;

/// Whether the word of explanation behind something is said too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Explained {
    /// It is.
    Yes,
    /// It is known, or not needed.
    #[default]
    No,
}

/// What was just done, and whether all of it was.
pub fn just_done(done: &JustDone) -> String {
    let first = match done.extent {
        Extent::Whole => "done: ",
        Extent::Partly => "done in part: ",
    };
    lines(first, &done.words)
}

/// `body` wrapped, `first` before its first line.
pub fn lines(first: &str, body: &str) -> String {
    wrap(first, body).into_iter().map(|line| line + "\n").collect()
}

/// `text` with lines that are no longer than a page is wide, broken between words; what stands before a line and behind it
/// stays, as a prompt ends with a space.
pub fn wrapped(text: &str) -> String {
    text.split_inclusive('\n').map(one).collect()
}

fn one(line: &str) -> String {
    if line.trim_end().chars().count() <= WIDTH {
        return line.to_owned();
    }
    let (body, first) = (line.trim(), &line[..line.len() - line.trim_start().len()]);
    wrap(first, body).join("\n") + &line[line.trim_end().len()..]
}

/// Mark and tenant.
pub fn banner(banner: &Banner) -> String {
    let parts: Vec<&str> = [Some(banner.tenant.as_str()), banner.dry_run].into_iter().flatten().collect();
    lines(&format!("breakglass  {}  ", banner.mark.as_str()), &parts.join(", "))
}

/// How many steps are in order, and how long the others take; nothing before the plan stands.
pub fn steps(screen: &Screen) -> Option<String> {
    let all = screen.rail.len();
    let done = screen.rail.iter().filter(|item| item.state == StepState::Done).count();
    let count = (all > 0).then(|| format!("{done} of {all} {} in order", screen.rail_of.words()));
    let left = screen.minutes.filter(|(done, all)| done < all);
    let left = left.map(|(done, all)| format!("about {} minutes left", all - done));
    let parts: Vec<String> = [count, left].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| lines("", &(parts.join(", ") + ".")))
}

/// A trouble, always in full.
pub fn trouble(trouble: &Trouble) -> String {
    let mut text = lines("Trouble: ", &trouble.what) + &lines("  Why: ", &trouble.reason());
    text += &lines("  Next: ", &trouble.next);
    if let Some(request) = &trouble.request {
        text += &lines("  Request: ", &request.0);
    }
    text
}

/// A verdict as a word.
pub fn mark(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Pass => "done",
        Verdict::Fail => "open",
        Verdict::Unknown => "unknown",
        Verdict::NeedsPerson => "waits",
    }
}

/// A finding: how it stands, and below it what was seen.
pub fn row(row: &Row, explained: Explained) -> String {
    let mark = format!("  {}  ", mark(row.verdict));
    let seen = match explained {
        Explained::Yes if !row.detail.is_empty() => lines(&" ".repeat(mark.len()), &row.detail),
        Explained::Yes | Explained::No => String::new(),
    };
    lines(&mark, &row.label) + &seen
}

/// How rows stand that were said before: `5 done, 1 open`.
pub fn tally(rows: &[&Row]) -> String {
    let verdicts = [Verdict::Pass, Verdict::Fail, Verdict::Unknown, Verdict::NeedsPerson];
    let count = |verdict: Verdict| rows.iter().filter(|row| row.verdict == verdict).count();
    let counts =
        verdicts.into_iter().map(|verdict| (count(verdict), verdict)).filter(|(count, _)| *count > 0);
    counts.map(|(count, verdict)| format!("{count} {}", mark(verdict))).collect::<Vec<_>>().join(", ")
}

/// One line of a consent list.
pub fn consent(index: usize, words: &str) -> String {
    lines(&format!("{:>4}  ", index + 1), words)
}

/// One offer, `slash` before its word where text is asked for.
pub fn offer(offer: &Offer<'_>, slash: &str, explained: Explained) -> String {
    let choice = offer.choice;
    let writes = match choice.weight {
        Weight::Safe | Weight::Vouches | Weight::Irreversible => "",
        Weight::Writes => "WRITES: ",
    };
    let label = match (choice.key, explained) {
        (Choice::LISTED, _) | (_, Explained::Yes) => choice.whole(),
        (_, Explained::No) => choice.label.clone(),
    };
    lines(&format!("{:>4}  {writes}", format!("{slash}{}", offer.word)), &label)
}
