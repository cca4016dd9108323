//! A calendar (RFC 5545) with an event for each task that comes round: its first day, how often, a reminder the day before
//! and one on the day. Made again it replaces itself, because the names of its events stay.
//!
//! Calendars are seen by many: no account, no safe and no person stands in it.

use jiff::Timestamp;
use jiff::civil::Date;

use crate::domain::check::case::Case;
use crate::domain::check::upkeep::Every;
use crate::domain::text::clean;
use crate::guide::{self, Task};
use crate::steps;

/// What a calendar is made for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    /// The tenant as it was named.
    pub tenant: String,
    /// How the work that is due is begun, as a shell reads it.
    pub command: String,
    /// When it was made.
    pub now: Timestamp,
}

/// The calendar of what `case` has to do.
pub fn calendar(case: &Case<'_>, about: &Calendar) -> String {
    let tasks = guide::upkeep().tasks.iter().filter(|task| steps::applies(case, task));
    let events = tasks.flat_map(|task| event(case, about, task));
    let begin = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//breakglass//review//EN", "CALSCALE:GREGORIAN"];
    let begin = begin.map(str::to_owned).into_iter();
    begin.chain(events).chain(["END:VCALENDAR".to_owned()]).map(|line| folded(&line)).collect()
}

fn event(case: &Case<'_>, about: &Calendar, task: &Task) -> Vec<String> {
    let first = first_day(case, task);
    let tenant = clean(&about.tenant);
    let after = first.tomorrow().unwrap_or(first);
    let summary = format!("Emergency access accounts: {} ({tenant})", task.name);
    let how = format!("{}\nOwner: {}\n{}", task.how, case.plan.upkeep.owner, about.command);
    let mut lines = vec![
        "BEGIN:VEVENT".to_owned(),
        format!("UID:{}.{}@breakglass", task.id, super::file_name(&about.tenant)),
        format!("DTSTAMP:{}", about.now.strftime("%Y%m%dT%H%M%SZ")),
        // It grows with each calendar that is made, so that a program takes the newer one (RFC 5545, 3.8.7.4).
        format!("SEQUENCE:{}", about.now.as_second() / 60),
        format!("DTSTART;VALUE=DATE:{}", day(first)),
        format!("DTEND;VALUE=DATE:{}", day(after)),
        format!("RRULE:{}", rule(steps::every(case, task), first)),
        format!("SUMMARY:{}", text(&summary)),
        format!("DESCRIPTION:{}", text(&how)),
        "CATEGORIES:breakglass".to_owned(),
        "TRANSP:TRANSPARENT".to_owned(),
    ];
    for before in ["-PT15H", "PT9H"] {
        lines.extend(alarm(before, &summary));
    }
    lines.push("END:VEVENT".to_owned());
    lines
}

/// A reminder, so long before (or after) the day begins.
fn alarm(before: &str, summary: &str) -> [String; 5] {
    let [trigger, told] = [format!("TRIGGER:{before}"), format!("DESCRIPTION:{}", text(summary))];
    ["BEGIN:VALARM".to_owned(), "ACTION:DISPLAY".to_owned(), trigger, told, "END:VALARM".to_owned()]
}

/// The day on which it is due; today where it is overdue or was never done.
fn first_day(case: &Case<'_>, task: &Task) -> Date {
    steps::next_due(case, task).unwrap_or(case.today).max(case.today)
}

fn day(day: Date) -> String {
    day.strftime("%Y%m%d").to_string()
}

/// How often, from `first` on. Where a month has no such day it is its last one: a bare rule would leave that month out.
pub fn rule(every: Every, first: Date) -> String {
    let months = match every {
        Every::Week => return "FREQ=WEEKLY".to_owned(),
        Every::Month => 1,
        Every::Quarter => 3,
        Every::HalfYear => 6,
        Every::Year => 12,
    };
    match first.day() {
        29.. => format!("FREQ=MONTHLY;INTERVAL={months};BYMONTHDAY={};BYSETPOS=-1", days_to(first.day())),
        _ => format!("FREQ=MONTHLY;INTERVAL={months}"),
    }
}

/// `28,29,30` for the 30th.
fn days_to(day: i8) -> String {
    (28..=day).map(|day| day.to_string()).collect::<Vec<_>>().join(",")
}

/// A text as RFC 5545 (3.3.11) has it.
fn text(text: &str) -> String {
    let lines =
        text.lines().map(|line| clean(line).replace('\\', r"\\").replace(';', r"\;").replace(',', r"\,"));
    lines.collect::<Vec<_>>().join(r"\n")
}

/// The line, and those it goes on in: none is longer than 75 octets (RFC 5545, 3.1), and no character is cut.
fn folded(line: &str) -> String {
    let (mut out, mut rest) = (String::with_capacity(line.len() + 8), line);
    let mut room = LONGEST;
    while rest.len() > room {
        let (begin, end) = rest.split_at(cut(rest, room));
        out.push_str(begin);
        out.push_str("\r\n ");
        // The space before what follows counts.
        (rest, room) = (end, LONGEST - 1);
    }
    out + rest + "\r\n"
}

/// Octets of a line.
const LONGEST: usize = 75;

/// Where to cut: within a word, because readers take spaces away at the ends of lines, and behind no escape.
fn cut(text: &str, room: usize) -> usize {
    let is_good = |at: &usize| {
        let (begin, end) = text.split_at(*at);
        !begin.ends_with([' ', '\\']) && !end.starts_with(' ')
    };
    let places = || (1..=room).rev().filter(|at| text.is_char_boundary(*at));
    places().find(is_good).or_else(|| places().next()).unwrap_or(room)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn no_line_is_longer_than_75_octets_and_no_character_is_cut() {
        let long = "é".repeat(100);
        let text = folded(&long);
        assert!(text.lines().all(|line| line.len() <= 75), "{text}");
        assert_eq!(text.replace("\r\n ", "").trim_end(), long);
        let words = folded(&"ab ".repeat(60));
        assert!(words.split("\r\n ").all(|line| !line.starts_with(' ')), "{words}");
        assert!(
            words.trim_end().split("\r\n").all(|line| line.len() <= 75 && !line.ends_with(' ')),
            "{words}"
        );
    }

    #[test]
    fn the_last_day_of_a_short_month_stands_for_the_31st() {
        assert_eq!(rule(Every::Week, date(2026, 12, 31)), "FREQ=WEEKLY");
        assert_eq!(rule(Every::Month, date(2026, 12, 28)), "FREQ=MONTHLY;INTERVAL=1");
        let last = "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=28,29,30,31;BYSETPOS=-1";
        assert_eq!(rule(Every::Quarter, date(2026, 12, 31)), last);
        let leap = "FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=28,29;BYSETPOS=-1";
        assert_eq!(rule(Every::Year, date(2028, 2, 29)), leap);
    }

    #[test]
    fn what_has_a_meaning_in_a_calendar_is_escaped() {
        assert_eq!(text("a;b,c\\d\ne"), r"a\;b\,c\\d\ne");
    }
}
