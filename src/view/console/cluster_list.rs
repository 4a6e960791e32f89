//! A choice of clusters by name: those that OCP lists, those that were seen in this browser, and one whose id is typed.

use std::pin::pin;

use futures_util::future::{Either, select};
use gloo_timers::future::TimeoutFuture;
use leptos::ev;
use leptos::prelude::*;
use leptos::reactive::spawn_local_scoped_with_cancellation;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::context::{Console, use_console};
use super::known::known;
use crate::api::clusters::{ClusterQuery, decode_clusters, request};
use crate::api::error::{ApiError, ErrorKind};
use crate::api::fetch;
use crate::domain::cluster::{Cluster, ClusterPage, ClusterStatus};
use crate::domain::query::parse_cluster_id;
use crate::state::refresh::TIMEOUT;
use crate::text::coverage::full_name;
use crate::text::problem::problem;
use crate::text::rows::role_label;
use crate::text::sanitize::visible;
use crate::text::texts::fill;
use crate::view::parts::{Button, Facts, Fingerprint, Switch, boxed, effect};

/// How many clusters a page of the list has.
const SIZE: u32 = 20;
/// How long a search waits for the next letter, in milliseconds.
const LETTER: u32 = 250;

/// Asks OCP for its clusters.
///
/// # Errors
/// Why there is no list.
pub async fn read_clusters(console: Console, query: ClusterQuery) -> Result<ClusterPage, ApiError> {
    let setup = console.setup();
    let request = request(&setup.base_url, &query)?;
    let response = pin!(fetch::get(request, setup.locale.tag(), &setup.transport));
    let answer = match select(response, TimeoutFuture::new(u32::try_from(TIMEOUT).unwrap_or(u32::MAX))).await {
        Either::Left((response, _)) => response.and_then(|response| decode_clusters(&response)),
        Either::Right(_) => Err(ApiError::without_answer(ErrorKind::Timeout)),
    };
    let error = answer.as_ref().err();
    console.is_list_refused.set(error.is_some_and(|error| error.kind == ErrorKind::NotSignedIn));
    answer
}

/// `name:id` of a cluster of the list.
#[must_use]
pub fn name_of(cluster: &Cluster) -> String {
    full_name(Some(&cluster.name), cluster.ob_cluster_id.as_deref())
}

/// The state of a list on screen.
#[derive(Clone, Copy)]
struct List {
    console: Console,
    query: RwSignal<ClusterQuery>,
    answer: RwSignal<Option<Result<ClusterPage, ApiError>>>,
    /// The ids of the clusters that are ticked.
    ticked: RwSignal<Vec<u64>>,
}

impl List {
    /// Reads the page anew whenever the query changes.
    fn follow(self) {
        let mut last = None::<ClusterQuery>;
        effect(move || {
            self.console.repeats.track();
            let query = self.query.get();
            // Only typing waits: whoever turns a page wants it now.
            let is_typed = last.replace(query.clone()).is_some_and(|last| last.name != query.name);
            // The last request is dropped, and with that aborted.
            spawn_local_scoped_with_cancellation(async move {
                if is_typed {
                    TimeoutFuture::new(LETTER).await;
                }
                let page = query.page;
                let answer = read_clusters(self.console, query).await;
                if page > 1 && answer.as_ref().is_ok_and(|answer| answer.clusters.is_empty() && answer.unread == 0) {
                    // The list has become shorter.
                    return self.change(|_| {});
                }
                self.answer.set(Some(answer));
            });
        });
    }

    fn change(self, change: impl FnOnce(&mut ClusterQuery)) {
        self.query.update(|query| {
            query.page = 1;
            change(query);
        });
    }

    fn turn(self, is_next: bool) {
        self.query.update(|query| {
            query.page = if is_next { query.page.saturating_add(1) } else { query.page.saturating_sub(1).max(1) };
        });
    }

    fn tick(self, id: u64) {
        self.ticked.update(|ticked| match ticked.iter().position(|other| *other == id) {
            Some(place) => _ = ticked.remove(place),
            None => ticked.push(id),
        });
    }
}

/// The list, with its search.
#[component]
pub fn ClusterList(
    /// Whether the search has the focus at once.
    #[prop(optional)]
    is_focused: bool,
) -> impl IntoView {
    let console = use_console();
    let texts = console.texts();
    let list = List {
        console,
        query: RwSignal::new(ClusterQuery { page: 1, size: SIZE, ..ClusterQuery::default() }),
        answer: RwSignal::new(None),
        ticked: RwSignal::new(Vec::new()),
    };
    list.follow();
    let statuses = ClusterStatus::ALL
        .into_iter()
        .map(|status| view! { <option value=status.name()>{texts.cluster_status.of(status)}</option> }.into_any());
    let statuses = statuses.collect_view();
    let find = move |event| list.change(|query| query.name = event_target_value(&event));
    let pick = move |event| list.change(|query| query.status = ClusterStatus::parse(&event_target_value(&event)));
    let search = NodeRef::<leptos::html::Input>::new();
    let section = NodeRef::<leptos::html::Section>::new();
    // Enter opens the cluster whose id is typed, or the only one that is found.
    let open_only = move |event: ev::KeyboardEvent| {
        let is_only = list.answer.with_untracked(|answer| {
            answer.as_ref().is_some_and(|answer| answer.as_ref().is_ok_and(|page| page.clusters.len() == 1))
        });
        let selector = match parse_cluster_id(&list.query.read_untracked().name) {
            Some(_) => ".typed a",
            None if is_only => "tbody a",
            None => return,
        };
        let link = section.get_untracked().and_then(|section| section.query_selector(selector).ok().flatten());
        if let Some(link) = link.filter(|_| event.key() == "Enter") {
            link.unchecked_into::<HtmlElement>().click();
        }
    };
    effect(move || {
        if let Some(search) = search.get().filter(|_| is_focused) {
            _ = search.focus();
        }
    });
    let rows = move || match list.answer.get() {
        None => view! { <p class="advice" role="status">{texts.loading}</p> }.into_any(),
        Some(Ok(page)) => view! { <Listed list page /> }.into_any(),
        Some(Err(error)) => view! { <NotListed list error /> }.into_any(),
    };
    view! {
        <section class="clusters" node_ref=section aria-label=texts.console.clusters>
            <div class="search">
                <input
                    node_ref=search
                    type="search"
                    class="input"
                    maxlength="128"
                    aria-label=texts.console.search
                    placeholder=texts.console.search
                    on:input=find
                    on:keydown=open_only
                />
                <select class="input" aria-label=texts.console.status on:change=pick>
                    <option value="">{texts.console.any_status}</option>
                    {statuses}
                </select>
                <Together list />
            </div>
            <TypedId list />
            <Switch on=move || Fingerprint::of(&list.answer.get().map(|answer| answer.map_err(|error| error.kind.name()))) view=rows />
        </section>
    }
}

/// A link to the cluster whose id is typed.
#[component]
fn TypedId(list: List) -> impl IntoView {
    let texts = list.console.texts();
    let link = move || match parse_cluster_id(&list.query.read().name) {
        Some(id) => {
            let id = id.to_string();
            let words = fill(texts.console.open_id, &[("id", &id)]);
            view! { <a href=list.console.link_to_cluster(&id)>{words}</a> }.into_any()
        }
        None => ().into_any(),
    };
    view! { <p class="typed">{boxed(link)}</p> }
}

/// Leads to the clusters that are ticked, side by side.
#[component]
fn Together(list: List) -> impl IntoView {
    let (console, texts) = (list.console, list.console.texts());
    let ids = move || list.ticked.read().iter().map(u64::to_string).collect::<Vec<_>>().join(",");
    let href = move || console.link(&[("clusters", &ids())]);
    let words = move || fill(texts.console.together, &[("count", &list.ticked.read().len().to_string())]);
    view! {
        <a class="bar-button primary" href=boxed(href) hidden=boxed(move || list.ticked.read().is_empty())>
            {boxed(words)}
        </a>
    }
}

#[component]
fn Listed(list: List, page: ClusterPage) -> impl IntoView {
    let texts = list.console.texts();
    let ClusterPage { clusters, unread, total } = page;
    let query = list.query.get_untracked();
    if clusters.is_empty() && unread == 0 {
        let is_filtered = !query.name.trim().is_empty() || query.status.is_some();
        let words = if is_filtered { texts.console.none_found } else { texts.console.none };
        return view! {
            <p class="advice" role="status">{words}</p>
            <Seen list />
        }
        .into_any();
    }
    let first = u64::from(query.page - 1) * u64::from(SIZE) + 1;
    let last = first + clusters.len() as u64 + unread - 1;
    let total_words = total.map_or_else(|| "?".to_owned(), |total| texts.number(total));
    let values = [("first", &*texts.number(first)), ("last", &*texts.number(last)), ("total", &*total_words)];
    let listed = fill(texts.console.listed, &values);
    let is_last = total.is_some_and(|total| last >= total);
    let unread = (unread > 0).then(|| fill(texts.console.unread, &[("count", &texts.number(unread))]));
    let rows = clusters.into_iter().map(|cluster| view! { <Row list cluster /> }.into_any()).collect_view();
    let heading = |words: &'static str| view! { <th scope="col">{words}</th> }.into_any();
    let columns = &texts.console;
    let headings = [columns.name, columns.role, columns.status, columns.tenants, columns.version];
    let headings = headings.into_iter().map(heading).collect_view();
    view! {
        <div class="scroll">
            <table>
                <thead>
                    <tr>
                        <th><span class="unseen">{columns.tick}</span></th>
                        {headings}
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        <p class="pager" role="status">
            <span>{listed}</span>
            <span>{unread}</span>
            <Button class="bar-button" label=columns.before disabled=query.page == 1 on_click=move |()| {
                if list.query.with_untracked(|query| query.page > 1) {
                    list.turn(false);
                }
            } />
            <Button class="bar-button" label=columns.after disabled=is_last on_click=move |()| {
                if !is_last {
                    list.turn(true);
                }
            } />
        </p>
    }
    .into_any()
}

#[component]
fn Row(list: List, cluster: Cluster) -> impl IntoView {
    let texts = list.console.texts();
    let name = name_of(&cluster);
    let Cluster { id, version, status, role, tenants, .. } = cluster;
    let status = status.map(|status| {
        ClusterStatus::parse(&status)
            .map_or_else(|| visible(&status), |known| texts.cluster_status.of(known).to_owned())
    });
    let cells = [
        role.map(|role| role_label(&role, texts)),
        status,
        tenants.map(|count| texts.number(count)),
        version.map(|version| visible(&version)),
    ];
    let cells = cells.into_iter().map(|text| view! { <td translate="no">{text}</td> }.into_any()).collect_view();
    let label = [texts.console.tick, " ", &name].concat();
    view! {
        <tr>
            <td>
                <input
                    type="checkbox"
                    aria-label=label
                    prop:checked=move || list.ticked.read().contains(&id)
                    on:change=move |_| list.tick(id)
                />
            </td>
            <th scope="row" translate="no">
                <a href=list.console.link_to_cluster(&id.to_string())>{name}</a>
                <small>{["ID ", &id.to_string()].concat()}</small>
            </th>
            {cells}
        </tr>
    }
}

/// Why OCP gives no list. That is no failure of the page: the clusters that were seen, and an id, remain.
#[component]
fn NotListed(list: List, error: ApiError) -> impl IntoView {
    let texts = list.console.texts();
    let words = problem(&error, texts);
    let advice = match error.kind {
        ErrorKind::Forbidden => texts.console.forbidden.to_owned(),
        ErrorKind::NoSuchCluster | ErrorKind::WrongPath => texts.console.not_offered.to_owned(),
        _ => words.advice,
    };
    // A 404 of this list is about no cluster.
    let is_absent = matches!(error.kind, ErrorKind::Forbidden | ErrorKind::NoSuchCluster | ErrorKind::WrongPath);
    let title = (!is_absent).then(|| view! { <p class="headline">{words.title}</p> }.into_any());
    view! {
        <div class="notice" role="alert" data-tone=if is_absent { "neutral" } else { "critical" }>
            {title}
            <p class="advice">{advice}</p>
            <Facts facts=words.facts />
            <Button class="bar-button" label=texts.retry on_click=move |()| {
                list.answer.set(None);
                list.console.ask_again();
            } />
        </div>
        <Seen list />
    }
}

/// The clusters that were seen in this browser, and whose name or id has what is typed.
#[component]
fn Seen(list: List) -> impl IntoView {
    let texts = list.console.texts();
    let seen = known();
    if seen.is_empty() {
        return view! { <p class="advice">{texts.console.type_id}</p> }.into_any();
    }
    let rows = move || {
        let typed = list.query.read().name.trim().to_lowercase();
        let fits = |text: &str| text.to_lowercase().contains(&typed);
        let seen = seen.iter().filter(|known| fits(&known.name) || fits(&known.id));
        let row = seen.map(|known| {
            view! {
                <li>
                    <a href=list.console.link_to_cluster(&known.id) translate="no">{known.name.clone()}</a>
                    <small>{["ID ", &known.id].concat()}</small>
                    <small>{known.role.clone()}</small>
                </li>
            }
            .into_any()
        });
        row.collect_view().into_any()
    };
    view! {
        <h2>{texts.console.seen}</h2>
        <ul class="seen">{boxed(rows)}</ul>
    }
    .into_any()
}
