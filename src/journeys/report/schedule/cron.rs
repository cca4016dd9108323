//! A line for crontab(5), with what whoever reads it has to know above it.

use super::{HOUR, Job};

/// A line for a crontab.
pub fn cron(job: &Job) -> String {
    format!(
        "# Review of the emergency access accounts of {tenant}, each night. Add it with: crontab -e\n\
         # cron mails what is printed; the record keeps it too. It looks and writes nothing to the tenant.\n\
         {minute} {HOUR} * * * {command}\n",
        tenant = job.tenant,
        minute = job.minute(),
        command = escaped(&job.command()),
    )
}

/// A percent sign ends the command of a crontab and begins its input, unless it is escaped.
fn escaped(command: &str) -> String {
    command.replace('%', r"\%")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percent_sign_stays_in_the_command() {
        assert_eq!(escaped("a '50%'"), r"a '50\%'");
    }
}
