//! Whose turn it is to ask.

use log_backup_panel::state::turns::{AT_ONCE, BURST, SPAN, Turns};

#[test]
fn only_so_many_wait_at_a_time() {
    let turns = Turns::default();
    let free: Vec<_> = (0..=AT_ONCE + 1).map(|waiting| turns.free(waiting, false, 0)).collect();
    assert_eq!(free, [4, 3, 2, 1, 0, 0]);
}

#[test]
fn quick_answers_make_no_burst() {
    let mut turns = Turns::default();
    // Each is answered at once; asks at each tenth of a second where it may.
    let mut asked = Vec::new();
    for now in (0..10_000).step_by(100) {
        while turns.free(0, false, now) > 0 {
            turns.take(now);
            asked.push(now);
        }
    }
    assert_eq!(asked.len(), 5 * BURST);
    assert!(asked.windows(BURST + 1).all(|window| window[BURST] - window[0] >= SPAN), "{asked:?}");
}

#[test]
fn a_clock_that_is_set_back_silences_nobody() {
    let mut turns = Turns::default();
    (0..BURST).for_each(|_| _ = turns.take(1_000_000));
    assert_eq!(turns.free(0, false, 1_000_000), 0);
    assert_eq!(turns.free(0, false, 5000), AT_ONCE);
}

#[test]
fn in_a_hidden_page_only_those_that_wait_count_and_turns_are_numbered() {
    let mut turns = Turns::default();
    let numbers: Vec<_> = (0..BURST).map(|_| turns.take(0)).collect();
    assert!(numbers.is_sorted_by(|one, next| one < next), "{numbers:?}");
    assert_eq!([turns.free(0, false, 0), turns.free(0, true, 0), turns.free(3, true, 0)], [0, AT_ONCE, 1]);
}
