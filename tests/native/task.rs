use std::collections::HashSet;
use std::sync::Arc;

use log_backup_panel::domain::task::{self, Status, StatusKind, Task, TaskKey, Tone};

#[test]
fn three_dialects_of_status_meet() {
    let cases = [
        ("PREPARE", StatusKind::Preparing, Tone::Info),
        ("BEGINNING", StatusKind::Starting, Tone::Info),
        ("RUNNING", StatusKind::InProgress, Tone::Ok),
        (" running ", StatusKind::InProgress, Tone::Ok),
        ("Doing", StatusKind::InProgress, Tone::Ok),
        ("STOPPING", StatusKind::Stopping, Tone::Warning),
        ("STOP", StatusKind::Stopped, Tone::Neutral),
        ("STOPPED", StatusKind::Stopped, Tone::Neutral),
        ("SUSPENDING", StatusKind::Suspending, Tone::Warning),
        ("SUSPEND", StatusKind::Suspended, Tone::Warning),
        ("SUSPENDED", StatusKind::Suspended, Tone::Warning),
        ("PAUSED", StatusKind::Suspended, Tone::Warning),
        ("INTERRUPTED", StatusKind::Interrupted, Tone::Critical),
        ("FAILED", StatusKind::Failed, Tone::Critical),
        ("MIXED", StatusKind::Mixed, Tone::Warning),
        ("", StatusKind::NotStarted, Tone::Neutral),
        ("ARCHIVING", StatusKind::Unknown, Tone::Warning),
    ];
    for (raw, kind, tone) in cases {
        let status = Status::read(raw);
        assert_eq!((status.kind, status.kind.tone(), &*status.raw), (kind, tone, raw));
    }
}

fn task(tenant: &str, uri: &str) -> Task {
    Task { tenant_name: Some(tenant.into()), backup_uri: Some(uri.into()), ..Task::default() }
}

fn keys(tasks: &[Task]) -> Vec<TaskKey> {
    task::keys(&tasks.iter().map(|task| Arc::new(task.clone().into())).collect::<Vec<_>>())
}

#[test]
fn a_key_follows_its_task_through_reordering_and_change() {
    let mut moved = [task("b", "/y"), task("a", "/x")];
    moved[0].status = Status::read("FAILED");
    let (before, after) = (keys(&[task("a", "/x"), task("b", "/y")]), keys(&moved));
    assert_eq!((before[0], before[1]), (after[1], after[0]));
}

#[test]
fn a_task_is_called_by_its_tenant_and_else_by_what_is_known() {
    let mut task = Task { backup_uri: Some("file:///b".into()), ..Task::default() };
    assert_eq!((Task::default().label(), task.label(), task.names_tenant()), ("", "file:///b", false));
    task.cluster_name = Some("c".into());
    assert_eq!((task.label(), task.names_tenant()), ("c", false));
    task.ob_tenant_id = Some("1002".into());
    assert_eq!((task.label(), task.names_tenant()), ("1002", true));
    task.tenant_name = Some(" ".into());
    assert_eq!(task.label(), "1002", "a name of spaces is none");
    task.tenant_name = Some("t".into());
    assert_eq!(task.label(), "t");
}

#[test]
fn twins_have_keys_of_their_own() {
    let twins = keys(&[task("a", "/x"), task("a", "/x"), task("a", "/y"), Task::default(), Task::default()]);
    assert_eq!(twins.iter().collect::<HashSet<_>>().len(), 5);
}
