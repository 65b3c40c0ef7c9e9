//! The one test binary.

mod allow;
mod annotated;
mod arithmetic;
mod catalogue;
mod clean;
mod cli;
mod config;
mod facts;
mod formats;
mod hostile;
mod planted;
mod planted_lists;
mod properties;
mod report;
mod rules;
mod support;
mod tidy;
mod together;
mod variant;
