//! The program `kanwu`. Its table of contents is [`kanwu::cli`]; this file only hands over the arguments.

use std::process::ExitCode;

use mimalloc::MiMalloc;

/// Facts and findings are many small things that live for one file.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    kanwu::cli::main(std::env::args_os())
}
