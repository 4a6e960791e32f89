//! What the footer says.

use log_backup_panel::domain::page::{Malformed, TaskPage};
use log_backup_panel::state::request_state::Loaded;
use log_backup_panel::text::coverage::unread;
use log_backup_panel::text::footer::{as_of, footer};
use log_backup_panel::text::format::zone;

use super::{NOW, VIEWER, loaded, sample};

#[test]
fn the_footer_says_whose_clock_it_is() {
    assert_eq!(
        footer(&loaded(sample()), &VIEWER),
        ["As of 2021-09-23 14:34:35", "Took 112 ms", "Server a83ad33525", "Trace ID 0e74add7846c479c"]
    );
    assert_eq!(
        footer(&loaded(TaskPage::default()), &VIEWER),
        ["Received 2021-09-23 14:34:35 (browser clock; OCP sent no time)"]
    );
    assert_eq!(zone(&VIEWER, NOW), "Times in UTC+08:00");
    let then = Loaded { received: NOW - 60_000, ..loaded(TaskPage::default()) };
    assert_eq!(as_of(&then, &VIEWER), "2021-09-23 14:33:35");
    assert_eq!(as_of(&Loaded { received: 0, ..loaded(sample()) }, &VIEWER), "2021-09-23 14:34:35");
}

#[test]
fn what_could_not_be_read_is_counted() {
    let texts = VIEWER.locale.texts();
    assert_eq!(unread(&loaded(sample()), texts), None);
    let malformed = vec![Malformed { position: 1, found: "number" }];
    let data = loaded(TaskPage { malformed, surplus: 1500, ..TaskPage::default() });
    assert_eq!(unread(&data, texts).as_deref(), Some("1,501 could not be read"));
}
