//! The one test binary.

mod annotated;
mod clean;
mod cli;
mod hostile;
mod planted;
mod properties;
mod report;
mod support;
mod tidy;
