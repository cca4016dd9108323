//! How `azure_identity` starts the Azure CLI: with an environment of our own choosing instead of everything this shell holds.

use std::ffi::OsStr;
use std::io;
use std::process::{Output, Stdio};

use azure_identity::Executor;

use crate::domain::environment::{self, Helper};

/// Starts a program that learns only what [`Helper::AzureCli`] may.
#[derive(Debug)]
pub(super) struct OwnEnvironment;

#[async_trait::async_trait]
impl Executor for OwnEnvironment {
    async fn run(&self, program: &OsStr, args: &[&OsStr]) -> io::Result<Output> {
        let mut command = tokio::process::Command::new(program);
        command.env_clear().envs(environment::told(Helper::AzureCli, std::env::vars_os()));
        command.args(args).stdin(Stdio::null()).kill_on_drop(true).output().await
    }
}
