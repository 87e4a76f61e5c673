//! What the public may be told: figures of groups, never of a few, and nothing from which those of a few can be reckoned.
//!
//! Whoever has not signed in to an installation with real data reads it as [`Scope::Public`](crate::agency::Scope::Public).
//! Four rules hold for such a reader, each closing what the one before leaves open:
//!
//! 1. **A group of 1 to 4 is held back** ([`keep`]). The number is that of the case files, petitions or answers in the
//!    group, not of the late ones among them: that 2 of 300 files were late says nothing of anybody.
//! 2. **What is held back together is at least [`FEWEST`]**, else the total less what is shown would tell it: the next
//!    smallest group is held back too.
//! 3. **A question is about one thing at a time** ([`may_be_asked`]): an agency, or a field, or a channel. Two tables of
//!    the same files cut in two ways would tell of each other's gaps; so would the same group by month and by year.
//! 4. **Days are not chosen** ([`may_be_asked`]): what one day has more than the day before is single files.
//!
//! So the public reads the whole city by year and by month, and its parts by year: of agencies those below them, of
//! everything else its own figures. Heads' dialogues are acts of office: nothing of them is held back but the words of
//! issues, which are free text.

use chrono::NaiveDate;

use crate::{
    address::{Address, AddressError},
    case_file::CaseFileDay,
    compared::months_of_year,
    counts::Read,
    indicator::{OnTimeReturns, PetitionsInTime, Question, on_time_returns::CaseFileRead},
    lang::Lang,
    period::{Cycle, Period, Unit, Window},
    petition::PetitionDay,
};

/// The smallest group that is shown by itself: "n < 5" of the practice of public statistics.
pub const FEWEST: i64 = 5;

/// The parameters that ask for single rows.
pub const ROWS: [&str; 3] = ["list", "petitions", "issues"];

/// Whether a group is so small that its figures would tell of single persons. Nothing is not few: it tells of nobody.
#[must_use]
pub fn is_few(base: i64) -> bool {
    (1..FEWEST).contains(&base)
}

/// The groups that are shown, in the order they came; `base` is how many a group counts.
///
/// Invariant: what is left out adds up to nothing or to at least [`FEWEST`], unless nothing is shown that counts any.
#[must_use]
pub fn keep<T>(groups: Vec<T>, base: impl Fn(&T) -> i64) -> Vec<T> {
    let bases: Vec<i64> = groups.iter().map(|group| base(group).max(0)).collect();
    let mut is_held_back: Vec<bool> = bases.iter().map(|base| is_few(*base)).collect();
    loop {
        let held = || bases.iter().zip(&is_held_back).filter(|(_, is_held_back)| **is_held_back);
        let sum: i64 = held().map(|(base, _)| base).sum();
        if !is_few(sum) {
            break;
        }
        // A group without any hides nothing.
        let shown = (0..bases.len()).filter(|at| !is_held_back[*at] && bases[*at] > 0);
        let Some(smallest) = shown.min_by_key(|at| bases[*at]) else { break };
        is_held_back[smallest] = true;
    }
    groups
        .into_iter()
        .zip(is_held_back)
        .filter(|(_, is_held_back)| !is_held_back)
        .map(|(group, _)| group)
        .collect()
}

/// The case files that had to do with a window: received in it or open when it began.
#[must_use]
pub fn files(read: &CaseFileRead) -> i64 {
    let tally = OnTimeReturns::of(read, 0).official;
    tally.received + tally.carried_over
}

/// The petitions that had to do with a window: decided in it or open at its end.
#[must_use]
pub fn petitions(days: &[PetitionDay], window: Window) -> i64 {
    let reading = PetitionsInTime::read(days, window, 0);
    reading.in_time + reading.late + reading.open_within_limits
}

/// Which years can be told month by month: each month has none or enough.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ByMonth {
    /// The year asked about.
    pub this_year: bool,
    /// The two before it, as far back as charts look.
    pub before: bool,
}

/// Which years case files can be told month by month.
#[must_use]
pub fn files_by_month(days: &[CaseFileDay], question: &Question) -> ByMonth {
    by_month(question, |window| files(&Read::of(days, window)))
}

/// The same of petitions.
#[must_use]
pub fn petitions_by_month(days: &[PetitionDay], question: &Question) -> ByMonth {
    by_month(question, |window| petitions(days, window))
}

fn by_month(question: &Question, base: impl Fn(Window) -> i64) -> ByMonth {
    let is_told = |month: Period| {
        let window = Window::of(month, question.cycle, question.as_of);
        window.from.is_some_and(|from| from > window.last) || !is_few(base(window))
    };
    let before = |month: Period| [month.same_last_year(), month.same_last_year().same_last_year()];
    ByMonth {
        this_year: months_of_year(question).all(is_told),
        before: months_of_year(question).flat_map(before).all(is_told),
    }
}

/// How closely a reader is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Told {
    /// Whether single files, petitions and issues are shown, and what dates them.
    pub rows: bool,
    /// Whether the agencies below are told apart.
    pub agencies: bool,
    /// Whether anything else is: fields, procedures, kinds, channels.
    pub parts: bool,
    /// Whether months are.
    pub months: bool,
    /// Whether the years before stand beside: as months, or as far into them as this one is.
    pub before: bool,
}

impl Told {
    /// As who has signed in is told.
    pub const EVERYTHING: Self = Self { rows: true, agencies: true, parts: true, months: true, before: true };

    /// As the public is told of a question; `by_month` is how the whole city can be told.
    #[must_use]
    pub fn public(address: &Address, question: &Question, by_month: ByMonth) -> Self {
        let is_whole_year = is_whole_year(question.period);
        let is_of_agency = address.filter.agency.is_some();
        let is_city = !is_narrowed(address);
        Self {
            rows: false,
            agencies: is_whole_year && (is_city || is_of_agency),
            parts: is_whole_year && is_city,
            months: is_city && by_month.this_year,
            before: is_city && by_month.this_year && by_month.before,
        }
    }
}

fn is_whole_year(period: Option<Period>) -> bool {
    period.is_none_or(|period| period.unit() == Unit::Year)
}

/// What a page counts, and so what narrows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// Case files.
    CaseFiles,
    /// Petitions.
    Petitions,
    /// Dialogues, of which nothing is held back.
    Dialogues,
    /// Yearly indexes and surveys.
    Indexes,
}

fn is_narrowed(address: &Address) -> bool {
    let filter = &address.filter;
    filter.agency.is_some() || filter.field.is_some() || filter.channel.is_some() || address.kind.is_some()
}

fn refused(field: &str, why: &str) -> AddressError {
    AddressError { field: field.to_owned(), why: why.to_owned() }
}

/// Refuses what the public is not told whatever the data say: single rows, another day, parts of parts.
///
/// # Errors
/// With the parameter that has to go, and why.
pub fn may_be_asked(
    address: &Address,
    subject: Subject,
    today: NaiveDate,
    last_data: Option<NaiveDate>,
) -> Result<(), AddressError> {
    const NO_ROWS: &str = "bản công khai không có từng hồ sơ, từng phản ánh, từng vướng mắc: hãy đăng nhập / \
                           the public view has no single case files, petitions or issues: sign in";
    const NO_DAY: &str = "bản công khai không xem lùi theo ngày: bỏ as_of / \
                          the public view shows no other day than its own: leave as_of out";
    const NO_CYCLE: &str = "bản công khai chỉ tính theo tháng dương lịch: bỏ cycle / \
                            the public view counts by calendar month alone: leave cycle out";
    const NO_LEVEL: &str = "bản công khai không lọc theo cấp / the public view is not narrowed to a level";
    const NO_PROCEDURE: &str =
        "bản công khai không lọc theo từng thủ tục / the public view is not narrowed to one procedure";
    const NO_FIELD: &str = "bản công khai không lọc phản ánh theo lĩnh vực / \
                            the public view does not narrow petitions to a field";
    const CITY_ALONE: &str = "bản công khai chỉ có khảo sát của toàn thành phố / \
                              the public view has the surveys of the whole city alone";
    const ONE_AT_A_TIME: &str = "bản công khai chỉ lọc theo một thứ mỗi lần: đơn vị, lĩnh vực, kênh hoặc loại / \
                                 the public view is narrowed to one thing at a time: an agency, a field, a channel or a kind";
    const BY_YEAR: &str = "một phần của thành phố chỉ công khai theo cả năm / \
                           a part of the city is public by whole years alone";
    let is_asked = [address.list.is_some(), address.petition_list.is_some(), address.issue_list.is_some()];
    if let Some((field, _)) = ROWS.into_iter().zip(is_asked).find(|(_, is_asked)| *is_asked) {
        return Err(refused(field, NO_ROWS));
    }
    if let Some(day) = address.as_of {
        // Addresses of figures write out the day that they would have without one.
        let own = Address { as_of: None, ..address.clone() }.question(today, last_data)?.as_of;
        if day != own {
            return Err(refused("as_of", NO_DAY));
        }
    }
    if address.cycle == Cycle::Reporting {
        return Err(refused("cycle", NO_CYCLE));
    }
    let filter = &address.filter;
    match subject {
        Subject::Dialogues => return Ok(()),
        Subject::Indexes if filter.agency.is_some() => return Err(refused("agency", CITY_ALONE)),
        Subject::Indexes if filter.level.is_some() => return Err(refused("level", CITY_ALONE)),
        Subject::Indexes => return Ok(()),
        Subject::CaseFiles | Subject::Petitions if filter.level.is_some() => {
            return Err(refused("level", NO_LEVEL));
        }
        Subject::CaseFiles if filter.procedure.is_some() => return Err(refused("procedure", NO_PROCEDURE)),
        Subject::Petitions if filter.field.is_some() => return Err(refused("field", NO_FIELD)),
        Subject::CaseFiles | Subject::Petitions => {}
    }
    let narrowed = [
        ("agency", filter.agency.is_some()),
        ("field", filter.field.is_some()),
        ("channel", filter.channel.is_some()),
        ("kind", address.kind.is_some()),
    ];
    let mut narrowed = narrowed.into_iter().filter(|(_, is_asked)| *is_asked);
    let first = narrowed.next();
    if let Some((field, _)) = narrowed.next() {
        return Err(refused(field, ONE_AT_A_TIME));
    }
    match first {
        Some(_) if !is_whole_year(address.period) => Err(refused("period", BY_YEAR)),
        _ => Ok(()),
    }
}

/// The narrowing of an address that a refusal names, so that the way on is the page without it.
#[must_use]
pub fn narrowed_by(address: &Address) -> &'static str {
    let filter = &address.filter;
    if filter.agency.is_some() {
        "agency"
    } else if filter.field.is_some() {
        "field"
    } else if filter.channel.is_some() {
        "channel"
    } else if address.kind.is_some() {
        "kind"
    } else {
        "period"
    }
}

/// Said instead of a part that is held back: because it is small, or because a small one would be told by it.
#[must_use]
pub fn too_few(address: &Address, subject: Subject) -> AddressError {
    let (vi, en) = match subject {
        Subject::Petitions => ("phản ánh, kiến nghị", "petitions"),
        _ => ("hồ sơ", "case files"),
    };
    let why = format!(
        "phần này có dưới {FEWEST} {vi} trong kỳ, hoặc phần còn lại cạnh nó có dưới {FEWEST}: không công khai / \
         this part has fewer than {FEWEST} {en} in the period, or what stands beside it has: it is not public"
    );
    AddressError { field: narrowed_by(address).to_owned(), why }
}

/// Said instead of months that are held back.
#[must_use]
pub fn not_by_month(subject: Subject) -> AddressError {
    let (vi, en) = match subject {
        Subject::Petitions => ("phản ánh, kiến nghị", "petitions"),
        _ => ("hồ sơ", "case files"),
    };
    let why = format!(
        "có tháng dưới {FEWEST} {vi}: bản công khai chỉ có cả năm / \
         a month has fewer than {FEWEST} {en}: the public view has the whole year alone"
    );
    AddressError { field: "period".to_owned(), why }
}

/// Said on every page and in every file that the public gets.
#[must_use]
pub fn note(lang: Lang) -> &'static str {
    lang.of(
        "Bản công khai: không có từng hồ sơ; nhóm có dưới 5 không hiển thị riêng; từng đơn vị, lĩnh vực theo cả năm.",
        "Public view: no single case files; groups of fewer than 5 are not shown by themselves; agencies and fields by \
         whole years.",
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn on(text: &str) -> NaiveDate {
        text.parse().expect("a test date")
    }

    fn asked(query: &[(&str, &str)]) -> Address {
        Address::parse(query.iter().copied()).expect("an address")
    }

    /// The parameter that is refused; `None` when the public may ask.
    fn refusal(subject: Subject, query: &[(&str, &str)]) -> Option<String> {
        let said = may_be_asked(&asked(query), subject, on("2024-01-15"), Some(on("2023-12-20")));
        said.err().map(|error| error.field)
    }

    #[test]
    fn a_small_group_takes_the_next_smallest_along_where_the_total_would_tell_it() {
        assert_eq!(keep(vec![40, 3, 9, 0, 12], |base| *base), [40, 0, 12]);
        assert_eq!(keep(vec![40, 3, 2, 0, 12], |base| *base), [40, 0, 12], "together they are enough");
        assert_eq!(keep(vec![1, 1, 6], |base| *base), [0; 0], "nothing is left to tell them by");
        assert_eq!(keep(vec![3, 0], |base| *base), [0], "nothing hides one that is alone");
    }

    proptest! {
        #[test]
        fn what_is_shown_is_large_and_what_is_not_cannot_be_reckoned(bases in proptest::collection::vec(0..40_i64, 0..30)) {
            let groups: Vec<(usize, i64)> = bases.iter().copied().enumerate().collect();
            let kept = keep(groups.clone(), |(_, base)| *base);
            prop_assert!(kept.iter().all(|(_, base)| *base == 0 || *base >= FEWEST));
            prop_assert!(kept.windows(2).all(|pair| pair[0].0 < pair[1].0), "the order is kept");
            let total: i64 = bases.iter().sum();
            let shown: i64 = kept.iter().map(|(_, base)| base).sum();
            prop_assert!(!is_few(total - shown) || shown == 0, "{} of {}", shown, total);
            let held_back = groups.len() - kept.len();
            prop_assert!(held_back != 1 || shown == 0, "one alone is told by the total");
            let empty = bases.iter().filter(|base| **base == 0).count();
            prop_assert_eq!(kept.iter().filter(|(_, base)| *base == 0).count(), empty, "nothing tells of nobody");
        }

        #[test]
        fn groups_that_are_all_large_stay_as_they_are(bases in proptest::collection::vec(FEWEST..1_000, 0..30)) {
            prop_assert_eq!(keep(bases.clone(), |base| *base), bases);
        }

        #[test]
        fn no_more_is_held_back_than_hides_the_small_ones(bases in proptest::collection::vec(0..40_i64, 0..30)) {
            let kept = keep(bases.clone(), |base| *base);
            let small: i64 = bases.iter().filter(|base| is_few(**base)).sum();
            let large = bases.iter().filter(|base| **base >= FEWEST).count();
            let large_kept = kept.iter().filter(|base| **base >= FEWEST).count();
            prop_assert!(large - large_kept <= usize::from(is_few(small)), "one large group is enough");
        }
    }

    #[test]
    fn single_rows_and_days_are_not_public() {
        let files = Subject::CaseFiles;
        assert_eq!(refusal(files, &[]), None);
        assert_eq!(refusal(files, &[("period", "2023-10")]), None, "the whole city by month");
        assert_eq!(refusal(files, &[("list", "late")]).as_deref(), Some("list"));
        assert_eq!(refusal(Subject::Petitions, &[("petitions", "late")]).as_deref(), Some("petitions"));
        assert_eq!(refusal(Subject::Dialogues, &[("issues", "raised")]).as_deref(), Some("issues"));
        assert_eq!(refusal(files, &[("as_of", "2023-12-19")]).as_deref(), Some("as_of"));
        assert_eq!(refusal(files, &[("as_of", "2023-12-20")]), None, "what it would be anyhow");
        assert_eq!(refusal(files, &[("period", "2023-10"), ("as_of", "2023-10-31")]), None);
        assert_eq!(refusal(files, &[("as_of", "2024-02-01")]).as_deref(), Some("as_of"), "a day to come");
        assert_eq!(refusal(files, &[("cycle", "reporting")]).as_deref(), Some("cycle"));
    }

    #[test]
    fn a_question_of_the_public_is_about_one_thing_and_about_parts_by_year() {
        let files = Subject::CaseFiles;
        for query in [[("agency", "271")], [("field", "XD")], [("channel", "online")]] {
            assert_eq!(refusal(files, &query), None, "{query:?}");
            assert_eq!(refusal(files, &[query[0], ("period", "2023")]), None, "{query:?}");
            assert_eq!(
                refusal(files, &[query[0], ("period", "2023-Q1")]).as_deref(),
                Some("period"),
                "{query:?}"
            );
        }
        assert_eq!(refusal(files, &[("agency", "271"), ("field", "XD")]).as_deref(), Some("field"));
        assert_eq!(refusal(files, &[("level", "district")]).as_deref(), Some("level"));
        assert_eq!(refusal(files, &[("procedure", "1.1")]).as_deref(), Some("procedure"));
        assert_eq!(refusal(Subject::Petitions, &[("field", "XD")]).as_deref(), Some("field"));
        assert_eq!(
            refusal(Subject::Petitions, &[("agency", "271"), ("kind", "conduct")]).as_deref(),
            Some("kind")
        );
        assert_eq!(refusal(Subject::Dialogues, &[("agency", "271"), ("level", "commune")]), None);
        assert_eq!(refusal(Subject::Indexes, &[("agency", "271")]).as_deref(), Some("agency"));
    }

    #[test]
    fn a_year_with_a_small_month_is_told_as_a_whole() {
        let received = |day: &str, files: i64| {
            let mut counts = crate::counts::Counts::default();
            counts[crate::case_file::Measure::Received] = files;
            counts[crate::case_file::Measure::Early] = files;
            CaseFileDay { day: on(day), counts }
        };
        let by_month = |days: &[CaseFileDay]| {
            let question = asked(&[("period", "2023")]).question(on("2024-01-15"), None).expect("a question");
            let ByMonth { this_year, before } = files_by_month(days, &question);
            (this_year, before)
        };
        assert_eq!(by_month(&[received("2023-02-03", 9), received("2023-03-03", 5)]), (true, true));
        assert_eq!(by_month(&[received("2023-02-03", 9), received("2023-03-03", 4)]), (false, true));
        assert_eq!(by_month(&[received("2021-12-31", 1), received("2023-03-03", 8)]), (true, false));
        assert_eq!(by_month(&[received("2020-12-31", 1), received("2024-01-02", 1)]), (true, true));
    }

    #[test]
    fn a_chart_that_is_held_back_can_still_be_drawn_and_says_why_it_is_empty() {
        use crate::charts::{Chart, Size, svg, table::Table, values::Values};
        let chart = Chart { title: "3 đơn vị có 7 hồ sơ trễ".to_owned(), ..Chart::default() }.held_back();
        let drawn = svg(&chart, Size { width: 700, height: 260 });
        assert!(!drawn.contains("hồ sơ trễ") && !chart.title.contains('7'));
        assert_eq!(Values::of(&chart).rows.len(), 0);
        assert_eq!(Table::of(&chart).rows.len(), 0);
        assert_eq!(chart.description, note(Lang::Vi));
    }

    #[test]
    fn the_city_is_told_by_month_and_its_parts_by_year() {
        let told = |query: &[(&str, &str)]| {
            let address = asked(query);
            let question = address.question(on("2024-01-15"), Some(on("2023-12-20"))).expect("a question");
            Told::public(&address, &question, ByMonth { this_year: true, before: true })
        };
        let of = |agencies, parts, months| Told { rows: false, agencies, parts, months, before: months };
        assert_eq!(told(&[]), of(true, true, true));
        assert_eq!(told(&[("period", "2023-10")]), of(false, false, true));
        assert_eq!(told(&[("agency", "271")]), of(true, false, false));
        assert_eq!(told(&[("field", "XD")]), of(false, false, false));
    }
}
