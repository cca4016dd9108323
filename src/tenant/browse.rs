//! Opening an address for a person, in the way that the profile names ([`super::opener`]).
//!
//! No shell is involved, and nothing waits for what a person does on the page, except where a plain GET is the whole
//! visit.

use std::process::Stdio;

use super::opener::Opener;
use super::profile::{Profile, plain};
use crate::domain::trouble::Trouble;

impl Profile {
    /// Opens an address for a person, as this profile does it. Does not wait for what the person does there,
    /// except where a plain GET is the whole visit.
    pub async fn open(&self, url: &str) -> Result<(), Trouble> {
        match &self.open {
            Opener::Nobody => Ok(()),
            Opener::Command(program) => start(program, &[url.to_owned()]),
            Opener::FirstOf(commands) => first_of(commands, url),
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

    async fn visit(&self, url: &str) -> Result<(), Trouble> {
        let refused = |why: String| Trouble::new("The address could not be opened.", why, "Open it by hand.");
        let client = self.client()?.build().map_err(|e| refused(plain(&e)))?;
        let answer = client.get(url).header("accept", "*/*").send().await.map_err(|e| refused(plain(&e)))?;
        if answer.status().is_client_error() || answer.status().is_server_error() {
            return Err(refused(format!("The page answered {}.", answer.status().as_u16())));
        }
        Ok(())
    }
}

fn first_of(commands: &[String], url: &str) -> Result<(), Trouble> {
    let mut last =
        Trouble::new("No browser could be started.", "None is named.", "Open the address by hand.");
    for command in commands {
        match arguments(command, url).map(|(program, arguments)| start(&program, &arguments)) {
            Some(Ok(())) => return Ok(()),
            Some(Err(trouble)) => last = trouble,
            None => {}
        }
    }
    Err(last)
}

/// A command taken apart at its spaces; no shell is involved, so nothing in the address can be a command.
fn arguments(command: &str, url: &str) -> Option<(String, Vec<String>)> {
    let mut words = command.split_whitespace();
    let program = words.next()?.to_owned();
    let mut arguments: Vec<String> = words.map(|word| word.replace("%s", url)).collect();
    if !command.contains("%s") {
        arguments.push(url.to_owned());
    }
    Some((program, arguments))
}

/// The program is left to itself: a browser stays open as long as its person wants.
fn start(program: &str, arguments: &[String]) -> Result<(), Trouble> {
    let mut command = tokio::process::Command::new(program);
    let child =
        command.args(arguments).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
    child.map(drop).map_err(|e| {
        Trouble::new(format!("{program} could not be started."), e.to_string(), "Open the address by hand.")
    })
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
