/*!
The fence: runs a piece of work so that its panic stays inside and says nothing on standard error.

The panic hook belongs to the whole process. The one set here speaks for others: it asks whether the panicking thread is
behind a fence, and if not hands over to the hook that was there before.
*/

use std::any::Any;
use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;

thread_local! {
    static FENCES: Cell<u32> = const { Cell::new(0) };
}

static HOOK: Once = Once::new();

/// What the work returns.
///
/// # Errors
/// The first line of what the work said when it panicked.
pub fn fenced<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    HOOK.call_once(|| {
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if FENCES.get() == 0 {
                before(info);
            }
        }));
    });
    FENCES.set(FENCES.get() + 1);
    // Nothing that the work changed outlives a panic: findings in the making are dropped, and a fact that was being
    // computed stays uncomputed.
    let outcome = panic::catch_unwind(AssertUnwindSafe(work));
    FENCES.set(FENCES.get() - 1);
    outcome.map_err(|panic| said(&*panic))
}

fn said(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().copied().or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    text.and_then(|text| text.lines().next()).unwrap_or("原因不明").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_stays_inside_and_the_next_work_goes_on() {
        assert_eq!(fenced(|| -> u8 { panic!("越界：{}\n第二行", 7) }), Err("越界：7".to_string()));
        assert_eq!(fenced(|| 3), Ok(3));
    }

    #[test]
    fn fences_nest() {
        let outer = fenced(|| fenced(|| -> u8 { panic!("里面") }).is_err());
        assert_eq!(outer, Ok(true));
        assert_eq!(FENCES.get(), 0);
    }
}
