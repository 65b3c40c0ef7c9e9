/*!
kanwu 勘误 reads a Chinese manuscript as a 校对 does and reports every place where the document disagrees with itself,
with what is known, or with the standards.
*/

pub mod check;
pub mod count;
pub mod engine;
pub mod facts;
pub mod finding;
pub mod guard;
pub mod lexicon;
pub mod manuscript;
pub mod read;
pub mod rule;
pub mod scan;
pub mod text;
