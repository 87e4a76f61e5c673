//! The fixed words of tables and legends, beside those of the drawings in [`super::Words`].

/// The heads of a chart's table; the default is Vietnamese.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TableWords {
    /// Over the names of periods.
    pub period: String,
    /// Over values.
    pub value: String,
    /// Over what a value is made of.
    pub detail: String,
    /// Over the names of agencies.
    pub agency: String,
    /// Over sums of a row.
    pub total: String,
}

/// The words of a legend whose steps are distances to a target; the default is Vietnamese.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ScaleWords {
    /// Said of a value that reaches its target.
    pub met: String,
    /// Before the upper end of the smallest distance: "thiếu dưới 0,1 điểm".
    pub under: String,
    /// Before the lower end of the largest distance: "thiếu từ 1 điểm".
    pub from: String,
    /// After a distance between two places of a ranking.
    pub places: String,
}

impl Default for TableWords {
    fn default() -> Self {
        Self::from(["Kỳ", "Giá trị", "Chi tiết", "Đơn vị", "Tổng"])
    }
}

impl TableWords {
    /// The same words for the English page.
    #[must_use]
    pub fn english() -> Self {
        Self::from(["Period", "Value", "Detail", "Agency", "Total"])
    }
}

impl From<[&str; 5]> for TableWords {
    fn from(words: [&str; 5]) -> Self {
        let [period, value, detail, agency, total] = words.map(str::to_owned);
        Self { period, value, detail, agency, total }
    }
}

impl Default for ScaleWords {
    fn default() -> Self {
        Self::from(["đạt chỉ tiêu", "dưới", "từ", "bậc"])
    }
}

impl ScaleWords {
    /// The same words for the English page.
    #[must_use]
    pub fn english() -> Self {
        Self::from(["target met", "under", "at least", "places"])
    }
}

impl From<[&str; 4]> for ScaleWords {
    fn from(words: [&str; 4]) -> Self {
        let [met, under, from, places] = words.map(str::to_owned);
        Self { met, under, from, places }
    }
}
