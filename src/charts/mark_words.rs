//! The fixed words of the statistical charts: funnel, control chart, intervals.

use crate::funnel::Standing;

/// What stands beside limits and intervals; [`MarkWords::default`] is Vietnamese.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MarkWords {
    /// The name of the mean line.
    pub mean: String,
    /// The name of a limit of a control chart.
    pub limit: String,
    /// The name of the lower limit in a table.
    pub lower: String,
    /// The name of the upper limit in a table.
    pub upper: String,
    /// The name of the 95 % limit of a funnel.
    pub inner: String,
    /// The name of the 99,8 % limit of a funnel.
    pub outer: String,
    /// Said of a rate that chance does not explain.
    pub far_below: String,
    /// Said of a rate below the 95 % limit only.
    pub below: String,
    /// Said of a rate that cannot be told from the mean.
    pub within: String,
    /// Said of a rate above the 95 % limit only.
    pub above: String,
    /// Said of a rate above the 99,8 % limit.
    pub far_above: String,
    /// Said of a point that is no noise.
    pub signal: String,
    /// Said of a control chart without limits.
    pub no_limits: String,
    /// Before the two ends of an interval.
    pub interval: String,
    /// Said of a row with too few answers.
    pub few: String,
    /// The head of the column of names.
    pub name: String,
    /// The head of the column that compares a rate with the limits.
    pub compared: String,
}

impl Default for MarkWords {
    fn default() -> Self {
        Self::from([
            "Trung bình",
            "Giới hạn",
            "Giới hạn dưới",
            "Giới hạn trên",
            "Giới hạn 95\u{a0}%",
            "Giới hạn 99,8\u{a0}%",
            "trễ nhiều hơn mức ngẫu nhiên giải thích được (tin cậy 99,8\u{a0}%)",
            "hơi nhiều: ngoài khoảng tin cậy 95\u{a0}%, trong khoảng 99,8\u{a0}%",
            "không khác mức trung bình",
            "trên giới hạn 95\u{a0}%",
            "trên giới hạn 99,8\u{a0}%",
            "tín hiệu",
            "Chưa đủ 8 kỳ để vạch giới hạn",
            "khoảng tin cậy 95\u{a0}%",
            "chưa đủ phiếu",
            "Tên",
            "So với trung bình",
        ])
    }
}

impl MarkWords {
    /// The same words for the English page.
    #[must_use]
    pub fn english() -> Self {
        Self::from([
            "Mean",
            "Limit",
            "Lower limit",
            "Upper limit",
            "95% limit",
            "99.8% limit",
            "later than chance explains (99.8% confidence)",
            "somewhat late: outside 95% confidence, inside 99.8%",
            "no different from the mean",
            "above the 95% limit",
            "above the 99.8% limit",
            "signal",
            "Limits need at least 8 periods",
            "95% confidence interval",
            "too few answers",
            "Name",
            "Against the mean",
        ])
    }
}

impl From<[&str; 17]> for MarkWords {
    fn from(words: [&str; 17]) -> Self {
        let [
            mean,
            limit,
            lower,
            upper,
            inner,
            outer,
            far_below,
            below,
            within,
            above,
            far_above,
            signal,
            no_limits,
            interval,
            few,
            name,
            compared,
        ] = words.map(str::to_owned);
        Self {
            mean,
            limit,
            lower,
            upper,
            inner,
            outer,
            far_below,
            below,
            within,
            above,
            far_above,
            signal,
            no_limits,
            interval,
            few,
            name,
            compared,
        }
    }
}

impl MarkWords {
    /// What is said of a rate by where it stands in a funnel.
    #[must_use]
    pub fn standing(&self, standing: Standing) -> &str {
        match standing {
            Standing::FarBelow => &self.far_below,
            Standing::Below => &self.below,
            Standing::Within => &self.within,
            Standing::Above => &self.above,
            Standing::FarAbove => &self.far_above,
        }
    }
}
