//! The one test binary.

mod annotated;
mod clean;
mod cli;
mod hostile;
mod properties;
mod report;
mod support;
mod tidy;
mod variant;
