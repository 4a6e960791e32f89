//! The one driver: it watches the query, asks, and settles the answer.

use leptos::prelude::*;
use leptos::reactive::effect::RenderEffect;
use leptos::reactive::spawn_local_scoped_with_cancellation;

use super::load::{Event, Load};
use crate::api::{decode::decode, error::ApiError, fetch, request::request};
use crate::domain::page::TaskPage;
use crate::domain::query::{Intent, Query};
use crate::domain::time::Clock;

/// A panel's state: signals that live as long as the owner that made them. Copies are handles to the same state.
#[derive(Clone, Copy)]
pub struct Panel {
    /// What is asked. Written by [`Panel::apply`] alone.
    pub query: ReadSignal<Query>,
    /// What is known. Written by the driver alone.
    pub load: ReadSignal<Load>,
    /// Where OCP is, empty for the page's own origin.
    pub base_url: ReadSignal<String>,
    /// The clock that all of the panel uses.
    pub clock: Clock,
    set_query: WriteSignal<Query>,
    set_load: WriteSignal<Load>,
    set_base_url: WriteSignal<String>,
    /// The language of OCP's messages, an HTTP language tag.
    language: RwSignal<String>,
    refreshes: RwSignal<u32>,
}

impl Panel {
    /// Starts a panel under the current owner. The first request leaves at once.
    #[must_use]
    pub fn start(base_url: String, query: Query, language: String, clock: Clock) -> Self {
        let (query, set_query) = signal(query);
        let (load, set_load) = signal(Load::default());
        let (base_url, set_base_url) = signal(base_url);
        let (language, refreshes) = (RwSignal::new(language), RwSignal::new(0));
        let panel = Self { query, load, base_url, clock, set_query, set_load, set_base_url, language, refreshes };
        // Not a resource: that awaits one answer before it looks at the next change, and would paint the stale one.
        // An effect that runs again cancels the future of its last run, and with it the request.
        let asking = RenderEffect::new(move |_| panel.ask());
        StoredValue::new_local(asking);
        panel
    }

    /// Applies a wish; the request follows by itself. A wish for what was asked already, but could not be had, asks again.
    pub fn apply(&self, intent: Intent) {
        self.apply_all([intent]);
    }

    /// Applies wishes in their order, as one change with one request.
    pub fn apply_all(&self, intents: impl IntoIterator<Item = Intent>) {
        let mut intents = intents.into_iter().peekable();
        if intents.peek().is_none() {
            return;
        }
        let mut next = self.query.get_untracked();
        intents.for_each(|intent| next.apply(intent));
        if next != self.query.get_untracked() {
            self.set_query.set(next);
        } else if self.load.with_untracked(|load| !load.is_current() && !load.is_loading()) {
            self.refresh();
        }
    }

    /// Asks the same again.
    pub fn refresh(&self) {
        self.refreshes.update(|count| *count += 1);
    }

    /// Points the panel at another server.
    pub fn move_to(&self, base_url: String) {
        if base_url != self.base_url.get_untracked() {
            self.set_load.update(|load| load.settle(Event::Forget));
            self.set_base_url.set(base_url);
        }
    }

    /// Sets the language of OCP's own messages, from the next request on.
    pub fn speak(&self, language: String) {
        self.language.set(language);
    }

    fn ask(self) {
        self.refreshes.track();
        let (query, base_url) = (self.query.get(), self.base_url.get());
        let language = self.language.get_untracked();
        self.set_load.update(|load| load.settle(Event::Asked(query.clone())));
        let ticket = self.load.with_untracked(Load::ticket);
        let clock = self.clock;
        spawn_local_scoped_with_cancellation(async move {
            let result = answer(&base_url, &query, &language, clock).await;
            let at = (clock.now)();
            self.set_load.try_update(|load| load.settle(Event::Answered { ticket, result, at }));
        });
    }
}

async fn answer(base_url: &str, query: &Query, language: &str, clock: Clock) -> Result<TaskPage, ApiError> {
    let request = request(base_url, query, (clock.now)())?;
    decode(&fetch::get(request, language).await?)
}
