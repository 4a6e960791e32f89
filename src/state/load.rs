//! What we have, what is under way, and the last problem: three axes, one reducer, and predicates derived from them.

use std::sync::Arc;

use super::watch::Watch;
use crate::api::error::{ApiError, ErrorKind};
use crate::domain::page::TaskPage;
use crate::domain::query::Query;
use crate::domain::skew::Skew;
use crate::domain::time::EpochMs;

/// Numbers the questions, so that answers count by what they answer and not by when they arrive.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ticket(u64);

/// Rows, and the question they answer.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// The answer.
    pub page: Arc<TaskPage>,
    /// The question.
    pub query: Query,
    /// When it arrived, on the browser's clock.
    pub received: EpochMs,
    /// How far the clocks are apart.
    pub skew: Skew,
}

/// Two are equal if they are the same answer, of the same age: comparing thousands of rows would cost more than it saves.
impl PartialEq for Loaded {
    fn eq(&self, other: &Self) -> bool {
        self.is_same_answer(other) && self.received == other.received
    }
}

impl Loaded {
    /// Whether `other` is the same answer. Its age may be another one: a clock that was set moves it.
    #[must_use]
    pub fn is_same_answer(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.page, &other.page)
    }
}

/// What is under way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Flight {
    /// Nothing.
    #[default]
    Idle,
    /// A request, sent at this time of the browser's clock.
    Loading(EpochMs),
}

/// What is known of the task list.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Load {
    /// The last good answer for this cluster.
    pub data: Option<Loaded>,
    /// What is under way.
    pub flight: Flight,
    /// What went wrong since that answer.
    pub problem: Option<ApiError>,
    /// What the session has seen by comparing answers.
    pub watch: Watch,
    /// The question that is to be answered now, and when it left.
    asked: Option<(Ticket, Query, EpochMs)>,
}

/// What happens to a [`Load`].
#[derive(Clone, Debug)]
pub enum Event {
    /// A request is about to be sent, at this time of the browser's clock.
    Asked(Query, EpochMs),
    /// It was answered, or failed.
    Answered {
        /// The number of the question, from [`Load::ticket`].
        ticket: Ticket,
        /// The outcome.
        result: Result<TaskPage, ApiError>,
        /// When, on the browser's clock.
        at: EpochMs,
    },
    /// The browser's clock was set by so many milliseconds, less than 0 for back: ages and waits stay as long as they were.
    ClockSet(i64),
    /// The embedder pointed the panel at another server: nothing of the old one holds.
    Forget,
}

/// The state as hosts, tests and stylesheets see it (`data-state`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// The current question has no answer yet.
    Loading,
    /// Its rows are shown.
    Ready,
    /// It was answered with no rows.
    Empty,
    /// Rows are shown, but the last request failed.
    Stale,
    /// The request failed and there is nothing to show.
    Error,
}

impl Phase {
    /// The public name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Loading => "loading",
            Self::Ready => "ready",
            Self::Empty => "empty",
            Self::Stale => "stale",
            Self::Error => "error",
        }
    }
}

impl Load {
    /// The one writer. An answer to any question but the latest is ignored.
    pub fn settle(&mut self, event: Event) {
        match event {
            Event::Forget => {
                let mut watch = std::mem::take(&mut self.watch);
                watch.forget();
                *self = Self { asked: self.asked.take(), watch, ..Self::default() };
            }
            Event::ClockSet(by) => {
                if let Flight::Loading(since) = &mut self.flight {
                    *since += by;
                }
                if let Some(data) = &mut self.data {
                    data.received += by;
                }
                if let Some((.., at)) = &mut self.asked {
                    *at += by;
                }
            }
            Event::Asked(query, at) => {
                // Rows of one cluster are never shown under the name of another, nor those of one user to the next.
                let signed_out = self.problem.as_ref().is_some_and(|problem| problem.kind == ErrorKind::NotSignedIn);
                let is_same = self.asked.as_ref().is_none_or(|(_, last, _)| last.cluster == query.cluster);
                if signed_out || !is_same {
                    self.data = None;
                    self.watch.forget();
                }
                let ticket = self.asked.as_ref().map_or(Ticket(1), |(Ticket(last), ..)| Ticket(last + 1));
                self.flight = Flight::Loading(at);
                if self.asked.as_ref().is_some_and(|(_, last, _)| *last != query) {
                    self.problem = None;
                }
                self.asked = Some((ticket, query, at));
            }
            Event::Answered { ticket, result, at } => {
                let Some((_, query, asked)) = self.asked.as_ref().filter(|(asked, ..)| *asked == ticket) else {
                    return;
                };
                self.flight = Flight::Idle;
                match result {
                    Ok(page) => {
                        self.watch.observe(&page, query, self.data.as_ref(), at);
                        let skew = Skew::of(&page, *asked, at);
                        let (page, query) = (Arc::new(page), query.clone());
                        self.data = Some(Loaded { page, query, received: at, skew });
                        self.problem = None;
                    }
                    Err(error) => {
                        self.watch.fail(at, &error);
                        self.problem = Some(error);
                    }
                }
            }
        }
    }

    /// The number of the latest question.
    #[must_use]
    pub fn ticket(&self) -> Ticket {
        self.asked.as_ref().map(|(ticket, ..)| *ticket).unwrap_or_default()
    }

    /// How long the request under way has been waiting, in milliseconds.
    #[must_use]
    pub fn waiting(&self, now: EpochMs) -> Option<i64> {
        match self.flight {
            Flight::Idle => None,
            Flight::Loading(since) => Some((now - since).max(0)),
        }
    }

    /// Whether a request is under way.
    #[must_use]
    pub fn is_loading(&self) -> bool {
        self.flight != Flight::Idle
    }

    /// Whether the rows on screen answer the latest question.
    #[must_use]
    pub fn is_current(&self) -> bool {
        matches!((&self.data, &self.asked), (Some(data), Some((_, query, _))) if data.query == *query)
    }

    /// The one word for all of it.
    #[must_use]
    pub fn phase(&self) -> Phase {
        match (&self.data, &self.problem) {
            (None, Some(_)) => Phase::Error,
            (Some(_), Some(_)) => Phase::Stale,
            (Some(data), None) if self.is_current() => {
                let page = &data.page;
                if page.tasks.is_empty() && page.malformed.is_empty() { Phase::Empty } else { Phase::Ready }
            }
            _ => Phase::Loading,
        }
    }
}
