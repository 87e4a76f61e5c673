//! An import: one transaction, one batch, from the first row to the receipt. Dropped, it leaves nothing behind.

use std::{
    collections::{HashMap, HashSet},
    fmt,
};

use chrono::NaiveDate;
use thuocdo::{petition, working_days::WorkingDays};

use crate::{
    Error, Receipt, Store, Tx,
    agencies::Place,
    case_files::{Appending, Beside, Prepared, WAIT_AT_MOST},
    deltas::Deltas,
    procedures::{Field, Procedure, ProcedureFacts},
    settings::Changed,
};

/// A row with the line of the file it came from.
#[derive(Debug, Clone)]
pub struct Numbered<T> {
    /// The line, from one.
    pub line: u64,
    /// The row.
    pub row: T,
}

/// Something only the store can know about a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remarked {
    /// The line of the file.
    pub line: u64,
    /// Whether the row was left out for it.
    pub is_set_aside: bool,
    /// What it is.
    pub remark: Remark,
}

impl Remarked {
    pub(crate) fn warning(line: u64, remark: Remark) -> Self {
        Self { line, is_set_aside: false, remark }
    }

    pub(crate) fn set_aside(line: u64, remark: Remark) -> Self {
        Self { line, is_set_aside: true, remark }
    }
}

/// What there is to say of a row, in Vietnamese and English.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Remark {
    /// The agency was made from its code.
    UnknownAgency(String),
    /// The field was made from its code.
    UnknownField(String),
    /// The procedure was made from its code.
    UnknownProcedure(String),
    /// The code stands on an earlier line of the same file; this row wins.
    Duplicate(String),
    /// The file moved from one agency to another.
    Moved {
        /// The file.
        case_code: String,
        /// The agency it was at.
        from: String,
        /// The agency it is at now.
        to: String,
    },
    /// The agency would stand above itself.
    ParentCycle(String),
    /// The row is of an agency that who imports has nothing to do with.
    OutOfReach(String),
    /// The code is that of a row of such an agency.
    TakenElsewhere(String),
    /// The issue belongs to no dialogue we know.
    UnknownDialogue(String),
    /// The file is said to be finished, and neither the row nor the stored file says when.
    NoCompletionDate(String),
}

impl Remark {
    /// The column it is about.
    #[must_use]
    pub fn column(&self) -> &'static str {
        match self {
            Self::UnknownAgency(_) | Self::Moved { .. } | Self::OutOfReach(_) => "agency_code",
            Self::UnknownField(_) => "field_code",
            Self::UnknownProcedure(_) => "procedure_code",
            Self::Duplicate(_) | Self::TakenElsewhere(_) => "code",
            Self::ParentCycle(_) => "parent_code",
            Self::UnknownDialogue(_) => "dialogue_code",
            Self::NoCompletionDate(_) => "completed_on",
        }
    }

    /// The value it is about.
    #[must_use]
    pub fn value(&self) -> &str {
        match self {
            Self::UnknownAgency(value)
            | Self::UnknownField(value)
            | Self::UnknownProcedure(value)
            | Self::Duplicate(value)
            | Self::ParentCycle(value)
            | Self::UnknownDialogue(value)
            | Self::OutOfReach(value)
            | Self::TakenElsewhere(value)
            | Self::NoCompletionDate(value) => value,
            Self::Moved { case_code, .. } => case_code,
        }
    }
}

impl fmt::Display for Remark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownAgency(code) => write!(
                f,
                "chưa có đơn vị «{code}»: đã tạo ở mức «chưa phân loại», hãy nhập danh sách đơn vị / \
                 agency “{code}” is unknown: made as unclassified; import the list of agencies"
            ),
            Self::UnknownField(code) => {
                write!(f, "chưa có lĩnh vực «{code}»: đã tạo / field “{code}” is unknown: made from its code")
            }
            Self::UnknownProcedure(code) => write!(
                f,
                "chưa có thủ tục «{code}»: đã tạo, chưa có thời hạn / \
                 procedure “{code}” is unknown: made from its code, without a time limit"
            ),
            Self::Duplicate(code) => write!(
                f,
                "mã «{code}» lặp lại trong tệp: dòng sau cùng được giữ / \
                 code “{code}” stands more than once in the file: the last row wins"
            ),
            Self::Moved { case_code, from, to } => write!(
                f,
                "hồ sơ «{case_code}» chuyển từ đơn vị «{from}» sang «{to}» / \
                 case file “{case_code}” moved from agency “{from}” to “{to}”"
            ),
            Self::ParentCycle(code) => write!(
                f,
                "đơn vị «{code}» không thể ở dưới chính mình: để trống đơn vị cấp trên / \
                 agency “{code}” cannot stand below itself: its parent was left empty"
            ),
            Self::NoCompletionDate(code) => write!(
                f,
                "hồ sơ «{code}» đã xử lý xong mà không có ngày có kết quả hay ngày trả: thêm một trong hai ngày / \
                 case file “{code}” is finished without completed_on or returned_on: add one of the two"
            ),
            Self::OutOfReach(code) => write!(
                f,
                "đơn vị «{code}» ngoài phạm vi của người nhập / agency “{code}” is beyond the agencies of who imports"
            ),
            Self::TakenElsewhere(code) => write!(
                f,
                "mã «{code}» là của một đơn vị ngoài phạm vi của người nhập / \
                 code “{code}” is that of an agency beyond those of who imports"
            ),
            Self::UnknownDialogue(code) => write!(
                f,
                "chưa có đối thoại «{code}»: hãy nhập danh sách đối thoại trước / \
                 dialogue “{code}” is unknown: import the dialogues first"
            ),
        }
    }
}

/// What codes mean, looked up once for the whole import.
#[derive(Default)]
pub(crate) struct Codes {
    agencies: foldhash::HashMap<String, Place>,
    levels: foldhash::HashMap<i64, i32>,
    fields: foldhash::HashMap<String, i64>,
    procedures: foldhash::HashMap<String, ProcedureFacts>,
    procedures_by_id: foldhash::HashMap<i64, ProcedureFacts>,
}

impl Codes {
    pub(crate) async fn load(tx: &mut Tx) -> Result<Self, Error> {
        let mut codes = Self { fields: tx.field_ids().await?.into_iter().collect(), ..Self::default() };
        for (code, place) in tx.agency_places().await? {
            codes.add_agency(code, place);
        }
        for (code, facts) in tx.procedure_facts().await? {
            codes.add_procedure(code, facts);
        }
        Ok(codes)
    }

    pub(crate) fn agency(&self, code: &str) -> Option<Place> {
        self.agencies.get(code).copied()
    }

    /// The code of an agency, for remarks: looked for only when there is something to say.
    pub(crate) fn agency_code(&self, id: i64) -> Option<&str> {
        self.agencies.iter().find(|(_, place)| place.id == id).map(|(code, _)| code.as_str())
    }

    pub(crate) fn add_agency(&mut self, code: String, place: Place) {
        self.levels.insert(place.id, place.level);
        self.agencies.insert(code, place);
    }

    pub(crate) fn level_of(&self, agency_id: i64) -> i32 {
        self.levels.get(&agency_id).copied().unwrap_or(0)
    }

    pub(crate) fn add_field(&mut self, code: String, id: i64) {
        self.fields.insert(code, id);
    }

    pub(crate) fn field(&self, code: &str) -> Option<i64> {
        self.fields.get(code).copied()
    }

    pub(crate) fn procedure_of(&self, code: &str) -> Option<ProcedureFacts> {
        self.procedures.get(code).copied()
    }

    pub(crate) fn procedure(&self, id: i64) -> Option<&ProcedureFacts> {
        self.procedures_by_id.get(&id)
    }

    pub(crate) fn add_procedure(&mut self, code: String, facts: ProcedureFacts) {
        self.procedures_by_id.insert(facts.id, facts);
        self.procedures.insert(code, facts);
    }
}

/// An open import. Write rows, then [`finish`](Self::finish); dropping it takes everything back.
pub struct Import {
    pub(crate) tx: Tx,
    pub(crate) receipt: Receipt,
    pub(crate) codes: Codes,
    pub(crate) calendar: WorkingDays,
    pub(crate) limits: petition::Limits,
    pub(crate) deltas: Deltas,
    /// Agencies whose parent is to be set when all rows are in: line, code, parent.
    pub(crate) parents: Vec<(u64, String, Option<String>)>,
    /// Levels, limits or days off changed: the counters are to be made anew.
    pub(crate) recount: bool,
    /// Case files worked out and not written yet.
    pub(crate) pending: Prepared,
    /// Set while an empty table is filled.
    pub(crate) appending: Option<Appending>,
    /// Looks case files up beside the writing, where they can be.
    pub(crate) beside: Option<Beside>,
    /// Rows that may wait for it to end.
    pub(crate) waiting_at_most: usize,
    /// What it changed so far.
    pub(crate) changed: Changed,
    /// The agencies whose rows come in; none is all.
    pub(crate) within: Option<HashSet<String>>,
}

impl Store {
    /// Begins an import as one batch.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn import(&self, kind: &str, source_name: &str, today: NaiveDate) -> Result<Import, Error> {
        let mut tx = self.begin().await?;
        let batch_id = tx.open_batch(kind, source_name, today).await?;
        let import = Import::of(tx, batch_id).await?;
        Ok(Import { beside: Some(Beside::of(self.clone())), ..import })
    }
}

impl Import {
    /// An import that writes under a batch.
    pub(crate) async fn of(mut tx: Tx, batch_id: i64) -> Result<Self, Error> {
        let codes = Codes::load(&mut tx).await?;
        let calendar = tx.calendar().await?;
        Ok(Self {
            tx,
            receipt: Receipt { batch_id, ..Receipt::default() },
            codes,
            calendar,
            limits: petition::Limits::default(),
            deltas: Deltas::default(),
            parents: Vec::new(),
            recount: false,
            pending: Prepared::default(),
            appending: None,
            waiting_at_most: WAIT_AT_MOST,
            beside: None,
            changed: Changed::default(),
            within: None,
        })
    }

    /// Marks all data as invented, for good.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn mark_invented(&mut self) -> Result<(), Error> {
        self.tx.mark_invented().await
    }

    /// Settles what had to wait for the last row: parents, counters, computed dates.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn settle(&mut self) -> Result<Vec<Remarked>, Error> {
        let mut remarks = Vec::new();
        self.append_no_longer(true, &mut remarks).await?;
        self.store_pending().await?;
        remarks.extend(self.settle_tree().await?);
        self.tx.flush(&mut self.deltas).await?;
        if self.recount {
            self.calendar = self.tx.calendar().await?;
            self.tx.rebuild(&self.calendar, self.limits, Some(self.receipt.batch_id)).await?;
        }
        Ok(remarks)
    }

    /// Commits the batch and gives the receipt. Call [`settle`](Self::settle) first.
    ///
    /// # Errors
    /// When the database fails; nothing is then stored.
    pub async fn finish(
        mut self,
        set_aside: i64,
        warnings: i64,
        dropped: &[String],
    ) -> Result<Receipt, Error> {
        self.tx.close_batch(&self.receipt, set_aside, warnings, &dropped.join("; ")).await?;
        if self.recount {
            self.changed = Changed::ALL;
        }
        self.tx.raise_versions(self.changed).await?;
        self.tx.commit().await?;
        Ok(self.receipt)
    }

    /// Writes the counters' changes when there are many.
    pub(crate) async fn flush_when_full(&mut self) -> Result<(), Error> {
        if self.deltas.is_full() { self.tx.flush(&mut self.deltas).await } else { Ok(()) }
    }

    /// The receipt so far.
    #[must_use]
    pub fn receipt(&self) -> &Receipt {
        &self.receipt
    }

    /// Counts a row as new, changed or unchanged; true when it has to be written.
    pub(crate) fn tally<T: PartialEq>(&mut self, stored: Option<&T>, new: &T) -> bool {
        match stored {
            None => self.receipt.added += 1,
            Some(stored) if stored != new => self.receipt.changed += 1,
            Some(_) => {
                self.receipt.unchanged += 1;
                return false;
            }
        }
        true
    }

    /// The agency of a code, made when nobody knows it.
    pub(crate) async fn agency(
        &mut self,
        line: u64,
        code: &str,
        remarks: &mut Vec<Remarked>,
    ) -> Result<Place, Error> {
        if let Some(place) = self.codes.agency(code) {
            return Ok(place);
        }
        remarks.push(Remarked::warning(line, Remark::UnknownAgency(code.to_owned())));
        self.add_agency(code).await
    }

    /// The field of a code, made when nobody knows it.
    pub(crate) async fn field(
        &mut self,
        line: u64,
        code: &str,
        remarks: &mut Vec<Remarked>,
    ) -> Result<i64, Error> {
        if let Some(id) = self.codes.field(code) {
            return Ok(id);
        }
        remarks.push(Remarked::warning(line, Remark::UnknownField(code.to_owned())));
        let id = self.tx.add_field(code).await?;
        self.made::<Field>(&code.to_owned()).await?;
        self.codes.add_field(code.to_owned(), id);
        Ok(id)
    }

    /// The procedure of a code, made when nobody knows it.
    pub(crate) async fn procedure(
        &mut self,
        line: u64,
        code: &str,
        remarks: &mut Vec<Remarked>,
    ) -> Result<ProcedureFacts, Error> {
        if let Some(facts) = self.codes.procedure_of(code) {
            return Ok(facts);
        }
        remarks.push(Remarked::warning(line, Remark::UnknownProcedure(code.to_owned())));
        let facts = self.tx.add_procedure(code).await?;
        self.made::<Procedure>(&code.to_owned()).await?;
        self.codes.add_procedure(code.to_owned(), facts);
        Ok(facts)
    }
}

impl Receipt {
    /// Keeps the last row of each code, in the order of the file, with a remark for each one left behind.
    pub(crate) fn last_of_each<T>(
        &mut self,
        rows: Vec<Numbered<T>>,
        code_of: impl Fn(&T) -> String,
        remarks: &mut Vec<Remarked>,
    ) -> Vec<Numbered<T>> {
        let all = rows.len();
        let mut last: HashMap<String, usize> = HashMap::with_capacity(all);
        let mut keeps = vec![true; all];
        for (place, Numbered { line, row }) in rows.iter().enumerate() {
            if let Some(earlier) = last.insert(code_of(row), place) {
                keeps[earlier] = false;
                remarks.push(Remarked::warning(*line, Remark::Duplicate(code_of(row))));
            }
        }
        let mut keeps = keeps.into_iter();
        let rows: Vec<Numbered<T>> = rows.into_iter().filter(|_| keeps.next().unwrap_or(true)).collect();
        self.rows_in += i64::try_from(all).unwrap_or(0);
        self.unchanged += i64::try_from(all - rows.len()).unwrap_or(0);
        rows
    }
}
