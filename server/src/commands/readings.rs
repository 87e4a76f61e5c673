//! `thuocdo readings`: the five targets, for people or for machines.

use app::context::Context;
use thuocdo::{
    address::Address,
    agency::Scope,
    indicator::{Readings, Yearly},
    lang::Lang,
    status::Status,
    text::number,
};

use crate::{
    clock,
    config::{DATABASE, Settings},
};

/// Reads and prints.
///
/// # Errors
/// When a flag says nothing sensible, the day has not come, or the database fails.
pub async fn run(
    settings: &Settings,
    parameters: &[(&str, Option<String>)],
    is_json: bool,
) -> anyhow::Result<()> {
    let given = parameters.iter().filter_map(|(name, value)| Some((*name, value.as_deref()?)));
    let address = Address::parse(given)?;
    let store = settings.open(DATABASE).await?;
    let context = Context::new(store.clone(), clock::clock(settings.today));
    let readings = context.readings(&Scope::All, &address).await.map_err(|error| anyhow::anyhow!("{error}"));
    store.close().await;
    let readings = readings?;
    if is_json {
        println!("{}", serde_json::to_string_pretty(&readings)?);
    } else {
        print(&readings);
    }
    Ok(())
}

fn print(readings: &Readings) {
    let from = readings.from.map_or_else(|| "…".to_owned(), |day| day.to_string());
    println!("{from} – {}, tính đến {}", readings.to, readings.as_of);
    let tally = &readings.on_time_returns.official;
    let line = |name: &str, status: Status, figure: &str, detail: &str| {
        println!("{} {:<16} {name:<38} {figure:>10}  {detail}", status.shape(), status.label(Lang::Vi));
    };
    let rate =
        |rate: &Option<String>| rate.clone().map_or_else(|| "–".to_owned(), |rate| format!("{rate} %"));
    line(
        "Hồ sơ đúng hạn và trước hạn",
        tally.status.unwrap_or(Status::NoData),
        &rate(&tally.rate),
        &format!(
            "{} trễ, {} đang quá hạn, {} tiếp nhận",
            number(tally.late),
            number(tally.open_overdue),
            number(tally.received)
        ),
    );
    let petitions = &readings.petitions_in_time;
    line(
        "Phản ánh, kiến nghị kịp thời",
        petitions.status,
        &rate(&petitions.rate),
        &format!("{} trễ, {} trong hạn", number(petitions.late), number(petitions.open_within_limits)),
    );
    let dialogues = &readings.dialogues_held;
    line(
        "Đối thoại của người đứng đầu",
        dialogues.status,
        &format!("{}/{}", dialogues.held, dialogues.obliged),
        &dialogues.half_year,
    );
    for (name, index) in [("PAR INDEX", &readings.par_index), ("SIPAS", &readings.sipas)] {
        let Yearly { year, rank, score, status, .. } = index;
        let rank = rank.map_or_else(|| "–".to_owned(), |rank| rank.to_string());
        let detail = year.map_or_else(String::new, |year| {
            format!("kết quả {year}, điểm {}", score.clone().unwrap_or_else(|| "–".to_owned()))
        });
        line(name, *status, &rank, &detail);
    }
}
