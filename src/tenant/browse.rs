//! Opening an address for a person, in the way that the profile names ([`super::opener`]).
//!
//! No shell is involved, and nothing waits for what a person does on the page, except where a plain GET is the whole
//! visit.

use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use reqwest::StatusCode;

use super::opener::Opener;
use super::profile::{Profile, plain};
use crate::domain::environment::{self, Helper};
use crate::domain::trouble::Trouble;

/// What ends with an error within this time did not open anything; real time.
const AT_ONCE: Duration = Duration::from_secs(5);

/// How often a page that does not come is loaded again.
const RELOADS: usize = 3;
/// How long is waited before, tenant time.
const BEFORE_RELOAD: Duration = Duration::from_secs(5);

/// What became of a page that was not shown.
enum Page {
    /// It may come the next time.
    DidNotCome,
    /// It will not.
    Refused,
}

impl Profile {
    /// Opens an address for a person, as this profile does it. Does not wait for what the person does there,
    /// except where a plain GET is the whole visit.
    pub async fn open(&self, url: &str) -> Result<(), Trouble> {
        match &self.open {
            Opener::Nobody => Ok(()),
            Opener::Command(command) => first_of(std::slice::from_ref(command), url).await,
            Opener::FirstOf(commands) => first_of(commands, url).await,
            Opener::PlainHttp => self.visit(url).await,
        }
    }

    /// Enters a device code, where the people of a rehearsal do that; real people read it from the screen.
    pub(super) async fn enter(&self, page: &str, code: &str) {
        if self.open == Opener::PlainHttp {
            let code: String = url::form_urlencoded::byte_serialize(code.as_bytes()).collect();
            // Whether it went well shows in the answer to the next question.
            let _entered = self.visit(&format!("{page}?user_code={code}")).await;
        }
    }

    /// As a person does it: a sign-in page that does not come, or says that the service is unwell, is loaded again a few
    /// times. Another page may do something each time it is loaded.
    async fn visit(&self, url: &str) -> Result<(), Trouble> {
        let mut left = if url.starts_with(&self.login) { RELOADS } else { 0 };
        loop {
            match self.load(url).await {
                Err((_, Page::DidNotCome)) if left > 0 => left -= 1,
                done => return done.map_err(|(trouble, _)| trouble),
            }
            tokio::time::sleep(self.scaled(BEFORE_RELOAD)).await;
        }
    }

    async fn load(&self, url: &str) -> Result<(), (Trouble, Page)> {
        let refused = |why: String| Trouble::new("The address could not be opened.", why, "Open it by hand.");
        let client = self.client().map_err(|trouble| (trouble, Page::Refused))?;
        let client = client.build().map_err(|e| (refused(plain(&e)), Page::Refused))?;
        let answer = client.get(url).header("accept", "*/*").send().await;
        let status = answer.map_err(|e| (refused(plain(&e)), Page::DidNotCome))?.status();
        let told = || refused(format!("The page answered {}.", status.as_u16()));
        match status {
            StatusCode::TOO_MANY_REQUESTS => Err((told(), Page::DidNotCome)),
            status if status.is_server_error() => Err((told(), Page::DidNotCome)),
            status if status.is_client_error() => Err((told(), Page::Refused)),
            _ => Ok(()),
        }
    }
}

async fn first_of(commands: &[String], url: &str) -> Result<(), Trouble> {
    let mut last =
        Trouble::new("No browser could be started.", "None is named.", "Open the address by hand.");
    for command in commands {
        let Some((program, arguments)) = arguments(command, url) else { continue };
        match start(&program, &arguments).await {
            Ok(()) => return Ok(()),
            Err(trouble) => last = trouble,
        }
    }
    Err(last)
}

/// A command taken apart at its spaces; no shell is involved, so nothing in the address can be a command.
fn arguments(command: &str, url: &str) -> Option<(String, Vec<String>)> {
    if Path::new(command).is_file() {
        return Some((command.to_owned(), vec![url.to_owned()]));
    }
    let mut words = command.split_whitespace();
    let program = words.next()?.to_owned();
    let mut arguments: Vec<String> = words.map(|word| word.replace("%s", url)).collect();
    if !command.contains("%s") {
        arguments.push(url.to_owned());
    }
    Some((program, arguments))
}

/// One that fails does so at once; after that it is left to itself: a browser stays open as long as its person wants.
async fn start(program: &str, arguments: &[String]) -> Result<(), Trouble> {
    let mut command = tokio::process::Command::new(program);
    command.env_clear().envs(environment::told(Helper::Browser, std::env::vars_os()));
    let child =
        command.args(arguments).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
    let mut child = child.map_err(|e| not_started(program, e.to_string()))?;
    match tokio::time::timeout(AT_ONCE, child.wait()).await {
        Ok(Ok(status)) if !status.success() => Err(not_started(program, format!("It ended with {status}."))),
        Ok(_) | Err(_) => Ok(()),
    }
}

fn not_started(program: &str, why: String) -> Trouble {
    Trouble::new(format!("{program} could not be started."), why, "Open the address by hand.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_is_one_argument_wherever_it_stands() {
        let nasty = "http://h/?a=b;rm -rf $HOME";
        let (program, last) = arguments("firefox --new", nasty).expect("a command");
        assert_eq!((program.as_str(), last), ("firefox", vec!["--new".to_owned(), nasty.to_owned()]));
        let (_, placed) = arguments("w3m -o %s", nasty).expect("a command");
        assert_eq!(placed, ["-o".to_owned(), nasty.to_owned()]);
    }
}
