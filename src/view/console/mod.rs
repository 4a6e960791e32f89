//! The standalone page as a console: a bar, and below it the panel of one cluster, a choice of clusters, or a card for each of several.
//!
//! It comes from the second wasm file, since no embedder needs it. The panel of one cluster is the element, as anywhere else.

mod alarm;
mod bar;
mod cluster_list;
mod context;
mod known;
mod overview;
pub mod page;
mod sign_in;
mod watch;

use gloo_events::EventListener;
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use leptos::reactive::spawn_local_scoped_with_cancellation;

use alarm::{listen, lose_sight};
use bar::{Bar, set_wall};
use cluster_list::{ClusterList, name_of, read_clusters};
pub use context::{Console, Setup};
use known::{Known, learn, visit};
use overview::{Overview, WallHead};
use sign_in::SignIn;
use watch::{watch_clusters, watch_panel};

use super::context::{PanelContext, mounted};
use super::parts::{boxed, effect, keep};
use crate::api::clusters::ClusterQuery;
use crate::api::error::ApiError;
use crate::domain::cluster::Cluster;
use crate::state::refresh::DEFAULT_SECONDS;
use crate::text::address::Route;
use crate::text::coverage::{cluster_name, cluster_role};
use crate::text::rows::role_label;
use crate::text::texts::fill;

/// How many clusters are shown side by side.
const MOST_CARDS: usize = 200;

/// Shows the console. It lives as long as the page.
pub fn show(setup: Setup) {
    let root = setup.page.root();
    // What stood there until now, or what an instance that has stopped left.
    root.set_text_content(None);
    leptos::mount::mount_to(root, move || view! { <Root setup /> }).forget();
}

#[component]
fn Root(setup: Setup) -> impl IntoView {
    let console = Console::new(setup);
    provide_context(console);
    let setup = console.setup();
    if let Some(panel) = mounted(&setup.panel) {
        watch_panel(console, panel.panel);
        follow_panel(console, panel);
    }
    let shown =
        EventListener::new(&document(), "visibilitychange", move |_| console.is_hidden.set(document().hidden()));
    keep(shown);
    listen(console);
    let main = match setup.address.route() {
        Route::Cluster(_) => ().into_any(),
        Route::List => view! { <main><ClusterList is_focused=true /></main> }.into_any(),
        Route::Clusters(ids) => {
            let main = cards(console, ids);
            view! { <main>{main}</main> }.into_any()
        }
        Route::All => view! { <main><AllClusters /></main> }.into_any(),
    };
    let left = window_event_listener_untyped("ocp-screen-left", move |_| {
        if console.is_wall.get_untracked() {
            set_wall(console, false);
        }
    });
    on_cleanup(move || left.remove());
    if setup.address.get("wall").is_some_and(|wall| wall != "0")
        && !matches!(setup.address.route(), Route::Cluster(_) | Route::List)
    {
        set_wall(console, true);
    }
    view! {
        <Bar />
        <WallHead />
        <SignIn />
        {main}
    }
}

/// Takes the zone and the cluster's name over from the panel on the page, and lets it go on unattended while the alarm is on.
fn follow_panel(console: Console, context: PanelContext) {
    let host = console.setup().panel.clone();
    effect(move || {
        let zone = context.viewer().zone;
        if console.zone.get_untracked() != zone {
            console.zone.set(zone);
        }
    });
    let mut visited = None;
    effect(move || {
        let seen = context.with_loaded(|answer| {
            let data = answer?;
            Some((data.query.cluster.clone(), cluster_name(data), cluster_role(data, console.texts())))
        });
        if seen != visited
            && let Some((id, name, role)) = &seen
        {
            visit(id, name, role);
        }
        visited = seen;
    });
    effect(move || {
        let is_armed = console.is_armed.get();
        // What the page itself set stays.
        let is_ours = host.get_attribute("unattended").is_some_and(|value| value == "alarm");
        if is_armed && !host.has_attribute("unattended") {
            _ = host.set_attribute("unattended", "alarm");
        } else if !is_armed && is_ours {
            _ = host.remove_attribute("unattended");
        }
    });
}

/// The cards of these clusters, and what there is to say of them. However many a link names, OCP gets about one request a second: the interval
/// is at least a second for each card.
fn cards(console: Console, mut ids: Vec<String>) -> AnyView {
    let texts = console.texts();
    let all = ids.len();
    let left = ids.split_off(all.min(MOST_CARDS));
    let number = |count: usize| texts.number(count as u64);
    let mut notes = Vec::new();
    if !left.is_empty() {
        notes.push(fill(texts.console.shown, &[("shown", &number(ids.len())), ("all", &number(all))]));
    }
    let asked = console.setup().refresh_seconds;
    let count = u32::try_from(ids.len()).unwrap_or(u32::MAX);
    let seconds = if asked == 0 { 0 } else { asked.max(count) };
    if seconds != asked {
        notes.push(fill(texts.console.slower, &[("seconds", &seconds.to_string()), ("asked", &asked.to_string())]));
    }
    let rest = (!left.is_empty()).then(|| {
        let words = fill(texts.console.next, &[("count", &number(left.len().min(MOST_CARDS)))]);
        (words, console.link(&[("clusters", &left.join(","))]))
    });
    watch_clusters(console, ids, seconds);
    view! { <Overview notes rest /> }.into_any()
}

/// The ids of the first clusters that OCP lists, and how many it has.
async fn read_all(console: Console) -> Result<(Vec<String>, u64), ApiError> {
    let size = u32::try_from(MOST_CARDS).unwrap_or(u32::MAX);
    let page = read_clusters(console, ClusterQuery { page: 1, size, ..ClusterQuery::default() }).await?;
    let seen = |cluster: &Cluster| {
        let role = cluster.role.as_ref().map(|role| role_label(role, console.texts())).unwrap_or_default();
        Known::of(&cluster.id.to_string(), &name_of(cluster), &role)
    };
    learn(page.clusters.iter().filter_map(seen));
    let ids: Vec<_> = page.clusters.iter().map(|cluster| cluster.id.to_string()).collect();
    let total = page.total.unwrap_or_default().max(ids.len() as u64);
    Ok((ids, total))
}

/// The cards of all clusters that OCP lists.
#[component]
fn AllClusters() -> impl IntoView {
    let console = context::use_console();
    let texts = console.texts();
    let answer = RwSignal::new(None::<Result<(Vec<String>, u64), ApiError>>);
    // The cards that are there go on.
    let is_there = move || answer.with_untracked(|answer| matches!(answer, Some(Ok((ids, _))) if !ids.is_empty()));
    effect(move || {
        console.repeats.track();
        spawn_local_scoped_with_cancellation(async move {
            while !is_there() {
                let read = read_all(console).await;
                let is_outage = read.as_ref().err().is_some_and(ApiError::is_outage);
                // The choice of clusters, which stands in for the cards, keeps what is typed in it.
                if read.is_ok() || answer.with_untracked(Option::is_none) {
                    answer.set(Some(read));
                }
                if !is_outage {
                    return;
                }
                // A wall screen that starts during an outage must not look calm, and nobody is there to ask again.
                lose_sight(console, "all");
                TimeoutFuture::new(DEFAULT_SECONDS * 1000).await;
            }
        });
    });
    let owner = StoredValue::new(Owner::current().unwrap_or_default());
    let body = move || match answer.get() {
        None => view! { <p class="advice" role="status">{texts.loading}</p> }.into_any(),
        Some(Ok((ids, _))) if ids.is_empty() => {
            view! { <p class="advice" role="status">{texts.console.none}</p> }.into_any()
        }
        Some(Ok((ids, total))) => owner.get_value().with(|| {
            let shown = ids.len() as u64;
            let note = (total > shown).then(|| {
                let values = [("shown", &*texts.number(shown)), ("all", &*texts.number(total))];
                view! { <p role="note">{fill(texts.console.listed_first, &values)}</p> }.into_any()
            });
            let cards = cards(console, ids);
            view! { {note} {cards} }.into_any()
        }),
        // Without OCP's list, the choice of clusters says why, and what remains.
        Some(Err(_)) => view! { <ClusterList /> }.into_any(),
    };
    view! { <div>{boxed(body)}</div> }
}
