//! Whether this terminal is being recorded, as far as that can be seen: script(1) and its kind among the processes
//! above this one, a tmux pane that is piped into a file, a tmux or screen session with its scrollback.

use std::process::Command;

use crate::domain::environment::{self, Helper};

/// Programs that write what a terminal shows to a file, or show it to others.
const RECORDERS: [&str; 16] = [
    "script",
    "asciinema",
    "ttyrec",
    "ttyrec2",
    "ovh-ttyrec",
    "termrec",
    "tlog-rec",
    "tlog-rec-session",
    "t-rec",
    "vhs",
    "termtosvg",
    "terminalizer",
    "ttygif",
    "rootsh",
    "ttyd",
    "tmate",
];
/// Variables that recorders set for what runs in them, and whose they are.
const VARIABLES: [(&str, &str); 5] = [
    ("SCRIPT", "script"),
    ("ASCIINEMA_REC", "asciinema"),
    ("ASCIINEMA_SESSION", "asciinema"),
    ("TTYREC", "ttyrec"),
    ("TELEPORT_SESSION", "teleport"),
];
/// Programs whose first word tells what they run.
const INTERPRETERS: [&str; 4] = ["python", "node", "ruby", "perl"];
/// The kernel keeps so many characters of a program's name (`TASK_COMM_LEN` without its end, proc(5)).
const KEPT: usize = 15;
/// How many processes above this one are looked at; a longer chain is not known to exist.
const GENERATIONS: usize = 32;

/// What records, in one sentence for people; `None` when nothing can be seen.
pub fn recording() -> Option<String> {
    let is_set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    seen(is_set, &ancestors(), || is_set("TMUX") && is_piped())
}

/// The conclusion from the environment, the names of the processes above, and tmux's own word.
fn seen(is_set: impl Fn(&str) -> bool, above: &[String], is_piped: impl Fn() -> bool) -> Option<String> {
    let by_process = above.iter().find_map(|name| recorder_named(name));
    let by_variable = || VARIABLES.into_iter().find(|(name, _)| is_set(name)).map(|(_, recorder)| recorder);
    let recorder = by_process.or_else(by_variable);
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

/// The recorder that has this name, cut off or whole.
fn recorder_named(name: &str) -> Option<&'static str> {
    let is_it = |recorder: &&str| *recorder == name || recorder.len() > KEPT && recorder[..KEPT] == *name;
    RECORDERS.into_iter().find(is_it)
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
        names.extend(other_names(process));
        process = parent;
    }
    names
}

/// The name of its file and of what it was called by, which are not cut off; of an interpreter, what it runs. What cannot be
/// read, as it is another user's, adds nothing.
fn other_names(process: u32) -> Vec<String> {
    let file = std::fs::read_link(format!("/proc/{process}/exe")).ok();
    let line = std::fs::read(format!("/proc/{process}/cmdline")).unwrap_or_default();
    let words: Vec<String> =
        line.split(|byte| *byte == 0).map(|word| String::from_utf8_lossy(word).into_owned()).collect();
    let names = file.as_deref().map(|file| base(&file.to_string_lossy())).into_iter();
    names.chain(called(&words)).collect()
}

/// What a command line calls: its first word, and behind an interpreter the first that is no option.
fn called(words: &[String]) -> Vec<String> {
    let first: Vec<String> = words.first().map(|word| base(word)).into_iter().collect();
    let runs_another = first.iter().any(|name| INTERPRETERS.iter().any(|known| name.starts_with(known)));
    let other = words.iter().skip(1).find(|word| !word.starts_with('-')).filter(|_| runs_another);
    first.into_iter().chain(other.map(|word| base(word))).collect()
}

/// The last part of a path, without an ending that scripts have.
fn base(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    [".py", ".js", ".rb", ".pl"].into_iter().find_map(|end| name.strip_suffix(end)).unwrap_or(name).to_owned()
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
        for (name, recorder) in
            [("tlog-rec-sessio", "tlog-rec-session"), ("t-rec", "t-rec"), ("tlog-rec", "tlog-rec")]
        {
            assert!(
                named(seen(nobody, &[name.into()], || false)).contains(&format!("{recorder}(1)")),
                "{name}"
            );
        }
        assert!(named(seen(|name| name == "ASCIINEMA_SESSION", &[], || false)).contains("asciinema"));
    }

    #[test]
    fn what_an_interpreter_runs_is_named_and_what_a_shell_runs_is_not() {
        let called = |line: &str| called(&line.split(' ').map(str::to_owned).collect::<Vec<_>>());
        assert_eq!(called("/usr/bin/python3 -u /usr/bin/asciinema rec"), ["python3", "asciinema"]);
        assert_eq!(called("node /opt/terminalizer.js record"), ["node", "terminalizer"]);
        assert_eq!(called("/bin/bash ./script"), ["bash"]);
        assert_eq!(called("/usr/local/bin/tlog-rec-session"), ["tlog-rec-session"]);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn the_processes_above_are_named() {
        assert!(!ancestors().is_empty());
    }
}
