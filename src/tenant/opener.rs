//! How an address is opened for a person: by this machine's browser, by a command, by a rehearsal's own people, or not.
//!
//! Only the choice. Opening is [`super::browse`].

/// How an address is opened for a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Opener {
    /// With a plain GET that follows redirects and asks for no page: the people of a rehearsal tenant answer.
    PlainHttp,
    /// By this command, taken apart at its spaces; `%s` in it stands for the address, which else comes last. A program
    /// whose path holds spaces is taken whole where it exists.
    Command(String),
    /// By the first of these commands that starts; `%s` in one stands for the address, which else comes last.
    FirstOf(Vec<String>),
    /// Not at all; it is only shown.
    Nobody,
}

impl Opener {
    /// What a profile file says: a command, `http` for a rehearsal's own people, nothing for nobody.
    pub(super) fn of_profile(open: Option<String>) -> Self {
        match open {
            None => Opener::Nobody,
            Some(text) if text.is_empty() => Opener::Nobody,
            Some(text) if text == "http" => Opener::PlainHttp,
            Some(program) => Opener::Command(program),
        }
    }

    /// The browser of this machine: `$BROWSER` (commands separated by colons), else what the system opens pages with.
    pub fn of_system() -> Self {
        Self::of_variable(std::env::var("BROWSER").ok().as_deref())
    }

    fn of_variable(browser: Option<&str>) -> Self {
        let named = browser.unwrap_or_default().split(':').map(str::trim).filter(|name| !name.is_empty());
        let system = if cfg!(target_os = "macos") {
            "open"
        } else if cfg!(windows) {
            "explorer"
        } else {
            "xdg-open"
        };
        Opener::FirstOf(named.map(str::to_owned).chain([system.to_owned()]).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_variable_comes_before_the_system() {
        let Opener::FirstOf(commands) = Opener::of_variable(Some("firefox --private-window:w3m %s")) else {
            panic!("commands");
        };
        assert_eq!(commands[..2], ["firefox --private-window", "w3m %s"]);
        assert_eq!(commands.len(), 3);
    }
}
