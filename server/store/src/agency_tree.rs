//! The agencies in memory, with the sums of each and of all below it.

use std::collections::HashMap;

use sqlx::FromRow;
use thuocdo::{
    agency::Level,
    case_file::{CaseFileCounts, Measure},
    case_file_report::AgencyRead,
    indicator::on_time_returns::CaseFileRead,
    rate::Rate,
};

use crate::{Error, Store, held::Halves, on_read};

/// The sums of one agency for a window, and its rate in each of some months.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct OwnSums {
    pub read: CaseFileRead,
    pub months: Vec<Rate>,
}

impl OwnSums {
    /// Adds what one day, or one half of a month that no window cuts, adds.
    pub(crate) fn add_cell(&mut self, halves: &Halves, day: i32, counts: &CaseFileCounts) {
        halves.add(&mut self.read, day, counts);
        self.months.resize(halves.months(), Rate::default());
        if let Some(month) = halves.month(day) {
            let in_time = counts[Measure::Early] + counts[Measure::OnTime];
            self.months[month] = self.months[month] + Rate::new(in_time, in_time + counts[Measure::Late]);
        }
    }

    /// Adds another's; both are of the same months, or one of none yet.
    fn add(&mut self, other: Self) {
        self.read += other.read;
        if self.months.len() < other.months.len() {
            self.months.resize(other.months.len(), Rate::default());
        }
        for (mine, theirs) in self.months.iter_mut().zip(other.months) {
            *mine = *mine + theirs;
        }
    }
}

/// The agencies in memory, for adding up what stands below each.
pub(crate) struct Tree(HashMap<i64, Node>);

#[derive(FromRow)]
struct Node {
    agency_id: i64,
    code: String,
    name: String,
    level: i32,
    parent_id: Option<i64>,
}

impl Tree {
    /// Adds each agency's own sums to the row it belongs to: of the whole, what hangs below a city or below nothing; of
    /// an agency, its children; and a row for the own desk of the city or agency. With a level, every agency of it.
    pub(crate) fn roll_up(
        &self,
        own: HashMap<i64, OwnSums>,
        below: Option<i64>,
        level: Option<Level>,
    ) -> Vec<AgencyRead> {
        let mut rows: HashMap<(i64, bool), OwnSums> = HashMap::new();
        for (id, sums) in own {
            if let Some(row) = self.row_of(id, below, level.map(Level::number)) {
                rows.entry(row).or_default().add(sums);
            }
        }
        let mut reads: Vec<AgencyRead> = rows
            .into_iter()
            .filter_map(|((id, is_own_desk), OwnSums { read, months })| {
                let Node { code, name, level, .. } = self.0.get(&id)?;
                let level = Level::from_number(*level).unwrap_or(Level::Unclassified);
                Some(AgencyRead { code: code.clone(), name: name.clone(), level, is_own_desk, read, months })
            })
            .collect();
        reads.sort_by(|a, b| (&a.code, a.is_own_desk).cmp(&(&b.code, b.is_own_desk)));
        reads
    }

    /// The row an agency is added to, and whether it is somebody's own desk.
    fn row_of(&self, id: i64, below: Option<i64>, level: Option<i32>) -> Option<(i64, bool)> {
        let is_city = |node: &Node| node.level == Level::City.number();
        let mut at = self.0.get(&id)?;
        if let Some(level) = level {
            return (at.level == level).then_some((id, false));
        }
        if Some(id) == below || (below.is_none() && is_city(at)) {
            return Some((id, true));
        }
        loop {
            let parent = at.parent_id.and_then(|parent| self.0.get(&parent));
            match (parent, below) {
                (None, _) => return Some((at.agency_id, false)),
                (Some(parent), None) if is_city(parent) => return Some((at.agency_id, false)),
                (Some(parent), Some(below)) if parent.agency_id == below => {
                    return Some((at.agency_id, false));
                }
                (Some(parent), _) => at = parent,
            }
        }
    }
}

impl Store {
    pub(crate) async fn tree(&self) -> Result<Tree, Error> {
        const NODES: &str = "select agency_id, code, name, level, parent_id from agencies";
        let nodes: Vec<Node> = on_read!(self, pool => sqlx::query_as(NODES).fetch_all(pool).await)?;
        Ok(Tree(nodes.into_iter().map(|node| (node.agency_id, node)).collect()))
    }
}
