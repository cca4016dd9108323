//! Completion scripts: as clap makes them, and for fish the words that may stand after a command, which clap leaves out.

use clap_complete::Shell;

use crate::cli::command;

/// The script for a shell.
pub fn completions(shell: Shell) -> Vec<u8> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut command(), "breakglass", &mut script);
    if shell == Shell::Fish {
        script.extend(fish_words().bytes());
    }
    script
}

/// A line for each command that is followed by one of a few words.
fn fish_words() -> String {
    let whole = command();
    let lines = whole.get_subcommands().filter_map(|inner| {
        let words: Vec<String> = inner
            .get_positionals()
            .flat_map(clap::Arg::get_possible_values)
            .map(|word| word.get_name().to_owned())
            .collect();
        let name = inner.get_name();
        (!words.is_empty()).then(|| {
            let words = words.join(" ");
            format!(
                "complete -c breakglass -n \"__fish_breakglass_using_subcommand {name}\" -f -a \"{words}\"\n"
            )
        })
    });
    lines.collect()
}
