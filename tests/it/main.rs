//! The one test binary.

mod allow;
mod annotated;
mod arithmetic;
mod catalogue;
mod clean;
mod cli;
mod config;
mod docx;
mod docx_hostile;
mod facts;
mod fix;
mod formats;
mod hostile;
mod package;
mod planted;
mod planted_lists;
mod properties;
mod readers;
mod report;
mod rules;
mod schema;
mod support;
mod tidy;
mod together;
mod variant;
mod walk;
