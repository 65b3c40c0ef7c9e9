//! The one test binary.

mod annotated;
mod arithmetic;
mod clean;
mod cli;
mod hostile;
mod properties;
mod report;
mod support;
mod tidy;
