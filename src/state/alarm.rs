//! The alarm of a page that watches clusters: how many of their tasks are critical, when to ring, and whether all that is still known.
//! It is pure: what was heard of a cluster goes in, and what to tell comes out.

use crate::domain::query::Query;
use crate::domain::time::EpochMs;

/// After this silence, in milliseconds, the state of a cluster is unknown. A cluster that is asked less often has three intervals.
const SILENCE: i64 = 180_000;

/// What a response tells the alarm.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// The request.
    pub query: Query,
    /// Whether it is about the whole list and not only a page. Those two are different questions.
    pub is_list: bool,
    /// How many tasks are critical.
    pub critical: u32,
    /// The names of the first of them.
    pub names: Vec<String>,
    /// Whether the cluster has no log backup at all.
    pub has_no_backup: bool,
    /// Whether it tells of now, and does not come from a cache.
    pub is_fresh: bool,
}

impl Report {
    /// Whether `last` answers the same question.
    fn is_comparable(&self, last: &Self) -> bool {
        self.is_list == last.is_list
            && if self.is_list { self.query.is_same_list(&last.query) } else { self.query == last.query }
    }

    /// Whether more tasks are critical than in `last`, or others. If not all are named, it can't be told whether they are others.
    fn is_worse(&self, last: &Self) -> bool {
        let is_named = |report: &Self| report.critical as usize <= report.names.len();
        let is_another = || self.names.iter().any(|name| !last.names.contains(name));
        self.critical > last.critical || is_named(self) && is_named(last) && is_another()
    }
}

/// What to notify of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ring {
    /// Another task of this cluster is critical.
    Critical {
        /// The cluster.
        cluster: String,
        /// How many tasks are critical.
        count: u64,
        /// The names of the first of them.
        names: Vec<String>,
    },
    /// Tasks are no longer in the whole list of this cluster. OceanBase itself leaves interrupted ones out.
    Gone {
        /// The cluster.
        cluster: String,
        /// How many are gone.
        count: u64,
        /// The names of the first of them.
        names: Vec<String>,
    },
    /// Nothing is known of these clusters any more.
    Blind {
        /// The clusters.
        clusters: Vec<String>,
        /// Whether it is the first of an outage. Clusters that are lost one after the other are one outage, which rings once.
        is_first: bool,
    },
}

/// What was last heard of a cluster.
#[derive(Clone, Debug)]
struct Sight {
    cluster: String,
    /// The last report, and the last one of the whole list.
    last: Option<Report>,
    list: Option<Report>,
    is_known: bool,
    heard: EpochMs,
}

/// The number to show, and what there is to doubt about it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Badge {
    /// How many tasks are critical, as far as was last heard.
    pub critical: u32,
    /// Whether there is a cluster that nothing is known of now.
    pub is_in_doubt: bool,
    /// Whether there is a cluster without any log backup.
    pub has_no_backup: bool,
}

impl Badge {
    /// In a few characters: `8`, `8?`, `?` or `!`; empty where all is well.
    #[must_use]
    pub fn text(self) -> String {
        let mut text = if self.critical > 0 { self.critical.min(99).to_string() } else { String::new() };
        if self.is_in_doubt {
            text.push('?');
        }
        if text.is_empty() && self.has_no_backup {
            text.push('!');
        }
        text
    }
}

/// The alarm.
#[derive(Clone, Debug, Default)]
pub struct Alarm {
    sights: Vec<Sight>,
    /// When a cluster was last lost.
    lost: Option<EpochMs>,
}

impl Alarm {
    /// Keeps only these clusters: one that was left for another counts no more.
    pub fn retain(&mut self, clusters: &[String]) {
        self.sights.retain(|sight| clusters.contains(&sight.cluster));
    }

    fn sight(&mut self, cluster: &str, now: EpochMs) -> Option<&mut Sight> {
        if self.sights.iter().all(|sight| sight.cluster != cluster) {
            let cluster = cluster.to_owned();
            self.sights.push(Sight { cluster, last: None, list: None, is_known: true, heard: now });
        }
        self.sights.iter_mut().find(|sight| sight.cluster == cluster)
    }

    /// Takes in a response.
    pub fn hear(&mut self, cluster: &str, report: Report, now: EpochMs) -> Option<Ring> {
        let sight = self.sight(cluster, now)?;
        let last = if report.is_list { &sight.list } else { &sight.last };
        // Another page or range is another list: what is critical there did not become so now.
        let is_news = last.as_ref().is_some_and(|last| report.is_comparable(last) && report.is_worse(last));
        let ring = is_news.then(|| Ring::Critical {
            cluster: cluster.to_owned(),
            count: report.critical.into(),
            names: report.names.clone(),
        });
        // What a cache answers was so once: it is in doubt, and after a while it is silence.
        if report.is_fresh {
            (sight.is_known, sight.heard) = (true, now);
        }
        if report.is_list {
            sight.list = Some(report.clone());
        }
        sight.last = Some(report);
        ring
    }

    /// Notes that nothing is known of `cluster` now. What was critical may be so still, and is no news when it is told again.
    pub fn lose(&mut self, cluster: &str, now: EpochMs) -> Option<Ring> {
        let was_any = !self.unknown().is_empty();
        let sight = self.sight(cluster, now)?;
        if !std::mem::replace(&mut sight.is_known, false) {
            return None;
        }
        // One that is lost for good, such as a wrong id in a link, makes no later outage silent.
        let last = self.lost.replace(now);
        let is_first = !was_any || last.is_none_or(|last| !(0..=SILENCE).contains(&(now - last)));
        Some(Ring::Blind { clusters: self.unknown(), is_first })
    }

    /// Loses the clusters that were silent for too long: a panel that is paused, or a page that the browser froze, knows nothing of now.
    /// `interval` gives the milliseconds between two requests for a cluster.
    pub fn check(&mut self, interval: impl Fn(&str) -> i64, now: EpochMs) -> Vec<Ring> {
        for sight in &mut self.sights {
            // The clock may have been set back.
            sight.heard = sight.heard.min(now);
        }
        let is_silent =
            |sight: &&Sight| sight.is_known && now - sight.heard > SILENCE.max(3 * interval(&sight.cluster));
        let silent: Vec<_> = self.sights.iter().filter(is_silent).map(|sight| sight.cluster.clone()).collect();
        silent.iter().filter_map(|cluster| self.lose(cluster, now)).collect()
    }

    fn unknown(&self) -> Vec<String> {
        self.sights.iter().filter(|sight| !sight.is_known).map(|sight| sight.cluster.clone()).collect()
    }

    /// What to show. An outage looks no better than what was known before it.
    #[must_use]
    pub fn badge(&self) -> Badge {
        let reports = || self.sights.iter().filter_map(|sight| sight.last.as_ref());
        Badge {
            critical: reports().map(|report| report.critical).sum(),
            is_in_doubt: self.sights.iter().any(|sight| !sight.is_known) || reports().any(|report| !report.is_fresh),
            has_no_backup: reports().any(|report| report.has_no_backup),
        }
    }
}
