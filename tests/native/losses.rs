use log_backup_panel::api::decode::{HttpResponse, decode};

use log_backup_panel::domain::losses::{LossStep, Losses};

#[test]
fn a_loss_is_of_two_minutes_an_hour_a_day_at_most_or_longer() {
    use LossStep::{Day, Hour, Longer, Minutes, Unknown};
    for (loss, step) in [
        (Some(0.0), Minutes),
        (Some(120.0), Minutes),
        (Some(120.1), Hour),
        (Some(3600.0), Hour),
        (Some(3601.0), Day),
        (Some(86_400.0), Day),
        (Some(86_401.0), Longer),
        (Some(1e300), Longer),
        (None, Unknown),
    ] {
        assert_eq!(LossStep::of(loss), step, "{loss:?}");
    }
    for step in LossStep::ALL {
        assert_eq!(LossStep::parse(step.name()), Some(step));
    }
}

#[test]
fn a_task_has_the_loss_of_its_tenants_best_task() {
    let body = r#"{"data":{"contents":[
        {"tenantId":1,"status":"RUNNING","delay":5000},
        {"tenantId":1,"status":"RUNNING","delay":100},
        {"tenantId":2,"status":"RUNNING"},
        {"status":"RUNNING","delay":4000},
        {"status":"RUNNING","delay":100},
        {"tenantId":1,"status":"STOPPED","delay":9e5}],"page":{}}}"#;
    let page = decode(&HttpResponse { status: 200, body: body.into(), ..HttpResponse::default() }).unwrap();
    let losses = Losses::of(&page);
    let steps = |age| (0..7).map(|index| losses.step(index, age).map_or("-", LossStep::name)).collect::<Vec<_>>();
    assert_eq!(
        steps(0.0),
        ["2m", "2m", "unknown", "1d", "2m", "-", "-"],
        "tasks without a tenant each for itself, one that is stopped on purpose protects nobody"
    );
    assert_eq!(steps(30.0), ["1h", "1h", "unknown", "1d", "1h", "-", "-"], "the loss grows while no response comes");
}
