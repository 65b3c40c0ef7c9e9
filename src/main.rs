//! The program `kanwu`. Its table of contents is [`kanwu::cli`]; this file only hands over the arguments.

use std::process::ExitCode;

fn main() -> ExitCode {
    kanwu::cli::main(std::env::args_os())
}
