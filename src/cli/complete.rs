/*!
`kanwu completions` and `kanwu man`: what shells and manuals say of the command line, made from its one definition.
*/

use std::io::Write;

use clap::Command;
use clap_complete::Shell;
use clap_mangen::Man;

use super::{Status, written};
use crate::error::{Error, did_you_mean};

#[derive(clap::Args)]
pub struct Shells {
    /// The shell
    #[arg(value_name = "SHELL", value_enum)]
    shell: Shell,
}

#[derive(clap::Args)]
pub struct Page {
    /// A command, instead of the program as a whole
    #[arg(value_name = "COMMAND")]
    command: Option<String>,
}

pub fn completions(args: &Shells, mut command: Command, out: &mut dyn Write) -> Result<Status, Error> {
    let mut text = Vec::new();
    clap_complete::generate(args.shell, &mut command, "kanwu", &mut text);
    written(out.write_all(&text))?;
    Ok(Status::Quiet)
}

pub fn page(args: &Page, mut command: Command, out: &mut dyn Write) -> Result<Status, Error> {
    command.build();
    let shown = match &args.command {
        None => command,
        Some(name) => match command.find_subcommand(name) {
            Some(found) => found.clone(),
            None => {
                let help = did_you_mean(name, command.get_subcommands().map(Command::get_name));
                return Err(Error::Asked { what: format!("there is no command `{name}`"), help });
            }
        },
    };
    let title = args.command.as_ref().map_or("kanwu".to_string(), |name| format!("kanwu-{name}"));
    written(Man::new(shown).title(title).render(out))?;
    Ok(Status::Quiet)
}
