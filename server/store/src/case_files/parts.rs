//! A part of the city's files, and what each of them changed, one after the other.

use futures::TryStreamExt as _;
use sqlx::AssertSqlSafe;
use thuocdo::{
    agency::Scope,
    case_file::{Change, Channel},
    filter::Filter,
};

use super::Dates;
use crate::{
    Error, Store,
    case_file_lists::open_files,
    facts::level_number,
    on_read,
    packed::{Packed, Unpack, number, packed},
};

/// A part of the city's files; without any of these all of them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub(crate) struct Part {
    pub above: Option<i64>,
    pub level: Option<i32>,
    pub field: Option<i64>,
    pub channel: Option<i32>,
    pub procedure: Option<i64>,
}

impl Part {
    /// Whether it takes in a field, 0 for none, and a channel.
    pub(crate) fn is_of(&self, field: i64, channel: i32) -> bool {
        self.field.is_none_or(|asked| asked == field) && self.channel.is_none_or(|asked| asked == channel)
    }

    /// The part as a condition on `case_files f`: `$1` an agency and all below it, `$2` a level, `$3` a field, `$4` a
    /// channel, `$5` a procedure. What is not asked for is out of the way of the engine, which picks its index by the
    /// rest; but each parameter is named, because one way of binding serves every text.
    pub(crate) fn condition(&self) -> String {
        self.condition_on("f.agency_id", "f.procedure_id")
    }

    /// The same where a few files are found by something else: the index of a large agency or
    /// procedure would lead to all it ever had.
    pub(crate) fn condition_on_few(&self) -> String {
        self.condition_on("+f.agency_id", "+f.procedure_id")
    }

    fn condition_on(&self, agency: &str, procedure: &str) -> String {
        let asked = |is_asked: bool, condition: &str, absent: &str| {
            if is_asked { condition.to_owned() } else { absent.to_owned() }
        };
        [
            asked(
                self.above.is_some(),
                &format!("{agency} in (select agency_id from agencies_below where above_id = $1)"),
                "cast($1 as bigint) is null",
            ),
            asked(
                self.level.is_some(),
                &format!("{agency} in (select agency_id from agencies where level = $2)"),
                "cast($2 as integer) is null",
            ),
            asked(self.field.is_some(), "f.field_id = $3", "cast($3 as bigint) is null"),
            asked(self.channel.is_some(), "f.channel = $4", "cast($4 as integer) is null"),
            asked(self.procedure.is_some(), &format!("{procedure} = $5"), "cast($5 as bigint) is null"),
        ]
        .join(" and ")
    }
}

/// A file's dates and where it is counted, packed.
pub(crate) struct Filed {
    pub dates: Dates,
    /// 0 is none.
    pub field_id: i64,
    /// 0 is none.
    pub procedure_id: i64,
    pub channel: i32,
}

impl Unpack for Filed {
    fn unpack(pieces: &mut dyn Iterator<Item = &str>) -> Option<Self> {
        Some(Self {
            dates: Dates::unpack(pieces)?,
            field_id: number(pieces)?,
            procedure_id: number(pieces)?,
            channel: number(pieces)?,
        })
    }
}

impl Store {
    /// The part of the city that a filter leaves within a scope; `None` where it leaves nothing. An agency with all others
    /// below it is the whole city.
    pub(crate) async fn part_of(&self, scope: &Scope, filter: &Filter) -> Result<Option<Part>, Error> {
        const HAS_OTHERS: &str = "select exists (select 1 from agencies a where not exists \
            (select 1 from agencies_below b where b.above_id = $1 and b.agency_id = a.agency_id))";
        let Some(mut above) = self.select(scope, filter.agency.as_deref()).await?.below() else {
            return Ok(None);
        };
        if let Some(id) = above {
            let has_others: bool =
                on_read!(self, pool => sqlx::query_scalar(HAS_OTHERS).bind(id).fetch_one(pool).await)?;
            above = above.filter(|_| has_others);
        }
        let Some(field) = self.field_of(filter).await? else { return Ok(None) };
        let Some(procedure) = self.procedure_of(filter).await? else { return Ok(None) };
        let channel = filter.channel.map(Channel::number);
        Ok(Some(Part { above, level: level_number(filter), field, channel, procedure }))
    }

    /// Hands over each change of each file of a part, without keeping any.
    ///
    /// With days given, of the files that were open on any of them: no other changes then.
    pub(crate) async fn each_change(
        &self,
        part: &Part,
        open_on: Option<(i32, i32)>,
        mut take: impl FnMut(&Filed, &Change),
    ) -> Result<(), Error> {
        const PLACE: [&str; 3] = ["coalesce(f.field_id, 0)", "coalesce(f.procedure_id, 0)", "f.channel"];
        let (source, condition) = match open_on {
            Some((first, last)) => {
                let open = open_files(&first.to_string(), &last.to_string());
                (format!("({open})"), part.condition_on_few())
            }
            None => ("case_files".to_owned(), part.condition()),
        };
        let calendar = self.calendar().await?;
        let Part { above, level, field, channel, procedure } = *part;
        on_read!(self, pool => {
            let dates = Dates::COLUMNS.split(", ").map(|column| format!("f.{column}"));
            let columns = packed(dates.chain(PLACE.map(str::to_owned)));
            let files = AssertSqlSafe(format!("select {columns} from {source} f where {condition}"));
            let query = sqlx::query_as::<_, Packed<Filed>>(files);
            let mut files = query.bind(above).bind(level).bind(field).bind(channel).bind(procedure).fetch(pool);
            while let Some(Packed(file)) = files.try_next().await? {
                for change in file.dates.facts().changes(&calendar) {
                    take(&file, &change);
                }
            }
        });
        Ok(())
    }
}
