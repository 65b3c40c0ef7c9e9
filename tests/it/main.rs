//! The one test binary.

mod cli;
mod report;
mod support;
