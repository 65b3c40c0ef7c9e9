/*!
Layer 0: coordinates.

Everything that says *where* lives here: a source file and its positions, the two kinds of span that are never mixed,
and the one map between them. Nothing in this layer knows what a paragraph, a rule or a finding is.
*/

pub mod charset;
pub mod encoding;
pub mod han;
pub mod map;
pub mod pattern;
pub mod source;
pub mod span;
pub mod spans;

pub use map::{Segment, SpanMap};
pub use source::{Anchor, Form, Leave, Position, Source};
pub use span::{SourceSpan, Span};
pub use spans::Spans;
