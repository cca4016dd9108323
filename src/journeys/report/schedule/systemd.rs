//! A service of systemd that reviews once, and the timer that begins it each night. The service may write to the record and
//! to nothing else.

use super::{HOUR, Job, shell};

/// The service and its timer, each below the name of its file.
pub fn systemd(job: &Job) -> String {
    let name = job.name();
    // What it may write to has to be there.
    let made = job.records.iter().map(|folder| format!("mkdir -p -m 700 {} && ", shell(folder)));
    let made: Vec<String> = made.collect();
    format!(
        "# ==> /etc/systemd/system/{name}.service <==\n{}\n# ==> /etc/systemd/system/{name}.timer <==\n{}\
         # Begin with: {made}systemctl daemon-reload && systemctl enable --now {name}.timer\n\
         # How it went: systemctl status {name}.service; journalctl -u {name}.service\n",
        service(job),
        timer(job),
        made = made.concat(),
    )
}

/// Why each line is there stands in systemd.exec(5); none of them takes away what the review needs: the network, its files,
/// memory that is not swapped.
const HARDENED: &str = "\
UMask=0077
LimitCORE=0
LimitMEMLOCK=64M
NoNewPrivileges=yes
CapabilityBoundingSet=
PrivateTmp=yes
PrivateDevices=yes
ProtectSystem=strict
ProtectHome=read-only
ProtectClock=yes
ProtectHostname=yes
ProtectKernelLogs=yes
ProtectKernelModules=yes
ProtectKernelTunables=yes
ProtectControlGroups=yes
RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
LockPersonality=yes
MemoryDenyWriteExecute=yes
SystemCallArchitectures=native
SystemCallFilter=@system-service
";

fn service(job: &Job) -> String {
    let records = job.records.iter().map(|folder| format!("ReadWritePaths={}", quoted(folder)));
    let records = records.fold(String::new(), |all, line| all + &line + "\n");
    let user = match &job.user {
        Some(user) => format!("User={}\n", quoted(user)),
        None => "# User= whoever owns the record\n".to_owned(),
    };
    format!(
        "[Unit]\n\
         Description=Review of the emergency access accounts of {tenant}\n\
         Wants=network-online.target\n\
         After=network-online.target\n\
         \n\
         [Service]\n\
         Type=oneshot\n\
         {user}ExecStart={command}\n\
         # 1 (something drifted) and 2 (something needs a person) are results; 3 (nothing could be read) is a failure.\n\
         SuccessExitStatus=1 2\n\
         TimeoutStartSec=1h\n\
         {records}{HARDENED}",
        tenant = specifiers(&job.tenant),
        command = std::iter::once(&job.program)
            .chain(&job.words)
            .map(|word| quoted(word))
            .collect::<Vec<_>>()
            .join(" "),
    )
}

fn timer(job: &Job) -> String {
    format!(
        "[Unit]\n\
         Description=Each night: review of the emergency access accounts of {tenant}\n\
         \n\
         [Timer]\n\
         OnCalendar=*-*-* {HOUR:02}:{minute:02}:00\n\
         RandomizedDelaySec=10min\n\
         Persistent=yes\n\
         \n\
         [Install]\n\
         WantedBy=timers.target\n\n",
        tenant = specifiers(&job.tenant),
        minute = job.minute(),
    )
}

/// A word as systemd reads it back (systemd.syntax(7), systemd.unit(5)).
fn quoted(word: &str) -> String {
    let escaped = specifiers(&word.replace('\\', r"\\").replace('"', "\\\"")).replace('$', "$$");
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "_./:=@+,-".contains(c);
    match !word.is_empty() && word.chars().all(is_plain) {
        true => escaped,
        false => format!("\"{escaped}\""),
    }
}

/// A percent sign would begin a specifier.
fn specifiers(text: &str) -> String {
    text.replace('%', "%%")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_read_back_by_systemd_as_they_were() {
        assert_eq!(quoted("/srv/record"), "/srv/record");
        assert_eq!(quoted("/srv/a b"), "\"/srv/a b\"");
        assert_eq!(quoted("50%\"$x\\"), "\"50%%\\\"$$x\\\\\"");
    }
}
