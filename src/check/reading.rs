/*!
The mechanism `reading`: finds nothing.

Its rules declare what the reader and the engine report by themselves, so that those reports have an id, a level and an
explanation like any other. A file that cannot be read cannot be quoted, so such a rule has no examples.
*/

use serde::Deserialize;

use super::{Check, Mechanism, OptionError, Options};
use crate::scan::Scan;

pub static READING: Mechanism = Mechanism { name: "reading", slots: &["what"], compile };

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct With {}

fn compile(options: Options, _: &mut Scan) -> Result<Check, OptionError> {
    options.parse::<With>()?;
    Ok(Box::new(|_, _| ()))
}
