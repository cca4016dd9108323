//! Whether this terminal is being recorded, as far as that can be seen: script(1) and its kind among the processes
//! above this one, a tmux pane that is piped into a file, a tmux or screen session with its scrollback.

use std::process::Command;

use crate::domain::environment::{self, Helper};

/// Programs that write what a terminal shows to a file.
const RECORDERS: [&str; 6] = ["script", "asciinema", "ttyrec", "termrec", "tlog-rec", "tlog-rec-session"];
/// How many processes above this one are looked at; a longer chain is not known to exist.
const GENERATIONS: usize = 32;

/// What records, in one sentence for people; `None` when nothing can be seen.
pub fn recording() -> Option<String> {
    let is_set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    seen(is_set, &ancestors(), || is_set("TMUX") && is_piped())
}

/// The conclusion from the environment, the names of the processes above, and tmux's own word.
fn seen(is_set: impl Fn(&str) -> bool, above: &[String], is_piped: impl Fn() -> bool) -> Option<String> {
    let recorder = above.iter().find(|name| RECORDERS.contains(&name.as_str()));
    let recorder = recorder.map(String::as_str).or(is_set("SCRIPT").then_some("script"));
    if let Some(name) = recorder {
        return Some(format!(
            "This terminal seems to be recorded by {name}(1); a password shown here would be in that file."
        ));
    }
    if is_piped() {
        return Some(
            "tmux writes this pane to a file (pipe-pane); a password shown here would be in it.".to_owned(),
        );
    }
    (is_set("TMUX") || is_set("STY")).then(|| {
        "This is a tmux or screen session; its scrollback and logs may keep what is shown. A bare console is better."
            .to_owned()
    })
}

/// Whether tmux pipes the present pane somewhere; asked of tmux itself.
fn is_piped() -> bool {
    let mut tmux = Command::new("tmux");
    tmux.env_clear().envs(environment::told(Helper::Terminal, std::env::vars_os()));
    let asked = tmux.args(["display-message", "-p", "#{pane_pipe}"]).output();
    asked.is_ok_and(|output| output.stdout.trim_ascii() == b"1")
}

/// Names of the processes above this one, nearest first (Linux; empty elsewhere).
fn ancestors() -> Vec<String> {
    let mut names = Vec::new();
    let mut process = std::process::id();
    while names.len() < GENERATIONS {
        let Some((name, parent)) = name_and_parent(process) else { break };
        names.push(name);
        process = parent;
    }
    names
}

/// From `/proc/PID/stat` (proc(5)): the name stands in brackets, the parent two fields behind it.
fn name_and_parent(process: u32) -> Option<(String, u32)> {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    let (front, back) = stat.rsplit_once(')')?;
    let name = front.split_once('(')?.1.to_owned();
    let parent: u32 = back.split_whitespace().nth(1)?.parse().ok()?;
    (parent > 0).then_some((name, parent))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_recorder_is_seen_by_its_process_its_variable_or_tmux() {
        let nobody = |_: &str| false;
        let named = |words: Option<String>| words.unwrap_or_default();
        assert!(named(seen(nobody, &["bash".into(), "asciinema".into()], || false)).contains("asciinema(1)"));
        assert!(named(seen(|name| name == "SCRIPT", &[], || false)).contains("script(1)"));
        assert!(named(seen(nobody, &[], || true)).contains("pipe-pane"));
        assert!(named(seen(|name| name == "TMUX", &[], || false)).contains("scrollback"));
        assert_eq!(seen(nobody, &["bash".into(), "sshd".into()], || false), None);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn the_processes_above_are_named() {
        assert!(!ancestors().is_empty());
    }
}
