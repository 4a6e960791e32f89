//! What the footer says.

use log_backup_panel::domain::page::TaskPage;
use log_backup_panel::text::footer::footer;
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
        ["Received 2021-09-23 14:34:35 (browser clock; the server sent no time)"]
    );
    assert_eq!(zone(&VIEWER, NOW), "Times in UTC+08:00");
}
